//! What a policy is warned of, and what it is not: each warning both ways.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod conditions;
mod fields;

use querencia::{Engine, Instant, Tree};
use serde_json::{Value, json};

/// 12 May 2026, 10:00 UTC.
const NOW: Instant = Instant(1_778_580_000_000);

fn policy(parts: Value) -> Value {
    let mut policy = json!({
        "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
        "campaigns": [{ "id": "c", "kind": "announcement", "channel": "onsite", "placement": "top", "message": "m" }],
        "messages": { "m": { "es": [{ "body": "Hola." }] } }
    });
    for (key, value) in parts.as_object().unwrap() {
        policy[key] = value.clone();
    }
    policy
}

/// The warnings of a policy with these parts, each as `code path`.
fn warned_at(parts: &Value, now: Option<Instant>) -> Vec<String> {
    let tree: Tree = serde_json::from_value(policy(parts.clone())).unwrap();
    let engine = Engine::new(tree).unwrap_or_else(|problems| panic!("{parts}: {problems:?}"));
    let warnings = engine.warnings(now);
    for warning in &warnings {
        assert!(!warning.message.is_empty() && !warning.message.ends_with('.'), "{warning}");
        assert!(!warning.message.starts_with(char::is_uppercase), "{warning}");
    }
    warnings.iter().map(|warning| format!("{} {}", warning.code, warning.path)).collect()
}

fn expect(expected: &[&str], parts: Value) {
    assert_eq!(warned_at(&parts, Some(NOW)), expected, "{parts:#}");
}

/// A campaign with these fields.
fn campaign(fields: Value) -> Value {
    let mut campaign =
        json!({ "id": "c", "kind": "announcement", "channel": "onsite", "placement": "top", "message": "m" });
    for (key, value) in fields.as_object().unwrap() {
        campaign[key] = value.clone();
    }
    json!({ "campaigns": [campaign] })
}

/// A campaign with an offer.
fn offering(offer: Value, fields: Value) -> Value {
    let mut parts = campaign(fields);
    parts["campaigns"][0]["offer"] = "o".into();
    parts["offers"] = json!({ "o": offer });
    parts
}

fn saying(variant: Value) -> Value {
    json!({ "messages": { "m": { "es": [variant] } } })
}

#[test]
fn a_plain_policy_has_no_warning() {
    expect(&[], json!({}));
}

#[test]
fn the_sentence_says_what_was_meant() {
    let tree: Tree = serde_json::from_value(policy(offering(json!({ "percent": 0.1 }), json!({})))).unwrap();
    let warnings = Engine::new(tree).unwrap().warnings(None);
    assert_eq!(warnings.first().unwrap().message, "0.1 is less than 1 %; write `10` for 10 %");
}

#[test]
fn what_nobody_uses() {
    expect(&["unused offers.spare"], json!({ "offers": { "spare": { "percent": 10 } } }));
    expect(
        &["unused messages.spare"],
        json!({ "messages": { "m": { "es": [{ "body": "Hola." }] }, "spare": { "es": [{ "body": "<b>" }] } } }),
    );
    let mut belated = campaign(json!({ "kind": "birthday", "belated": "late", "grace": "3d" }));
    belated["messages"] = json!({ "m": { "es": [{ "body": "Hola." }] }, "late": { "es": [{ "body": "Tarde." }] } });
    expect(&[], belated.clone());
    belated["campaigns"][0]["grace"] = "0d".into();
    expect(&["unused campaigns[0].belated"], belated);
    let mut early = campaign(json!({ "kind": "birthday", "early": "soon", "lead": "3d" }));
    early["messages"] = json!({ "m": { "es": [{ "body": "Hola." }] }, "soon": { "es": [{ "body": "Pronto." }] } });
    expect(&[], early.clone());
    early["campaigns"][0]["lead"] = Value::Null;
    expect(&["unused campaigns[0].early"], early);
    expect(&["unused campaigns[0].suggest"], campaign(json!({ "kind": "cartReminder", "suggest": {} })));
    expect(&[], campaign(json!({ "kind": "winBack", "suggest": {} })));
}

#[test]
fn warnings_come_in_the_order_of_the_document() {
    let parts = json!({
        "offers": { "a": { "percent": 0.1 }, "b": { "percent": 10 } },
        "limits": [{ "id": "l", "max": 0, "per": "7d" }],
        "messages": { "m": { "es": [{ "body": "{givenName}" }] } }
    });
    expect(
        &[
            "needs-name messages.m.es",
            "unused offers.a",
            "small-percent offers.a.percent",
            "unused offers.b",
            "blocks-all limits[0].max",
        ],
        parts,
    );
}

#[test]
fn the_policies_of_the_demo_shop_have_no_warning() {
    for name in ["casa-lola", "starter"] {
        let text = std::fs::read_to_string(format!("www/policies/{name}.json")).unwrap();
        let warnings = Engine::new(serde_json::from_str(&text).unwrap()).unwrap().warnings(None);
        assert!(warnings.is_empty(), "{name}: {warnings:#?}");
    }
}
