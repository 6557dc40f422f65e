//! What could be said now: each campaign with its occasion, its offer and its message.

pub(crate) mod candidate;
pub(crate) mod claims;
pub(crate) mod message;
pub(crate) mod occasions;
pub(crate) mod offer;
mod parameter;
#[cfg_attr(not(feature = "page"), path = "suggest_none.rs")]
pub(crate) mod suggest;
pub(crate) mod wanted;
