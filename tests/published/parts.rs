//! What is published of a policy, and what is not.

use super::querencia::Tree;
use super::querencia::publish::{Published, publish};
use serde_json::{Value, json};

fn read(value: &Value) -> Tree {
    serde_json::from_value(value.clone()).unwrap()
}

fn policy(more: Value) -> Value {
    let mut policy = json!({
        "$schema": "./policy.schema.json", "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "country": "ES", "zone": "Europe/Madrid", "locales": ["es-ES", "en"] },
        "campaigns": [{ "id": "page", "kind": "announcement", "channel": "onsite", "placement": "top", "message": "hello", "weight": 0 }],
        "messages": { "hello": { "es-ES": [{ "body": "Hola" }], "en": [{ "body": "Hello", "humour": false }] } },
    });
    policy.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    policy
}

fn published(policy: &Value, locale: Option<&str>) -> (Value, Published) {
    let published = publish(read(policy), locale).unwrap();
    (serde_json::to_value(&published.policy).unwrap(), published)
}

fn campaign(id: &str, more: Value) -> Value {
    let mut campaign =
        json!({ "id": id, "kind": "announcement", "channel": "onsite", "placement": "top", "message": "hello" });
    campaign.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    campaign
}

#[test]
fn defaults_the_schema_and_other_locales_are_left_out() {
    let (part, _) = published(
        &policy(json!({ "arbitration": { "contacts": 1 }, "holdout": { "share": 0, "salt": "s" } })),
        Some("en"),
    );
    let expected = json!({
        "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "country": "ES", "zone": "Europe/Madrid", "locales": ["en"] },
        "campaigns": [{ "id": "page", "kind": "announcement", "channel": "onsite", "placement": "top", "message": "hello" }],
        "messages": { "hello": { "en": [{ "body": "Hello" }] } },
        "elsewhere": [],
    });
    assert_eq!(part, expected);
}

#[test]
fn a_message_without_the_locale_keeps_the_shops_own() {
    let (part, _) =
        published(&policy(json!({ "messages": { "hello": { "es-ES": [{ "body": "Hola" }] } } })), Some("en"));
    assert_eq!(part["messages"], json!({ "hello": { "es-ES": [{ "body": "Hola" }] } }));
    assert_eq!(part["shop"]["locales"], json!(["en", "es-ES"]));
}

/// Each reason, the campaign that gives the offer, and the sentence about it.
#[test]
fn what_only_the_shop_should_know_is_left_out_and_told() {
    let offers = [
        (json!({ "percent": 10, "marginShare": 50 }), Some("`marginShare` shows the shop's margins")),
        (json!({ "shipping": "free", "cost": 490 }), Some("`cost` shows what the shop pays")),
        (json!({ "percent": 10, "budget": { "max": 5, "per": "month" } }), Some("`budget` is counted by the server")),
        (
            json!({ "percent": 10, "code": "TEN", "again": "90d" }),
            Some(
                "a page shows `code` to everybody and holds nobody to `again`; set `enforced` if the shop's platform does",
            ),
        ),
        (json!({ "percent": 10, "code": "TEN", "again": "90d", "enforced": true }), None),
        (json!({ "percent": 10, "code": "TEN" }), None),
        (json!({ "percent": 10, "personal": true, "validFor": "7d", "again": "90d" }), None),
    ];
    for (offer, why) in offers {
        let whole =
            policy(json!({ "offers": { "ten": offer }, "campaigns": [campaign("gift", json!({ "offer": "ten" }))] }));
        let (part, Published { left_out, .. }) = published(&whole, None);
        let told: Vec<_> = left_out.iter().map(|one| (one.path.as_str(), one.why.as_str())).collect();
        match why {
            Some(why) => {
                let of_campaign = ("campaigns[0]", "its offer `ten` is left out");
                assert_eq!(
                    told,
                    [("offers.ten", why), of_campaign, ("messages.hello", "no published campaign says it")]
                );
                assert_eq!((&part["offers"], &part["campaigns"]), (&Value::Null, &json!([])));
            }
            None => assert_eq!((told.len(), part["offers"]["ten"]["percent"].as_i64()), (0, Some(10)), "{told:?}"),
        }
    }
}

