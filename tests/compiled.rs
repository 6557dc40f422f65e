//! A policy that was compiled decides as the one that was read; bytes that are no policy do no harm.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

extern crate querencia;

#[path = "vectors/run.rs"]
#[allow(dead_code, reason = "these tests need a part of it")]
mod run;

use querencia::Engine;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The policies of the vectors, each once, and the index of each vector's.
fn policies() -> Vec<(Engine, Vec<run::Vector>)> {
    let mut policies = BTreeMap::<String, (Engine, Vec<run::Vector>)>::new();
    for vector in run::vectors() {
        if let Ok(engine) = run::prepared(&vector).0 {
            // the host says the hash
            let engine = engine.with_fingerprint("00");
            policies.entry(vector.case["policy"].to_string()).or_insert((engine, Vec::new())).1.push(vector);
        }
    }
    policies.into_values().collect()
}

/// What a page is told, which is what the builds for pages answer.
fn decided(engine: &Engine, vector: &run::Vector) -> String {
    let mut request = vector.case["request"].clone();
    if let Value::Object(request) = &mut request {
        request.insert("explain".to_owned(), false.into());
    }
    let decision = engine.decide(run::tree(&request));
    decision.map_or_else(|why| format!("{why:?}"), |decision| serde_json::to_string(&decision).unwrap())
}

#[test]
fn a_compiled_policy_decides_the_same() {
    let mut asked = 0;
    for (engine, vectors) in policies() {
        let bytes = engine.compiled();
        let compiled = Engine::from_compiled(&bytes).expect("what was written can be read").with_fingerprint("00");
        assert!(compiled.compiled() == bytes, "what was read is written the same");
        for vector in vectors {
            let expected = decided(&engine, &vector);
            // who need not look at tiers takes fewer steps
            if !expected.contains("too-large") {
                assert_eq!(decided(&compiled, &vector), expected, "{}", vector.name());
            }
            asked += 1;
        }
    }
    assert!(asked > 2000, "{asked} vectors are too few to prove it");
}

/// A small source of numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn bytes_that_are_no_policy_do_no_harm() {
    let (policies, mut dice, mut refused) = (policies(), Dice(1), 0);
    let casa_lola = std::fs::read_to_string("www/policies/casa-lola.json").unwrap();
    let casa_lola = Engine::new(serde_json::from_str(&casa_lola).unwrap()).unwrap().compiled();
    for round in 0..10_000 {
        let mut bytes = match round % 4 {
            0 => casa_lola.clone(),
            _ => policies[dice.below(policies.len())].0.compiled(),
        };
        for _ in 0..=dice.below(3) {
            let place = dice.below(bytes.len());
            match dice.below(4) {
                0 => bytes.truncate(place.max(1)),
                1 => bytes[place] = 0xff,
                2 => bytes[place] ^= 1 << dice.below(8),
                _ => bytes.insert(place, u8::try_from(dice.below(256)).unwrap()),
            }
        }
        refused += u32::from(Engine::from_compiled(&bytes).is_none());
    }
    assert!(refused > 5_000, "only {refused} were refused");
}

/// Lists in lists, numbers without an end, lengths beyond the memory.
#[test]
fn no_bytes_take_the_stack_or_the_memory() {
    for byte in 0..=u8::MAX {
        assert!(Engine::from_compiled(&vec![byte; 1 << 16]).is_none(), "{byte}");
    }
    assert!(Engine::from_compiled(&[]).is_none());
}

/// A small policy with one thing more: a value at a path.
fn needs(path: &str, value: Value) -> Vec<&'static str> {
    let mut policy = json!({ "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
        "limits": [{ "id": "week", "max": 3, "per": "7d" }],
        "quietHours": [{ "from": "22:00", "to": "09:00" }],
        "phases": { "settle": "7d" },
        "offers": { "ten": { "percent": 10 }, "code": { "amount": 500, "personal": true, "validFor": "7d" } },
        "campaigns": [
            { "id": "thanks", "kind": "thankYou", "channel": "onsite", "placement": "thanks", "message": "m" },
            { "id": "birthday", "kind": "birthday", "channel": "onsite", "placement": "home", "message": "m", "offer": "ten" },
            { "id": "news", "kind": "announcement", "channel": "onsite", "placement": "home", "message": "m", "offer": "code",
              "event": "login", "from": "2026-12-01" }],
        "messages": { "m": { "es": [{ "body": "Hola, {givenName}" }] } } });
    let (parent, key) = path.rsplit_once('/').unwrap();
    match policy.pointer_mut(parent).unwrap() {
        Value::Array(list) => list.push(value),
        object => object[key] = value,
    }
    Engine::new(run::tree(&policy)).unwrap_or_else(|why| panic!("{path}: {why:?}")).features()
}

