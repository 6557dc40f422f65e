//! Rules of the contract, each with an example worked out by hand.

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

fn announcement(id: &str, more: Value) -> Value {
    let mut campaign = json!({ "id": id, "kind": "announcement", "channel": "post", "message": "m", "repeat": "1h" });
    campaign.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    campaign
}

fn request(customer: Value, ledger: Value) -> Value {
    json!({ "now": NOW, "customer": customer, "ledger": ledger, "zones": { "Europe/Madrid": [[0, 120]] } })
}

fn record(at: i64, more: Value) -> Value {
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

fn speakers(decision: &Value) -> Vec<&str> {
    decision["contacts"].as_array().unwrap().iter().map(|contact| contact["campaign"].as_str().unwrap()).collect()
}

#[test]
fn a_record_exactly_as_old_as_the_window_no_longer_counts() {
    let policy =
        policy(json!([announcement("a", json!({}))]), json!({ "limits": [{ "id": "l", "max": 1, "per": "7d" }] }));
    let full = decide(&policy, &request(json!({}), json!([record(NOW - 7 * DAY + 1, json!({}))])));
    assert_eq!(refusal(&full), ("limits".into(), "limit-full".into(), Some(NOW + 1)));
    let free = decide(&policy, &request(json!({}), json!([record(NOW - 7 * DAY, json!({}))])));
    assert_eq!(speakers(&free), ["a"]);
}

#[test]
fn an_ignored_contact_counts_as_ignored_as_says() {
    let policy = policy(
        json!([announcement("a", json!({}))]),
        json!({ "limits": [{ "id": "l", "max": 2, "per": "7d", "ignoredAs": 2 }] }),
    );
    let ignored = decide(&policy, &request(json!({}), json!([record(NOW - DAY, json!({}))])));
    assert_eq!(ignored["refused"][0]["detail"]["counted"], 2);
    assert_eq!(refusal(&ignored).2, Some(NOW + 6 * DAY));
    let clicked = decide(&policy, &request(json!({}), json!([record(NOW - DAY, json!({ "reaction": "clicked" }))])));
    assert_eq!(speakers(&clicked), ["a"]);
}

#[test]
fn a_limit_with_urgent_counts_urgent_contacts_only() {
    let limits = json!({ "limits": [{ "id": "l", "max": 1, "per": "7d", "urgent": true }] });
    let policy = policy(
        json!([announcement("a", json!({ "urgent": true })), announcement("b", json!({ "weight": -1 }))]),
        limits,
    );
    let decision = decide(&policy, &request(json!({}), json!([record(NOW - DAY, json!({ "urgent": true }))])));
    assert_eq!(refusal(&decision), ("limits".into(), "urgency".into(), Some(NOW + 6 * DAY)));
    assert_eq!(speakers(&decision), ["b"]);
}

#[test]
fn no_promotion_from_a_purchase_until_some_days_after_its_delivery() {
    let policy = policy(json!([announcement("a", json!({}))]), json!({ "calm": { "until": "3d" } }));
    let order = json!({ "id": "o", "at": NOW - DAY });
    let waiting = decide(&policy, &request(json!({ "orders": [order] }), json!([])));
    assert_eq!(refusal(&waiting), ("calm".into(), "after-purchase".into(), Some(NOW + 32 * DAY)));
    // a known future delivery ends the wait earlier than the 30 days
    let order = json!({ "id": "o", "at": NOW - DAY, "deliveredAt": NOW + DAY });
    let coming = decide(&policy, &request(json!({ "orders": [order] }), json!([])));
    assert_eq!(coming["refused"][0]["detail"]["until"], NOW + 32 * DAY);
    assert_eq!(refusal(&coming).2, Some(NOW + 4 * DAY));
}

#[test]
fn no_promotion_for_some_time_after_several_ignored_ones() {
    let calm = json!({ "calm": { "backOff": { "ignored": 2, "for": "14d" } } });
    let policy = policy(json!([announcement("a", json!({}))]), calm);
    let ledger = json!([
        record(NOW - 9 * DAY, json!({ "reaction": "clicked" })),
        record(NOW - 5 * DAY, json!({})),
        record(NOW - 3 * DAY, json!({}))
    ]);
    let decision = decide(&policy, &request(json!({}), ledger));
    assert_eq!(refusal(&decision), ("calm".into(), "back-off".into(), Some(NOW + 11 * DAY)));
    let ledger = json!([
        record(NOW - 9 * DAY, json!({})),
        record(NOW - 5 * DAY, json!({ "reaction": "clicked" })),
        record(NOW - 3 * DAY, json!({}))
    ]);
    assert_eq!(speakers(&decide(&policy, &request(json!({}), ledger))), ["a"]);
}

#[test]
fn no_promotion_for_some_time_after_a_solved_complaint_and_replies_are_tasks() {
    let care = json!({ "care": { "replyWithin": "24h", "coolDown": "3d" } });
    let policy = policy(json!([announcement("a", json!({}))]), care);
    let conversations = json!([{ "id": "c", "kind": "complaint", "at": NOW - 5 * DAY, "solvedAt": NOW - DAY }]);
    let cooling = decide(&policy, &request(json!({ "conversations": conversations }), json!([])));
    assert_eq!(refusal(&cooling), ("care".into(), "cool-down".into(), Some(NOW + 2 * DAY)));
    let conversations = json!([{ "id": "c", "kind": "complaint", "at": NOW - HOUR }, { "id": "q", "kind": "question", "at": NOW - 2 * HOUR }]);
    let open = decide(&policy, &request(json!({ "conversations": conversations }), json!([])));
    assert_eq!(refusal(&open), ("care".into(), "case-open".into(), None));
    let tasks = json!([{ "kind": "reply", "conversation": "q", "dueAt": NOW + 22 * HOUR }, { "kind": "reply", "conversation": "c", "dueAt": NOW + 23 * HOUR }]);
    assert_eq!(open["tasks"], tasks);
}

#[test]
fn each_wish_holds_its_campaigns_back() {
    let policy = policy(json!([announcement("a", json!({ "topic": "news" }))]), json!({}));
    let decide_with =
        |wishes: Value| decide(&policy, &request(json!({ "wishes": wishes }), json!([record(NOW - DAY, json!({}))])));
    assert_eq!(refusal(&decide_with(json!({ "spam": ["post"] }))), ("consent".into(), "withdrawn".into(), None));
    assert_eq!(refusal(&decide_with(json!({ "avoid": ["post"] }))), ("wishes".into(), "not-this-channel".into(), None));
    assert_eq!(
        refusal(&decide_with(json!({ "lessOften": "7d" }))),
        ("wishes".into(), "less-often".into(), Some(NOW + 6 * DAY))
    );
    assert_eq!(refusal(&decide_with(json!({ "topics": [] }))), ("wishes".into(), "topic".into(), None));
    assert_eq!(speakers(&decide_with(json!({ "topics": ["news"] }))), ["a"]);
}

#[test]
fn a_substitute_speaks_only_while_the_original_is_refused() {
    let relevance = json!({ "affinity": "tea", "floor": 40 });
    let tea = announcement("tea", json!({ "relevance": relevance, "disposition": "substitute", "substitute": "ask" }));
    let policy = policy(json!([tea, announcement("ask", json!({}))]), json!({}));
    assert_eq!(speakers(&decide(&policy, &request(json!({}), json!([])))), ["ask"]);
    let fan = decide(&policy, &request(json!({ "affinity": { "tea": 40 } }), json!([])));
    assert_eq!(speakers(&fan), ["tea"]);
    assert_eq!(refusal(&fan), ("occasion".into(), "none".into(), None));
}

#[test]
fn a_digest_is_one_contact_and_counts_once() {
    let digest = json!({ "disposition": "digest" });
    let campaigns =
        json!([announcement("a", digest.clone()), announcement("b", digest.clone()), announcement("c", digest)]);
    let policy = policy(campaigns, json!({ "limits": [{ "id": "l", "max": 1, "per": "7d" }] }));
    let decision = decide(&policy, &request(json!({}), json!([])));
    assert_eq!(speakers(&decision), ["a", "b", "c"]);
    let first = &decision["contacts"][0]["id"];
    assert!(decision["contacts"].as_array().unwrap().iter().all(|contact| contact["digest"] == *first));
}

#[test]
fn a_birthday_this_week_keeps_the_only_contact_of_the_week() {
    // the birthday is on Friday, and the limit is one contact a week
    let birthday = json!({ "id": "b", "kind": "birthday", "channel": "post", "message": "m" });
    let policy = policy(
        json!([announcement("a", json!({})), birthday]),
        json!({ "limits": [{ "id": "l", "max": 1, "per": "7d" }] }),
    );
    let decision = decide(&policy, &request(json!({ "birthday": "--05-15", "since": 0 }), json!([])));
    assert_eq!(refusal(&decision), ("arbitration".into(), "outranked".into(), Some(NOW + DAY)));
    assert_eq!(decision["refused"][0]["detail"], json!({ "by": "b", "plannedAt": null }));
    let later = decide(&policy, &request(json!({ "birthday": "--05-20", "since": 0 }), json!([])));
    assert_eq!(speakers(&later), ["a"]);
}

#[test]
fn quiet_hours_are_those_of_the_customers_zone() {
    let quiet = json!({ "quietHours": [{ "from": "11:00", "to": "13:00", "channels": ["post"] }] });
    let policy = policy(json!([announcement("a", json!({}))]), quiet);
    // it is 12:00 in Madrid
    let decision = decide(&policy, &request(json!({}), json!([])));
    assert_eq!(refusal(&decision), ("quiet-hours".into(), "quiet".into(), Some(NOW + HOUR)));
}

#[test]
fn thanks_are_given_once_and_within_seven_days_of_the_order() {
    let thanks = json!([{ "id": "t", "kind": "thankYou", "channel": "post", "message": "m" }]);
    let policy = policy(thanks, json!({ "limits": [{ "id": "l", "max": 0, "per": "7d" }] }));
    let order = json!({ "id": "o", "at": NOW - 7 * DAY + 1 });
    let decision = decide(&policy, &request(json!({ "orders": [order] }), json!([])));
    assert_eq!((speakers(&decision), decision["nextAt"].as_i64()), (vec!["t"], Some(NOW + 1)));
    let lease = record(NOW - MINUTE, json!({ "campaign": "t", "state": "reserved", "occurrence": "o" }));
    let order = json!({ "id": "o", "at": NOW - DAY });
    let reserved = decide(&policy, &request(json!({ "orders": [order] }), json!([lease])));
    assert_eq!(refusal(&reserved), ("repeat".into(), "already-spoken".into(), Some(NOW + 14 * MINUTE)));
}
