//! `occasion`: there is something to speak of.
//!
//! `none`: there is not. Passes when the next occurrence begins, if one is known.

use super::{Gate, Refused};
use crate::base::tree::Tree;

pub(super) const GATE: Gate = Gate {
    name: "occasion",
    check: |look| match look.occurrence {
        Some(_) => Ok(()),
        None => Err(Refused { code: "none", detail: Tree::from([]), until: look.found.next }),
    },
};
