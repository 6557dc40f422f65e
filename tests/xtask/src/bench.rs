//! Times a decision against other ways to decide, as ratios of one run.

use crate::build;
use crate::step::{Result, node, run};

/// Builds, then measures.
pub fn bench() -> Result {
    build::build()?;
    run(&mut node(&["--expose-gc", "tests/bench/decide.mjs"]))?;
    run(&mut node(&["tests/bench/growth.mjs"]))
}
