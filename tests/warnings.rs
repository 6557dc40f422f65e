//! What a policy is warned of, and what it is not: each warning both ways.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

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
fn a_percentage_below_one() {
    expect(&["small-percent offers.o.percent"], offering(json!({ "percent": 0.1 }), json!({})));
    expect(&["small-percent offers.o.percent"], offering(json!({ "percent": 0.99 }), json!({})));
    expect(&[], offering(json!({ "percent": 1 }), json!({})));
    expect(
        &["small-percent campaigns[0].relevance.floor"],
        campaign(json!({ "relevance": { "affinity": "tea", "floor": 0.6 } })),
    );
    expect(&[], campaign(json!({ "relevance": { "affinity": "tea", "floor": 0 } })));
    expect(&[], campaign(json!({ "relevance": { "affinity": "tea", "floor": 60 } })));
    expect(&["small-percent campaigns[0].floor"], campaign(json!({ "kind": "topActivity", "floor": 0.95 })));
    let claimed = |percent: f64| {
        saying(
            json!({ "body": "Menos.", "statesSurcharge": true, "claims": [{ "reduction": { "sku": "jug", "percent": percent } }] }),
        )
    };
    expect(&["small-percent messages.m.es[0].claims[0].reduction.percent"], claimed(0.2));
    expect(&[], claimed(20.0));
}

#[test]
fn the_sentence_says_what_was_meant() {
    let tree: Tree = serde_json::from_value(policy(offering(json!({ "percent": 0.1 }), json!({})))).unwrap();
    let warnings = Engine::new(tree).unwrap().warnings(None);
    assert_eq!(warnings.first().unwrap().message, "0.1 is less than 1 %; write `10` for 10 %");
}

#[test]
fn a_code_that_no_offer_gives() {
    let code = |offer: Value| {
        let mut parts = offering(offer, json!({}));
        parts["messages"] = json!({ "m": { "es": [{ "body": "{offer.code}" }] } });
        parts
    };
    expect(&["missing-code offers.o.code"], code(json!({ "percent": 10 })));
    expect(&[], code(json!({ "percent": 10, "code": "OTONO" })));
    expect(&[], code(json!({ "percent": 10, "personal": true, "validFor": "14d" })));
    expect(&[], offering(json!({ "percent": 10 }), json!({})));
}

#[test]
fn a_message_for_people_with_a_name_alone() {
    expect(&["needs-name messages.m.es"], saying(json!({ "body": "Hola, {givenName}." })));
    expect(&["needs-name messages.m.es"], saying(json!({ "title": "{givenName}", "body": "Hola." })));
    expect(&[], json!({ "messages": { "m": { "es": [{ "body": "Hola, {givenName}." }, { "body": "Hola." }] } } }));
}

#[test]
fn what_means_something_else_than_it_seems_to_say() {
    let class = |class: &str, kind: &str| {
        offering(json!({ "percent": 10 }), json!({ "class": class, "kind": kind, "incidents": ["late"] }))
    };
    expect(&["misread campaigns[0].class"], class("service", "apology"));
    expect(&["misread campaigns[0].class"], class("relational", "apology"));
    expect(&[], class("promotional", "apology"));
    expect(&[], campaign(json!({ "class": "relational" })));
    for test in [
        json!({ "tier": { "$gte": "known" } }),
        json!({ "phase": { "$lt": "trust" } }),
        json!({ "tier": { "$not": { "$lt": "known" } } }),
        json!({ "$or": [{ "tier": { "$gt": "unknown" } }, { "country": "ES" }] }),
        json!({ "$not": { "tier": { "$lte": "known" } } }),
    ] {
        expect(&["misread campaigns[0].audience"], campaign(json!({ "audience": test })));
        expect(&["misread segments.s"], json!({ "segments": { "s": test } }));
        expect(&["misread limits[0].when"], json!({ "limits": [{ "id": "l", "max": 1, "per": "7d", "when": test }] }));
    }
    for test in [
        json!({ "tier": "known" }),
        json!({ "tier": { "$in": ["known", "advocate"] } }),
        json!({ "country": { "$gte": "ES" }, "orders.count": { "$gte": 3 } }),
    ] {
        expect(&[], campaign(json!({ "audience": test })));
    }
}

