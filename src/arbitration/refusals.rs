//! Why a campaign that passed its gates does not speak.

use crate::base::explanation;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::decision::{Refusal, codes};
use crate::standing::context::Context;

codes! { "arbitration":
    OUTRANKED "outranked" "Others go before it. Either there is not room for all before they close, and rank decides; or this instant is full." {
        "by" optional Shape::Name, "who would close unheard if it spoke, or who has its place or its offer; null: `arbitration.contacts` is 0";
        "plannedAt" optional MILLISECONDS, "when it is to speak if the customer comes: a forecast, no promise; null: there is no room for it";
    }
    SLOT_KEPT "slot-kept" "If this campaign spoke now, another could not be heard before it closes, for example a birthday. This one can wait." {
        "for" required Shape::Name, "that campaign";
        "until" required MILLISECONDS, "when that campaign closes: the end of its occasion, or of the patience with it";
        "plannedAt" optional MILLISECONDS, "when it is to speak if the customer comes: a forecast, no promise";
    }
    NO_PLACE "no-place" "The page has no such placement. `retryAt` is null, because no later instant changes that." {
        "placement" required Shape::Name, "the campaign's placement";
    }
}

/// Another campaign goes before it. The figures are for those who read why.
pub(super) fn outranked(context: &Context, by: Option<&str>, planned_at: Option<Instant>) -> Refusal {
    let detail = || Tree::from([("by", by.map(str::to_owned).into()), ("plannedAt", planned_at.into())]);
    OUTRANKED.refusal(explanation::detail(context.explain, detail))
}
