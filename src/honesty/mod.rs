//! Checks claims of messages and pages against the catalogue.

#[cfg(feature = "whole")]
pub(crate) mod claims;
pub(crate) mod codes;
#[cfg_attr(not(feature = "page"), path = "proof_none.rs")]
pub(crate) mod proof;
