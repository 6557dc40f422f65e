//! Sentences of the contract with results worked out by hand.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use querencia_model::decide;
use serde_json::{Value, json};

/// Tuesday, 2026-05-12T10:00Z.
const NOW: i64 = 1_778_580_000_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn policy(campaigns: Value, more: Value) -> Value {
    let mut policy = json!({
        "querencia": 1, "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["en"] },
        "campaigns": campaigns, "messages": { "m": { "en": [{ "body": "Hello" }] } },
    });
    policy.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    policy
}

fn news(id: &str, more: Value) -> Value {
    let mut campaign = json!({ "id": id, "kind": "announcement", "channel": "post", "message": "m", "repeat": "1h" });
    campaign.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    campaign
}

fn request(customer: Value, ledger: Value) -> Value {
    json!({ "now": NOW, "customer": customer, "ledger": ledger, "zones": { "Europe/Madrid": [[0, 120]] } })
}

fn said(at: i64, more: Value) -> Value {
    let mut record = json!({ "id": format!("r{at}"), "campaign": "old", "class": "promotional", "channel": "email", "at": at, "state": "delivered" });
    record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    record
}

/// Gate, code and `retryAt` of the only refusal.
fn refusal(decision: &Value) -> (String, String, Option<i64>) {
    let one = &decision["refused"][0];
    let text = |key: &str| one[key].as_str().unwrap().to_owned();
    (text("gate"), text("code"), one["retryAt"].as_i64())
}

fn spoke(decision: &Value) -> Vec<&str> {
    decision["contacts"].as_array().unwrap().iter().map(|contact| contact["campaign"].as_str().unwrap()).collect()
}

#[test]
fn a_record_exactly_per_old_no_longer_counts() {
    let policy = policy(json!([news("a", json!({}))]), json!({ "limits": [{ "id": "l", "max": 1, "per": "7d" }] }));
    let full = decide(&policy, &request(json!({}), json!([said(NOW - 7 * DAY + 1, json!({}))])));
    assert_eq!(refusal(&full), ("limits".into(), "limit-full".into(), Some(NOW + 1)));
    let free = decide(&policy, &request(json!({}), json!([said(NOW - 7 * DAY, json!({}))])));
    assert_eq!(spoke(&free), ["a"]);
}

#[test]
fn an_ignored_record_counts_as_many() {
    let policy = policy(
        json!([news("a", json!({}))]),
        json!({ "limits": [{ "id": "l", "max": 2, "per": "7d", "ignoredAs": 2 }] }),
    );
    let ignored = decide(&policy, &request(json!({}), json!([said(NOW - DAY, json!({}))])));
    assert_eq!(ignored["refused"][0]["detail"]["counted"], 2);
    assert_eq!(refusal(&ignored).2, Some(NOW + 6 * DAY));
    let clicked = decide(&policy, &request(json!({}), json!([said(NOW - DAY, json!({ "reaction": "clicked" }))])));
    assert_eq!(spoke(&clicked), ["a"]);
}

#[test]
fn the_urgency_budget_counts_urgent_contacts_only() {
    let limits = json!({ "limits": [{ "id": "l", "max": 1, "per": "7d", "urgent": true }] });
    let policy = policy(json!([news("a", json!({ "urgent": true })), news("b", json!({ "weight": -1 }))]), limits);
    let decision = decide(&policy, &request(json!({}), json!([said(NOW - DAY, json!({ "urgent": true }))])));
    assert_eq!(refusal(&decision), ("limits".into(), "urgency".into(), Some(NOW + 6 * DAY)));
    assert_eq!(spoke(&decision), ["b"]);
}

#[test]
fn no_promotion_from_a_purchase_until_its_delivery_and_more() {
    let policy = policy(json!([news("a", json!({}))]), json!({ "calm": { "until": "3d" } }));
    let order = json!({ "id": "o", "at": NOW - DAY });
    let waiting = decide(&policy, &request(json!({ "orders": [order] }), json!([])));
    assert_eq!(refusal(&waiting), ("calm".into(), "after-purchase".into(), Some(NOW + 32 * DAY)));
    // a delivery to come ends the calm before the 30 days do
    let order = json!({ "id": "o", "at": NOW - DAY, "deliveredAt": NOW + DAY });
    let coming = decide(&policy, &request(json!({ "orders": [order] }), json!([])));
    assert_eq!(coming["refused"][0]["detail"]["until"], NOW + 32 * DAY);
    assert_eq!(refusal(&coming).2, Some(NOW + 4 * DAY));
}

#[test]
fn after_several_ignored_promotions_it_backs_off() {
    let calm = json!({ "calm": { "backOff": { "ignored": 2, "for": "14d" } } });
    let policy = policy(json!([news("a", json!({}))]), calm);
    let ledger = json!([
        said(NOW - 9 * DAY, json!({ "reaction": "clicked" })),
        said(NOW - 5 * DAY, json!({})),
        said(NOW - 3 * DAY, json!({}))
    ]);
    let decision = decide(&policy, &request(json!({}), ledger));
    assert_eq!(refusal(&decision), ("calm".into(), "back-off".into(), Some(NOW + 11 * DAY)));
    let ledger = json!([
        said(NOW - 9 * DAY, json!({})),
        said(NOW - 5 * DAY, json!({ "reaction": "clicked" })),
        said(NOW - 3 * DAY, json!({}))
    ]);
    assert_eq!(spoke(&decide(&policy, &request(json!({}), ledger))), ["a"]);
}

