//! What takes hours. Each part says what it has found; the first that finds something ends it.

use crate::step::{Result, bold, cargo, run};
use crate::test::differential;

/// The parts of the engine whose mutants must be noticed: where such systems fail.
const MUTATED: &[&str] = &[
    "src/gates/*.rs",
    "src/calendar/*.rs",
    "src/arbitration.rs",
    "src/foresight.rs",
    "src/history.rs",
    "src/substitute.rs",
];

/// Runs so many cases against the model, the loops and properties in full, then the mutants.
pub fn prove(cases: &str) -> Result {
    println!("{}", bold("the engine against the model"));
    run(&mut differential(&["--cases", cases, "--seed", "1000000000"]))?;

    println!("{}", bold("loops and properties in full"));
    run(cargo(&["test", "--locked", "--release"]).env("PROVE", "1").env("CASES", "200000"))?;

    println!("{}", bold("mutants, with cargo-mutants, which must be installed"));
    let mut mutants = cargo(&["mutants", "--timeout", "300", "--output", "target"]);
    MUTATED.iter().for_each(|files| {
        mutants.args(["--file", files]);
    });
    run(&mut mutants)
}
