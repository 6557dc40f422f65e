//! What grows with the product of two lists or more.

use crate::{Asked, DAY, HOUR, NOW, announcements, casa_lola, dated_ahead, list, orders, policy, with};
use serde_json::{Value, json};

#[test]
fn three_hundred_segments_that_three_hundred_campaigns_ask() {
    for (what, count, some) in [("one of 150", 150, true), ("one of 300", 300, true), ("the number of 300", 300, false)]
    {
        let segments: serde_json::Map<String, Value> =
            (0..count).map(|index| (format!("s{index}"), json!({ "daysSince.order": { "$gt": index + 1 } }))).collect();
        let asked =
            |index| if some { json!({ "$in": [format!("s{index}")] }) } else { json!({ "$size": { "$gt": index } }) };
        let campaigns = announcements(count, |index| json!({ "audience": { "segments": asked(index) } }));
        let asked = Asked::of(policy(json!({ "segments": segments, "campaigns": campaigns })))
            .customer(json!({ "orders": orders(10) }));
        let is_answered = asked.is_answered_or_refused(&format!("segments asked by as many campaigns, {what}"));
        assert!(is_answered || !some, "{what}");
    }
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
