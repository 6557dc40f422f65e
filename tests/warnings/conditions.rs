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
