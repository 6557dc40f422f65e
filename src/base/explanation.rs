//! Whether an answer explains itself.

/// Whether what explains an answer is to be said, given that it is asked for.
#[inline(always)]
pub(crate) fn is_said(is_asked_for: bool) -> bool {
    is_asked_for
}
