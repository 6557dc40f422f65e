//! The files of a release: the npm package, a zip for themes, their checksums.

use crate::build;
use crate::step::{Result, node, run};

/// Builds, and writes the files of a release to target/release-files/. It publishes nothing.
pub fn release() -> Result {
    build::build()?;
    let folder = build::target_folder()?.join("release-files");
    run(node(&["tests/xtask/release.js"]).arg(folder))
}
