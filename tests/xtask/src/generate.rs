//! Generated files: the schema, the types, the constants and the tables of the docs from src/, the table of practices from the vectors.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use querencia::describe;
use serde_json::Value;

use crate::docs;
use crate::step::Result;

/// Each generated file: its path and its text.
fn files() -> Result<Vec<(String, String)>> {
    let mut files = docs::pages()?;
    for (path, text) in [
        ("www/policy.schema.json", describe::schema()),
        ("js/types.d.ts", describe::types()),
        ("js/constants.js", describe::constants()),
        ("js/server/http/schemas.js", describe::components()),
        ("js/cli/codes.js", describe::code_sentences()),
        ("www/docs/practices.md", practices()?),
    ] {
        files.push((path.to_owned(), text));
    }
    Ok(files)
}

const OPENAPI: &str = "www/openapi.json";

/// The OpenAPI document of the shop's server. Its addresses are a table in JavaScript.
fn openapi() -> Result<String> {
    let made = Command::new("node").arg("tests/xtask/openapi.js").output().map_err(|why| format!("node: {why}"))?;
    match made.status.success() {
        true => String::from_utf8(made.stdout).map_err(|why| format!("{OPENAPI}: {why}")),
        false => Err(format!("tests/xtask/openapi.js: {}", String::from_utf8_lossy(&made.stderr))),
    }
}

/// Writes the generated files.
pub fn write() -> Result {
    let write = |path: &str, text: String| -> Result {
        fs::write(path, text).map_err(|why| format!("{path}: {why}"))?;
        println!("wrote {path}");
        Ok(())
    };
    files()?.into_iter().try_for_each(|(path, text)| write(&path, text))?;
    write(OPENAPI, openapi()?)
}

/// Fails if a generated file is not up to date.
pub fn check() -> Result {
    // The document is made of generated files, so it comes last.
    for made in files()?.into_iter().map(Ok).chain([openapi().map(|text| (OPENAPI.to_owned(), text))]) {
        let (path, text) = made?;
        // A checkout on Windows can have other line ends.
        let current = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if current != text {
            return Err(format!("{path} is out of date: run `cargo xtask generate`"));
        }
        println!("{path} is up to date");
    }
    Ok(())
}

/// The table of practices: each practice, the parts of the engine that implement it, and the files with its vectors.
fn practices() -> Result<String> {
    let mut vectors: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let folder = Path::new("tests/vectors");
    let entries = fs::read_dir(folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let of_the_package = Path::new("tests/identity.json").to_path_buf();
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).chain([of_the_package]) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|extension| extension == "json") {
            for name in names(&read(&path)?) {
                if let Some((row, _)) = name.split_once(':') {
                    *vectors.entry(row.to_owned()).or_default().entry(stem.clone()).or_default() += 1;
                }
            }
        }
    }
    let mut text = String::from(
        "# The practices\n\nGenerated from `tests/practices.json` and the names of the vectors by `cargo xtask generate`. Do not edit.\n\n\
         A test turns each kind, each gate and every other part off and expects a vector of every practice it stands for to fail.\n\n\
         | row | practice | stands for it | vectors |\n|---|---|---|---|\n",
    );
    let rows = read(Path::new("tests/practices.json"))?;
    for (row, about) in rows.as_object().into_iter().flatten() {
        let parts: Vec<String> = about["parts"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(|part| format!("`{part}`"))
            .collect();
        let files: Vec<String> =
            vectors.get(row).into_iter().flatten().map(|(file, count)| format!("{count} in {file}")).collect();
        let practice = about["practice"].as_str().unwrap_or_default();
        let _ = writeln!(text, "| {row} | {practice} | {} | {} |", parts.join(", "), files.join(", "));
    }
    Ok(text)
}

fn names(file: &Value) -> Vec<&str> {
    file["cases"].as_array().into_iter().flatten().filter_map(|case| case["name"].as_str()).collect()
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
    serde_json::from_str(&text).map_err(|why| format!("{}: {why}", path.display()))
}
