//! Orders: delivered, shipped, cancelled, returned, with incidents and items.

use super::{CaseProfile, Rng};
use crate::time::{DAY, HOUR};
use serde_json::{Value, json};

/// A random order. Some were placed exactly one or more years ago.
pub fn order(profile: &CaseProfile, index: u64, rng: &mut Rng) -> Value {
    let at = match rng.below(8) {
        0 => {
            profile.now - rng.pick(&[365, 366, 730, 731, 1461]) * DAY
                + rng.pick(&[0, 1, -1, HOUR, DAY, 5 * DAY, 30 * DAY])
        }
        1 => profile.arrival(rng),
        _ => profile.date(rng),
    };
    let mut order = json!({ "id": format!("o{index}"), "at": at, "total": rng.pick(&[1000, 1000, 2000, 3000, 4500]) });
    let after = |rng: &mut Rng| match rng.below(6) {
        0 | 1 => profile.date(rng).max(at),
        2 | 3 => profile.arrival(rng).max(at),
        _ => at + rng.pick(&[0, HOUR, DAY, 4 * DAY, 20 * DAY]),
    };
    if rng.one_in(2) {
        order["deliveredAt"] = json!(after(rng));
    }
    if rng.one_in(3) {
        // a shipment after the delivery means that it was shipped again
        let usual = rng.pick(&[3, 7, 10, 10, 0]) * DAY;
        order["shippedAt"] = json!(if rng.one_in(2) { profile.arrival(rng) - usual } else { after(rng) });
    }
    if rng.one_in(6) {
        order["incidents"] = (0..1 + rng.below(2)).map(|_| incident(after(rng), after(rng), rng)).collect();
    }
    for end in ["cancelledAt", "returnedAt", "refundedAt"] {
        if rng.one_in(8) {
            order[end] = json!(after(rng));
        }
    }
    if rng.one_in(6) {
        order["paid"] = json!(rng.one_in(2));
    }
    if rng.one_in(8) {
        order["renewal"] = json!(true);
    }
    if rng.one_in(4) {
        order["promisedBy"] = json!(after(rng));
    }
    if rng.one_in(4) {
        order["refunded"] = json!(rng.pick(&[1, 500, 1000, 2000]));
    }
    if rng.one_in(4) {
        order["number"] = json!(format!("n{index}"));
    }
    if rng.one_in(2) {
        order["margin"] = json!(rng.pick(&[-100, 0, 300]));
    }
    if rng.one_in(3) {
        order["items"] = (0..1 + rng.below(2)).map(|_| item(&after, rng)).collect();
    }
    order
}

fn item(after: &dyn Fn(&mut Rng) -> i64, rng: &mut Rng) -> Value {
    let mut item = json!({ "sku": "mug-1", "family": rng.pick(&["cups", "tea"]), "quantity": 1, "price": 900 });
    if rng.one_in(2) {
        item["deliveredAt"] = json!(after(rng));
    }
    if rng.one_in(4) {
        item["returnedAt"] = json!(after(rng));
    }
    item
}

fn incident(at: i64, resolved: i64, rng: &mut Rng) -> Value {
    let mut incident = json!({ "kind": rng.pick(&["late", "stock", "payment"]), "at": at });
    if !rng.one_in(3) {
        incident["resolvedAt"] = json!(resolved);
    }
    incident
}
