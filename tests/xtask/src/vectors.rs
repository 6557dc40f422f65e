//! Runs the vectors of one name or one file natively.

use crate::step::{Result, cargo, run};

/// Runs the vectors whose file or name contains a text, and prints for each whether it holds. No such vector is a failure.
pub fn vectors(text: &str) -> Result {
    let test = ["test", "--quiet", "--test", "vectors", "--", "--exact", "every_vector_holds", "--nocapture"];
    run(cargo(&test).env("VECTORS", text).env("RUST_BACKTRACE", "0"))
}
