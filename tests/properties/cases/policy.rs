//! Policies of announcements, birthdays and thanks, with limits and quiet hours.

use super::Rng;
use serde_json::{Value, json};

pub fn policy(rng: &mut Rng) -> Value {
    let count = 1 + rng.below(4);
    let campaigns: Vec<Value> = (0..count).map(|index| campaign(index, rng)).collect();
    let limits: Vec<Value> = (0..rng.below(4)).map(|index| limit(index, rng)).collect();
    let quiet: Vec<Value> = (0..rng.below(3)).map(|_| quiet_hours(rng)).collect();
    let mut policy = json!({
        "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
        "limits": limits, "quietHours": quiet, "campaigns": campaigns,
        "offers": { "ten": { "percent": 10 } },
        "messages": { "plain": { "es": [{ "body": "Hola" }, { "body": "Buenas" }] },
                      "named": { "es": [{ "body": "Hola {givenName}" }] } },
    });
    if rng.one_in(4) {
        policy["holdout"] = json!({ "share": 0.5, "salt": "s" });
    }
    if rng.one_in(3) {
        policy["arbitration"] = json!({ "contacts": rng.below(3) });
    }
    calm_and_care(&mut policy, rng);
    if rng.one_in(3) {
        let words = ["nothing", "relational", "all"];
        policy["page"] = json!({ "withoutStore": rng.pick(&words), "withoutServer": rng.pick(&words) });
    }
    policy
}

fn quiet_hours(rng: &mut Rng) -> Value {
    let clocks = ["00:00", "02:00", "02:30", "07:00", "09:00", "21:30", "23:00"];
    let from = rng.pick(&clocks);
    let to = rng.pick(&clocks.into_iter().filter(|to| *to != from).collect::<Vec<_>>());
    let mut window = json!({ "from": from, "to": to });
    if rng.one_in(3) {
        window["days"] = json!([rng.pick(&["sat", "sun", "mon"])]);
    }
    if rng.one_in(6) {
        window["places"] = json!(rng.pick(&["ES", "FR"]).split(' ').collect::<Vec<_>>());
    }
    if rng.one_in(3) {
        window["channels"] = json!([rng.pick(&["onsite", "email", "push"])]);
    }
    window
}

fn campaign(index: u64, rng: &mut Rng) -> Value {
    let mut campaign = json!({
        "id": format!("c{index}"), "kind": rng.pick(&["announcement", "announcement", "birthday", "thankYou"]),
        "channel": rng.pick(&["onsite", "email", "push"]), "placement": rng.pick(&["home", "top"]),
        "message": rng.pick(&["plain", "plain", "named"]), "weight": rng.below(3),
    });
    match campaign["kind"].as_str().unwrap() {
        "announcement" => {
            campaign["class"] = json!(rng.pick(&["relational", "promotional"]));
            campaign["repeat"] = json!(rng.pick(&["never", "1h", "3d", "7d"]));
            if rng.one_in(3) {
                campaign["event"] = json!("login");
            }
            if rng.one_in(3) {
                campaign["from"] = json!(rng.pick(&["2026-10-24", "2026-10-25", "2026-11-02"]));
                campaign["until"] = json!(rng.pick(&["2026-11-02", "2026-11-30"]));
            }
        }
        "birthday" => {
            campaign["lead"] = json!(rng.pick(&["0d", "1d", "70d"]));
            campaign["grace"] = json!(rng.pick(&["0d", "2d", "30d"]));
            if rng.one_in(3) {
                campaign["early"] = json!("named");
            }
        }
        _ => {}
    }
    if campaign["kind"] != "thankYou" && rng.one_in(3) {
        campaign["offer"] = json!("ten");
    }
    let audiences = [
        json!({ "tier": { "$ne": "unknown" } }),
        json!({ "daysSince.order": { "$gte": 3 } }),
        json!({ "$or": [{ "tenureDays": { "$gte": 30 } }, { "orders.good": { "$gte": 1 } }] }),
        json!({ "daysSince.contact": { "$not": { "$lt": 2 } } }),
        json!({ "$nor": [{ "cases.open": { "$gt": 0 } }, { "daysSince.delivery": { "$in": [0, 1, 4] } }] }),
        json!({ "contacts.c0.daysSince": { "$not": { "$lt": 3 } } }),
        json!({ "contacts.c0.count": { "$lt": 2 } }),
        json!({ "contacts.c0.reaction": { "$in": ["clicked", null] } }),
        json!({ "codes.ten.endsInDays": { "$lte": 3 } }),
        json!({ "codes.ten.held": false }),
        json!({ "searches": { "$in": ["té"] } }),
    ];
    if index > 0 && rng.one_in(3) {
        campaign["disposition"] = json!("substitute");
        campaign["substitute"] = json!(format!("c{}", rng.below(index)));
    } else if rng.one_in(3) {
        campaign["disposition"] = json!(rng.pick(&["drop", "digest", "digest"]));
    }
    if rng.one_in(5) {
        campaign["urgent"] = json!(true);
    }
    if rng.one_in(6) {
        campaign["topic"] = json!(rng.pick(&["tea", "news"]));
    }
    if rng.one_in(8) {
        campaign["relevance"] = json!({ "affinity": "tea", "floor": rng.below(80) });
    }
    if rng.one_in(2) {
        campaign["audience"] = rng.pick(&audiences);
    }
    campaign
}

