//! Several hosts can send copies of one order, each with some of its incidents. Neither the order of the copies, nor
//! repetitions, nor how the incidents are spread over them changes the decision.

use crate::cases::{DAY, NOW, Rng};
use crate::tree;
use querencia::Engine;
use serde_json::{Value, json};

fn incident(rng: &mut Rng) -> Value {
    let mut incident = json!({ "kind": rng.pick(&["late", "stock"]) });
    for key in ["at", "resolvedAt"] {
        if !rng.one_in(4) {
            incident[key] = json!(NOW + (rng.below(12) as i64 - 9) * DAY);
        }
    }
    incident
}

fn order(incidents: &[Value]) -> Value {
    json!({ "id": "o-1", "at": NOW - 20 * DAY, "incidents": incidents })
}

#[test]
fn copies_of_an_order_give_the_same_decision_in_every_order_and_number() {
    let policy = json!({
        "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
        "care": { "replyWithin": "24h" },
        "arbitration": { "contacts": 9 },
        "campaigns": [
            { "id": "sorry", "kind": "apology", "channel": "email", "message": "m" },
            { "id": "late", "kind": "apology", "incidents": ["late"], "channel": "onsite", "placement": "a", "message": "m" },
            { "id": "sale", "kind": "announcement", "channel": "onsite", "placement": "b", "message": "m" },
        ],
        "messages": { "m": { "es": [{ "body": "Hola" }] } },
    });
    let engine = Engine::new(tree(&policy)).unwrap();
    let mut occurrences = std::collections::BTreeSet::new();
    for seed in 0..5_000 {
        let rng = &mut Rng(seed);
        let list = |rng: &mut Rng| (0..rng.below(5)).map(|_| incident(rng)).collect::<Vec<_>>();
        let (one, other) = (list(rng), list(rng));
        let decide = |orders: Value| {
            let request = json!({ "now": NOW, "ledger": [], "customer": { "id": "ana", "consent": { "email": true }, "orders": orders } });
            serde_json::to_value(engine.decide(tree(&request)).unwrap()).unwrap()
        };
        let both: Vec<Value> = one.iter().chain(&other).cloned().collect();
        let reversed: Vec<Value> = both.iter().rev().chain(&one).cloned().collect();
        let expected = decide(json!([order(&one), order(&other)]));
        let (x, y) = (order(&one), order(&other));
        for copies in [json!([x, y, x, y, y]), json!([y, x]), json!([order(&both)]), json!([order(&reversed), x])] {
            assert_eq!(decide(copies), expected, "seed {seed}: {x} {y}");
        }
        for contact in expected["contacts"].as_array().unwrap() {
            occurrences.insert(contact["occurrence"].as_str().unwrap().to_owned());
        }
    }
    assert!(occurrences.len() > 10, "contacts about {occurrences:?} only");
}
