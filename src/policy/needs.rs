//! What a policy needs beside the rules of the smallest build, `core`. A page loads the smallest build that has it all.

use super::Policy;

/// Every feature, and whether the build `page` has it. None is ever renamed: published policies name them.
pub(crate) const FEATURES: &[(&str, bool)] = &[];

impl Policy {
    /// The features that it needs. Rather one too many than one too few: a build without a feature lets its rules pass.
    pub fn needs(&self) -> Vec<&'static str> {
        let mut needs = Vec::new();
        FEATURES.iter().for_each(|(name, _)| needs.push(*name));
        needs
    }
}