#[test]
fn draws_other_channels_and_what_they_alone_need_are_left_out() {
    let whole = policy(json!({
        "tiers": { "known": { "orders.count": 1 } },
        "care": { "replyWithin": "5h", "lowScore": 6 },
        "segments": { "vip": { "orders.value": { "$gte": 90000 } }, "far": { "country": "PT" } },
        "limits": [
            { "id": "mail", "max": 1, "per": "7d", "channel": "email" },
            { "id": "day", "max": 1, "per": "7d" },
            { "id": "both", "max": 1, "per": "7d", "campaign": ["page", "mail"] },
        ],
        "quietHours": [{ "from": "22:00", "to": "09:00" }, { "from": "14:00", "to": "16:00", "channels": ["onsite", "email"] }],
        "campaigns": [
            campaign("page", json!({ "audience": { "segments": { "$in": ["far"] } } })),
            campaign("mail", json!({ "channel": "email", "audience": { "segments": { "$in": ["vip"] } } })),
            campaign("draw", json!({ "kind": "surprise", "share": 0.1 })),
            campaign("later", json!({ "paused": true })),
            campaign("survey", json!({ "kind": "survey" })),
            campaign("survey-mail", json!({ "kind": "survey", "channel": "email" })),
        ],
    }));
    let (part, Published { left_out, shown, .. }) = published(&whole, Some("es-ES"));
    let ids: Vec<_> = part["campaigns"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["page", "survey"]);
    assert_eq!(part["elsewhere"], json!([{ "id": "mail" }, { "id": "survey-mail", "kind": "survey" }]));
    assert_eq!(part["segments"], json!({ "far": { "country": "PT" } }));
    assert_eq!(part["care"], json!({ "lowScore": 6 }));
    assert_eq!(part["quietHours"], json!([{ "from": "14:00", "to": "16:00", "channels": ["onsite"] }]));
    assert_eq!(part["limits"].as_array().unwrap().len(), 2);
    let paths: Vec<_> = left_out.iter().map(|one| one.path.as_str()).collect();
    let expected = [
        "tiers",
        "limits[0]",
        "quietHours[0]",
        "care.replyWithin",
        "segments.vip",
        "campaigns[1]",
        "campaigns[2]",
        "campaigns[3]",
        "campaigns[5]",
    ];
    assert_eq!(paths, expected);
    assert_eq!(
        shown,
        [
            "care.lowScore",
            "limits[1]",
            "limits[2]",
            "quietHours[1]",
            "segments.far",
            "campaigns[0].audience",
            "campaigns[1].id",
            "campaigns[5].id"
        ]
    );
}

/// Presents that were told of it before are had still, so it is in the part.
#[test]
fn the_message_of_a_paused_campaign_with_an_offer_is_told() {
    let sale = campaign("sale", json!({ "paused": true, "offer": "half" }));
    let whole = policy(json!({ "offers": { "half": { "percent": 50, "code": "BF50" } }, "campaigns": [sale] }));
    let Published { shown, .. } = published(&whole, None).1;
    assert_eq!(shown, ["offers.half.code", "campaigns[0].message"]);
}

/// The paths of the numbers below a value, with the whole policy's indices.
fn numbers(part: &Value, path: &str, whole: &Value, found: &mut Vec<String>) {
    match part {
        Value::Number(_) => found.push(path.to_owned()),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            numbers(value, &path, &whole[key], found);
        }),
        Value::Array(list) => list.iter().enumerate().for_each(|(index, value)| {
            let same = |other: &Value| value.get("id").is_some_and(|id| other.get("id") == Some(id));
            let index = whole.as_array().and_then(|all| all.iter().position(same)).unwrap_or(index);
            numbers(value, &format!("{path}[{index}]"), &whole[index], found);
        }),
        _ => {}
    }
}

