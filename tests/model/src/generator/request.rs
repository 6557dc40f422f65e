//! Valid requests for a policy.

use super::customer::customer;
use super::ledger::record;
use super::zones::{RULES, table};
use super::{CaseProfile, Rng};
use serde_json::{Map, Value, json};

/// A random request.
pub fn request(profile: &CaseProfile, policy: &Value, rng: &mut Rng) -> Value {
    let mut names = vec![policy["shop"]["zone"].as_str().unwrap()];
    names.extend((0..rng.below(3)).map(|_| rng.pick(&RULES).0));
    let zones: Map<String, Value> = names.iter().map(|name| ((*name).to_owned(), table(name))).collect();
    let mut request = json!({ "now": profile.now, "zones": zones, "customer": customer(profile, policy, rng) });
    match rng.below(5) {
        0 => {}
        1 => request["zone"] = json!("Mars/Olympus_Mons"),
        _ => request["zone"] = json!(rng.pick(&names)),
    }
    if !rng.one_in(8) {
        let count = if profile.few_refusals { rng.below(4) } else { rng.pick(&[0, 2, 4, 8, 12]) };
        let records: Vec<Value> = (0..count).map(|index| record(profile, policy, index, rng)).collect();
        request["ledger"] = json!(records);
    }
    if rng.one_in(2) {
        request["event"] = event(profile, &request["customer"], rng);
    }
    if profile.one_in(6, rng) {
        request["placements"] = json!(rng.pick(&[vec!["home"], vec!["top", "home"], vec![]]));
    }
    if rng.one_in(5) {
        request["channels"] = json!(rng.pick(&[vec!["onsite"], vec!["onsite", "email"], vec!["email"], vec![]]));
    }
    if rng.one_in(3) {
        request["shop"] = json!({ "unanswered": rng.pick(&[0, 5, 6, 20, 21]) });
    }
    if policy["offers"]["ten"]["budget"].is_object() && !rng.one_in(4) {
        request["shop"]["issued"] = rng.pick(&[json!({}), json!({ "ten": 1 }), json!({ "ten": 9, "gift": 3 })]);
    }
    if request["shop"].is_object() && rng.one_in(2) {
        request["shop"]["fatigue"] = json!(rng.pick(&[0.0, 1.0, 1.2, 7.0]));
    }
    if rng.one_in(6) {
        request["without"] = json!(rng.pick(&[vec![], vec!["store"], vec!["server"], vec!["server", "store"]]));
    }
    request
}

fn event(profile: &CaseProfile, customer: &Value, rng: &mut Rng) -> Value {
    let mut event = json!({ "name": rng.pick(&["login", "login", "purchase"]) });
    if rng.one_in(2) {
        event["at"] = json!(profile.past(rng));
    }
    if rng.one_in(4) {
        event["value"] = json!(rng.pick(&[1000, 5000]));
    }
    if event["name"] == "purchase" {
        let known = customer["orders"].as_array().and_then(|orders| orders.first());
        event["order"] = match known {
            Some(order) if rng.one_in(4) => order.clone(),
            // what the shop knows of it, or a copy of its own
            Some(order) if rng.one_in(3) => json!({ "id": order["id"], "total": 4000 }),
            _ if rng.one_in(6) => Value::Null,
            _ if rng.one_in(3) => json!({ "id": "bought", "at": profile.date(rng), "total": 4000 }),
            _ => json!({ "id": "bought", "total": 4000 }),
        };
    }
    event
}
