//! Licences: those of all crates are allowed by deny.toml, and those of the crates inside the Wasm come along with it.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};

use crate::step::{Result, cargo, output_of, run};
use crate::tools::WASM;

/// The version of cargo-deny that `cargo xtask test --all` runs.
const DENY: &str = "0.20.2";

/// Where the notices stand, in the package and in the zip.
const NOTICES: &str = "dist/THIRD-PARTY.txt";

const HEAD: &str = "\
What is inside the WebAssembly of this package
==============================================

Querencia itself may be used under the MIT licence or the Apache licence 2.0, see LICENSE-MIT and LICENSE-APACHE. Its WebAssembly has
parts of the crates below, in the versions that stand there. Each licence stands once, below the crates that came with it. Where a crate
may be used under one of several licences, the MIT licence was taken.

The standard library of Rust is inside as well: MIT OR Apache-2.0, copyright (c) The Rust Project Contributors. The text of its MIT
licence is that of LICENSE-MIT, with that line in the place of ours.
";

/// Fails if a crate has a licence or a source that deny.toml does not allow. cargo-deny says the same and more; it takes minutes to compile.
pub fn check() -> Result {
    let text = fs::read_to_string("deny.toml").map_err(|why| format!("deny.toml: {why}"))?;
    let rules: toml::Table = text.parse().map_err(|why| format!("deny.toml: {why}"))?;
    let permitted = rules.get("licenses").and_then(|licenses| licenses.get("allow")).and_then(|allow| allow.as_array());
    let allowed: Vec<&str> =
        permitted.ok_or("deny.toml has no list `licenses.allow`")?.iter().filter_map(|one| one.as_str()).collect();
    let metadata = metadata(&[])?;
    let mut faults = String::new();
    let crates: Vec<&Value> = list(&metadata, "/packages").collect();
    for package in crates.iter().filter(|package| !package["source"].is_null()) {
        let (name, source) = (name(package), package["source"].as_str().unwrap_or_default());
        if !source.starts_with("registry+") {
            let _ = write!(faults, "\n  {name} comes from {source}");
        }
        if let Err(why) = is_allowed(package["license"].as_str(), &allowed) {
            let _ = write!(faults, "\n  {name}: {why}");
        }
    }
    if !faults.is_empty() {
        return Err(format!("deny.toml does not allow these:{faults}"));
    }
    println!("   {} crates have licences and sources that deny.toml allows", crates.len());
    Ok(())
}

fn is_allowed(licence: Option<&str>, allowed: &[&str]) -> Result {
    let licence = licence.ok_or("it names no licence")?;
    let expression = Expression::parse_mode(licence, ParseMode::LAX).map_err(|why| format!("`{licence}`: {why}"))?;
    if expression.evaluate(|one| allowed.contains(&one.to_string().as_str())) {
        return Ok(());
    }
    Err(format!("`{licence}`"))
}

/// Runs cargo-deny, which is compiled once for each version and kept in the user's cache folder.
pub fn deny() -> Result {
    let folder = cache_folder()?.join(format!("cargo-deny-{DENY}"));
    let program = folder.join("bin").join("cargo-deny").with_extension(env::consts::EXE_EXTENSION);
    if !program.is_file() {
        let root = folder.display().to_string();
        run(&mut cargo(&["install", "--quiet", "--locked", "cargo-deny", "--version", DENY, "--root", &root]))?;
    }
    run(Command::new(program).args(["--locked", "check", "bans", "licenses", "sources"]))
}

