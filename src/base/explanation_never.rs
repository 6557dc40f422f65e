//! In place of `explanation.rs` in a build for pages, where nobody reads why a message is silent: there is nothing to say, so there is no
//! code that would make, copy or free it.

use crate::base::tree::Tree;
use serde::ser::{Serialize, Serializer};

/// No figures.
#[derive(Clone, Copy, Debug)]
pub struct Detail;
/// A list without elements.
pub type List<T> = [T; 0];

/// Never.
#[inline(always)]
pub(crate) fn is_said(_: bool) -> bool {
    false
}

#[inline(always)]
pub(crate) fn detail(_: bool, _: impl FnOnce() -> Tree) -> Detail {
    Detail
}

#[inline(always)]
pub(crate) fn found<T>(_: impl FnOnce() -> Option<T>) -> Option<T> {
    None
}

pub(crate) const fn used<T: Copy>(_: T) -> Option<T> {
    None
}

#[inline(always)]
pub(crate) fn add<T>(_: &mut List<T>, _: impl IntoIterator<Item = T>) {}

impl Serialize for Detail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}
