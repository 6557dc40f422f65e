//! What is claimed, and what is so.

use super::cases::Dice;
use serde_json::{Value, json};

/// Lets some campaigns claim, offer for a while or suggest, and gives the catalogue they are held against.
pub fn add(policy: &mut Value, request: &mut Value, dice: &mut Dice) {
    let claims = [
        json!({ "reduction": { "sku": "jug", "percent": dice.pick(&[5, 20]) } }),
        json!({ "reduction": { "sku": "cup", "percent": 10, "offer": true } }),
        json!({ "price": { "sku": "jug" } }),
        json!({ "stock": { "sku": "jug", "atMost": 3 } }),
        json!({ "fact": { "sku": "cup", "is": "handmade" } }),
        json!({ "freeShippingFrom": dice.pick(&[0, 5000]) }),
        json!({ "raffle": "autumn" }),
    ];
    let mut variants = vec![json!({ "body": "Mira", "claims": [dice.pick(&claims)] })];
    if dice.one_in(2) {
        variants
            .push(json!({ "body": "Desde {product.price}", "claims": [dice.pick(&claims[..5]), dice.pick(&claims)] }));
    }
    if dice.one_in(3) {
        variants
            .push(json!({ "body": "{product.price} y {surcharge.amount}", "claims": [{ "price": { "sku": "jug" } }] }));
    }
    policy["messages"]["claim"] = json!({ "es": variants });
    policy["messages"]["so"] = json!({ "es": [{ "body": "Mira", "claims": [claims[4]] }] });
    for campaign in policy["campaigns"].as_array_mut().unwrap() {
        // thanks tell no price
        let thanks = campaign["kind"] == "thankYou";
        if dice.one_in(3) {
            campaign["message"] = json!(if thanks { "so" } else { "claim" });
        }
        if campaign["kind"] != "thankYou" && dice.one_in(6) {
            campaign["suggest"] = dice.pick(&[json!({}), json!({ "families": ["clay"] })]);
        }
    }
    let offer = &mut policy["offers"]["ten"];
    let (begins, ends) = (dice.instant(-20, 20), dice.instant(40, 60));
    if dice.one_in(3) {
        offer["from"] = dice.pick(&[json!("2026-10-25"), json!("2026-11-02"), json!(begins)]);
    }
    if dice.one_in(3) {
        offer["until"] = dice.pick(&[json!("2026-11-03"), json!("2026-12-31"), json!(ends)]);
    }
    if dice.one_in(6) {
        offer["notTo"] = json!(["ES-35"]);
    }
    if dice.one_in(8) {
        *offer = json!({ "shipping": "free" });
        if dice.one_in(2) {
            offer["to"] = json!(["ES-35"]);
        }
    }
    if dice.one_in(2) {
        request["customer"]["destination"] = json!({ "country": "ES", "postcode": dice.pick(&["35001", "28001"]) });
    }
    if let Some(case) = request["customer"].get_mut("conversations") {
        case[0]["family"] = json!(dice.pick(&["clay", "food"]));
    }
    if !dice.one_in(4) {
        request["catalog"] = catalog(dice);
    }
}

fn catalog(dice: &mut Dice) -> Value {
    let history = |dice: &mut Dice| {
        let prices = (0..1 + dice.below(5))
            .map(|_| json!({ "at": dice.instant(-40, 12), "price": dice.pick(&[70, 80, 90, 100]) }));
        let mut list: Vec<Value> = prices.collect();
        if !dice.one_in(4) {
            list.push(json!({ "at": dice.instant(-90, -30), "price": dice.pick(&[80, 100]) }));
        }
        list
    };
    let mut catalog = json!({
        "products": [
            { "sku": "jug", "family": "clay", "history": history(dice), "stock": dice.below(5) },
            { "sku": "cup", "family": "clay", "history": history(dice), "claims": ["handmade"], "rating": dice.pick(&[5, 8]) },
            { "sku": "oil", "family": "food", "price": 1200, "consumable": true },
        ],
        "shipping": { "ES": { "amount": 495, "freeFrom": 5000 } },
        "raffles": [{ "id": "autumn", "terms": "here", "prize": "a jug", "drawAt": dice.instant(-1, 20) }],
    });
    if dice.one_in(2) {
        catalog["surcharges"] = json!({ "ES-35": { "percent": 7, "what": "IGIC" } });
    }
    if dice.one_in(4) {
        catalog["notAsDescribed"] = json!({ "food": 1 });
    }
    if dice.one_in(4) {
        catalog["products"][0]["price"] = json!(80);
    }
    catalog
}
