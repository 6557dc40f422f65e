//! The phase of a relation, and why. Practice L1.

use super::Standing;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::words::Phase;
use crate::policy::Phases;
use crate::request::conversation::Conversation;
use crate::request::rating::Rating;

/// A rating lower than this is a reason for letdown.
const CONTENT: f64 = 7.0;

impl Phases {
    /// The phase, and until when it holds at most.
    pub fn of(&self, standing: &Standing) -> (Phase, Instant) {
        let orders = &standing.orders;
        let settled = self.settled_at(standing).unwrap_or(Instant::NEVER);
        if gaps(standing, self).iter().any(|(there, _)| *there) {
            return (Phase::Letdown, settled);
        }
        let lapses = orders.last.map_or(Instant::NEVER, |last| last + self.lapsed_after);
        if standing.at >= lapses {
            return (Phase::Lapsed, Instant::NEVER);
        }
        let phase = if orders.good >= self.good_orders && standing.is_promoter() {
            Phase::Identification
        } else if orders.good >= 1 {
            Phase::Trust
        } else {
            Phase::Illusion
        };
        (phase, lapses)
    }

    /// While the latest delivery is settling, the end of that time. A rating of 7 or more given after the delivery ends it before.
    fn settled_at(&self, standing: &Standing) -> Option<Instant> {
        let delivery = standing.orders.delivery?;
        let settled = delivery + self.settle?;
        let is_content = |rating: &Rating| rating.score >= CONTENT && rating.at > Some(delivery);
        Some(settled).filter(|settled| standing.at < *settled && !standing.ratings().any(is_content))
    }
}

/// The reasons for letdown, and whether each holds.
fn gaps(standing: &Standing, phases: &Phases) -> [(bool, &'static str); 5] {
    let orders = &standing.orders;
    let low = standing.ratings().next().is_some_and(|rating| is_letdown(rating, standing));
    [
        (standing.open_cases > 0, "case-open"),
        (orders.incidents > orders.late, "incident"),
        (orders.late > 0, "late"),
        (low, "low-rating"),
        (phases.settled_at(standing).is_some(), "settling"),
    ]
}

/// Whether a rating is low, and the shop has not made up for it since: by a delivery, or by solving a complaint that may be about the
/// same order.
fn is_letdown(rating: &Rating, standing: &Standing) -> bool {
    let mends = |case: &Conversation| {
        let same = case.order_id.is_none() || rating.order_id.is_none() || case.order_id == rating.order_id;
        case.complaint && same && case.solved(standing.at).is_some_and(|solved| Some(solved) >= rating.at)
    };
    rating.score < CONTENT
        && (rating.at.is_none() || standing.orders.delivery <= rating.at)
        && !standing.customer.conversations.iter().any(mends)
}

/// Adds each reason for the phase that holds.
pub(crate) fn reasons(standing: &Standing, phases: &Phases, because: &mut Vec<Tree>) {
    let own = match standing.phase {
        Phase::Letdown => "",
        Phase::Lapsed => "long-ago",
        Phase::Identification => "promoter",
        Phase::Trust => "served-well",
        Phase::Illusion => "nothing-yet",
    };
    for (holds, code) in [(!own.is_empty(), own)].into_iter().chain(gaps(standing, phases)) {
        if holds {
            because.push(Tree::from([("phase", standing.phase.word().into()), ("code", code.into())]));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

    use crate::{Engine, Tree};
    use serde_json::{Value, json};

    fn tree(value: Value) -> Tree {
        serde_json::from_value(value).unwrap()
    }

    /// The reasons for the phase of a customer whose parcel was promised for the 5th and who complained on the 6th.
    fn codes(delivered: Option<&str>, solved: Option<&str>, ratings: Value) -> Vec<String> {
        let engine = Engine::new(tree(json!({ "querencia": 1,
            "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
            "campaigns": [], "messages": {} })))
        .unwrap();
        let order = json!({ "id": "o-1", "at": "2026-10-01T10:00:00Z", "promisedBy": "2026-10-05T10:00:00Z", "deliveredAt": delivered,
            "incidents": [{ "kind": "late", "at": "2026-10-05T10:00:00Z", "resolvedAt": delivered }] });
        let complaint = json!({ "id": "c-1", "kind": "complaint", "at": "2026-10-06T10:00:00Z", "solvedAt": solved });
        let customer = json!({ "orders": [order], "conversations": [complaint], "ratings": ratings });
        let decision = engine.decide(tree(json!({ "now": "2026-10-12T10:00:00Z", "customer": customer }))).unwrap();
        let decision = serde_json::to_value(&decision).unwrap();
        let because = decision.pointer("/standing/because").unwrap().as_array().unwrap();
        let codes = because.iter().filter(|reason| reason.get("phase").is_some_and(|phase| !phase.is_null()));
        codes.map(|reason| reason.get("code").unwrap().as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_reason_is_told_until_its_own_event() {
        let (came, solved) = (Some("2026-10-07T10:00:00Z"), Some("2026-10-08T10:00:00Z"));
        let low = json!([{ "score": 3, "at": "2026-10-11T10:00:00Z" }]);
        assert_eq!(codes(None, None, low.clone()), ["case-open", "late", "low-rating"]);
        assert_eq!(codes(came, None, low.clone()), ["case-open", "low-rating"]);
        assert_eq!(codes(None, solved, json!([])), ["late"]);
        assert_eq!(codes(came, solved, low), ["low-rating"]);
        assert_eq!(codes(came, solved, json!([])), ["served-well"]);
    }
}