fn limit(index: u64, rng: &mut Rng) -> Value {
    let mut limit = json!({ "id": format!("l{index}"), "max": rng.pick(&[0, 1, 1, 2, 2, 3]), "per": rng.pick(&["1h", "20h", "7d", "day", "week", "month", "year"]) });
    if rng.one_in(3) {
        limit["tier"] = json!(rng.pick(&["unknown", "known"]));
    }
    if rng.one_in(3) {
        limit["class"] = json!(rng.pick(&["relational", "promotional"]));
    }
    if rng.one_in(4) {
        limit["channel"] = json!(rng.pick(&["onsite", "email"]));
    }
    if rng.one_in(6) {
        limit["topic"] = json!(rng.pick(&["tea", "news"]));
    }
    if rng.one_in(6) {
        limit["campaign"] = rng.pick(&[json!("c0"), json!(["c0"])]);
    }
    if rng.one_in(6) {
        limit["placement"] = json!("home");
    }
    if rng.one_in(4) {
        limit["when"] = json!({ "daysSince.order": { "$lt": 5 } });
    }
    if rng.one_in(5) {
        limit["urgent"] = json!(true);
    }
    if rng.one_in(4) {
        limit["ignoredAs"] = json!(rng.pick(&[1, 2, 3]));
    }
    limit
}

fn calm_and_care(policy: &mut Value, rng: &mut Rng) {
    if rng.one_in(3) {
        policy["calm"] = json!({ "until": rng.pick(&["1d", "3d"]) });
    }
    if rng.one_in(3) {
        policy["calm"]["backOff"] = json!({ "ignored": 1 + rng.below(3), "for": rng.pick(&["20h", "7d"]) });
    }
    if rng.one_in(4) {
        policy["calm"]["balance"] = json!({ "promotions": rng.below(3), "per": rng.pick(&["20h", "7d"]) });
    }
    if rng.one_in(3) {
        policy["calm"]["largeOrder"] =
            json!({ "percent": rng.pick(&[100, 150, 300]), "for": rng.pick(&["20h", "7d"]) });
    }
    if rng.one_in(3) {
        policy["care"] = json!({ "replyWithin": "24h", "coolDown": rng.pick(&["1h", "3d"]), "backlogBrake": 2 });
        if rng.one_in(2) {
            policy["care"]["lowScore"] = json!(6);
        }
    }
}