#[test]
fn conditions_of_nobody() {
    let never = json!({ "orders.count": { "$gt": 5, "$lt": 3 } });
    expect(&["never-speaks segments.s"], json!({ "segments": { "s": never } }));
    expect(&["never-speaks tiers.known"], json!({ "tiers": { "known": never } }));
    expect(
        &["never-speaks limits[0].when"],
        json!({ "limits": [{ "id": "l", "max": 1, "per": "7d", "when": { "$and": [{ "tier": "known" }, { "tier": "unknown" }] } }] }),
    );
    let some = json!({ "orders.count": { "$gt": 3, "$lt": 5 } });
    expect(&[], json!({ "segments": { "s": some }, "tiers": { "known": some } }));
    expect(&[], json!({ "limits": [{ "id": "l", "max": 1, "per": "7d", "when": some }] }));
}

#[test]
fn what_is_over() {
    let over = |until: &str| campaign(json!({ "until": until }));
    expect(&["over campaigns[0].until"], over("2026-05-10"));
    // the day is over in Kiritimati, and not yet on Baker Island
    expect(&[], over("2026-05-12"));
    expect(&[], over("2026-06-01"));
    assert_eq!(warned_at(&over("2020-01-01"), None), [] as [&str; 0], "without a clock nothing is over");
    expect(&["over offers.o.until"], offering(json!({ "percent": 10, "until": "2026-05-12T09:59:59Z" }), json!({})));
    expect(&["over offers.o.until"], offering(json!({ "percent": 10, "until": "2026-05-01" }), json!({})));
    expect(&[], offering(json!({ "percent": 10, "until": "2026-05-12T10:00:01Z" }), json!({})));
}

#[test]
fn numbers_that_block_everything() {
    let limit = |max: u32| json!({ "limits": [{ "id": "l", "max": max, "per": "7d" }] });
    expect(&["blocks-all limits[0].max"], limit(0));
    expect(&[], limit(1));
    expect(&["blocks-all arbitration.contacts"], json!({ "arbitration": { "contacts": 0 } }));
    expect(&[], json!({ "arbitration": { "contacts": 1 } }));
    expect(&["blocks-all holdout.share"], json!({ "holdout": { "share": 1, "salt": "s" } }));
    expect(&[], json!({ "holdout": { "share": 0.1, "salt": "s" } }));
    expect(
        &["blocks-all calm.balance.promotions"],
        json!({ "calm": { "balance": { "promotions": 0, "per": "30d" } } }),
    );
    let hours = |to: &str| json!({ "quietHours": [{ "from": "00:00", "to": to }] });
    expect(&["blocks-all quietHours[0].to"], hours("24:00"));
    expect(&[], hours("23:00"));
    expect(&[], json!({ "quietHours": [{ "from": "00:00", "to": "24:00", "days": ["sun"] }] }));
    expect(
        &["blocks-all offers.o.budget.max"],
        offering(json!({ "percent": 10, "budget": { "max": 0, "per": "month" } }), json!({})),
    );
    expect(&[], offering(json!({ "percent": 10, "budget": { "max": 5, "per": "month" } }), json!({})));
    expect(&["blocks-all offers.o.amount"], offering(json!({ "amount": 0 }), json!({})));
    expect(&["blocks-all offers.o.to"], offering(json!({ "percent": 10, "to": [] }), json!({})));
}

