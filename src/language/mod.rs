//! Conditions, templates and places: what a policy is written in.

pub(crate) mod condition;
pub(crate) mod destination;
pub(crate) mod facts;
pub(crate) mod template;
pub(crate) mod words;
