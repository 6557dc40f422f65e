//! One reader for everything that comes in.

pub(crate) mod check;
pub(crate) mod shape;