#[test]
fn care_cools_down_after_a_complaint_and_asks_for_replies() {
    let care = json!({ "care": { "replyWithin": "24h", "coolDown": "3d" } });
    let policy = policy(json!([news("a", json!({}))]), care);
    let talks = json!([{ "id": "c", "kind": "complaint", "at": NOW - 5 * DAY, "solvedAt": NOW - DAY }]);
    let cooling = decide(&policy, &request(json!({ "conversations": talks }), json!([])));
    assert_eq!(refusal(&cooling), ("care".into(), "cool-down".into(), Some(NOW + 2 * DAY)));
    let talks = json!([{ "id": "c", "kind": "complaint", "at": NOW - HOUR }, { "id": "q", "kind": "question", "at": NOW - 2 * HOUR }]);
    let open = decide(&policy, &request(json!({ "conversations": talks }), json!([])));
    assert_eq!(refusal(&open), ("care".into(), "case-open".into(), None));
    let tasks = json!([{ "kind": "reply", "conversation": "q", "dueAt": NOW + 22 * HOUR }, { "kind": "reply", "conversation": "c", "dueAt": NOW + 23 * HOUR }]);
    assert_eq!(open["tasks"], tasks);
}

#[test]
fn wishes_only_tighten() {
    let policy = policy(json!([news("a", json!({ "topic": "news" }))]), json!({}));
    let wishing =
        |wishes: Value| decide(&policy, &request(json!({ "wishes": wishes }), json!([said(NOW - DAY, json!({}))])));
    assert_eq!(refusal(&wishing(json!({ "spam": ["post"] }))), ("consent".into(), "withdrawn".into(), None));
    assert_eq!(refusal(&wishing(json!({ "avoid": ["post"] }))), ("wishes".into(), "not-this-channel".into(), None));
    assert_eq!(
        refusal(&wishing(json!({ "lessOften": "7d" }))),
        ("wishes".into(), "less-often".into(), Some(NOW + 6 * DAY))
    );
    assert_eq!(refusal(&wishing(json!({ "topics": [] }))), ("wishes".into(), "topic".into(), None));
    assert_eq!(spoke(&wishing(json!({ "topics": ["news"] }))), ["a"]);
}

#[test]
fn a_substitute_stands_in_while_the_other_is_refused() {
    let relevance = json!({ "affinity": "tea", "floor": 40 });
    let tea = news("tea", json!({ "relevance": relevance, "disposition": "substitute", "substitute": "ask" }));
    let policy = policy(json!([tea, news("ask", json!({}))]), json!({}));
    assert_eq!(spoke(&decide(&policy, &request(json!({}), json!([])))), ["ask"]);
    let fond = decide(&policy, &request(json!({ "affinity": { "tea": 40 } }), json!([])));
    assert_eq!(spoke(&fond), ["tea"]);
    assert_eq!(refusal(&fond), ("occasion".into(), "none".into(), None));
}

#[test]
fn a_digest_is_one_contact() {
    let digest = json!({ "disposition": "digest" });
    let campaigns = json!([news("a", digest.clone()), news("b", digest.clone()), news("c", digest)]);
    let policy = policy(campaigns, json!({ "limits": [{ "id": "l", "max": 1, "per": "7d" }] }));
    let decision = decide(&policy, &request(json!({}), json!([])));
    assert_eq!(spoke(&decision), ["a", "b", "c"]);
    let first = &decision["contacts"][0]["id"];
    assert!(decision["contacts"].as_array().unwrap().iter().all(|contact| contact["digest"] == *first));
}

#[test]
fn a_known_date_keeps_its_slot() {
    // a birthday on Friday, and one contact a week
    let birthday = json!({ "id": "b", "kind": "birthday", "channel": "post", "message": "m" });
    let policy =
        policy(json!([news("a", json!({})), birthday]), json!({ "limits": [{ "id": "l", "max": 1, "per": "7d" }] }));
    let decision = decide(&policy, &request(json!({ "birthday": "--05-15", "since": 0 }), json!([])));
    assert_eq!(refusal(&decision), ("arbitration".into(), "slot-kept".into(), Some(NOW + 1)));
    assert_eq!(decision["refused"][0]["detail"]["for"], "b");
    // the end of the 15th in Madrid
    assert_eq!(decision["refused"][0]["detail"]["until"], NOW + 3 * DAY + 12 * HOUR);
    let later = decide(&policy, &request(json!({ "birthday": "--05-20", "since": 0 }), json!([])));
    assert_eq!(spoke(&later), ["a"]);
}

#[test]
fn quiet_hours_hold_in_the_customers_zone() {
    let quiet = json!({ "quietHours": [{ "from": "11:00", "to": "13:00", "channels": ["post"] }] });
    let policy = policy(json!([news("a", json!({}))]), quiet);
    // 12:00 in Madrid
    let decision = decide(&policy, &request(json!({}), json!([])));
    assert_eq!(refusal(&decision), ("quiet-hours".into(), "quiet".into(), Some(NOW + HOUR)));
}

#[test]
fn thanks_are_for_seven_days_and_once() {
    let thanks = json!([{ "id": "t", "kind": "thankYou", "channel": "post", "message": "m" }]);
    let policy = policy(thanks, json!({ "limits": [{ "id": "l", "max": 0, "per": "7d" }] }));
    let order = json!({ "id": "o", "at": NOW - 7 * DAY + 1 });
    let decision = decide(&policy, &request(json!({ "orders": [order] }), json!([])));
    assert_eq!((spoke(&decision), decision["nextAt"].as_i64()), (vec!["t"], Some(NOW + 1)));
    let lease = said(NOW - MINUTE, json!({ "campaign": "t", "state": "reserved", "occurrence": "o" }));
    let order = json!({ "id": "o", "at": NOW - DAY });
    let reserved = decide(&policy, &request(json!({ "orders": [order] }), json!([lease])));
    assert_eq!(refusal(&reserved), ("repeat".into(), "already-spoken".into(), Some(NOW + 14 * MINUTE)));
}
