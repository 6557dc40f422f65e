//! What every other folder may import: text, hashes, sorting, the JSON tree and problems.

pub(crate) mod border;
pub(crate) mod compiled;
mod compiled_values;
#[cfg(target_family = "wasm")]
pub(crate) mod encoder;
#[cfg_attr(not(feature = "whole"), path = "explanation_never.rs")]
pub(crate) mod explanation;
pub(crate) mod hash;
pub(crate) mod locale;
pub(crate) mod output;
pub(crate) mod parts;
pub(crate) mod problem;
pub(crate) mod scaled;
pub(crate) mod sentence;
pub(crate) mod sorting;
pub(crate) mod steps;
#[cfg(test)]
pub(crate) mod switch;
pub(crate) mod text;
pub(crate) mod tree;
