//! Conditions and campaigns that are for nobody, or mean something else than they seem to say.

use super::{campaign, expect, offering};
use serde_json::{Value, json};

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
fn parts_that_are_accepted_and_mean_something_else() {
    for (condition, path) in [
        (json!({ "$and": { "tier": "known" } }), "$and"),
        (json!({ "$or": 5 }), "$or"),
        (json!({ "$nor": {} }), "$nor"),
        (json!({ "$not": { "$and": {} } }), "$not.$and"),
        (json!({ "$or": [{ "country": "ES" }, { "$and": {} }] }), "$or[1].$and"),
        (json!({ "event.sku": { "$in": "jug" } }), "event.sku.$in"),
        (json!({ "attributes.club": { "$nin": "gold" } }), "attributes.club.$nin"),
        (json!({ "attributes.club": { "$not": { "$in": "gold" } } }), "attributes.club.$not.$in"),
        (json!({ "attributes.club": { "$exists": "true" } }), "attributes.club.$exists"),
        (json!({ "attributes.club": { "$type": 5 } }), "attributes.club.$type"),
        (json!({ "event": "purchase" }), "event"),
        (json!({ "families": { "$gte": 3 } }), "families.$gte"),
        (json!({ "attributes.list": { "$elemMatch": { ">": 3 } } }), "attributes.list.$elemMatch.>"),
        (json!({ "attributes.list": { "$elemMatch": { "gte": 3 } } }), "attributes.list.$elemMatch.gte"),
        (json!({ "attributes.list": { "$elemMatch": { "n": { "in": [3] } } } }), "attributes.list.$elemMatch.n.in"),
        (json!({ "attributes.list": { "$elemMatch": 3 } }), "attributes.list.$elemMatch"),
        (json!({ "attributes.n": { "gte": 3 } }), "attributes.n.gte"),
    ] {
        expect(&[&format!("misread segments.s.{path}")], json!({ "segments": { "s": condition } }));
        expect(&[&format!("misread campaigns[0].audience.{path}")], campaign(json!({ "audience": condition })));
    }
    for condition in [
        json!({ "$and": [{ "country": "ES" }], "$or": [], "$nor": [{ "country": "PT" }] }),
        json!({ "event.name": { "$in": ["purchase"] }, "attributes.club": { "$exists": true, "$type": "string" } }),
        json!({ "families": { "$size": { "$gte": 3 } }, "attributes.list": { "$elemMatch": { "$gt": 3 } } }),
        json!({ "attributes.list": { "$elemMatch": { "name": { "$eq": "a" } } }, "attributes.n": { "size": 3 } }),
    ] {
        let warned = super::warned_at(&json!({ "segments": { "s": condition } }), None);
        let expected: &[&str] =
            if condition["attributes.n"].is_object() { &["misread segments.s.attributes.n.size"] } else { &[] };
        assert_eq!(warned, expected, "{condition}");
    }
}

#[test]
fn an_audience_to_whom_the_campaign_never_speaks() {
    let never = |parts: Value| expect(&["never-speaks campaigns[0].audience"], parts);
    let with = |key: &str, value: Value, fields: Value| {
        let mut parts = campaign(fields);
        parts[key] = value;
        parts
    };
    never(campaign(json!({ "event": "view_item", "audience": { "event.name": "purchase" } })));
    never(campaign(json!({ "kind": "notFound", "audience": { "event.name": "no_results" } })));
    never(campaign(json!({ "audience": { "$and": [{ "event.name": "a" }, { "event.name": "b" }] } })));
    never(campaign(json!({ "audience": { "consent.onsite": false } })));
    never(campaign(json!({ "kind": "thankYou", "channel": "email", "audience": { "consent.email": false } })));
    never(campaign(json!({ "kind": "thankYou", "audience": { "orders.count": 0 } })));
    never(campaign(json!({ "kind": "referral", "audience": { "orders.good": 1 } })));
    never(campaign(json!({ "kind": "referral", "audience": { "promoter": false } })));
    never(campaign(json!({ "audience": { "orders.count": 1.5 } })));
    never(campaign(json!({ "audience": { "orders.count": { "$exists": false } } })));
    let care = json!({ "coolDown": "3d" });
    never(with("care", care.clone(), json!({ "audience": { "cases.open": { "$gte": 1 } } })));
    expect(&[], with("care", care, json!({ "class": "relational", "audience": { "cases.open": { "$gte": 1 } } })));
    let holds = json!({ "holdPromotions": true });
    never(with("phases", holds.clone(), json!({ "audience": { "phase": "letdown" } })));
    expect(&[], with("phases", holds, json!({ "class": "relational", "audience": { "phase": "letdown" } })));
    expect(&[], campaign(json!({ "audience": { "phase": "letdown", "cases.open": { "$gte": 1 } } })));
    expect(&[], campaign(json!({ "kind": "thankYou", "audience": { "orders.count": 1 } })));
    expect(&[], campaign(json!({ "event": "view_item", "audience": { "event.name": "view_item" } })));
    expect(&[], campaign(json!({ "audience": { "consent.onsite": true, "event.sku": "a" } })));
    let calm = json!({ "until": "3d" });
    let purchase = json!({ "event": "purchase" });
    expect(&["never-speaks campaigns[0].event"], with("calm", calm.clone(), purchase.clone()));
    expect(&[], with("calm", calm, json!({ "event": "purchase", "class": "relational" })));
    expect(&[], campaign(purchase));
}

/// A search for what can never hold grew with the cube of the number of tests.
#[test]
fn a_long_condition_is_not_searched_for_ever() {
    let list: Vec<Value> = (0..20_000).map(|n| json!({ "postcode": { "$ne": n.to_string() } })).collect();
    expect(&[], campaign(json!({ "audience": { "$and": list } })));
    let many: Vec<Value> = (0..20_000).map(|n| json!({ format!("affinity.a{n}"): { "$gte": 10 } })).collect();
    expect(&[], campaign(json!({ "audience": { "$and": many } })));
}
