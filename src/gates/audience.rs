//! `audience`: the customer is one of those the campaign speaks to.

use super::gate::{Ahead, Gate, Verdict};
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::decision::codes;

codes! { "audience":
    NOT_IN_AUDIENCE "not-in-audience"
        "The campaign's `audience` does not hold for the customer. Ends when a fact that changes with time makes it hold, for example `daysSince.order`." {}
}

pub(super) const GATE: Gate = Gate {
    #[cfg(not(target_family = "wasm"))]
    codes: CODES,
    is_about_news: false,
    sees_contacts: false,
    ahead: Ahead::Once,
    complete: None,
    check: |candidate| {
        let Some(condition) = candidate.campaign.audience.get() else {
            return Verdict::pass(Instant::NEVER);
        };
        let truth = condition.ask(candidate.standing);
        if truth.holds {
            return Verdict::pass(truth.until);
        }
        Verdict::refuse(candidate, &NOT_IN_AUDIENCE, || Tree::from([]), truth.until)
    },
};
