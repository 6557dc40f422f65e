//! What went wrong and what came: promises, incidents, complaints about an order, settling, brakes and budgets.

use super::{DAY, HOUR, Rng};
use serde_json::{Value, json};

/// In some cases: makes campaigns speak of deliveries and incidents, gives orders a promise, and limits the offer by a budget.
pub fn add(policy: &mut Value, request: &mut Value, rng: &mut Rng) {
    for campaign in policy["campaigns"].as_array_mut().unwrap() {
        if campaign["kind"] == "announcement" && rng.one_in(4) {
            speak_of_orders(campaign, rng);
        }
        if campaign["kind"] == "announcement" && rng.one_in(10) {
            campaign["audience"] = rng.pick(&[
                json!({ "daysSince.case": { "$gte": 4 } }),
                json!({ "daysSince.case": { "$not": { "$lt": 30 } } }),
                json!({ "phase": { "$in": ["trust", "illusion"] }, "ratings.last": { "$not": { "$lt": 7 } } }),
                json!({ "tier": "advocate" }),
            ]);
        }
    }
    if rng.one_in(3) {
        policy["phases"] =
            json!({ "settle": rng.pick(&["20h", "7d"]), "holdPromotions": !rng.one_in(3), "goodOrders": 1 });
    }
    if rng.one_in(3) {
        policy["shop"]["deliveryDays"] = rng.pick(&[json!({ "*": 2 }), json!({ "ES": 1, "ES-35": 6 })]);
    }
    if rng.one_in(6) {
        policy["offers"]["ten"]["budget"] = json!({ "max": 1 + rng.below(2), "per": rng.pick(&["month", "year"]) });
        if !rng.one_in(8) {
            request["shop"]["issued"] = rng.pick(&[json!({}), json!({ "ten": 1 }), json!({ "ten": 2 })]);
        }
    }
    if rng.one_in(16) {
        policy["care"]["fatigueBrake"] = json!(2.5);
        request["shop"]["fatigue"] = json!(rng.pick(&[2.0, 2.5, 4.0]));
        request["shop"]["fatigueBy"] = json!({ "c0": 3, "c1": 9 });
    }
    for order in request["customer"]["orders"].as_array_mut().unwrap() {
        promise(order, rng);
    }
    if let Some(conversations) = request["customer"].get_mut("conversations")
        && rng.one_in(2)
    {
        conversations[0]["orderId"] = json!(rng.pick(&["o0", "o1"]));
        conversations[0]["kind"] = json!("complaint");
    }
}

fn speak_of_orders(campaign: &mut Value, rng: &mut Rng) {
    let kind = rng.pick(&["apology", "apology", "survey", "survey", "nextOffer"]);
    let fields = campaign.as_object_mut().unwrap();
    for field in ["class", "repeat", "event", "from", "until", "suggest", "offer", "relevance"] {
        fields.remove(field);
    }
    campaign["kind"] = json!(kind);
    campaign["message"] = json!("plain");
    if kind != "apology" && rng.one_in(2) {
        campaign["after"] = json!(rng.pick(&["0d", "1d", "3d"]));
    }
    if kind == "nextOffer" && rng.one_in(2) {
        campaign["offer"] = json!("ten");
    }
}

fn promise(order: &mut Value, rng: &mut Rng) {
    let at = order["at"].as_i64().unwrap();
    if rng.one_in(3) {
        order["promisedBy"] = json!(at + rng.pick(&[-DAY, HOUR, DAY, 3 * DAY, 9 * DAY]));
    }
    if rng.one_in(3) {
        order["shippedAt"] = json!(at + rng.pick(&[HOUR, 2 * DAY, 6 * DAY]));
    }
    if rng.one_in(6) {
        order["renewal"] = json!(true);
    }
    if rng.one_in(6) {
        order[rng.pick(&["returnedAt", "refundedAt"])] = json!(at + rng.pick(&[2 * DAY, 8 * DAY]));
    }
    if rng.one_in(6) {
        order["items"] = json!([{ "sku": "jug", "deliveredAt": at + DAY }, { "sku": "cup", "deliveredAt": at + rng.pick(&[2 * DAY, 7 * DAY]) }]);
    }
    if rng.one_in(4) {
        let begins = at + rng.pick(&[HOUR, DAY, 4 * DAY]);
        let mut incident = json!({ "kind": rng.pick(&["late", "late", "stock"]), "at": begins });
        if rng.one_in(2) {
            incident["resolvedAt"] = json!(begins + rng.pick(&[HOUR, 2 * DAY]));
        }
        order["incidents"] = json!([incident]);
    }
}
