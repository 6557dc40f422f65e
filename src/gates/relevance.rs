//! `relevance`: the customer cares enough for the campaign's topic. Practice T7. Transactional contacts pass, and neither code passes by
//! itself.

use super::gate::{Ahead, Gate, Verdict};
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::decision::codes;
use crate::language::words::Class;
use crate::policy::Relevance;

codes! { "relevance":
    BELOW_FLOOR "below-floor" "The customer's interest in the topic (`affinity`, 0 to 100) is less than the campaign's `floor`. Does not end by itself." {
        "affinity" required Shape::Name, "the campaign's topic, a key of the customer's `affinity`";
        "floor" required PERCENTAGE, "the least affinity the campaign asks for";
        "value" required PERCENTAGE, "the customer's affinity";
    }
    AFFINITY_UNKNOWN "affinity-unknown" "The customer's interest in the topic (`affinity`) is not known. A question can be asked instead: name it as the campaign's `substitute`. Does not end by itself." {
        "affinity" required Shape::Name, "the campaign's topic, a key of the customer's `affinity`";
        "floor" required PERCENTAGE, "the least affinity the campaign asks for";
        "value" optional PERCENTAGE, "always null here";
    }
}

pub(super) const GATE: Gate = Gate {
    #[cfg(not(target_family = "wasm"))]
    codes: CODES,
    is_about_news: false,
    sees_contacts: false,
    ahead: Ahead::Once,
    complete: None,
    check: |candidate| {
        let campaign = candidate.campaign;
        let asked = campaign.relevance.get().filter(|_| campaign.class != Class::Transactional);
        let Some(Relevance { affinity: topic, floor }) = asked else {
            return Verdict::pass(Instant::NEVER);
        };
        let value = candidate.context.customer.affinity_for(topic);
        let code = match value {
            Some(value) if value >= *floor => return Verdict::pass(Instant::NEVER),
            Some(_) => &BELOW_FLOOR,
            None => &AFFINITY_UNKNOWN,
        };
        let value = value.map_or(Tree::Null, Tree::Number);
        let detail = || Tree::from([("affinity", topic.into()), ("floor", Tree::Number(*floor)), ("value", value)]);
        Verdict::refuse(candidate, code, detail, Instant::NEVER)
    },
};
