//! The tags of values that cross to JavaScript. `src/wasm.rs` and `js/load/border.js` are the two sides.

pub(crate) const NULL: usize = 0;
pub(crate) const FALSE: usize = 1;
pub(crate) const TRUE: usize = 2;
pub(crate) const NUMBER: usize = 3;
pub(crate) const TEXT: usize = 4;
pub(crate) const LIST: usize = 5;
pub(crate) const OBJECT: usize = 6;
pub(crate) const FOREIGN: usize = 7;
pub(crate) const TOO_DEEP: usize = 8;
pub(crate) const TOO_LARGE: usize = 9;
/// A value that is built when it is first read.
pub(crate) const LATER: usize = 10;
/// An object of a known shape: the index of its name, then its values.
pub(crate) const STRUCT: usize = 11;

/// The shapes of what goes out most. js/constants.js has a literal for each.
pub(crate) const STRUCTS: [&str; 8] =
    ["Decision", "Contact", "ContactMessage", "RefusedCampaign", "Refusal", "Present", "Standing", "Problem"];
