//! `audience`: the customer is one of those the campaign speaks to.
//!
//! `not-in-audience`: the condition does not hold. Passes when a fact that changes with time makes it hold.

use crate::base::tree::Tree;
use crate::decision::Refused;
use crate::gates::gate::Gate;

pub(super) const GATE: Gate = Gate {
    name: "audience",
    check: |candidate| match &candidate.campaign.audience {
        Some(condition) => {
            let truth = condition.ask(candidate.standing);
            if truth.holds {
                return Ok(());
            }
            Err(Refused { code: "not-in-audience", detail: Tree::from([]), until: truth.until })
        }
        None => Ok(()),
    },
};
