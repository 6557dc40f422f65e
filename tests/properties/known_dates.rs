//! A contact of lower rank never makes a known date of higher rank impossible, and it is never refused without need.

use super::cases::{HOUR, NOW, Rng};
use super::{decide, tree};
use querencia::{Contact, Engine};
use serde_json::{Value, json};

const CASES: u64 = 6_000;

/// A birthday with a high weight, one to three announcements, and limits with little room.
fn case(seed: u64) -> (Value, Value) {
    let rng = &mut Rng(seed);
    let mut campaigns = vec![json!({
        "id": "birthday", "kind": "birthday", "channel": "email", "message": "m", "weight": 50, "class": "promotional",
        "lead": rng.pick(&["0d", "1d", "3d"]), "grace": rng.pick(&["0d", "1d", "5d"]),
    })];
    for index in 0..1 + rng.below(3) {
        campaigns.push(json!({
            "id": format!("c{index}"), "kind": "announcement", "channel": rng.pick(&["onsite", "email"]), "placement": "home",
            "message": "m", "class": rng.pick(&["promotional", "promotional", "relational"]), "weight": rng.pick(&[0, 10, 60]),
        }));
    }
    let limits: Vec<Value> = (0..1 + rng.below(3))
        .map(|index| {
            let mut limit = json!({ "id": format!("l{index}"), "max": rng.pick(&[1, 1, 2]),
                                    "per": rng.pick(&["20h", "2d", "7d", "day", "week", "month"]) });
            if rng.one_in(3) {
                limit["class"] = json!("promotional");
            }
            if rng.one_in(3) {
                limit["channel"] = json!("email");
            }
            limit
        })
        .collect();
    let quiet = json!([{ "from": "22:00", "to": rng.pick(&["09:00", "21:00"]) }]);
    let policy = json!({
        "querencia": 1, "shop": { "name": "Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
        "limits": limits, "quietHours": if rng.one_in(2) { quiet } else { json!([]) }, "campaigns": campaigns,
        "messages": { "m": { "es": [{ "body": "Hola" }] } },
        "calm": { "backOff": { "ignored": 1 + rng.below(4), "for": rng.pick(&["2d", "7d"]) } },
    });
    let ledger: Vec<Value> = (0..rng.below(4))
        .map(|index| {
            json!({ "id": format!("r{index}"), "campaign": "other", "class": rng.pick(&["promotional", "relational"]),
                    "channel": rng.pick(&["onsite", "email"]), "at": rng.instant(-7, -1), "state": "delivered",
                    "reaction": rng.pick(&["dismissed", "clicked"]) })
        })
        .collect();
    let request = json!({
        "now": NOW + rng.pick(&[0, HOUR, 9 * HOUR, 12 * HOUR]), "zone": "Europe/Madrid",
        "zones": { "Europe/Madrid": [["2026-03-29T01:00:00Z", 120], ["2026-10-25T01:00:00Z", 60], ["2027-03-28T01:00:00Z", 120]] },
        "customer": { "id": "ana", "since": 0, "consent": { "email": true },
                      "birthday": rng.pick(&["--10-25", "--10-26", "--10-28", "--10-31", "--11-06"]) },
        "ledger": ledger,
    });
    (policy, request)
}

/// Whether the birthday could still be spoken about within 60 days, if there were no other campaigns, after these contacts.
fn birthday_possible(policy: &Value, request: &Value, contacts: &[&Contact]) -> bool {
    let mut only_birthday = policy.clone();
    only_birthday["campaigns"].as_array_mut().unwrap().truncate(1);
    let mut request = request.clone();
    let now = request["now"].as_i64().unwrap() + 1;
    request["now"] = json!(now);
    let records = contacts.iter().map(|contact| {
        json!({ "id": contact.id, "campaign": contact.campaign, "class": contact.class.word(), "channel": contact.channel.word(),
                "at": contact.at.0, "state": "delivered" })
    });
    request["ledger"].as_array_mut().unwrap().extend(records);
    let decision = decide(&Engine::new(tree(&only_birthday)).unwrap(), &request);
    let latest = now + 60 * 24 * HOUR;
    !decision.contacts.is_empty() || decision.refused[0].retry_at.is_some_and(|at| at.0 < latest)
}

#[test]
fn a_contact_of_lower_rank_never_makes_a_known_date_impossible() {
    let (mut refused, mut contacts) = (0, 0);
    for seed in 0..CASES {
        let (policy, request) = case(seed);
        let decision = decide(&Engine::new(tree(&policy)).unwrap(), &request);
        let spoken: Vec<&Contact> = decision.contacts.iter().collect();
        let rank =
            |id: &str| (field(&policy, id, "class") == "relational", field(&policy, id, "weight").as_i64().unwrap());
        let is_lower = |id: &str| rank(id) < (false, 50);
        if spoken.iter().all(|contact| is_lower(&contact.campaign)) && birthday_possible(&policy, &request, &[]) {
            contacts += spoken.len();
            assert!(birthday_possible(&policy, &request, &spoken), "seed {seed}: {spoken:?}\n{policy}\n{request}");
        }
        for refusal in decision.refused.iter().filter(|refusal| refusal.code == "slot-kept") {
            refused += 1;
            assert!(is_lower(&refusal.campaign), "seed {seed}");
            assert!(
                birthday_possible(&policy, &request, &spoken),
                "seed {seed}: refused for an impossible date\n{policy}\n{request}"
            );
            let record = json!([{ "id": "x", "campaign": refusal.campaign, "class": field(&policy, &refusal.campaign, "class"),
                                 "channel": field(&policy, &refusal.campaign, "channel"), "at": request["now"], "state": "delivered" }]);
            let mut after_contact = request.clone();
            after_contact["ledger"].as_array_mut().unwrap().extend(record.as_array().unwrap().clone());
            assert!(
                !birthday_possible(&policy, &after_contact, &spoken),
                "seed {seed}: refused without need\n{policy}\n{request}"
            );
        }
    }
    println!("{contacts} contacts of lower rank, {refused} refused");
    assert!(refused > 100 && contacts > 100);
}

fn field<'a>(policy: &'a Value, id: &str, key: &str) -> &'a Value {
    &policy["campaigns"].as_array().unwrap().iter().find(|campaign| campaign["id"] == id).unwrap()[key]
}
