//! `relevance`: the subject is near enough to the customer. Practice T7. Transactional contacts pass.
//!
//! `below-floor`: the customer's `affinity` for it is `value`, less than the campaign's `floor`.
//! `affinity-unknown`: it is not known; a question may stand in (`substitute`).
//! Neither passes by itself.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::decision::Refused;
use crate::gates::gate::Gate;
use crate::language::words::Class;

pub(super) const GATE: Gate = Gate {
    name: "relevance",
    check: |candidate| {
        let Some((topic, floor)) =
            candidate.campaign.relevance.as_ref().filter(|_| candidate.campaign.class != Class::Transactional)
        else {
            return Ok(());
        };
        let value = candidate.context.customer.affinity(topic);
        let code = match value {
            Some(value) if value >= *floor => return Ok(()),
            Some(_) => "below-floor",
            None => "affinity-unknown",
        };
        let value = value.map_or(Tree::Null, Tree::Number);
        let detail = Tree::from([("affinity", topic.into()), ("floor", Tree::Number(*floor)), ("value", value)]);
        Err(Refused { code, detail, until: Instant::NEVER })
    },
};
