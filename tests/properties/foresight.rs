//! No lighter contact makes a heavier known date impossible that was possible before, and none is refused without need.

use super::cases::{Dice, HOUR, NOW};
use super::{decide, tree};
use querencia::{Contact, Engine};
use serde_json::{Value, json};

const CASES: u64 = 6_000;

/// One heavy birthday and lighter announcements, short of room.
fn case(seed: u64) -> (Value, Value) {
    let dice = &mut Dice(seed);
    let mut campaigns = vec![json!({
        "id": "birthday", "kind": "birthday", "channel": "email", "message": "m", "weight": 50, "class": "promotional",
        "lead": dice.pick(&["0d", "1d", "3d"]), "grace": dice.pick(&["0d", "1d", "5d"]),
    })];
    for index in 0..1 + dice.below(3) {
        campaigns.push(json!({
            "id": format!("c{index}"), "kind": "announcement", "channel": dice.pick(&["onsite", "email"]), "placement": "home",
            "message": "m", "class": dice.pick(&["promotional", "promotional", "relational"]), "weight": dice.pick(&[0, 10, 60]),
        }));
    }
    let limits: Vec<Value> = (0..1 + dice.below(3))
        .map(|index| {
            let mut limit = json!({ "id": format!("l{index}"), "max": dice.pick(&[1, 1, 2]),
                                    "per": dice.pick(&["20h", "2d", "7d", "day", "week", "month"]) });
            if dice.one_in(3) {
                limit["class"] = json!("promotional");
            }
            if dice.one_in(3) {
                limit["channel"] = json!("email");
            }
            limit
        })
        .collect();
    let quiet = json!([{ "from": "22:00", "to": dice.pick(&["09:00", "21:00"]) }]);
    let policy = json!({
        "querencia": 1, "shop": { "name": "Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
        "limits": limits, "quietHours": if dice.one_in(2) { quiet } else { json!([]) }, "campaigns": campaigns,
        "messages": { "m": { "es": [{ "body": "Hola" }] } },
        "calm": { "backOff": { "ignored": 1 + dice.below(4), "for": dice.pick(&["2d", "7d"]) } },
    });
    let ledger: Vec<Value> = (0..dice.below(4))
        .map(|index| {
            json!({ "id": format!("r{index}"), "campaign": "other", "class": dice.pick(&["promotional", "relational"]),
                    "channel": dice.pick(&["onsite", "email"]), "at": dice.instant(-7, -1), "state": "delivered",
                    "reaction": dice.pick(&["dismissed", "clicked"]) })
        })
        .collect();
    let request = json!({
        "now": NOW + dice.pick(&[0, HOUR, 9 * HOUR, 12 * HOUR]), "zone": "Europe/Madrid",
        "zones": { "Europe/Madrid": [["2026-03-29T01:00:00Z", 120], ["2026-10-25T01:00:00Z", 60], ["2027-03-28T01:00:00Z", 120]] },
        "customer": { "id": "ana", "since": 0, "consent": { "email": true },
                      "birthday": dice.pick(&["--10-25", "--10-26", "--10-28", "--10-31", "--11-06"]) },
        "ledger": ledger,
    });
    (policy, request)
}

/// Whether the birthday alone could still be spoken of this year, with these contacts said.
fn possible(policy: &Value, request: &Value, said: &[&Contact]) -> bool {
    let mut alone = policy.clone();
    alone["campaigns"].as_array_mut().unwrap().truncate(1);
    let mut request = request.clone();
    let now = request["now"].as_i64().unwrap() + 1;
    request["now"] = json!(now);
    let records = said.iter().map(|contact| {
        json!({ "id": contact.id, "campaign": contact.campaign, "class": contact.class.word(), "channel": contact.channel,
                "at": contact.at.0, "state": "delivered" })
    });
    request["ledger"].as_array_mut().unwrap().extend(records);
    let decision = decide(&Engine::new(tree(&alone)).unwrap(), &request);
    let soon = now + 60 * 24 * HOUR;
    !decision.contacts.is_empty() || decision.refused[0].retry_at.is_some_and(|at| at.0 < soon)
}

#[test]
fn no_lighter_contact_makes_a_known_date_impossible() {
    let (mut kept, mut spoke) = (0, 0);
    for seed in 0..CASES {
        let (policy, request) = case(seed);
        let decision = decide(&Engine::new(tree(&policy)).unwrap(), &request);
        let said: Vec<&Contact> = decision.contacts.iter().collect();
        let weight =
            |id: &str| (field(&policy, id, "class") == "relational", field(&policy, id, "weight").as_i64().unwrap());
        let lighter = |id: &str| weight(id) < (false, 50);
        if said.iter().all(|contact| lighter(&contact.campaign)) && possible(&policy, &request, &[]) {
            spoke += said.len();
            assert!(possible(&policy, &request, &said), "seed {seed}: {said:?}\n{policy}\n{request}");
        }
        for refusal in decision.refused.iter().filter(|refusal| refusal.code == "slot-kept") {
            kept += 1;
            assert!(lighter(&refusal.campaign), "seed {seed}");
            assert!(possible(&policy, &request, &said), "seed {seed}: kept what was lost\n{policy}\n{request}");
            let alone = json!([{ "id": "x", "campaign": refusal.campaign, "class": field(&policy, &refusal.campaign, "class"),
                                 "channel": field(&policy, &refusal.campaign, "channel"), "at": request["now"], "state": "delivered" }]);
            let mut crowded = request.clone();
            crowded["ledger"].as_array_mut().unwrap().extend(alone.as_array().unwrap().clone());
            assert!(!possible(&policy, &crowded, &said), "seed {seed}: refused without need\n{policy}\n{request}");
        }
    }
    println!("{spoke} lighter contacts spoke, {kept} kept silent");
    assert!(kept > 100 && spoke > 100);
}

fn field<'a>(policy: &'a Value, id: &str, key: &str) -> &'a Value {
    &policy["campaigns"].as_array().unwrap().iter().find(|campaign| campaign["id"] == id).unwrap()[key]
}
