//! What takes hours. Each part says what it has found; the first that finds something ends it.

use crate::step::{Result, bold, cargo, run};
use crate::test::differential;
use std::fs;
use std::io::Write;
use std::process::Command;

/// The parts of the engine whose mutants must be noticed: where such systems fail.
const MUTATED: &[&str] = &[
    "src/arbitration/*.rs",
    "src/calendar/*.rs",
    "src/candidates/candidate.rs",
    "src/candidates/occasions/*.rs",
    "src/engine.rs",
    "src/gates/*.rs",
    "src/ledger/*.rs",
    "src/standing/phase.rs",
    "src/standing/tally.rs",
];

/// Mutants that decide alike, and why; each a pattern of their names.
const ALIKE: &[(&str, &str)] = &[
    ("arbitration.* > with >= in blocker", "beside nobody it passed already"),
    ("foresight.* > with >= in ahead", "two occurrences of one end and one key are one"),
    ("foresight.* < with <= in place", "at its end an occurrence is proposed no more"),
    ("substitute.* > with >= in passes_until", "asks again a millisecond later instead of leaping"),
    ("substitute.*:10:.* with [+/]$", "how far a leap goes; shorter ones end at the same instant"),
    ("quiet.* > with >= in quiet_from", "asks again a millisecond later instead of leaping"),
    ("quiet.* < with <= in quiet_until", "beyond the horizon nothing is promised"),
    ("anniversary.* < with <= in Anniversary::window$", "an empty window is open at no instant"),
    ("units.* > with >= in Unit::around", "a unit never ends at an instant within it"),
];

/// Where the mutants' rounds leave what they found.
const FOUND: &str = "target/mutants.out";

/// Runs so many cases against the model, the loops and properties in full, then the mutants.
pub fn prove(cases: &str) -> Result {
    println!("{}", bold("the engine against the model"));
    run(&mut differential(&["--cases", cases, "--seed", "1000000000"]))?;

    println!("{}", bold("loops and properties in full"));
    run(cargo(&["test", "--locked", "--release"]).env("PROVE", "1").env("CASES", "200000"))?;

    println!("{}", bold("mutants, with cargo-mutants, which must be installed"));
    mutants()
}

/// The vectors are quick to build and to run; only what they miss is tried with all the rest.
fn mutants() -> Result {
    // what an earlier engine noticed says nothing of this one; there may be none
    let _ = fs::remove_dir_all(FOUND);
    let quick = [("CARGO_PROFILE_TEST_OPT_LEVEL", "0"), ("CARGO_PROFILE_TEST_DEBUG", "0")];
    round(mutated().envs(quick).args(["--timeout", "60", "--", "--test", "vectors"]))?;
    round(mutated().args(["--timeout", "300", "--", "--lib", "--test", "properties", "--test", "limits"]))?;
    match read("missed.txt")?.trim() {
        "" => Ok(()),
        missed => Err(format!("nothing notices\n{missed}")),
    }
}

fn mutated() -> Command {
    let mut mutants = cargo(&["mutants", "--iterate", "--output", "target"]);
    MUTATED.iter().for_each(|files| {
        mutants.args(["--file", files]);
    });
    ALIKE.iter().for_each(|(names, _)| {
        mutants.args(["--exclude-re", names]);
    });
    mutants
}

/// Tries all mutants that no round before has caught. What hangs is noticed too.
fn round(mutants: &mut Command) -> Result {
    let status = mutants.status().map_err(|why| format!("cargo-mutants did not start: {why}"))?;
    // some were missed, some timed out; anything else is a failure of its own
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        return Err(format!("cargo-mutants ended with {status}"));
    }
    let hung = read("timeout.txt")?;
    let caught = fs::OpenOptions::new().append(true).open(format!("{FOUND}/caught.txt"));
    caught.and_then(|mut caught| caught.write_all(hung.as_bytes())).map_err(|why| format!("{FOUND}/caught.txt: {why}"))
}

fn read(file: &str) -> Result<String> {
    fs::read_to_string(format!("{FOUND}/{file}")).map_err(|why| format!("{FOUND}/{file}: {why}"))
}
