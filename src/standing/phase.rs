//! The phase of a relation, and why. Practice L1.

use super::Standing;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::words::Phase;
use crate::policy::Phases;

/// A rating lower than this is a reason for letdown.
const CONTENT: f64 = 7.0;

impl Phases {
    /// The phase, and until when it holds at most.
    pub fn of(&self, standing: &Standing) -> (Phase, Instant) {
        let orders = &standing.orders;
        if gaps(standing).iter().any(|(there, _)| *there) {
            return (Phase::Letdown, Instant::NEVER);
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
}

/// The reasons for letdown, and whether each holds.
fn gaps(standing: &Standing) -> [(bool, &'static str); 4] {
    let orders = &standing.orders;
    let rating = standing.last_rating();
    let low = rating.is_some_and(|(given, score)| score < CONTENT && (given.is_none() || orders.delivery <= given));
    [
        (standing.open_cases > 0, "case-open"),
        (orders.incidents > 0, "incident"),
        (orders.late > 0, "late"),
        (low, "low-rating"),
    ]
}

/// Adds each reason for the phase that holds.
pub(crate) fn reasons(standing: &Standing, because: &mut Vec<Tree>) {
    let own = match standing.phase {
        Phase::Letdown => "",
        Phase::Lapsed => "long-ago",
        Phase::Identification => "promoter",
        Phase::Trust => "served-well",
        Phase::Illusion => "nothing-yet",
    };
    for (holds, code) in [(!own.is_empty(), own)].into_iter().chain(gaps(standing)) {
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
        assert_eq!(codes(None, None, low.clone()), ["case-open", "incident", "late", "low-rating"]);
        assert_eq!(codes(came, None, low.clone()), ["case-open", "low-rating"]);
        assert_eq!(codes(None, solved, json!([])), ["incident", "late"]);
        assert_eq!(codes(came, solved, low), ["low-rating"]);
        assert_eq!(codes(came, solved, json!([])), ["served-well"]);
    }
}
