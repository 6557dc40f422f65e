//! How long a decision takes: `cargo bench --bench speed`, also a part of `cargo xtask bench`. It prints microseconds; what is fast enough is for
//! a person to say. `SPEED=round` measures one case alone, for a counter of instructions.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a measurement may fail")]
#![allow(clippy::cast_precision_loss, reason = "a measurement is no count")]

use cpu_time::ThreadTime;
use querencia::{Engine, Tree};
use serde_json::{Value, json};

const NOW: i64 = 1_795_341_600_000;
const DAY: i64 = 24 * 3_600_000;

fn tree(value: &Value) -> Tree {
    serde_json::from_value(value.clone()).unwrap()
}

/// The quickest tenth of many decisions of a kept customer, in microseconds: a busy machine slows the others.
fn microseconds(policy: &Value, request: &Value) -> f64 {
    let engine = Engine::new(tree(policy)).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut moment = request.clone();
    let mut part = |key| moment.as_object_mut().unwrap().remove(key).unwrap_or(Value::Null);
    let (customer, ledger) = (part("customer"), part("ledger"));
    let mut handle = engine.customer(tree(&customer), tree(&ledger)).unwrap_or_else(|problems| panic!("{problems:?}"));
    let moment = tree(&moment);
    let mut times = Vec::new();
    for _ in 0..61 {
        let moments: Vec<Tree> = (0..10).map(|_| moment.clone()).collect();
        let start = ThreadTime::now();
        for moment in moments {
            handle.decide(moment).unwrap_or_else(|problems| panic!("{problems:?}"));
        }
        times.push(start.elapsed().as_secs_f64() * 1e5);
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 10]
}

fn zones() -> Value {
    json!({ "Europe/Madrid": [["2025-10-26T01:00:00Z", 60], ["2026-03-29T01:00:00Z", 120], ["2026-10-25T01:00:00Z", 60], ["2027-03-28T01:00:00Z", 120]] })
}

/// Campaigns of two channels, half of them with an end, a fifth of them ahead.
fn market(count: i64, scarce: bool) -> Value {
    let day = |days: i64| {
        let civil = jiff::Timestamp::from_millisecond(NOW + days * DAY).unwrap();
        civil.to_string().chars().take(10).collect::<String>()
    };
    let campaigns: Vec<Value> = (0..count)
        .map(|index| {
            let mut campaign = json!({ "id": format!("c{index}"), "kind": "announcement", "channel": if index % 3 == 0 { "email" } else { "onsite" },
                "placement": format!("p{}", index % 4), "weight": index * 37 % 101, "message": "m" });
            if index % 5 == 0 {
                campaign["from"] = json!(day(1 + index % 20));
            }
            if index % 2 == 0 {
                campaign["until"] = json!(day(if scarce { 5 } else { 100 } + index % 40));
            }
            campaign
        })
        .collect();
    let (week, email) = if scarce { (1, 1) } else { (50, 20) };
    json!({
        "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "country": "ES", "zone": "Europe/Madrid", "locales": ["es"] },
        "limits": [{ "id": "week", "max": week, "per": "7d" }, { "id": "email", "max": email, "per": "7d", "channel": "email" }],
        "arbitration": { "contacts": if scarce { 1 } else { 3 } },
        "campaigns": campaigns, "messages": { "m": { "es": [{ "body": "Hola" }] } },
    })
}

fn ana() -> Value {
    let order = |id: &str, days: i64| {
        json!({ "id": id, "at": NOW - days * DAY, "deliveredAt": NOW - (days - 4) * DAY, "total": 4290, "margin": 1500,
                "items": [{ "sku": "jug", "family": "pottery", "quantity": 1, "price": 4290 }] })
    };
    json!({ "id": "ana", "givenName": "Ana", "birthday": "--11-25", "since": NOW - 400 * DAY, "consent": { "email": true, "push": true },
            "destination": { "country": "ES", "postcode": "46001" },
            "orders": [order("o-1", 200), order("o-2", 120), order("o-3", 40)] })
}

fn records(count: i64) -> Value {
    let record = |index: i64| {
        json!({ "id": format!("r{index}"), "campaign": format!("old{}", index % 7), "class": if index % 3 == 0 { "relational" } else { "promotional" },
                "channel": "email", "at": NOW - (8 + index * 5) * DAY, "state": "delivered", "reaction": "clicked" })
    };
    (0..count).map(record).collect()
}

fn print(name: &str, policy: &Value, request: &Value) {
    if std::env::var("SPEED").is_ok_and(|wanted| !name.contains(&wanted)) {
        return;
    }
    println!("{name}: {:.1} µs", microseconds(policy, request));
}

fn main() {
    let request =
        json!({ "now": NOW, "zone": "Europe/Madrid", "zones": zones(), "customer": ana(), "ledger": records(20) });
    for count in [10, 43, 200] {
        for scarce in [true, false] {
            let name = format!("{count} campaigns, {}", if scarce { "scarce" } else { "plenty" });
            print(&name, &market(count, scarce), &request);
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/www/policies/casa-lola.json");
    let lola: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let moments = [
        ("a visit", json!({ "placements": ["home", "workshop"] })),
        (
            "a purchase",
            json!({ "placements": ["thank-you"], "event": { "name": "purchase", "order": { "id": "o-9", "total": 4290 } } }),
        ),
        ("the round", json!({ "placements": [], "event": { "name": "daily_round" } })),
        ("a guest", json!({ "placements": ["home"], "customer": null, "ledger": null })),
    ];
    for (name, more) in moments {
        let mut request = request.clone();
        for (key, value) in more.as_object().unwrap() {
            request[key] = value.clone();
        }
        request.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        print(&format!("Casa Lola, {name}"), &lola, &request);
    }
}