#[test]
fn every_number_that_can_be_read_is_told() {
    // the amounts of offers are what their messages promise
    let said = |path: &str| {
        let field = path.split('.').nth(2).unwrap_or_default();
        path == "querencia" || path.starts_with("messages.") || matches!(field, "percent" | "amount" | "minimum")
    };
    for text in [include_str!("../../www/policies/casa-lola.json"), include_str!("../../www/policies/starter.json")] {
        let whole: Value = serde_json::from_str(text).unwrap();
        let (part, Published { shown, .. }) = published(&whole, Some("es-ES"));
        let mut found = Vec::new();
        numbers(&part, "", &whole, &mut found);
        let is_told = |path: &String| shown.iter().any(|told| path.starts_with(told.as_str())) || said(path);
        let untold: Vec<_> = found.iter().filter(|path| !is_told(path)).collect();
        assert!(untold.is_empty() && found.len() > 1, "{untold:?}");
    }
}

/// The dialog lets a customer choose among them.
#[test]
fn every_topic_stays_known() {
    let of = |id: &str, channel: &str, topic: &str| campaign(id, json!({ "channel": channel, "topic": topic }));
    let mail = [of("a", "email", "tea"), of("b", "email", "clay"), of("c", "post", "clay")];
    let whole = policy(json!({ "campaigns": [of("page", "onsite", "tea"), mail[0], mail[1], mail[2]] }));
    assert_eq!(published(&whole, None).0["elsewhere"], json!([{ "id": "b", "topic": "clay" }]));
}

#[test]
fn a_limit_on_a_topic_knows_the_campaigns_of_other_channels() {
    let of = |id: &str, channel: &str, topic: &str| campaign(id, json!({ "channel": channel, "topic": topic }));
    let whole = policy(json!({
        "limits": [{ "id": "tea", "max": 1, "per": "7d", "topic": "tea" }],
        "campaigns": [of("page", "onsite", "tea"), of("mail", "email", "tea"), of("push", "push", "tea")],
    }));
    let (part, _) = published(&whole, None);
    assert_eq!(part["elsewhere"], json!([{ "id": "mail", "topic": "tea" }, { "id": "push", "topic": "tea" }]));
}

#[test]
fn what_stands_in_only_for_what_is_left_out_is_left_out() {
    let (part, _) = published(
        &policy(json!({ "campaigns": [
            campaign("mail", json!({ "channel": "email", "disposition": "substitute", "substitute": "page" })),
            campaign("page", json!({})),
            campaign("own", json!({ "disposition": "substitute", "substitute": "mail" })),
        ] })),
        None,
    );
    assert_eq!(part["campaigns"], json!([campaign("own", json!({}))]));
}

#[test]
fn a_part_is_not_published_again() {
    let whole = policy(json!({}));
    let (part, _) = published(&whole, None);
    let problems = publish(read(&part), None).unwrap_err();
    assert_eq!((problems[0].code, problems[0].path.as_str()), ("not-allowed", "elsewhere"));
    assert!(publish(read(&policy(json!({ "shop": null }))), None).is_err());
}

/// The rows of some campaigns.
fn rows(more: Value) -> Value {
    let rows: Tree = published(&policy(more), None).1.rows.into_iter().collect();
    json!(rows)
}

