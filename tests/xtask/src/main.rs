//! What people do with this repository, one verb a file: `cargo xtask demo`, `cargo xtask test`, …

mod bench;
mod build;
mod cut;
mod demo;
mod generate;
mod prove;
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
  test [--all]             the gate; stops at the first failed step, --all goes on to the last
  vectors <text>           run the vectors whose file or name contains the text, such as thank-you
  build                    make dist/ from src/ and js/
  generate [--check]       write www/policy.schema.json and js/types.d.ts; --check compares
  prove [cases]            what takes hours: the engine against the model, the properties and the calendar in full, mutants
  bench                    time a decision against other ways to decide
";

fn main() -> ExitCode {
    let given: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = given.iter().map(String::as_str).collect();
    match obey(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{}", step::red(&format!("error: {why}")));
            ExitCode::FAILURE
        }
    }
}

fn obey(words: &[&str]) -> step::Result {
    // The commands and their paths are written as seen from the repository's root.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    env::set_current_dir(&root).map_err(|why| format!("cannot enter {}: {why}", root.display()))?;

    match words {
        ["demo", flags @ ..] if known(flags, &["--once", "--open"]) => {
            demo::demo(flags.contains(&"--once"), flags.contains(&"--open"))
        }
        ["test", flags @ ..] if known(flags, &["--all"]) => test::test(flags.contains(&"--all")),
        ["vectors", text] if !text.is_empty() => vectors::vectors(text),
        ["build"] => build::build(),
        ["generate"] => generate::write(),
        ["generate", "--check"] => generate::check(),
        ["prove"] => prove::prove("5000000"),
        ["prove", cases] => prove::prove(cases),
        ["bench"] => bench::bench(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => {
            eprint!("{USAGE}");
            Err(format!("`cargo xtask {}` is not a command", words.join(" ")))
        }
    }
}

fn known(flags: &[&str], names: &[&str]) -> bool {
    flags.iter().all(|flag| names.contains(flag))
}
