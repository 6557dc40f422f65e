//! The values of an object without lists and objects, in the order of its table.

use super::shape::Field;
use crate::base::tree::Tree;
use crate::calendar::Instant;

/// A value that is no list and no object, and fits its shape.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Scalar<'a> {
    Nothing,
    Flag(bool),
    Whole(i64),
    Text(&'a str),
}

impl<'a> Scalar<'a> {
    pub fn flag(self) -> Option<bool> {
        if let Scalar::Flag(flag) = self { Some(flag) } else { None }
    }

    pub fn whole(self) -> Option<i64> {
        if let Scalar::Whole(number) = self { Some(number) } else { None }
    }

    pub fn instant(self) -> Option<Instant> {
        self.whole().map(Instant)
    }

    pub fn text(self) -> Option<&'a str> {
        if let Scalar::Text(text) = self { Some(text) } else { None }
    }

    pub fn owned(self) -> Option<String> {
        self.text().map(str::to_owned)
    }
}

/// The values of a checked object in the order of its table.
pub(crate) fn row_of<'a, const N: usize>(tree: &'a Tree, fields: &[Field]) -> [Scalar<'a>; N] {
    let mut row = [Scalar::Nothing; N];
    for (field, value) in fields.iter().zip(&mut row) {
        *value = match tree.find(field.name) {
            Some(Tree::Bool(flag)) => Scalar::Flag(*flag),
            Some(Tree::Text(text)) => Scalar::Text(text),
            Some(number) => number.as_integer().map_or(Scalar::Nothing, Scalar::Whole),
            None => Scalar::Nothing,
        };
    }
    row
}
