//! `occasion`: there is something to speak of.
//!
//! `none`: there is not. Passes when the next occurrence begins, if one is known.

use crate::base::tree::Tree;
use crate::decision::Refused;
use crate::gates::gate::Gate;

pub(super) const GATE: Gate = Gate {
    name: "occasion",
    check: |candidate| match candidate.occurrence {
        Some(_) => Ok(()),
        None => Err(Refused { code: "none", detail: Tree::from([]), until: candidate.found.next }),
    },
};
