//! Checks claims of messages and pages against the catalogue.

pub(crate) mod claims;
pub(crate) mod codes;
pub(crate) mod proof;
