//! The tests that take hours: millions of cases against the model, all properties, and mutants. It ends at the first failure.

use crate::step::{Result, bold, cargo, run};
use crate::test::{differential, models, on_other_days, server_in_full, traces_with_code};
use std::fs;
use std::io::Write;
use std::process::Command;

/// The files that are mutated: those in which an error would contact a customer wrongly.
const MUTATED: &[&str] = &[
    "src/arbitration/*.rs",
    "src/calendar/*.rs",
    "src/candidates/candidate.rs",
    "src/candidates/occasions/*.rs",
    "src/decide.rs",
    "src/engine.rs",
    "src/entitled.rs",
    "src/gates/*.rs",
    "src/handle.rs",
    "src/ledger/*.rs",
    "src/standing/cases.rs",
    "src/standing/phase.rs",
    "src/standing/tasks.rs",
    "src/standing/tier.rs",
    "src/standing/window_count.rs",
];

/// Mutants that give the same decisions, as patterns of their names, each with the reason.
const EQUIVALENT: &[(&str, &str)] = &[
    ("gates/quiet_hours.*:19:.* with [+/]$", "shorter steps end at the same instant"),
    ("quiet.* > with >= in quiet_from", "it only asks again a millisecond later"),
    ("quiet.* < with <= in quiet_until", "nothing is looked for beyond the horizon"),
    ("anniversary.* < with <= in Anniversary::window$", "an empty window is never open"),
    ("units.* > with >= in Unit::around", "a unit never ends at an instant within it"),
    ("may_yield -> bool with true|> with >= in .*may_yield", "it only spares comparisons that find nothing"),
    ("entitled.*:168:.* < with <= in told", "contacts are read that told of nothing which has not ended"),
    ("plan.* < with <= in insert$", "no proposal is twice in a set"),
    ("guard is_known with false in propose", "asked again, the gates say the same"),
    ("audience.* with false in propose", "facts are frozen, so the search finds nothing"),
    ("proposal.* > with >= in Proposal.*::of$", "a limit that does not count it counts it no times"),
    ("proposal.*:177:.* < with <= in Proposal.*::of$", "what begins at its close is never heard"),
    ("proposal.*:214:.* < with <= in .*::passes_from$", "what passes at its close passes too late"),
    ("walk.*:118:.* < with <= in .*::look$", "no proposal waits twice"),
    ("walk.* < with <= in .*::holds$", "the next condition counts again"),
    (r"window_count.*:136:61: .* - with \+ in .*::full$", "more contacts are read than need be"),
    (r"window_count.* \+= with -= in .*::full$", "more contacts are read than need be"),
];

/// Where cargo-mutants writes its results.
const RESULTS: &str = "target/mutants.out";

/// Compares `cases` cases with the model, runs all properties and loops in full, then the mutants.
pub fn prove(cases: &str) -> Result {
    println!("{}", bold("the engine against the model"));
    run(&mut differential(&["--cases", cases, "--seed", "1000000000"]))?;

    println!("{}", bold("the whole policy against its published part"));
    let published = ["test", "--locked", "--profile", "model", "-p", "querencia-model", "--test", "all", "published"];
    run(cargo(&published).env("PUBLISHED", "200000"))?;

    println!("{}", bold("the protocol: large models, and their traces with the code of pages and servers"));
    run(&mut models(&[]))?;
    run(&mut models(&["huge", "3600"]))?;
    traces_with_code("20000", "1000000000")?;

    println!("{}", bold("all properties and loops in full"));
    run(cargo(&["test", "--locked", "--release"]).env("PROVE", "1").env("CASES", "200000"))?;

    println!("{}", bold("the server's races and kills in full"));
    server_in_full()?;

    println!("{}", bold("pages and programs on other days"));
    on_other_days()?;

    println!("{}", bold("mutants (cargo-mutants must be installed)"));
    mutants()
}

/// First tests every mutant with the vectors, which are fast; then those they miss with the other tests.
fn mutants() -> Result {
    // results for an earlier version of the source are worthless; it is no error if there are none
    let _ = fs::remove_dir_all(RESULTS);
    let fast_build = [("CARGO_PROFILE_TEST_OPT_LEVEL", "0"), ("CARGO_PROFILE_TEST_DEBUG", "0")];
    test_mutants(cargo_mutants().envs(fast_build).args(["--timeout", "60", "--", "--test", "vectors"]))?;
    test_mutants(cargo_mutants().args([
        "--timeout",
        "300",
        "--",
        "--lib",
        "--test",
        "properties",
        "--test",
        "limits",
    ]))?;
    match read("missed.txt")?.trim() {
        "" => Ok(()),
        missed => Err(format!("no test fails for these mutants:\n{missed}")),
    }
}

fn cargo_mutants() -> Command {
    let mut mutants = cargo(&["mutants", "--iterate", "--output", "target"]);
    MUTATED.iter().for_each(|files| {
        mutants.args(["--file", files]);
    });
    EQUIVALENT.iter().for_each(|(names, _)| {
        mutants.args(["--exclude-re", names]);
    });
    mutants
}

/// Tests all mutants that no earlier round has caught. A mutant that hangs counts as caught.
fn test_mutants(mutants: &mut Command) -> Result {
    let status = mutants.status().map_err(|why| format!("cargo-mutants did not start: {why}"))?;
    // 2: some mutants were missed; 3: some timed out
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        return Err(format!("cargo-mutants ended with {status}"));
    }
    let hung = read("timeout.txt")?;
    let caught = fs::OpenOptions::new().append(true).open(format!("{RESULTS}/caught.txt"));
    caught
        .and_then(|mut caught| caught.write_all(hung.as_bytes()))
        .map_err(|why| format!("{RESULTS}/caught.txt: {why}"))
}

fn read(file: &str) -> Result<String> {
    fs::read_to_string(format!("{RESULTS}/{file}")).map_err(|why| format!("{RESULTS}/{file}: {why}"))
}
