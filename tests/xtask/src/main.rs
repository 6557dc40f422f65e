//! The commands of this repository, one file each: `cargo xtask demo`, `cargo xtask test`, …

mod again;
mod bench;
mod build;
mod compile;
mod count;
mod demo;
mod docs;
mod generate;
mod licences;
mod order;
mod panics;
mod prove;
mod release;
mod step;
mod test;
mod tools;
mod vectors;

use std::env;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>

  demo [--once] [--open]   build, print one decision, serve the shop on 127.0.0.1:8080 (PORT)
                           --once stops after the decision, --open opens a browser
  test [--all]             run all tests; stops at the first step that fails
                           --all goes on, and tries other runtimes, bundlers and cargo-deny too (minutes more)
  vectors <text>           run the vectors whose file or name contains the text, such as thank-you
  again                    compile everything once more from other folders, and compare the bytes
  release --dry-run        build, and write the files of a release to target/release-files/; it publishes nothing
  build                    make dist/ from src/ and js/
  weigh <build>            say what a browser's build weighs, in bytes and in brotli: whole, page or core
  licences [--deny]        check the licences and sources of all crates; --deny runs cargo-deny, which is compiled once
  generate [--check]       write the generated files; --check fails if one is out of date
  prove [cases]            the tests that take hours: millions of cases against the model, all properties, mutants
  bench                    measure how long a decision takes, compared with other ways to decide
  bench instructions       count the instructions of decisions; fails if they are more than tests/bench/instructions.json allows
                           --write builds, and makes these counts the new baseline
  bench quality            measure how near the choices come to the best that the limits allow; fails if an aim is missed
";

fn main() -> ExitCode {
    let given: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = given.iter().map(String::as_str).collect();
    match run_command(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{}", step::red(&format!("error: {why}")));
            ExitCode::FAILURE
        }
    }
}

fn run_command(arguments: &[&str]) -> step::Result {
    // All paths in this program are relative to the repository's root.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    env::set_current_dir(&root).map_err(|why| format!("cannot enter {}: {why}", root.display()))?;

    match arguments {
        ["demo", flags @ ..] if are_known(flags, &["--once", "--open"]) => {
            demo::demo(flags.contains(&"--once"), flags.contains(&"--open"))
        }
        ["test", flags @ ..] if are_known(flags, &["--all"]) => test::test(flags.contains(&"--all")),
        ["vectors", text] if !text.is_empty() => vectors::vectors(text),
        ["build"] => build::build(),
        ["again"] => again::compare(),
        ["release", "--dry-run"] => release::release(),
        ["release"] => {
            Err("a release is published by its owner: `cargo xtask release --dry-run` makes the files".to_owned())
        }
        ["weigh", build] => build::weigh(build),
        ["licences"] => licences::check(),
        ["licences", "--deny"] => licences::deny(),
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        ["prove"] => prove::prove("5000000"),
        ["prove", cases] => prove::prove(cases),
        ["bench"] => bench::bench(),
        ["bench", "instructions"] => bench::instructions(),
        ["bench", "instructions", "--write"] => count::write(),
        ["bench", "quality"] => bench::quality(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => {
            eprint!("{USAGE}");
            Err(format!("`cargo xtask {}` is not a command", arguments.join(" ")))
        }
    }
}

fn are_known(flags: &[&str], names: &[&str]) -> bool {
    flags.iter().all(|flag| names.contains(flag))
}
