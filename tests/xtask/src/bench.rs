//! Measures how long a decision takes, compared with other ways to decide, and how that time grows; and how near its choices come to the
//! best that the limits allow.

use crate::step::{Result, cargo, node, run};
use crate::{build, count, tools};

/// Builds the package and measures time in tests/bench/: natively, and in Node and Chromium beside other ways to decide. Writes
/// target/bench/speed.md and the tables of www/docs/speed.md. Fails if the others decide differently.
pub fn bench() -> Result {
    let chromium = tools::chromium()?;
    build::build()?;
    run(&mut node(&["tests/bench/cases.mjs"]))?;
    run(&mut cargo(&["bench", "--locked", "--bench", "speed"]))?;
    run(node(&["tests/bench/speed.mjs"]).env("CHROMIUM", &chromium.browser))
}

/// Builds the package and counts instructions. Fails if they are more than the baseline allows.
pub fn instructions() -> Result {
    build::build()?;
    count::check()
}

/// Builds the package and measures the choices in generated markets. Fails if an aim is missed.
pub fn quality() -> Result {
    build::build()?;
    run(&mut node(&["tests/bench/quality.mjs"]))
}
