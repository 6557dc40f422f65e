//! In place of `explanation.rs` in a build for pages, where nobody reads why a message is silent.

/// Never.
#[inline(always)]
pub(crate) fn is_said(_: bool) -> bool {
    false
}
