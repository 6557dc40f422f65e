//! What explains an answer: said to those who ask for it.

use crate::base::tree::Tree;

/// The figures of a refusal; null to those who do not ask.
pub type Detail = Tree;
/// What a list of an explanation is.
pub type List<T> = Vec<T>;

/// Whether what explains an answer is to be said, given that it is asked for.
#[inline(always)]
pub(crate) fn is_said(is_asked_for: bool) -> bool {
    is_asked_for
}

/// The figures of a refusal, where they are to be said.
#[inline(always)]
pub(crate) fn detail(is_asked_for: bool, detail: impl FnOnce() -> Tree) -> Detail {
    if is_asked_for { detail() } else { Tree::Null }
}

/// What is looked for only to be told.
#[inline(always)]
pub(crate) fn found<T>(find: impl FnOnce() -> Option<T>) -> Option<T> {
    find()
}

/// What is used for an explanation alone.
pub(crate) const fn used<T: Copy>(what: T) -> Option<T> {
    Some(what)
}

/// Adds to a list what is to be said.
pub(crate) fn add<T>(list: &mut List<T>, more: impl IntoIterator<Item = T>) {
    list.extend(more);
}
