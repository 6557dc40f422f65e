//! What a policy may need beside the rules of the smallest build.

use crate::policy::needs::FEATURES;

/// The features of a build: `core` or `page`.
pub fn features(build: &str) -> Vec<&'static str> {
    let has = |feature: &&(&'static str, bool)| feature.1 && build == "page";
    FEATURES.iter().filter(has).map(|(name, _)| *name).collect()
}
