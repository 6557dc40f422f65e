//! What every other folder stands on.

pub(crate) mod hash;
pub(crate) mod problem;
pub(crate) mod sentence;
pub(crate) mod sorting;
pub(crate) mod text;
pub(crate) mod tree;
