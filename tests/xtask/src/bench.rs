//! Measures how long a decision takes, compared with other ways to decide, and how that time grows.

use crate::build;
use crate::step::{Result, node, run};

/// Builds the package and runs the benchmarks in tests/bench/.
pub fn bench() -> Result {
    build::build()?;
    run(&mut node(&["--expose-gc", "tests/bench/decide.mjs"]))?;
    run(&mut node(&["tests/bench/growth.mjs"]))
}
