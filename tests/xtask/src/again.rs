//! Whether the bytes of a release depend on the machine: everything is compiled once more, from a copy of the sources in another folder,
//! with the dependencies in another folder, by a compiler in another folder that has the source of the standard library where the first has
//! it not, or the other way round. It changes the paths in panic messages.

use std::env::consts::EXE_EXTENSION;
use std::fs;
use std::path::Path;

use crate::build::{FLAVOURS, Flavour, glue, target_folder};
use crate::compile;
use crate::step::{Result, run};
use crate::tools::WASM;

/// What is compiled.
const SOURCES: [&str; 7] = [".cargo", "Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "src", "js", "tests"];

/// Of cargo's folder: what was downloaded. It unpacks that anew.
const DOWNLOADED: [&str; 3] = ["config.toml", "registry/cache", "registry/index"];

/// Compiles every build twice, and compares.
pub fn compare() -> Result {
    let target = target_folder()?;
    let (home, sysroot, other) = (compile::home()?, compile::sysroot()?, target.join("again"));
    let [other_home, other_sysroot, sources, other_target] =
        ["home", "sysroot", "sources", "target"].map(|name| other.join(name));
    // of an earlier run, if there was one
    let _ = fs::remove_dir_all(&other);
    SOURCES.iter().try_for_each(|name| copy(Path::new(name), &sources.join(name)))?;
    DOWNLOADED.iter().try_for_each(|name| copy(&home.join(name), &other_home.join(name)))?;
    ["bin", "lib"].iter().try_for_each(|name| copy(&sysroot.join(name), &other_sysroot.join(name)))?;
    toggle_source(&other_sysroot)?;
    for Flavour { profile, features, flags, name, .. } in FLAVOURS {
        run(compile::command(profile, features, flags, &home, &sysroot)?.arg("--target-dir").arg(&target))?;
        let mut again = compile::command(profile, features, flags, &other_home, &other_sysroot)?;
        again.env("RUSTC", other_sysroot.join("bin/rustc").with_extension(EXE_EXTENSION));
        run(again.arg("--offline").arg("--target-dir").arg(&other_target).current_dir(&sources))?;
        let [first, second] = [(&target, "first"), (&other_target, "second")].map(|(folder, which)| {
            let made = other.join(name).join(which);
            glue(&folder.join(WASM).join(profile).join("querencia.wasm"), &made)?;
            let wasm = made.join("querencia_bg.wasm");
            fs::read(&wasm).map_err(|why| format!("{}: {why}", wasm.display()))
        });
        if first? != second? {
            return Err(format!("{name} has other bytes when it is compiled elsewhere: see {}", other.display()));
        }
        println!("   {name}: the same bytes");
    }
    fs::remove_dir_all(&other).map_err(|why| format!("{}: {why}", other.display()))
}

/// Removes the source of the standard library from a compiler's folder, or pretends that it is there: the compiler looks for one file.
fn toggle_source(sysroot: &Path) -> Result {
    let source = sysroot.join("lib/rustlib/src");
    let looked_for = source.join("rust/library/std/src");
    let failed = |why: std::io::Error| format!("{}: {why}", source.display());
    if source.exists() {
        return fs::remove_dir_all(&source).map_err(failed);
    }
    fs::create_dir_all(&looked_for).and_then(|()| fs::write(looked_for.join("lib.rs"), "")).map_err(failed)
}

/// Copies a file or a folder; what is not there is left out.
fn copy(from: &Path, to: &Path) -> Result {
    let failed = |why: std::io::Error| format!("{} to {}: {why}", from.display(), to.display());
    if from.is_dir() {
        fs::create_dir_all(to).map_err(failed)?;
        for entry in fs::read_dir(from).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            copy(&from.join(&name), &to.join(&name))?;
        }
    } else if from.is_file() {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::copy(from, to).map_err(failed)?;
    }
    Ok(())
}
