//! Documents that ask for more than anybody needs. Each is answered or refused, and what either takes is bounded: the steps that the
//! engine allows (`too-large`), not the size of what is given. `cargo test --release --test bounds -- --nocapture` prints the times.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use cpu_time::ThreadTime;
use querencia::{Decision, Engine, Problem, Tree};
use serde_json::{Value, json};
use std::time::Duration;

const NOW: i64 = 1_795_341_600_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// A quadratic or cubic loop over one of these documents takes hours in a build for tests; a busy machine never takes as long.
const HANGS: Duration = Duration::from_secs(60);

fn tree(value: &Value) -> Tree {
    serde_json::from_value(value.clone()).unwrap()
}

fn list(length: i64, make: impl Fn(i64) -> Value) -> Value {
    (0..length).map(make).collect()
}

fn with(mut one: Value, more: Value) -> Value {
    let Value::Object(more) = more else { panic!("no object") };
    one.as_object_mut().unwrap().extend(more);
    one
}

fn policy(more: Value) -> Value {
    let shop = json!({ "name": "Casa Lola", "currency": "EUR", "country": "ES", "zone": "Europe/Madrid", "locales": ["es"], "signer": "Lola" });
    with(json!({ "querencia": 1, "shop": shop, "messages": { "m": { "es": [{ "body": "Hola" }] } } }), more)
}

fn announcements(count: i64, more: impl Fn(i64) -> Value) -> Value {
    let base = |index| json!({ "id": format!("c{index}"), "kind": "announcement", "channel": "onsite", "placement": format!("p{index}"), "message": "m", "repeat": "1h" });
    list(count, |index| with(base(index), more(index)))
}

fn casa_lola() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/www/policies/casa-lola.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What is asked of a policy.
struct Asked {
    policy: Value,
    customer: Value,
    ledger: Value,
    moment: Value,
}

impl Asked {
    fn of(policy: Value) -> Asked {
        let zones = json!({ "Europe/Madrid": [["2026-10-25T01:00:00Z", 60], ["2027-03-28T01:00:00Z", 120]] });
        let customer = json!({ "id": "ana", "consent": { "email": true }, "since": NOW - 400 * DAY });
        Asked {
            policy,
            customer,
            ledger: json!([]),
            moment: json!({ "now": NOW, "zone": "Europe/Madrid", "zones": zones }),
        }
    }

    fn customer(self, more: Value) -> Asked {
        Asked { customer: with(self.customer, more), ..self }
    }

    fn ledger(self, ledger: Value) -> Asked {
        Asked { ledger, ..self }
    }

    fn moment(self, more: Value) -> Asked {
        Asked { moment: with(self.moment, more), ..self }
    }

    /// Answered, or refused as too large by the customer's handle and in one shot alike.
    fn is_answered_or_refused(&self, what: &str) {
        let loading = ThreadTime::now();
        let engine = match Engine::new(tree(&self.policy)) {
            Ok(engine) => engine,
            Err(problems) => return println!("{what}: load {}", outcome::<()>(loading, Err(problems))),
        };
        let loaded = outcome(loading, Ok(()));
        let (customer, ledger, moment) = (tree(&self.customer), tree(&self.ledger), tree(&self.moment));
        let keeping = ThreadTime::now();
        let handle = engine.customer(customer, ledger);
        let kept = outcome(keeping, handle.as_ref().map(|_| ()).map_err(Clone::clone));
        let deciding = ThreadTime::now();
        let of_handle = handle.and_then(|mut handle| handle.decide(moment));
        let decided = outcome(deciding, of_handle.as_ref().map(|_| ()).map_err(Clone::clone));

        let request = with(self.moment.clone(), json!({ "customer": self.customer, "ledger": self.ledger }));
        let request = tree(&request);
        let at_once = ThreadTime::now();
        let of_request = engine.decide(request);
        let shot = outcome(at_once, of_request.as_ref().map(|_| ()).map_err(Clone::clone));
        println!("{what}: load {loaded}; customer {kept}; decide {decided}; one shot {shot}");
        let told = |answer: Result<Decision, Vec<Problem>>| answer.err().map(|problems| problems[0].message.clone());
        assert_eq!(told(of_handle), told(of_request), "{what}");
    }
}

/// How long it took, and whether it was refused.
fn outcome<T>(start: ThreadTime, answer: Result<T, Vec<Problem>>) -> String {
    let time = start.elapsed();
    assert!(time < HANGS, "{time:?}");
    match answer {
        Ok(_) => format!("{time:.1?}"),
        Err(problems) => {
            assert_eq!((problems.len(), problems[0].code), (1, "too-large"), "{problems:?}");
            format!("{time:.1?}, refused: {}", problems[0].message)
        }
    }
}