/// The user's folder for what can be made again.
fn cache_folder() -> Result<PathBuf> {
    let from = |variable| env::var_os(variable).map(PathBuf::from);
    let home = || Some(env::home_dir()?.join(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" }));
    let folder = from("XDG_CACHE_HOME").or_else(|| from("LOCALAPPDATA")).or_else(home);
    Ok(folder.ok_or("this user has no home folder")?.join("querencia"))
}

/// Writes the licences of the crates that are inside the Wasm.
pub fn write_notices() -> Result {
    let metadata = metadata(&["--all-features", "--filter-platform", WASM])?;
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in inside(&metadata)? {
        let licence = package["license"].as_str().unwrap_or_default();
        let line = format!("{}  ({licence})  {}", name(package), package["repository"].as_str().unwrap_or_default());
        groups.entry(texts(package)?).or_default().push(line);
    }
    let mut notices = HEAD.to_owned();
    let mut sorted: Vec<(Vec<String>, String)> = groups.into_iter().map(|(text, crates)| (crates, text)).collect();
    sorted.sort();
    for (crates, text) in sorted {
        let _ = write!(notices, "\n{}\n\n{}\n\n{}\n", "-".repeat(80), crates.join("\n"), text.trim());
    }
    fs::write(NOTICES, notices).map_err(|why| format!("{NOTICES}: {why}"))
}

fn metadata(arguments: &[&str]) -> Result<Value> {
    let mut command = cargo(&["metadata", "--locked", "--format-version", "1"]);
    let text = output_of(command.args(arguments)).ok_or("`cargo metadata --locked` failed")?;
    serde_json::from_str(&text).map_err(|why| format!("cargo metadata: {why}"))
}

fn name(package: &Value) -> String {
    format!("{} {}", package["name"].as_str().unwrap_or_default(), package["version"].as_str().unwrap_or_default())
}

/// The crates that the engine's code is compiled with, in the order of their names. Procedural macros and build scripts stay outside.
fn inside(metadata: &Value) -> Result<Vec<&Value>> {
    let packages: BTreeMap<&str, &Value> = by_id(metadata, "/packages");
    let nodes: BTreeMap<&str, &Value> = by_id(metadata, "/resolve/nodes");
    let engine = packages.iter().find(|(_, package)| package["name"] == "querencia").map(|(id, _)| *id);
    let engine = engine.ok_or("cargo metadata knows no crate `querencia`")?;
    let mut seen = BTreeSet::from([engine]);
    let mut open = vec![engine];
    while let Some(id) = open.pop() {
        for dependency in nodes.get(id).and_then(|node| node["deps"].as_array()).into_iter().flatten() {
            let is_code = dependency["dep_kinds"].as_array().into_iter().flatten().any(|kind| kind["kind"].is_null());
            let Some(id) = dependency["pkg"].as_str().filter(|_| is_code) else { continue };
            if !packages.get(id).is_some_and(|package| is_macro(package)) && seen.insert(id) {
                open.push(id);
            }
        }
    }
    seen.remove(engine);
    let mut found: Vec<&Value> = seen.into_iter().filter_map(|id| packages.get(id).copied()).collect();
    found.sort_by_key(|package| name(package));
    Ok(found)
}

fn by_id<'a>(metadata: &'a Value, pointer: &str) -> BTreeMap<&'a str, &'a Value> {
    list(metadata, pointer).filter_map(|one| Some((one["id"].as_str()?, one))).collect()
}

fn list<'a>(metadata: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> {
    metadata.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}

fn is_macro(package: &Value) -> bool {
    let mut targets = package["targets"].as_array().into_iter().flatten();
    targets.any(|target| target["kind"].as_array().into_iter().flatten().any(|kind| kind == "proc-macro"))
}

/// The licence texts that come with a crate: its MIT text alone, if that is one of several to choose from.
fn texts(package: &Value) -> Result<String> {
    let folder = Path::new(package["manifest_path"].as_str().unwrap_or_default()).parent().unwrap_or(Path::new(""));
    let entries = fs::read_dir(folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| {
            ["LICENSE", "LICENCE", "COPYING", "NOTICE"].iter().any(|start| name.to_uppercase().starts_with(start))
        })
        .collect();
    names.sort();
    let has_choice = package["license"].as_str().is_some_and(|licence| !licence.contains("AND"));
    if let Some(mit) = names.iter().find(|name| name.to_uppercase().starts_with("LICENSE-MIT")).filter(|_| has_choice) {
        names = vec![mit.clone()];
    }
    if names.is_empty() {
        return Err(format!("{} comes without the text of its licence: {}", name(package), folder.display()));
    }
    let read = |name: &String| fs::read_to_string(folder.join(name)).map_err(|why| format!("{name}: {why}"));
    let texts: Vec<String> = names.iter().map(read).collect::<Result<_>>()?;
    Ok(texts.join("\n\n").replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn one_licence_of_several_is_enough_and_each_of_those_that_bind_together() {
        let allowed = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"];
        for licence in ["MIT", "MIT/Apache-2.0", "GPL-3.0-only OR MIT", "Apache-2.0 WITH LLVM-exception"] {
            assert_eq!(is_allowed(Some(licence), &allowed), Ok(()), "{licence}");
        }
        for licence in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "my own"] {
            assert!(is_allowed(Some(licence), &allowed).is_err(), "{licence}");
        }
        assert!(is_allowed(None, &allowed).is_err());
    }
}
