//! What a policy may need beside the rules of the smallest build.

use crate::base::parts::PARTS;

/// The parts that a build for pages has: `core` or `page`.
#[must_use]
pub fn features(build: &str) -> Vec<&'static str> {
    PARTS.iter().filter(|(_, from, _)| *from == build).map(|(name, ..)| *name).collect()
}