/// Records that a wrong clock dated a year ahead, first seen at an instant of the last year or of the next.
fn dated_ahead(length: i64, seen: impl Fn(i64) -> i64) -> Value {
    list(length, |index| {
        json!({ "id": format!("r{index}"), "campaign": format!("c{}", index % 100), "class": if index % 3 == 0 { "relational" } else { "promotional" },
                "channel": "email", "at": NOW + 365 * DAY + index, "seenAt": seen(index), "state": "delivered", "occurrence": format!("x{index}") })
    })
}

fn orders(length: i64) -> Value {
    list(length, |index| {
        let at = NOW - 10 * DAY - (length - index) * HOUR;
        json!({ "id": format!("o{index}"), "at": at, "deliveredAt": at + HOUR / 2, "total": 2490,
                "items": [{ "sku": format!("s{index}"), "family": format!("f{}", index % 500), "price": 2490 }] })
    })
}

#[test]
fn three_hundred_segments_that_three_hundred_campaigns_ask() {
    let segments: serde_json::Map<String, Value> =
        (0..300).map(|index| (format!("s{index}"), json!({ "daysSince.order": { "$gt": index + 1 } }))).collect();
    let campaigns = announcements(300, |index| json!({ "audience": { "segments": format!("s{index}") } }));
    Asked::of(policy(json!({ "segments": segments, "campaigns": campaigns })))
        .customer(json!({ "orders": orders(10) }))
        .is_answered_or_refused("300 segments, 300 campaigns");
}

#[test]
fn casa_lola_and_ten_thousand_records_dated_ahead() {
    let ids =
        casa_lola()["campaigns"].as_array().unwrap().iter().map(|campaign| campaign["id"].clone()).collect::<Vec<_>>();
    for (what, seen) in [("last", -1), ("next", 1)] {
        let mut ledger = dated_ahead(10_000, |index| NOW + seen * index * (364 * DAY / 10_000));
        for (index, record) in ledger.as_array_mut().unwrap().iter_mut().enumerate() {
            record["campaign"] = ids[index % ids.len()].clone();
        }
        Asked::of(casa_lola())
            .customer(json!({ "orders": orders(200), "birthday": "1980-11-23", "destination": { "country": "ES", "postcode": "46001" } }))
            .ledger(ledger)
            .is_answered_or_refused(&format!("Casa Lola, records dated ahead and seen in the {what} year"));
    }
}

#[test]
fn twenty_limits_and_ten_thousand_records_dated_ahead() {
    for (what, seen) in [("last", -1), ("next", 1)] {
        let limits =
            list(20, |index| json!({ "id": format!("l{index}"), "max": 1 + index, "per": format!("{}d", 1 + index) }));
        Asked::of(policy(json!({ "limits": limits, "campaigns": announcements(100, |_| json!({})) })))
            .ledger(dated_ahead(10_000, |index| NOW + seen * index * (364 * DAY / 10_000)))
            .is_answered_or_refused(&format!(
                "100 campaigns, 20 limits, records dated ahead and seen in the {what} year"
            ));
    }
}

#[test]
fn a_thousand_campaigns_limits_and_records() {
    let limits = list(
        1_000,
        |index| json!({ "id": format!("l{index}"), "max": 1 + index % 7, "per": format!("{}h", 1 + index) }),
    );
    let ledger = list(
        1_000,
        |index| json!({ "id": format!("r{index}"), "campaign": format!("c{index}"), "class": "relational", "channel": "email", "at": NOW - index * 8 * HOUR, "state": "delivered" }),
    );
    for (what, more) in [("alike", json!({})), ("by campaign", json!({ "ids": true }))] {
        let limits = list(1_000, |index| {
            let mut limit = limits[usize::try_from(index).unwrap()].clone();
            if more.get("ids").is_some() {
                limit["campaign"] = json!(format!("c{index}"));
            }
            limit
        });
        Asked::of(policy(json!({ "limits": limits, "campaigns": announcements(1_000, |_| json!({})) })))
            .ledger(ledger.clone())
            .is_answered_or_refused(&format!("1,000 campaigns, limits ({what}) and records"));
    }
}

