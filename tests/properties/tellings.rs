//! What several hosts tell of one order is a set: neither its order, nor a repetition, nor in how many entries it comes matters.

use crate::cases::{DAY, Dice, NOW};
use crate::tree;
use querencia::Engine;
use serde_json::{Value, json};

fn incident(dice: &mut Dice) -> Value {
    let mut told = json!({ "kind": dice.pick(&["late", "stock"]) });
    for key in ["at", "resolvedAt"] {
        if !dice.one_in(4) {
            told[key] = json!(NOW + (dice.below(12) as i64 - 9) * DAY);
        }
    }
    told
}

fn order(incidents: &[Value]) -> Value {
    json!({ "id": "o-1", "at": NOW - 20 * DAY, "incidents": incidents })
}

#[test]
fn incidents_are_decided_from_the_set_of_their_tellings() {
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
    let mut spoken = std::collections::BTreeSet::new();
    for seed in 0..5_000 {
        let dice = &mut Dice(seed);
        let list = |dice: &mut Dice| (0..dice.below(5)).map(|_| incident(dice)).collect::<Vec<_>>();
        let (one, other) = (list(dice), list(dice));
        let decide = |orders: Value| {
            let request = json!({ "now": NOW, "ledger": [], "customer": { "id": "ana", "consent": { "email": true }, "orders": orders } });
            serde_json::to_value(engine.decide(tree(&request)).unwrap()).unwrap()
        };
        let both: Vec<Value> = one.iter().chain(&other).cloned().collect();
        let reversed: Vec<Value> = both.iter().rev().chain(&one).cloned().collect();
        let expected = decide(json!([order(&one), order(&other)]));
        let (x, y) = (order(&one), order(&other));
        for told in [json!([x, y, x, y, y]), json!([y, x]), json!([order(&both)]), json!([order(&reversed), x])] {
            assert_eq!(decide(told), expected, "seed {seed}: {x} {y}");
        }
        for contact in expected["contacts"].as_array().unwrap() {
            spoken.insert(contact["occurrence"].as_str().unwrap().to_owned());
        }
    }
    assert!(spoken.len() > 10, "only {spoken:?} were spoken of");
}
