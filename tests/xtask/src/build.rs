//! From src/ and js/ to dist/: compile, generate the glue, shrink, bundle.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::cut::cut;
use crate::step::{Result, cargo, dim, node, run};
use crate::tools;

const NAME: &str = "querencia";

/// wasm-opt ships inside a package, as Wasm itself: nothing to install, the same bytes everywhere.
const SHRINK: &[&str] = &[
    "node_modules/binaryen/bin/wasm-opt",
    // Between the first and the second time the control flow is written anew, simpler than the compiler had it.
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    // What counts is what brotli leaves, and it knows repetition when it sees it: without these passes the file is
    // 3 % longer and 5 % shorter once compressed (measured one by one).
    "--always-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
    "--skip-pass=local-cse",
    "--skip-pass=memory-packing",
    "--skip-pass=ssa-nomerge",
    // The stack lies first, so nothing has an address below 1024.
    "--low-memory-unused",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// The same source twice: what browsers load has no sentences about problems, what Node loads has them all.
struct Flavour {
    profile: &'static str,
    words: &'static [&'static str],
    /// what it is called in dist/wasm
    name: &'static str,
}

const FLAVOURS: [Flavour; 2] = [
    Flavour { profile: "lean", words: &["--no-default-features"], name: "querencia" },
    Flavour { profile: "release", words: &[], name: "querencia-full" },
];

/// Makes dist/.
pub fn build() -> Result {
    tools::wasm_target()?;
    tools::packages()?;
    let target = target_folder()?;
    let dist = Path::new("dist/wasm");
    fs::create_dir_all(dist).map_err(|why| format!("{}: {why}", dist.display()))?;
    for Flavour { profile, words, name } in FLAVOURS {
        compile(profile, words)?;
        let made = target.join("glue").join(profile);
        glue(&target.join(tools::WASM).join(profile).join(NAME).with_extension("wasm"), &made)?;
        copy(&made.join(NAME).with_extension("d.ts"), &dist.join(name).with_extension("d.ts"))?;
        place(&made.join(NAME).with_extension("js"), &dist.join(name).with_extension("js"))?;
        shrink(&made.join("querencia_bg.wasm"), &dist.join(name).with_extension("wasm"), &made.join("shrunk"))?;
    }
    run(&mut node(&["tests/xtask/bundle.js"]))
}

fn compile(profile: &str, words: &[&str]) -> Result {
    let mut command = cargo(&["build", "--profile", profile, "--lib", "--target", tools::WASM]);
    command.args(words);
    // A big function that is copied into its only caller compresses worse than one that is called.
    let mut flags =
        vec!["-Cllvm-args=-inline-instr-cost=100 -inline-call-penalty=500 -inline-threshold=100".to_owned()];
    // Panic messages name the files of dependencies: without the folder they lie in, the bytes are the same everywhere.
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    if let Some(home) = home {
        flags.push(format!("--remap-path-prefix={}=", home.display()));
    }
    command.arg("--config").arg(format!("target.{}.rustflags={flags:?}", tools::WASM));
    run(&mut command)
}

/// The target folder is the one this program was built into.
pub fn target_folder() -> Result<PathBuf> {
    let program = env::current_exe().map_err(|why| why.to_string())?;
    let folder = program.ancestors().nth(2);
    folder.map(Path::to_path_buf).ok_or_else(|| format!("{} lies in no target folder", program.display()))
}

fn glue(wasm: &Path, folder: &Path) -> Result {
    println!("{}", dim(&format!("   wasm-bindgen {}", wasm.display())));
    Bindgen::new()
        .input_module(NAME, cut(wasm)?)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .out_name(NAME)
                .typescript(true)
                // js/load brings the bytes: no URL in the glue for a bundler to stumble over.
                .omit_default_module_path(true)
                // After a trap js/load makes a fresh instance of the compiled module.
                .reset_state_function(true)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(folder)
        })
        .map_err(|why| format!("wasm-bindgen: {why:#}"))
}

/// Shrinking takes longer than all the rest when little else changed, so the same input is not shrunk twice.
fn shrink(from: &Path, to: &Path, stamp: &Path) -> Result {
    let mut input = fs::read(from).map_err(|why| format!("{}: {why}", from.display()))?;
    input.extend(SHRINK.concat().bytes());
    if to.is_file() && fs::read(stamp).is_ok_and(|last| last == input) {
        return Ok(());
    }
    run(node(SHRINK).arg(from).arg("-o").arg(to))?;
    fs::write(stamp, input).map_err(|why| format!("{}: {why}", stamp.display()))
}

/// The glue names a copy of js/load/border.js that wasm-bindgen made; in the package it takes the file itself.
fn place(from: &Path, to: &Path) -> Result {
    let glue = fs::read_to_string(from).map_err(|why| format!("{}: {why}", from.display()))?;
    let parts =
        glue.split_once("'./snippets/").and_then(|(before, rest)| Some((before, rest.split_once("/js/load/")?.1)));
    let (before, after) = parts.ok_or_else(|| format!("{} names no js/load/border.js", from.display()))?;
    fs::write(to, format!("{before}'../../js/load/{after}")).map_err(|why| format!("{}: {why}", to.display()))
}

fn copy(from: &Path, to: &Path) -> Result {
    match fs::copy(from, to) {
        Ok(_) => Ok(()),
        Err(why) => Err(format!("{} to {}: {why}", from.display(), to.display())),
    }
}
