//! How many proposals are weighed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use super::proposal::MOST;
use crate::{Engine, Tree};
use serde_json::{Value, json};

fn tree(value: Value) -> Tree {
    serde_json::from_value(value).unwrap()
}

/// The instants that are planned for letters of one place, in rank order.
fn planned(letters: usize) -> Vec<Option<i64>> {
    let letter = |index| {
        json!({ "id": format!("letter-{index:03}"), "kind": "announcement", "until": "2027-12-31", "channel": "onsite",
            "placement": "home", "message": "m" })
    };
    let campaigns: Vec<Value> = (0..letters).map(letter).collect();
    let engine = Engine::new(tree(json!({ "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
        "campaigns": campaigns, "messages": { "m": { "es": [{ "body": "Hola" }] } } })))
    .unwrap();
    let zones = json!({ "Europe/Madrid": [["2026-03-29T01:00:00Z", 120], ["2026-10-25T01:00:00Z", 60]] });
    let decision = engine.decide(tree(json!({ "now": "2026-10-12T10:00:00Z", "zones": zones }))).unwrap();
    assert_eq!(decision.contacts.len(), 1);
    let detail = |refusal: &crate::RefusedCampaign| serde_json::to_value(&refusal.detail).unwrap();
    decision.refused.iter().map(|refusal| detail(refusal)["plannedAt"].as_i64()).collect()
}

#[test]
fn what_is_lower_in_rank_than_those_that_are_weighed_has_no_instant() {
    assert!(planned(MOST).iter().all(Option::is_some));
    let more = planned(MOST + 2);
    assert!(
        more.iter().take(MOST - 1).all(Option::is_some) && more.iter().skip(MOST - 1).all(Option::is_none),
        "{more:?}"
    );
}