#[test]
fn a_policy_says_what_it_needs() {
    let campaign = |kind: &str, more: Value| {
        let mut campaign = json!({ "id": "x", "kind": kind, "channel": "onsite", "placement": "x", "message": "m" });
        campaign.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        campaign
    };
    let news = |key: &str, value: Value| campaign("announcement", json!({ key: value }));
    let table = [
        ("", "/$schema", json!("policy.schema.json")),
        ("", "/limits/-", json!({ "id": "month", "max": 1, "per": "month", "class": "promotional", "urgent": true })),
        ("conditions", "/campaigns/0/audience", json!({ "attributes.club": true })),
        ("conditions", "/segments", json!({ "club": { "attributes.club": true } })),
        ("conditions", "/limits/-", json!({ "id": "new", "max": 1, "per": "7d", "tier": "unknown" })),
        ("conditions", "/limits/-", json!({ "id": "new", "max": 1, "per": "7d", "when": { "attributes.club": true } })),
        ("facts", "/messages/m/es/-", json!({ "body": "{orders.count}" })),
        ("conditions facts", "/messages/m/es/-", json!({ "body": "{tier}" })),
        ("facts phases", "/messages/m/es/-", json!({ "body": "{phase}" })),
        ("conditions phases", "/campaigns/0/audience", json!({ "phase": "trust" })),
        ("catalogue", "/offers/sku", json!({ "percent": 5, "sku": "jug" })),
        ("catalogue", "/offers/free", json!({ "shipping": "free" })),
        ("catalogue", "/campaigns/-", news("suggest", json!({}))),
        ("catalogue", "/messages/p", json!({ "es": [{ "body": "x", "claims": [{ "stock": { "sku": "jug" } }] }] })),
        (
            "catalogue",
            "/messages/p",
            json!({ "es": [{ "body": "{product.name}", "claims": [{ "stock": { "sku": "jug" } }] }] }),
        ),
        ("kinds", "/campaigns/-", campaign("notFound", json!({}))),
        ("kinds", "/campaigns/-", campaign("cartReminder", json!({}))),
        ("kinds", "/campaigns/-", campaign("content", json!({}))),
        ("kinds", "/campaigns/-", campaign("winBack", json!({}))),
        ("kinds phases", "/campaigns/-", campaign("referral", json!({}))),
        ("digest", "/campaigns/0/disposition", json!("digest")),
        (
            "substitute",
            "/campaigns/-",
            campaign("announcement", json!({ "disposition": "substitute", "substitute": "news" })),
        ),
        ("care", "/care", json!({ "coolDown": "3d" })),
        ("calm", "/calm", json!({ "until": "3d" })),
        ("phases", "/phases/holdPromotions", json!(true)),
        ("relevance", "/campaigns/-", news("relevance", json!({ "affinity": "tea", "floor": 50 }))),
        ("holdout", "/holdout", json!({ "share": 0.1, "salt": "s" })),
        ("again", "/offers/ten/again", json!("90d")),
        ("spending", "/offers/ten/budget", json!({ "max": 5, "per": "month" })),
        ("spending", "/offers/ten/marginShare", json!(50)),
        ("draw kinds phases", "/campaigns/-", campaign("surprise", json!({ "share": 0.01 }))),
    ];
    let mut tested = BTreeSet::new();
    for (expected, path, value) in table {
        let mut found = needs(path, value.clone());
        found.sort_unstable();
        assert_eq!(found.join(" "), expected, "{path}: {value}");
        tested.extend(found);
    }
    let known = ["core", "page", "whole"].into_iter().flat_map(querencia::describe::features);
    assert_eq!(tested.into_iter().collect::<Vec<_>>(), known.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>());
    let starter = std::fs::read_to_string("www/policies/starter.json").unwrap();
    assert!(Engine::new(serde_json::from_str(&starter).unwrap()).unwrap().features().is_empty());
}
