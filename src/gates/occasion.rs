//! `occasion`: there is something to speak of.

use super::gate::{Ahead, Gate, Verdict};
use crate::base::tree::Tree;
use crate::decision::codes;

codes! { "occasion":
    NONE "none" "The campaign has nothing to speak of now. Ends when its next occasion begins, if one is known." {}
}

pub(super) const GATE: Gate = Gate {
    #[cfg(not(target_family = "wasm"))]
    codes: CODES,
    is_about_news: true,
    sees_contacts: true,
    ahead: Ahead::Always,
    complete: None,
    check: |candidate| match candidate.occurrence {
        Some(_) => Verdict::pass(candidate.proposes_until),
        None => Verdict::refuse(candidate, &NONE, || Tree::from([]), candidate.found.next),
    },
};
