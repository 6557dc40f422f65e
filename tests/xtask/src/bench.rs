//! Measures how long a decision takes, compared with other ways to decide, and how that time grows; and how near its choices come to the
//! best that the limits allow.

use crate::step::{Result, cargo, node, run};
use crate::{build, count};

/// Builds the package and runs the benchmarks of time in tests/bench/, natively and in Node.
pub fn bench() -> Result {
    run(&mut cargo(&["bench", "--locked", "--bench", "speed"]))?;
    build::build()?;
    run(&mut node(&["--expose-gc", "tests/bench/decide.mjs"]))?;
    run(&mut node(&["tests/bench/growth.mjs"]))
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
