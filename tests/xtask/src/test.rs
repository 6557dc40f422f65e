//! The gate: the same here and in CI. A step that cannot run fails; none is skipped.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step::{Result, Steps, bold, cargo, node, run};
use crate::tools::{self, Chromium, WASM};
use crate::{build, generate};

type Step = (&'static str, fn(&Chromium) -> Result);

const GATE: &[Step] = &[
    ("formatting", formatting),
    ("lints", lints),
    ("native tests and doctests", native),
    ("the boundary in Node", boundary_in_node),
    ("the boundary in Chromium", boundary_in_chromium),
    ("build", |_| build::build()),
    ("generated files", |_| generate::check()),
    ("against the model", against_the_model),
    ("one answer in three hosts", three_hosts),
    ("JavaScript over the built package", |chromium| node_tests(chromium, &["tests/js", "js"])),
    ("types", |_| run(&mut node(&["node_modules/typescript/bin/tsc", "-p", "."]))),
    ("bytes", |chromium| node_tests(chromium, &["tests/packaging/bytes.test.js"])),
    ("packaging", |chromium| node_tests(chromium, &["tests/packaging/install.test.js"])),
    ("end to end", |chromium| node_tests(chromium, &["tests/e2e"])),
];

/// Takes every step up to the first that fails, or every step.
pub fn test(all: bool) -> Result {
    if std::env::var_os("VECTORS").is_some() {
        return Err("VECTORS is set, so not every vector would run: unset it".to_owned());
    }
    let mut steps = Steps::default();
    let chromium = steps.take("tools", tools)?;
    for (name, step) in GATE {
        let passed = steps.take(name, || step(&chromium)).is_ok();
        if !passed && !all {
            break;
        }
    }
    steps.table();
    if !steps.passed() {
        return Err("the gate is closed".to_owned());
    }
    println!("\n{}", bold("the gate is open"));
    Ok(())
}

/// Everything the steps need, so that none of them fails late for want of a tool.
fn tools() -> Result<Chromium> {
    tools::wasm_target()?;
    tools::packages()?;
    let chromium = tools::chromium()?;
    println!("   {}\n   {}", chromium.browser.display(), chromium.driver.display());
    run(&mut cargo(&["build", "--locked", "--profile", "tools", "-p", "wasm-test-runner"]))?;
    Ok(chromium)
}

fn formatting(_: &Chromium) -> Result {
    run(&mut cargo(&["fmt", "--all", "--check"]))
}

fn lints(_: &Chromium) -> Result {
    let deny = ["--", "-D", "warnings"];
    run(cargo(&["clippy", "--locked", "--workspace", "--all-targets"]).args(deny))?;
    run(cargo(&["clippy", "--locked", "--lib", "--target", WASM]).args(deny))?;
    run(cargo(&["clippy", "--locked", "--lib", "--target", WASM, "--no-default-features"]).args(deny))
}

fn native(_: &Chromium) -> Result {
    run(&mut cargo(&["test", "--locked"]))
}

/// The engine and the reference model over the same generated cases.
pub fn differential(arguments: &[&str]) -> Command {
    let mut command = cargo(&["run", "--locked", "--quiet", "--profile", "model", "-p", "querencia-model"]);
    command.args(["--bin", "differential", "--"]).args(arguments);
    command
}

fn against_the_model(_: &Chromium) -> Result {
    run(&mut cargo(&["test", "--locked", "--profile", "model", "-p", "querencia-model"]))?;
    run(&mut differential(&["--cases", "50000", "--seed", "1"]))
}

/// Ten thousand cases decided natively, in Node and in Chromium.
fn three_hosts(chromium: &Chromium) -> Result {
    let cases = build::target_folder()?.join("cases.jsonl");
    let file = fs::File::create(&cases).map_err(|why| format!("{}: {why}", cases.display()))?;
    run(differential(&["--emit", "10000", "--seed", "2"]).stdout(file))?;
    let mut files = Vec::new();
    collect(Path::new("tests/hosts"), &mut files)?;
    let mut tests = node(&["--test", "--test-reporter=spec"]);
    run(tests.args(&files).env("CHROMIUM", &chromium.browser).env("CASES", &cases))
}

fn boundary() -> Command {
    let mut command = cargo(&["test", "--locked", "--target", WASM, "--test", "boundary"]);
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    command
}

fn boundary_in_node(_: &Chromium) -> Result {
    run(&mut boundary())
}

fn boundary_in_chromium(chromium: &Chromium) -> Result {
    let settings = settings(chromium)?;
    run(boundary()
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("CHROMEDRIVER", &chromium.driver)
        // The default, 5 s, is short for a browser's first start on a busy machine.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings))
}

/// Writes the driver's settings: which browser, and how to keep it quiet and offline.
fn settings(chromium: &Chromium) -> Result<PathBuf> {
    let path = build::target_folder()?.join("webdriver.json");
    let browser = format!("{:?}", chromium.browser.display().to_string());
    let text = format!(
        r#"{{ "goog:chromeOptions": {{ "binary": {browser}, "args": [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"
] }} }}
"#
    );
    fs::write(&path, text).map_err(|why| format!("{}: {why}", path.display()))?;
    Ok(path)
}

/// Runs every `*.test.js` in the given files and folders; none at all is a failure.
fn node_tests(chromium: &Chromium, places: &[&str]) -> Result {
    let mut files = Vec::new();
    for place in places {
        let before = files.len();
        collect(Path::new(place), &mut files)?;
        if files.len() == before && *place != "js" {
            return Err(format!("no test in {place}"));
        }
    }
    run(node(&["--test", "--test-reporter=spec"]).args(&files).env("CHROMIUM", &chromium.browser))
}

fn collect(place: &Path, files: &mut Vec<PathBuf>) -> Result {
    if place.is_file() {
        files.push(place.to_path_buf());
        return Ok(());
    }
    let entries = fs::read_dir(place).map_err(|why| format!("{}: {why}", place.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().map(OsStr::to_string_lossy).unwrap_or_default();
        if path.is_dir() || name.ends_with(".test.js") {
            collect(&path, files)?;
        }
    }
    Ok(())
}
