//! All tests, the same on every machine and in CI. A step that cannot run fails; none is skipped.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step::{Result, Steps, bold, cargo, node, run};
use crate::tools::{self, Chromium, WASM};
use crate::{again, build, count, generate, licences};

/// What a step works with.
struct Scope {
    chromium: Chromium,
    /// of generated cases as many as it takes minutes to compare
    all: bool,
}

type Step = (&'static str, fn(&Scope) -> Result);

const STEPS: &[Step] = &[
    ("formatting", formatting),
    ("lints", lints),
    ("licences", |_| licences::check()),
    ("native tests and doctests", native),
    ("the boundary in Node", boundary_in_node),
    ("the boundary in Chromium", boundary_in_chromium),
    ("build", |_| build::build()),
    ("instructions", |_| count::check()),
    ("generated files", |_| generate::check()),
    ("decisions compared with the model", compare_with_model),
    ("the protocol, and what holds for any bytes", protocol),
    ("the same decisions natively, in Node and in Chromium", decisions_in_three_hosts),
    ("JavaScript over the built package", |scope| run_tests(scope, &["tests/js", "js"])),
    ("the server", |scope| run_tests(scope, &["tests/server"])),
    ("types", |_| run(&mut node(&["node_modules/typescript/bin/tsc", "-p", "."]))),
    ("bytes", |scope| run_tests(scope, &["tests/packaging/bytes.test.js"])),
    ("packaging", |scope| run_tests(scope, &["tests/packaging/install.test.js", "tests/packaging/release.test.js"])),
    ("end to end", |scope| run_tests(scope, &["tests/e2e"])),
];

/// What takes minutes and seldom changes.
const MORE_STEPS: &[Step] = &[
    ("other runtimes and bundlers", |scope| run_tests(scope, &["tests/packaging/runtimes.test.js"])),
    ("libraries of old pages that Debian has", |scope| run_tests(scope, &["tests/debian/libraries.test.js"])),
    ("the server's store in Redis", |scope| run_tests(scope, &["tests/debian/redis"])),
    ("the same bytes when compiled elsewhere", |_| again::compare()),
    ("cargo-deny", |_| licences::deny()),
];

/// Runs the steps up to the first that fails. With `all` it goes on, and runs those that take longer too.
pub fn test(all: bool) -> Result {
    if std::env::var_os("VECTORS").is_some() {
        return Err("VECTORS is set, so not every vector would run: unset it".to_owned());
    }
    let mut steps = Steps::default();
    let scope = Scope { chromium: steps.run("tools", || tools(all))?, all };
    let more = if all { MORE_STEPS } else { &[] };
    for (name, step) in STEPS.iter().chain(more) {
        let passed = steps.run(name, || step(&scope)).is_ok();
        if !passed && !all {
            break;
        }
    }
    steps.table();
    if !steps.passed() {
        return Err("not all steps passed".to_owned());
    }
    println!("\n{}", bold("all steps passed"));
    Ok(())
}

/// Finds or installs all tools first, so that no step fails late because one is missing.
fn tools(all: bool) -> Result<Chromium> {
    tools::wasm_target()?;
    tools::packages()?;
    tools::postgresql()?;
    if all {
        tools::redis()?;
    }
    let chromium = tools::chromium()?;
    for found in [&chromium.browser, &chromium.driver, &chromium.shell] {
        println!("   {}", found.display());
    }
    run(&mut cargo(&["build", "--locked", "--profile", "tools", "-p", "wasm-test-runner"]))?;
    Ok(chromium)
}

fn formatting(_: &Scope) -> Result {
    run(&mut cargo(&["fmt", "--all", "--check"]))
}

fn lints(_: &Scope) -> Result {
    let deny = ["--", "-D", "warnings"];
    run(cargo(&["clippy", "--locked", "--workspace", "--all-targets"]).args(deny))?;
    run(cargo(&["clippy", "--locked", "--lib", "--target", WASM]).args(deny))?;
    // the builds of build.rs
    for features in ["whole", "page", ""] {
        let build = ["clippy", "--locked", "--lib", "--target", WASM, "--no-default-features", "--features", features];
        run(cargo(&build).args(deny))?;
    }
    Ok(())
}

fn native(_: &Scope) -> Result {
    run(&mut cargo(&["test", "--locked"]))?;
    run(&mut cargo(&["test", "--locked", "--profile", "tools", "-p", "xtask"]))
}

/// Compares the engine with the reference model over generated cases.
pub fn differential(arguments: &[&str]) -> Command {
    let mut command = cargo(&["run", "--locked", "--quiet", "--profile", "model", "-p", "querencia-model"]);
    command.args(["--bin", "differential", "--"]).args(arguments);
    command
}

fn compare_with_model(scope: &Scope) -> Result {
    run(&mut cargo(&["test", "--locked", "--profile", "model", "-p", "querencia-model"]))?;
    run(&mut differential(&["--cases", if scope.all { "50000" } else { "20000" }, "--seed", "1"]))
}

/// Every order of steps of small models of the protocol; random traces of them with the code of pages and servers; and what libFuzzer found.
fn protocol(scope: &Scope) -> Result {
    run(&mut cargo(&["test", "--locked", "--profile", "model", "-p", "querencia-protocol", "-p", "querencia-fuzz"]))?;
    traces_with_code(if scope.all { "2000" } else { "100" }, "1")
}

/// The models of the protocol: checks large ones, or writes traces.
pub fn models(arguments: &[&str]) -> Command {
    let mut command = cargo(&["run", "--locked", "--quiet", "--profile", "model", "-p", "querencia-protocol", "--"]);
    command.args(arguments);
    command
}

/// Plays so many traces of the models with the code of pages and servers, and compares.
pub fn traces_with_code(traces: &str, seed: &str) -> Result {
    let file = build::target_folder()?.join("traces.jsonl");
    let written = fs::File::create(&file).map_err(|why| format!("{}: {why}", file.display()))?;
    run(models(&["traces", traces, seed]).stdout(written))?;
    let played = ["--test", "--test-reporter=spec", "tests/protocol/conformance.test.js"];
    run(node(&played).env("TRACES", &file))
}

/// Decides cases natively, in Node and in Chromium, and compares.
fn decisions_in_three_hosts(scope: &Scope) -> Result {
    let cases = build::target_folder()?.join("cases.jsonl");
    let file = fs::File::create(&cases).map_err(|why| format!("{}: {why}", cases.display()))?;
    run(differential(&["--emit", if scope.all { "10000" } else { "4000" }, "--seed", "2"]).stdout(file))?;
    let mut files = Vec::new();
    collect(Path::new("tests/hosts"), &mut files)?;
    let mut tests = node(&["--test", "--test-reporter=spec"]);
    run(tests.args(&files).env("CHROMIUM", &scope.chromium.shell).env("CASES", &cases))
}

fn boundary() -> Command {
    let mut command = cargo(&["test", "--locked", "--target", WASM, "--test", "boundary"]);
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    command
}

fn boundary_in_node(_: &Scope) -> Result {
    run(&mut boundary())
}

fn boundary_in_chromium(Scope { chromium, .. }: &Scope) -> Result {
    let settings = settings(chromium)?;
    run(boundary()
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("CHROMEDRIVER", &chromium.driver)
        // The default, 5 s, is too short for the first start of a browser on a busy machine.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings))
}

/// Writes the settings for ChromeDriver: which browser, without a window and without network requests of its own.
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

/// The server's stores over many more rounds, and over servers that are killed more often.
pub fn server_in_full() -> Result {
    tools::packages()?;
    tools::postgresql()?;
    tools::redis()?;
    let mut files = Vec::new();
    collect(Path::new("tests/server"), &mut files)?;
    collect(Path::new("tests/debian/redis"), &mut files)?;
    run(node(&["--test", "--test-reporter=spec"]).args(&files).env("PROVE", "1"))
}

/// The tests that ask the real clock, in a program or on a page, on each day of a week and at other hours.
pub fn on_other_days() -> Result {
    let scope = Scope { chromium: tools(false)?, all: false };
    let folder = std::env::current_dir().map_err(|why| format!("the folder of the project: {why}"))?;
    let ahead = format!("--import {}", folder.join("tests/later.js").display());
    for days in ["1.2", "2.4", "3.6", "4.8", "6", "7.1", "91.5"] {
        println!("in {days} days");
        run(node_tests(&scope, &["tests/e2e", "tests/js"])?.env("LATER", days).env("NODE_OPTIONS", &ahead))?;
    }
    Ok(())
}

/// A file of tests that does not end fails after so many milliseconds, and is named.
const PATIENCE: &str = "--test-timeout=900000";

/// Runs the given test files, and every `*.test.js` in the given folders, three at a time: while a browser or a database works, another file
/// goes on. A folder without a test is an error. Where all is tried, the tests know it by `ALL`.
fn node_tests(Scope { chromium, all }: &Scope, paths: &[&str]) -> Result<Command> {
    let mut files = Vec::new();
    for path in paths {
        let before = files.len();
        collect(Path::new(path), &mut files)?;
        if files.len() == before {
            return Err(format!("no test in {path}"));
        }
    }
    let mut tests = node(&["--test", "--test-concurrency=3", PATIENCE, "--test-reporter=spec"]);
    tests.args(&files).env("CHROMIUM", &chromium.shell);
    if *all {
        tests.env("ALL", "1");
    }
    Ok(tests)
}

fn run_tests(scope: &Scope, paths: &[&str]) -> Result {
    run(&mut node_tests(scope, paths)?)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result {
    if path.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    let entries = fs::read_dir(path).map_err(|why| format!("{}: {why}", path.display()))?;
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
