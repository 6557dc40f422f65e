//! Claims in messages, and a catalogue that proves some of them.

use super::Rng;
use serde_json::{Value, json};

/// Gives some campaigns a message with claims or suggestions, limits the offer in time and place, and adds a catalogue.
pub fn add(policy: &mut Value, request: &mut Value, rng: &mut Rng) {
    let claims = [
        json!({ "reduction": { "sku": "jug", "percent": rng.pick(&[5, 20]) } }),
        json!({ "reduction": { "sku": "cup", "percent": 10, "offer": true } }),
        json!({ "price": { "sku": "jug" } }),
        json!({ "stock": { "sku": "jug", "atMost": 3 } }),
        json!({ "fact": { "sku": "cup", "is": "handmade" } }),
        json!({ "freeShippingFrom": rng.pick(&[0, 5000]) }),
        json!({ "raffle": "autumn" }),
    ];
    let mut variants = vec![json!({ "body": "Mira", "claims": [rng.pick(&claims)] })];
    if rng.one_in(2) {
        variants
            .push(json!({ "body": "Desde {product.price}", "claims": [rng.pick(&claims[..5]), rng.pick(&claims)] }));
    }
    if rng.one_in(3) {
        variants
            .push(json!({ "body": "{product.price} y {surcharge.amount}", "claims": [{ "price": { "sku": "jug" } }] }));
    }
    policy["messages"]["claim"] = json!({ "es": variants });
    policy["messages"]["handmade"] = json!({ "es": [{ "body": "Mira", "claims": [claims[4]] }] });
    for campaign in policy["campaigns"].as_array_mut().unwrap() {
        // thankYou cannot have a message with a price
        let is_thanks = campaign["kind"] == "thankYou";
        if rng.one_in(3) {
            campaign["message"] = json!(if is_thanks { "handmade" } else { "claim" });
        }
        if !is_thanks && rng.one_in(6) {
            campaign["suggest"] = rng.pick(&[json!({}), json!({ "families": ["clay"] })]);
        }
    }
    let offer = &mut policy["offers"]["ten"];
    let (begins, ends) = (rng.instant(-20, 20), rng.instant(40, 60));
    if rng.one_in(3) {
        offer["from"] = rng.pick(&[json!("2026-10-25"), json!("2026-11-02"), json!(begins)]);
    }
    if rng.one_in(3) {
        offer["until"] = rng.pick(&[json!("2026-11-03"), json!("2026-12-31"), json!(ends)]);
    }
    if rng.one_in(6) {
        offer["notTo"] = json!(["ES-35"]);
    }
    if rng.one_in(8) {
        *offer = json!({ "shipping": "free" });
        if rng.one_in(2) {
            offer["to"] = json!(["ES-35"]);
        }
    }
    if rng.one_in(2) {
        request["customer"]["destination"] = json!({ "country": "ES", "postcode": rng.pick(&["35001", "28001"]) });
    }
    if let Some(conversations) = request["customer"].get_mut("conversations") {
        conversations[0]["family"] = json!(rng.pick(&["clay", "food"]));
    }
    if !rng.one_in(4) {
        request["catalog"] = catalog(rng);
    }
}

fn catalog(rng: &mut Rng) -> Value {
    let history = |rng: &mut Rng| {
        let prices =
            (0..1 + rng.below(5)).map(|_| json!({ "at": rng.instant(-40, 12), "price": rng.pick(&[70, 80, 90, 100]) }));
        let mut list: Vec<Value> = prices.collect();
        if !rng.one_in(4) {
            list.push(json!({ "at": rng.instant(-90, -30), "price": rng.pick(&[80, 100]) }));
        }
        list
    };
    let mut catalog = json!({
        "products": [
            { "sku": "jug", "family": "clay", "history": history(rng), "stock": rng.below(5) },
            { "sku": "cup", "family": "clay", "history": history(rng), "claims": ["handmade"], "rating": rng.pick(&[5, 8]) },
            { "sku": "oil", "family": "food", "price": 1200, "consumable": true },
        ],
        "shipping": { "ES": { "amount": 495, "freeFrom": 5000 } },
        "raffles": [{ "id": "autumn", "terms": "here", "prize": "a jug", "drawAt": rng.instant(-1, 20) }],
    });
    if rng.one_in(2) {
        catalog["surcharges"] = json!({ "ES-35": { "percent": 7, "what": "IGIC" } });
    }
    if rng.one_in(4) {
        catalog["notAsDescribed"] = json!({ "food": 1 });
    }
    if rng.one_in(4) {
        catalog["products"][0]["price"] = json!(rng.pick(&[0, 80]));
    }
    if rng.one_in(4) {
        catalog["products"][0]["stock"] = json!(rng.pick(&[-2.0, 0.5]));
    }
    if rng.one_in(4) {
        catalog["products"][1]["with"] = json!(["jug"]);
    }
    if rng.one_in(4) {
        catalog["shipping"]["ES-35"] = json!({ "amount": rng.pick(&[0, 495, 1290]), "freeFrom": "" });
    }
    catalog
}
