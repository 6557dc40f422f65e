//! How the time of a decision grows with its input. Each test compares the processor time of a small and a large
//! decision. The allowed ratio is generous, so that a busy machine does not matter: only quadratic or cubic growth
//! exceeds it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use cpu_time::ThreadTime;
use querencia::{Engine, Tree};
use serde_json::{Value, json};
use std::time::Duration;

const NOW: i64 = 1_795_341_600_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn tree(value: &Value) -> Tree {
    serde_json::from_value(value.clone()).unwrap()
}

fn policy(more: Value) -> Value {
    let mut policy = json!({
        "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "country": "ES", "zone": "Europe/Madrid", "locales": ["es"], "signer": "Lola" },
        "messages": { "m": { "es": [{ "body": "Hola" }] } },
    });
    policy.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    policy
}

fn customer(more: Value) -> Value {
    let mut customer = json!({ "id": "ana", "consent": { "email": true }, "since": NOW - 400 * DAY });
    customer.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    customer
}

/// Records spread over a year.
fn ledger(length: i64) -> Value {
    let record = |index: i64| {
        json!({ "id": format!("r{index}"), "campaign": format!("c{}", index % 50), "class": if index % 3 == 0 { "relational" } else { "promotional" },
                "channel": "email", "at": NOW - 1 - index * (364 * DAY / length), "state": "delivered", "occurrence": format!("x{index}") })
    };
    (0..length).map(record).collect()
}

/// The shortest of five measurements of one decision through a customer handle.
fn time(policy: &Value, customer: &Value, ledger: &Value, catalog: &Value) -> Duration {
    let engine = Engine::new(tree(policy)).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut handle = engine.customer(tree(customer), tree(ledger)).unwrap_or_else(|problems| panic!("{problems:?}"));
    let zones = json!({ "Europe/Madrid": [["2026-10-25T01:00:00Z", 60], ["2027-03-28T01:00:00Z", 120]] });
    let moment = json!({ "now": NOW, "zone": "Europe/Madrid", "zones": zones, "catalog": catalog });
    let mut shortest = Duration::MAX;
    for _ in 0..5 {
        let moment = tree(&moment);
        let start = ThreadTime::now();
        let decision = handle.decide(moment).unwrap_or_else(|problems| panic!("{problems:?}"));
        shortest = shortest.min(start.elapsed());
        assert!(decision.contacts.len() + decision.refused.len() > 0);
    }
    shortest
}

/// Fails if the large decision takes more than `most` times as long as the small one.
fn assert_growth(what: &str, small: Duration, large: Duration, most: f64) {
    let ratio = large.as_secs_f64() / small.as_secs_f64();
    println!("{what}: {small:.1?} and {large:.1?}, {ratio:.1} times as long; at most {most} times is allowed");
    assert!(
        ratio < most,
        "{what}: {small:?} became {large:?}, {ratio:.1} times as long; at most {most} times is allowed"
    );
}

fn announcements(count: i64, more: &Value) -> Value {
    let campaign = |index| {
        let mut campaign = json!({ "id": format!("c{index}"), "kind": "announcement", "channel": "onsite", "placement": format!("p{index}"), "message": "m", "repeat": "1h" });
        campaign.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        campaign
    };
    (0..count).map(campaign).collect()
}

#[test]
fn a_thousand_campaigns_that_all_speak() {
    let none = json!([]);
    let time_with = |contacts: i64, max: i64| {
        let limits = json!([{ "id": "year", "max": max, "per": "365d" }]);
        let policy = json!({ "campaigns": announcements(1000, &json!({})), "arbitration": { "contacts": contacts }, "limits": limits });
        time(&self::policy(policy), &customer(json!({})), &none, &Value::Null)
    };
    // to ask every campaign again after every winner would be cubic: more than a thousand times as long
    let one = time_with(1, 1000);
    assert_growth("1 of 1,000 speaks, 1,000 speak", one, time_with(1000, 1000), 250.0);
    assert_growth("1 of 1,000 speaks, 500 speak and then a limit is full", one, time_with(1000, 500), 500.0);
}

#[test]
fn twenty_thousand_records_in_windows_of_a_year() {
    let time_with = |length: i64| {
        let policy = json!({
            "campaigns": announcements(1000, &json!({})),
            "limits": [{ "id": "year", "max": 100_000, "per": "365d" }, { "id": "promotions", "max": 5, "per": "year", "class": "promotional" }],
            "calm": { "balance": { "promotions": 1000, "per": "365d" }, "backOff": { "ignored": 3, "for": "14d" } },
        });
        let customer = customer(json!({ "wishes": { "lessOften": "365d" } }));
        time(&self::policy(policy), &customer, &ledger(length), &Value::Null)
    };
    // to read the ledger for each campaign would be hundreds of times as long
    assert_growth("1,000 campaigns with 200 records, with 20,000 records", time_with(200), time_with(20_000), 100.0);
}

#[test]
fn six_hundred_quiet_hours_that_follow_each_other() {
    let none = json!([]);
    let campaigns = announcements(10, &json!({ "channel": "email" }));
    let time_with = |step: i64| {
        let minute = |index: i64| format!("{:02}:{:02}", 10 + index / 60, index % 60);
        let window = |index: i64| json!({ "from": minute(index * step), "to": minute(index * step + 1) });
        let quiet: Value = (0..600).map(window).collect();
        let customer = customer(json!({ "wishes": { "quiet": quiet } }));
        time(&policy(json!({ "campaigns": campaigns })), &customer, &none, &Value::Null)
    };
    // to search all windows again at the end of each would be hundreds of times as long
    assert_growth("600 equal windows, 600 windows one after the other", time_with(0), time_with(1), 40.0);
}