#[test]
fn html_in_a_text() {
    for text in [
        "<b>Hola</b>",
        "Hola<br>",
        "Hola<br/>",
        "</p>",
        "<!-- x -->",
        "Aceite &nbsp;",
        "pan &amp; aceite",
        "5 &#8364;",
        "<a href=\"/x\">aquí</a>",
    ] {
        expect(&["markup messages.m.es[0].body"], saying(json!({ "body": text })));
    }
    for text in ["Hola <3", "menos de 5 < 6 y 7 > 6", "pan & aceite", "<", "a <", "¿<?", "AT&T"] {
        expect(&[], saying(json!({ "body": text })));
    }
    expect(
        &["markup messages.m.es[0].title", "markup messages.m.es[0].benefit", "markup messages.m.es[0].action.label"],
        saying(
            json!({ "title": "<i>x</i>", "body": "Hola.", "benefit": "<i>x</i>", "action": { "label": "<b>Ver</b>", "to": "/x" } }),
        ),
    );
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
fn a_link_without_a_page() {
    let mail = |to: &str| {
        let mut parts = campaign(json!({ "channel": "email" }));
        parts["messages"] = json!({ "m": { "es": [{ "body": "Hola.", "action": { "label": "Ver", "to": to } }] } });
        parts
    };
    expect(&["relative-address messages.m.es[0].action.to"], mail("/cesta"));
    expect(&[], mail("https://casalola.example/cesta"));
    expect(&[], saying(json!({ "body": "Hola.", "action": { "label": "Ver", "to": "/cesta" } })));
}

#[test]
fn an_audience_of_nobody() {
    let audience = |audience: Value| campaign(json!({ "audience": audience }));
    for nobody in [
        json!({ "orders.count": { "$gt": 3, "$lt": 2 } }),
        json!({ "orders.count": { "$gte": 1 }, "$and": [{ "orders.count": 0 }] }),
        json!({ "orders.count": { "$lt": 0 } }),
        json!({ "tier": { "$in": ["known"], "$ne": "known" } }),
        json!({ "tier": { "$nin": ["unknown", "known", "advocate"] } }),
        json!({ "$and": [{ "phase": "trust" }, { "phase": "letdown" }] }),
        json!({ "country": "ES", "$and": [{ "country": "PT" }] }),
        json!({ "ratings.last": { "$gt": 10 } }),
        json!({ "families": "tea" }),
        json!({ "skus": { "$eq": "jug" } }),
    ] {
        expect(&["never-speaks campaigns[0].audience"], audience(nobody));
    }
    for somebody in [
        json!({ "orders.count": { "$gt": 2, "$lt": 4 } }),
        json!({ "orders.average": { "$gt": 2, "$lt": 3 } }),
        json!({ "orders.count": 0 }),
        json!({ "orders.margin": { "$lt": 0 } }),
        json!({ "tier": { "$ne": "unknown" } }),
        json!({ "families": { "$in": ["tea"] }, "$and": [{ "families": { "$in": ["coffee"] } }] }),
        json!({ "postcode": " es-35001" }),
        json!({ "attributes.a": { "$lt": 0 } }),
        json!({ "daysSince.order": { "$exists": false } }),
        json!({ "daysSince.order": { "$not": { "$lt": 30 } } }),
        json!({ "country": { "$ne": "ES" } }),
        json!({ "ratings.last": 10 }),
        json!({ "promoter": true }),
        json!({ "$or": [{ "country": "ES" }, { "country": "PT" }] }),
        json!({}),
    ] {
        expect(&[], audience(somebody));
    }
    expect(
        &["never-speaks campaigns[0].audience"],
        campaign(json!({ "kind": "referral", "audience": { "phase": "trust" } })),
    );
    expect(&[], campaign(json!({ "kind": "referral", "audience": { "phase": "identification" } })));
    expect(
        &["never-speaks campaigns[0].audience"],
        campaign(json!({ "channel": "email", "audience": { "consent.email": false } })),
    );
    expect(&[], campaign(json!({ "channel": "email", "audience": { "consent.email": true } })));
    expect(&[], campaign(json!({ "audience": { "consent.email": false } })));
}

#[test]
fn a_campaign_that_can_never_speak() {
    let dated = |offer: Value, fields: Value| offering(offer, fields);
    let early = json!({ "percent": 10, "until": "2026-06-01" });
    expect(&["never-speaks campaigns[0].offer"], dated(early.clone(), json!({ "from": "2026-06-02" })));
    expect(&[], dated(early, json!({ "from": "2026-06-01" })));
    let late = json!({ "percent": 10, "from": "2026-07-01" });
    expect(&["never-speaks campaigns[0].offer"], dated(late.clone(), json!({ "until": "2026-06-30" })));
    expect(&[], dated(late, json!({ "until": "2026-07-01" })));
    let instant = json!({ "percent": 10, "until": "2026-06-01T10:00:00Z" });
    expect(&["never-speaks campaigns[0].offer"], dated(instant.clone(), json!({ "from": "2026-06-03" })));
    expect(&[], dated(instant, json!({ "from": "2026-06-01" })));
    expect(&["never-speaks campaigns[0].share"], campaign(json!({ "kind": "surprise", "share": 0 })));
    expect(&[], campaign(json!({ "kind": "surprise", "share": 0.01 })));
    expect(&["never-speaks campaigns[0].families"], campaign(json!({ "kind": "survey", "families": [] })));
    expect(&[], campaign(json!({ "kind": "survey", "families": ["tea"] })));
    expect(&["never-speaks campaigns[0].suggest.families"], campaign(json!({ "suggest": { "families": [] } })));
    expect(&["never-speaks campaigns[0].incidents"], campaign(json!({ "kind": "apology", "incidents": [] })));
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
