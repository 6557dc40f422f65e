//! The parts of which policies are written: conditions, templates, regions, and words such as `promotional`.

pub(crate) mod address;
mod comparison;
pub(crate) mod condition;
pub(crate) mod condition_reader;
#[cfg(feature = "sentences")]
pub(crate) mod contradiction;
#[cfg(feature = "sentences")]
mod decided;
pub(crate) mod destination;
pub(crate) mod domain;
pub(crate) mod facts;
#[cfg(feature = "sentences")]
pub(crate) mod misread;
pub(crate) mod scope;
pub(crate) mod strangers;
pub(crate) mod template;
pub(crate) mod words;