#[test]
fn a_row_says_where_and_when_something_may_be_said() {
    let day = 86_400_000_i64;
    let december = 1_796_083_200_000_i64;
    let dated = campaign("xmas", json!({ "from": "2026-12-01", "until": "2026-12-24", "event": "login" }));
    assert_eq!(
        rows(json!({ "campaigns": [dated] })),
        json!([{ "placement": "top", "event": "login", "from": december - day, "until": december + 25 * day }])
    );
    // one row for each event of the kind; nothing of the customer is needed
    assert_eq!(
        rows(json!({ "campaigns": [campaign("lost", json!({ "kind": "helpPrompt" }))] })),
        json!([{ "placement": "top", "event": "no_results" }, { "placement": "top", "event": "lost" }])
    );
    assert_eq!(
        rows(json!({ "campaigns": [campaign("cake", json!({ "kind": "birthday" }))] })),
        json!([{ "placement": "top", "customer": true }])
    );
    // a row that another covers is none
    let (anybody, known) = (campaign("all", json!({})), campaign("cake", json!({ "kind": "birthday" })));
    assert_eq!(rows(json!({ "campaigns": [known, anybody] })), json!([{ "placement": "top" }]));
    assert_eq!(rows(json!({ "campaigns": [campaign("later", json!({ "paused": true }))] })), json!([]));
}

#[test]
fn an_audience_that_excludes_whoever_is_not_known_needs_the_customer() {
    let needs = |audience: Value| {
        let segments = json!({ "vip": { "orders.count": { "$gte": 5 } }, "reader": { "locale": "en" } });
        let rows = rows(json!({ "segments": segments, "campaigns": [campaign("a", json!({ "audience": audience }))] }));
        rows[0]["customer"] == true
    };
    for audience in [
        json!({ "orders.count": { "$gte": 1 } }),
        json!({ "tier": "known" }),
        json!({ "segments": { "$in": ["vip"] } }),
        json!({ "attributes.club": "gold", "event.name": "login" }),
        json!({ "$or": [{ "orders.count": 2 }, { "cart.count": { "$gt": 0 } }] }),
        json!({ "$nor": [{ "orders.count": 0 }] }),
    ] {
        assert!(needs(audience.clone()), "{audience}");
    }
    for audience in [
        json!({ "orders.count": 0 }),
        json!({ "tier": "unknown" }),
        json!({ "event.value": 5 }),
        json!({ "contacts.a.count": { "$gte": 1 } }),
        json!({ "segments": { "$in": ["reader"] } }),
        json!({ "segments": { "$nin": ["vip"] } }),
        json!({ "$or": [{ "orders.count": 2 }, { "language": "es" }] }),
        json!({ "consent.email": true }),
    ] {
        assert!(!needs(audience.clone()), "{audience}");
    }
}

/// Which files there are, and by which further names a page finds them.
#[test]
fn every_reader_finds_the_file_that_the_engine_would_read() {
    let of = |shop: &[&str], messages: &[&str]| {
        let variants = |tag: &&str| ((*tag).to_owned(), json!([{ "body": "Hola" }]));
        let hello: serde_json::Map<_, _> = messages.iter().map(variants).collect();
        let mut whole = policy(json!({ "messages": { "hello": hello } }));
        whole["shop"]["locales"] = json!(shop);
        let published = published(&whole, None).1;
        (json!(published.locales), json!(published.readers.into_iter().collect::<Vec<_>>()))
    };
    let cases = [
        (&["es-ES", "en"][..], &["es-ES", "en"][..], json!(["es-ES", "en"]), json!([])),
        (&["es-ES", "es"], &["es-ES", "es"], json!(["es-ES", "es"]), json!([])),
        (&["es-ES"], &["es"], json!(["es-ES"]), json!([])),
        // written in a locale that the shop does not name
        (&["es-ES"], &["es-ES", "fr"], json!(["es-ES", "fr"]), json!([])),
        (&["en", "nb"], &["en", "nb"], json!(["en", "nb"]), json!([["no", "nb"]])),
        (&["en", "iw"], &["en", "iw"], json!(["en", "iw"]), json!([["he", "iw"]])),
        (
            &["zh-Hans", "zh-Hant"],
            &["zh-Hans", "zh-Hant"],
            json!(["zh-Hans", "zh-Hant"]),
            json!([["zh-TW", "zh-Hant"], ["zh-HK", "zh-Hant"], ["zh-MO", "zh-Hant"]]),
        ),
    ];
    for (shop, messages, locales, readers) in cases {
        assert_eq!(of(shop, messages), (locales, readers), "{shop:?}, {messages:?}");
    }
}