#[test]
fn fifty_thousand_operands_and_a_hundred_thousand_elements() {
    for operator in ["$in", "$nin"] {
        let operands = list(50_000, |index| json!(format!("w{index}")));
        let audience = json!({ "attributes.words": { operator: operands } });
        Asked::of(policy(json!({ "campaigns": announcements(1, |_| json!({ "audience": audience })) })))
            .customer(json!({ "attributes": { "words": list(100_000, |index| json!(format!("x{index}"))) } }))
            .is_answered_or_refused(&format!("{operator} of 50,000 over 100,000"));
    }
}

#[test]
fn thirty_two_branches_over_a_hundred_thousand_elements() {
    let branches = list(32, |index| json!({ "size": format!("x{index}"), "colour": "red" }));
    let audience = json!({ "attributes.things": { "$elemMatch": { "$or": branches } } });
    Asked::of(policy(json!({ "campaigns": announcements(1, |_| json!({ "audience": audience })) })))
        .customer(
            json!({ "attributes": { "things": list(100_000, |index| json!({ "colour": "red", "size": index })) } }),
        )
        .is_answered_or_refused("$elemMatch with 32 branches over 100,000");
}

#[test]
fn a_zone_of_a_hundred_thousand_rows() {
    let rows = list(100_000, |index| json!([NOW - 50_000 * HOUR + index * HOUR, (index % 2) * 60]));
    let quiet = list(20, |index| json!({ "from": format!("{:02}:00", index), "to": format!("{:02}:30", index) }));
    let limits = json!([{ "id": "day", "max": 1, "per": "day" }, { "id": "week", "max": 1, "per": "week" }]);
    let ledger = list(
        100,
        |index| json!({ "id": format!("r{index}"), "campaign": "c1", "class": "relational", "channel": "email", "at": NOW + index * DAY, "state": "delivered" }),
    );
    let campaigns = announcements(100, |_| json!({ "channel": "email", "placement": null }));
    Asked::of(policy(json!({ "limits": limits, "quietHours": quiet, "campaigns": campaigns })))
        .customer(json!({ "birthday": "1980-11-23" }))
        .ledger(ledger)
        .moment(json!({ "zones": { "Europe/Madrid": rows } }))
        .is_answered_or_refused("a zone of 100,000 rows");
}

#[test]
fn three_hundred_suggestions_of_a_thousand_products() {
    let campaigns = list(300, |index| {
        json!({ "id": format!("c{index}"), "kind": "nextOffer", "channel": "email", "after": "0d", "message": "m",
                "suggest": { "families": [format!("f{index}")] } })
    });
    let products =
        list(1_000, |index| json!({ "sku": format!("p{index}"), "family": format!("f{}", index % 300), "price": 100 }));
    for (what, more) in [
        ("", json!({})),
        (" and claims", json!({ "claims": list(20, |index| json!({ "price": { "sku": format!("p{index}") } })) })),
    ] {
        let message = with(json!({ "body": "Hola {product.name}" }), more);
        Asked::of(policy(json!({ "campaigns": campaigns, "messages": { "m": { "es": [message] } } })))
            .customer(json!({ "orders": orders(1_000) }))
            .moment(json!({ "catalog": { "products": products } }))
            .is_answered_or_refused(&format!("300 suggestions{what}, 1,000 products, 1,000 orders"));
    }
}

#[test]
fn a_hundred_campaigns_that_ask_of_ten_thousand_orders() {
    let facts = ["families", "skus", "orders.cadence", "orders.value", "orders.average"];
    let campaigns = announcements(100, |index| {
        let mut audience = json!({ "daysSince.order": { "$gt": index } });
        let fact = facts[usize::try_from(index).unwrap() % facts.len()];
        audience[fact] = if fact.contains('.') { json!({ "$ne": 7 }) } else { json!({ "$ne": "x" }) };
        json!({ "audience": audience })
    });
    Asked::of(policy(json!({ "campaigns": campaigns })))
        .customer(json!({ "orders": orders(10_000) }))
        .is_answered_or_refused("100 campaigns, facts of 10,000 orders");
}

#[test]
fn eighty_surveys_and_three_hundred_announcements() {
    let mut campaigns = announcements(320, |_| json!({}));
    for index in 0..80 {
        campaigns.as_array_mut().unwrap().push(
            json!({ "id": format!("s{index}"), "kind": "survey", "channel": "onsite", "placement": format!("s{index}"), "message": "m" }),
        );
    }
    let limits = json!([{ "id": "week", "max": 40, "per": "7d" }]);
    Asked::of(policy(json!({ "campaigns": campaigns, "limits": limits, "arbitration": { "contacts": 40 } })))
        .customer(json!({ "orders": orders(10) }))
        .is_answered_or_refused("80 surveys, 320 announcements, 40 contacts");
}

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
