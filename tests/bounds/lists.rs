//! Each list and map at its largest.

use crate::{Asked, HANGS, HOUR, MINUTE, NOW, announcements, list, orders, outcome, policy, tree, with};
use cpu_time::ThreadTime;
use querencia::Engine;
use serde_json::{Value, json};

fn messages(count: i64, body: &str) -> Value {
    (0..count)
        .map(|index| (format!("m{index}"), json!({ "es": [{ "body": body }] })))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

#[test]
fn policies_that_are_long_to_read() {
    let ids = list(150, |index| json!(format!("c{index}")));
    let limits = list(900, |index| json!({ "id": format!("l{index}"), "max": 1, "per": "7d", "campaign": ids }));
    Asked::of(policy(json!({ "limits": limits, "campaigns": announcements(1_000, |_| json!({})) })))
        .is_answered_or_refused("900 limits of 150 campaigns");

    let named = announcements(1_000, |index| json!({ "message": format!("m{index}") }));
    Asked::of(policy(json!({ "campaigns": named, "messages": messages(20_000, "Hola") })))
        .is_answered_or_refused("20,000 messages");

    let offers: serde_json::Map<_, _> =
        (0..20_000).map(|index| (format!("o{index}"), json!({ "percent": 9 }))).collect();
    let giving = announcements(1_000, |index| json!({ "offer": format!("o{}", 19_999 - index) }));
    Asked::of(policy(json!({ "campaigns": giving, "offers": offers }))).is_answered_or_refused("20,000 offers");

    let offers: serde_json::Map<_, _> =
        (0..1_000).map(|index| (format!("o{index}"), json!({ "percent": 9, "acquisition": index > 0 }))).collect();
    let audience = list(10, |index| json!({ "orders.count": { "$lt": 1 + index } }));
    let giving =
        announcements(1_000, |index| json!({ "offer": format!("o{}", 999 - index), "audience": { "$or": audience } }));
    Asked::of(policy(json!({ "campaigns": giving, "offers": offers })))
        .is_answered_or_refused("1,000 offers for new customers");

    let numbers = list(50_000, |index| json!(2 * index));
    let offers = json!({ "o": { "percent": 9, "acquisition": true }, "p": { "percent": 9 } });
    let giving = announcements(
        2,
        |index| json!({ "offer": if index == 0 { "o" } else { "p" }, "audience": { "orders.count": { "$nin": numbers } } }),
    );
    Asked::of(policy(json!({ "campaigns": giving, "offers": offers })))
        .is_answered_or_refused("$nin of 50,000 numbers");
    let asking = announcements(1, |_| json!({ "audience": { "orders.count": { "$in": numbers } } }));
    Asked::of(policy(json!({ "campaigns": asking }))).is_answered_or_refused("$in of 50,000 numbers");

    let tests = list(20_000, |index| json!({ "orders.count": { "$gt": index } }));
    let asking = announcements(1, |_| json!({ "audience": { "$and": tests } }));
    Asked::of(policy(json!({ "campaigns": asking }))).is_answered_or_refused("20,000 tests of one fact");

    let names: Vec<String> = (0..10_000).map(|index| format!("s{index}")).collect();
    let segments: serde_json::Map<_, _> =
        names.iter().map(|name| (name.clone(), json!({ "orders.count": 1 }))).collect();
    let twice = [names.clone(), names].concat();
    let asking = announcements(1, |_| json!({ "audience": { "segments": { "$in": twice } } }));
    Asked::of(policy(json!({ "campaigns": asking, "segments": segments })))
        .is_answered_or_refused("10,000 segments named");

    let naming = announcements(200, |index| json!({ "message": format!("x{index}abcdefghijklmnopqrstuvwxyz") }));
    let policy_of_typos = policy(json!({ "campaigns": naming, "messages": messages(20_000, "Hola") }));
    let start = ThreadTime::now();
    let problems = Engine::new(tree(&policy_of_typos)).unwrap_err();
    println!("typos: {:?} {}", start.elapsed(), problems.len());

    let body = "{givenName}".repeat(370);
    let bodies = list(200, |_| json!({ "body": body }));
    Asked::of(policy(
        json!({ "campaigns": announcements(1_000, |_| json!({})), "messages": { "m": { "es": bodies } } }),
    ))
    .is_answered_or_refused("1,000 campaigns of a message that inserts 70,000 parameters");
}

fn catalog(count: i64, more: impl Fn(i64) -> Value) -> Value {
    list(count, |index| {
        with(json!({ "sku": format!("s{index}"), "family": format!("f{}", index % 500), "price": 2490 }), more(index))
    })
}

#[test]
fn presents_that_stand_beside_each_other() {
    let offers = json!({ "o": { "percent": 9, "again": "1d", "validFor": "400d" } });
    let inserts = list(
        30,
        |index| json!({ "id": format!("c{index}"), "kind": "parcelInsert", "channel": "post", "message": "m", "offer": "o" }),
    );
    let packed = list(5_000, |index| json!({ "id": format!("o{index}"), "at": NOW - index * MINUTE }));
    Asked::of(policy(json!({ "offers": offers, "campaigns": inserts })))
        .customer(json!({ "orders": packed }))
        .is_answered_or_refused("30 presents for each of 5,000 orders");

    let sorry = list(
        300,
        |index| json!({ "id": format!("c{index}"), "kind": "apology", "channel": "email", "message": "m", "offer": format!("o{index}") }),
    );
    let offers_of_sorry: serde_json::Map<_, _> =
        (0..300).map(|index| (format!("o{index}"), json!({ "percent": 9, "again": "1d" }))).collect();
    let late = list(
        5_000,
        |index| json!({ "id": format!("o{index}"), "at": NOW - index * MINUTE, "incidents": [{ "kind": "late", "at": NOW - index * MINUTE }] }),
    );
    Asked::of(policy(json!({ "offers": offers_of_sorry, "campaigns": sorry })))
        .customer(json!({ "orders": late }))
        .is_answered_or_refused("300 presents for each of 5,000 incidents");

    let news = announcements(100, |_| json!({ "offer": "o" }));
    let told = list(20_000, |index| {
        json!({ "id": format!("r{index}"), "campaign": format!("c{}", index % 100), "class": "promotional", "channel": "onsite",
                "at": NOW - index * MINUTE, "state": "delivered", "offer": "o", "occurrence": format!("x{index}") })
    });
    Asked::of(policy(json!({ "offers": offers, "campaigns": news })))
        .ledger(told)
        .is_answered_or_refused("20,000 presents that were told");
}

#[test]
fn objects_with_sixty_thousand_keys() {
    let object = |keys: &mut dyn Iterator<Item = i64>| -> Value {
        keys.map(|index| (format!("k{index}"), json!(index))).collect::<serde_json::Map<_, _>>().into()
    };
    let audience = json!({ "attributes.x": object(&mut (0..60_000)) });
    Asked::of(policy(json!({ "campaigns": announcements(1, |_| json!({ "audience": audience })) })))
        .customer(json!({ "attributes": { "x": object(&mut (0..60_000).rev()) } }))
        .is_answered_or_refused("an object of 60,000 keys that equals one in another order");
}

#[test]
fn a_thousand_campaigns_that_ask_of_a_hundred_thousand_searches() {
    let campaigns = announcements(1_000, |index| json!({ "audience": { "searches": { "$size": { "$gt": index } } } }));
    Asked::of(policy(json!({ "campaigns": campaigns })))
        .customer(json!({ "consent": { "forms": true }, "searches": list(100_000, |index| json!({ "text": format!("word{index}"), "at": NOW - index })) }))
        .is_answered_or_refused("1,000 campaigns, 100,000 searches");
}

#[test]
fn messages_that_claim_thousands_of_things() {
    let products = catalog(50_000, |_| json!({}));
    let facts = list(20_000, |index| json!(format!("w{index}")));
    let raffles =
        list(50_000, |index| json!({ "id": format!("r{index}"), "terms": "x", "prize": "y", "drawAt": NOW + HOUR }));
    let shipping: Value = (0..20_000)
        .map(|index| (format!("ES-{index}"), json!({ "amount": 300, "freeFrom": 5_000 })))
        .collect::<serde_json::Map<_, _>>()
        .into();
    for (what, claims, body, catalog) in [
        (
            "prices",
            list(20_000, |index| json!({ "price": { "sku": format!("s{index}") } })),
            "Hola",
            json!({ "products": products }),
        ),
        (
            "facts",
            list(10_000, |index| json!({ "fact": { "sku": "s0", "is": format!("w{}", 19_999 - index) } })),
            "Hola",
            json!({ "products": catalog(1, |_| json!({ "claims": facts })) }),
        ),
        (
            "raffles",
            list(10_000, |index| json!({ "raffle": format!("r{index}") })),
            "Hola",
            json!({ "raffles": raffles }),
        ),
        (
            "shipping",
            list(10_000, |_| json!({ "freeShippingFrom": 5_000 })),
            "{shipping.amount}",
            json!({ "shipping": shipping }),
        ),
    ] {
        let messages = json!({ "m": { "es": [{ "body": body, "claims": claims }] } });
        Asked::of(policy(json!({ "campaigns": announcements(300, |_| json!({})), "messages": messages })))
            .customer(json!({ "destination": { "country": "ES", "postcode": "46001" } }))
            .moment(json!({ "catalog": catalog }))
            .is_answered_or_refused(&format!("300 campaigns that claim thousands of {what}"));
    }
}

#[test]
fn a_page_that_asks_for_a_hundred_thousand_claims() {
    let engine = Engine::new(tree(&policy(json!({ "campaigns": [] })))).unwrap();
    let words = list(100_000, |index| json!(format!("w{index}")));
    let raffles = list(100_000, |index| json!({ "id": format!("r{index}"), "drawAt": NOW - HOUR }));
    for (what, claims) in [
        ("facts", list(100_000, |index| json!({ "fact": { "is": format!("x{index}") } }))),
        ("raffles", list(100_000, |index| json!({ "raffle": format!("r{index}") }))),
    ] {
        let request = tree(
            &json!({ "now": NOW, "product": { "sku": "s", "claims": words }, "catalog": { "raffles": raffles }, "claims": claims }),
        );
        let start = ThreadTime::now();
        println!("100,000 claims of {what}: {}", outcome(start, engine.claims(request)));
    }
}

#[test]
fn articles_that_go_with_thousands_of_others() {
    let campaigns = list(
        30,
        |index| json!({ "id": format!("c{index}"), "kind": "nextOffer", "channel": "email", "after": "0d", "message": "m", "suggest": {} }),
    );
    let products = catalog(1_000, |_| json!({ "with": list(1_000, |index| json!(format!("s{index}"))) }));
    Asked::of(policy(json!({ "campaigns": campaigns })))
        .customer(json!({ "orders": orders(1_000) }))
        .moment(json!({ "catalog": { "products": products } }))
        .is_answered_or_refused("1,000 articles that go with 1,000 others");
}

#[test]
fn a_campaign_that_showed_ninety_thousand_variants() {
    let ledger = list(
        90_000,
        |index| json!({ "id": format!("r{index}"), "campaign": "c0", "class": "relational", "channel": "onsite", "at": NOW - index * MINUTE, "state": "delivered", "variant": index }),
    );
    Asked::of(policy(json!({ "campaigns": announcements(1, |_| json!({})) })))
        .ledger(ledger)
        .is_answered_or_refused("90,000 variants shown");
}

#[test]
fn twenty_thousand_copies_of_one_order() {
    let copies =
        list(20_000, |index| json!({ "id": "o", "incidents": [{ "kind": "late", "at": NOW - index * HOUR }] }));
    Asked::of(policy(json!({ "campaigns": [] })))
        .customer(json!({ "orders": copies }))
        .is_answered_or_refused("20,000 copies of one order, each with an incident");
}

#[test]
fn policies_with_long_lists_of_places_and_dates() {
    let places = |count: i64| list(count, |index| json!(format!("ES-{index}")));
    let offers: serde_json::Map<_, _> = (0..200)
        .map(|index| {
            (
                format!("o{index}"),
                json!({ "percent": 9, "acquisition": index % 2 == 0, "to": places(400), "notTo": places(100) }),
            )
        })
        .collect();
    let giving = announcements(1_000, |index| json!({ "offer": format!("o{}", index % 200) }));
    Asked::of(policy(json!({ "campaigns": giving, "offers": offers })))
        .is_answered_or_refused("200 offers for new customers, 400 places each");

    let letters = announcements(100, |_| json!({ "channel": "email", "placement": null }));
    for (what, key, entries) in [
        (
            "dates",
            "dates",
            list(60_000, |index| {
                json!(format!("{}-{:02}-{:02}", 1970 + index / 336 % 200, 1 + index / 28 % 12, 1 + index % 28))
            }),
        ),
        ("places", "places", places(60_000)),
    ] {
        let quiet = json!([{ "from": "22:00", "to": "08:00", key: entries }]);
        Asked::of(policy(json!({ "campaigns": letters, "quietHours": quiet })))
            .customer(json!({ "destination": { "country": "ES", "postcode": "46001" } }))
            .is_answered_or_refused(&format!("100 campaigns, quiet hours of 60,000 {what}"));
    }
}

#[test]
fn a_text_whose_objects_have_keys_twice() {
    let twice: Vec<String> = (0..60_000).map(|index| format!("\"k{}\": {index}", index / 2)).collect();
    let text = format!("{{ {} }}", twice.join(", "));
    let start = ThreadTime::now();
    let problems = Engine::new(serde_json::from_str(&text).unwrap()).unwrap_err();
    println!("60,000 keys, each twice: {:?}", start.elapsed());
    assert!(start.elapsed() < HANGS && problems.iter().any(|problem| problem.code == "duplicate-id"));
}