/// Looking up an order, a complaint, a rating or a family must not search the whole list each time.
#[test]
fn a_customer_with_thousands_of_orders_complaints_and_ratings() {
    let none = json!([]);
    let time_with = |length: i64| {
        let order = |index: i64| {
            json!({ "id": format!("o{index}"), "at": NOW - (length - index) * 60_000, "deliveredAt": NOW - (length - index) * 60_000,
                    "items": [{ "sku": format!("s{}", index / 2), "family": format!("f{index}") }] })
        };
        let complaint = |index: i64| json!({ "id": format!("c{index}"), "kind": "complaint", "at": NOW - 2 * DAY, "solvedAt": NOW - DAY, "orderId": format!("x{index}") });
        let rating = |index: i64| json!({ "orderId": format!("o{index}"), "score": 1, "at": NOW - HOUR });
        let policy = json!({
            "care": { "lowScore": 6, "neglectAfter": "1d" },
            "campaigns": [{ "id": "again", "kind": "replenishment", "channel": "email", "message": "m" },
                          { "id": "next", "kind": "nextOffer", "channel": "email", "message": "m", "suggest": {} }],
        });
        let list = |make: &dyn Fn(i64) -> Value| (0..length).map(make).collect::<Value>();
        let customer =
            customer(json!({ "orders": list(&order), "conversations": list(&complaint), "ratings": list(&rating),
            "cart": { "items": list(&|index| json!({ "sku": format!("p{index}") })) } }));
        let products = list(&|index| json!({ "sku": format!("p{index}"), "family": format!("f{index}") }));
        let families: serde_json::Map<String, Value> =
            (0..length).map(|index| (format!("g{index}"), json!(9))).collect();
        time(&self::policy(policy), &customer, &none, &json!({ "products": products, "notAsDescribed": families }))
    };
    // to search each list for each element would be more than a hundred times as long
    assert_growth("2,000 orders, complaints and ratings, 20,000", time_with(2_000), time_with(20_000), 60.0);
}

/// Orders of this week, half of them thanked for, each of which brings presents.
#[test]
fn a_customer_with_thousands_of_thanks_and_presents() {
    let time_with = |length: i64| {
        let at = |index: i64| NOW - (length - index) * 10_000;
        let order = |index: i64| json!({ "id": format!("o{index}"), "at": at(index), "deliveredAt": at(index) });
        let record = |index: i64| {
            json!({ "id": format!("r{index}"), "campaign": if index % 2 == 0 { "thanks" } else { "next" }, "class": "service", "channel": "email",
                    "at": at(index), "state": "delivered", "occurrence": format!("o{index}"), "offer": "ten" })
        };
        let policy = json!({
            "offers": { "ten": { "percent": 10, "validFor": "30d" }, "once": { "percent": 5, "again": "never" } },
            "campaigns": [{ "id": "thanks", "kind": "thankYou", "channel": "email", "message": "m" },
                          { "id": "page", "kind": "thankYou", "channel": "onsite", "placement": "p", "message": "m" },
                          { "id": "next", "kind": "nextOffer", "channel": "email", "after": "0d", "offer": "ten", "message": "m" },
                          { "id": "card", "kind": "surprise", "channel": "email", "share": 1, "offer": "once", "message": "m" },
                          { "id": "once", "kind": "nextOffer", "channel": "email", "after": "0d", "offer": "once", "message": "m" }],
        });
        let orders: Value = (0..length).map(order).collect();
        let ledger: Value = (0..length / 2).map(record).collect();
        time(&self::policy(policy), &customer(json!({ "orders": orders })), &ledger, &Value::Null)
    };
    // presents of one kind are compared with each other, four a step: from about 5,000 on that is too much for a decision
    assert_growth("400 orders with thanks and presents, 4,000", time_with(400), time_with(4_000), 60.0);
}

/// Of 5,000 conversations half are unanswered: each gives a task, soonest first, and no promotional campaign speaks.
#[test]
fn five_thousand_conversations_give_their_tasks() {
    let policy = policy(json!({
        "campaigns": announcements(10, &json!({ "class": "promotional" })),
        "care": { "replyWithin": "24h", "coolDown": "3d", "hours": { "days": ["mon", "tue", "wed", "thu", "fri"], "from": "09:00", "to": "18:00" } },
    }));
    let about = |length: i64| {
        let conversation = |index: i64| {
            let (at, kind) =
                (NOW - 1 - (index * 7919 % length) * 60_000, if index % 3 == 0 { "complaint" } else { "question" });
            let answered = if index % 2 == 0 { json!(at + 1) } else { Value::Null };
            json!({ "id": format!("c{index}"), "kind": kind, "at": at, "answeredAt": answered, "solvedAt": answered })
        };
        customer(json!({ "conversations": (0..length).map(conversation).collect::<Value>() }))
    };
    let zones = json!({ "Europe/Madrid": [["2026-10-25T01:00:00Z", 60], ["2027-03-28T01:00:00Z", 120]] });
    let moment = json!({ "now": NOW, "zone": "Europe/Madrid", "zones": zones, "customer": about(5_000), "ledger": [] });
    let decision = Engine::new(tree(&policy)).unwrap().decide(tree(&moment)).unwrap();
    let decision = serde_json::to_value(&decision).unwrap();
    let due: Vec<i64> =
        decision["tasks"].as_array().unwrap().iter().map(|task| task["dueAt"].as_i64().unwrap()).collect();
    assert_eq!((due.len(), due.is_sorted()), (2_500, true));
    assert!(
        decision["refused"].as_array().unwrap().iter().all(|refusal| refusal["code"] == "case-open"),
        "{}",
        decision["refused"]
    );
}
