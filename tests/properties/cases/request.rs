//! Requests: a customer, a ledger and an instant around a clock change.

use super::{DAY, HOUR, NOW, Rng};
use serde_json::{Value, json};

pub fn request(rng: &mut Rng) -> Value {
    let mut orders: Vec<Value> = (0..rng.below(4)).map(|index| order(index, rng)).collect();
    // another copy of the first, by its id or by its number
    if !orders.is_empty() && rng.one_in(4) {
        let mut copy = order(0, rng);
        if rng.one_in(2) {
            copy["id"] = json!("n0");
            copy["number"] = json!("");
        }
        orders.push(copy);
    }
    let records: Vec<Value> = (0..rng.below(9)).map(|index| record(index, rng)).collect();
    let customer = customer(orders, rng);
    let mut request = json!({
        "now": NOW + rng.pick(&[0, 0, 1, HOUR, 2 * HOUR, 3 * HOUR, 5 * HOUR, 12 * HOUR, -DAY]),
        "zones": { "Europe/Madrid": [["2026-03-29T01:00:00Z", 120], ["2026-10-25T01:00:00Z", 60], ["2027-03-28T01:00:00Z", 120], ["2027-10-31T01:00:00Z", 60]],
                   "Pacific/Auckland": [["2026-04-04T14:00:00Z", 720], ["2026-09-26T14:00:00Z", 780], ["2027-04-03T14:00:00Z", 720], ["2027-09-25T14:00:00Z", 780]] },
        "customer": customer,
    });
    if !rng.one_in(5) {
        request["zone"] = json!(rng.pick(&["Europe/Madrid", "Pacific/Auckland"]));
    }
    if !rng.one_in(8) {
        request["ledger"] = json!(records);
    }
    if rng.one_in(2) {
        request["event"] = json!({ "name": rng.pick(&["login", "login", "purchase"]) });
        if request["event"]["name"] == "purchase" && rng.one_in(2) {
            request["event"]["order"] = json!({ "id": "o9" });
        }
    }
    if rng.one_in(4) {
        request["shop"] = json!({ "unanswered": rng.below(4) });
    }
    if rng.one_in(6) {
        request["without"] = json!(rng.pick(&[vec!["store"], vec!["server"], vec!["store", "server"]]));
    }
    request
}

fn customer(orders: Vec<Value>, rng: &mut Rng) -> Value {
    let mut customer = json!({ "orders": orders, "since": rng.instant(-60, -20), "consent": { "email": rng.one_in(2), "push": true } });
    if !rng.one_in(4) {
        customer["id"] = json!("ana");
    }
    if rng.one_in(2) {
        customer["birthday"] = json!(rng.pick(&["--10-25", "--10-24", "--12-31", "--02-29", "--01-02"]));
    }
    if rng.one_in(2) {
        customer["givenName"] = json!("Ana");
    }
    if rng.one_in(3) {
        let at = rng.instant(-20, 3);
        customer["conversations"] = json!([{ "id": "c", "kind": rng.pick(&["complaint", "question"]), "at": at, "solvedAt": at + rng.pick(&[1, DAY, 9 * DAY]) }]);
        if rng.one_in(3) {
            customer["conversations"][0]["reopenedAt"] = json!(at + rng.pick(&[0, 2, DAY, 5 * DAY]));
        }
    }
    if rng.one_in(4) {
        customer["ratings"] = json!([{ "orderId": rng.pick(&["o0", "o1", "n0"]), "score": rng.pick(&[3, 9]), "at": rng.instant(-20, 3) }]);
    }
    if rng.one_in(3) {
        let items =
            json!([{ "sku": "jug", "quantity": 1.5, "price": rng.pick(&[900, 4000]) }, { "sku": "cup", "price": 100 }]);
        customer["cart"] = json!({ "at": rng.instant(-2, 1), "items": items });
    }
    if rng.one_in(3) {
        customer["consent"]["forms"] = json!(true);
        customer["searches"] = json!([{ "text": "Té, verde", "at": rng.instant(-31, -25) }]);
    }
    wishes(&mut customer, rng);
    as_platforms_write(&mut customer, &["locale", "form", "activity", "birthdaySince", "destination"], rng);
    customer
}

fn order(index: u64, rng: &mut Rng) -> Value {
    let at = rng.instant(-12, 2);
    let mut order = json!({ "id": format!("o{index}"), "at": at, "total": rng.pick(&[1000, 1000, 3000]) });
    if rng.one_in(2) {
        order["deliveredAt"] = json!(at + rng.pick(&[DAY, 4 * DAY, 20 * DAY]));
    }
    if rng.one_in(5) {
        order["cancelledAt"] = json!(at + rng.pick(&[HOUR, 3 * DAY]));
    }
    if rng.one_in(6) {
        order["number"] = json!(rng.pick(&["n0", "n1", "o2"]));
    }
    if rng.one_in(6) {
        order["updatedAt"] = json!(at + rng.pick(&[0, DAY]));
    }
    if rng.one_in(8) {
        order["paid"] = json!(rng.one_in(2));
    }
    if rng.one_in(8) {
        order["incidents"] = json!([{ "kind": rng.pick(&["payment", "late"]), "at": at, "resolvedAt": at + rng.pick(&[HOUR, 3 * DAY]) }]);
    }
    if rng.one_in(6) {
        order["refunded"] = json!(rng.pick(&[0, 500, 1000]));
        order["refundedAt"] = json!(at + rng.pick(&[HOUR, 3 * DAY]));
    }
    if rng.one_in(4) {
        order["items"] =
            json!([{ "sku": "jug", "quantity": rng.pick(&[0.5, 1.0, 2.25]), "price": 900 }, { "sku": "cup" }]);
        if rng.one_in(2) {
            order["items"][0]["deliveredAt"] = json!(at + rng.pick(&[DAY, 4 * DAY]));
        }
    }
    as_platforms_write(&mut order, &["shippedAt", "currency", "margin", "promisedBy"], rng);
    order
}

/// Sometimes adds a field that says nothing, in one of the words that platforms have for it.
fn as_platforms_write(object: &mut Value, fields: &[&str], rng: &mut Rng) {
    if rng.one_in(3) {
        object[rng.pick(fields)] = json!(rng.pick(&["", " ", "0000-00-00", "0000-00-00 00:00:00"]));
    }
}

fn record(index: u64, rng: &mut Rng) -> Value {
    let (from, to) = rng.pick(&[(-8, 0), (-40, 0), (-8, 2), (-8, 9)]);
    let at = rng.instant(from, to);
    let mut record = json!({
        "id": format!("r{}", rng.below(index + 1)), "campaign": format!("c{}", rng.below(5)), "at": at,
        "class": rng.pick(&["transactional", "service", "relational", "promotional"]), "channel": rng.pick(&["onsite", "email", "push"]),
        "state": rng.pick(&["ghost", "reserved", "released", "armed", "delivered", "delivered", "failed"]),
    });
    if rng.one_in(3) {
        record["occurrence"] = json!(rng.pick(&["o0", "o1", "n0", "2026", "2027", "0"]));
    }
    if rng.one_in(3) {
        record["leaseUntil"] = json!(at + rng.pick(&[HOUR, 3 * DAY]));
    }
    if rng.one_in(4) {
        record["reaction"] = json!(rng.pick(&["dismissed", "clicked", "converted"]));
    }
    if rng.one_in(5) {
        record["urgent"] = json!(true);
    }
    if rng.one_in(6) {
        record["digest"] = json!(format!("r{index}"));
    }
    if rng.one_in(4) {
        record["seenAt"] = json!(rng.instant(-8, 1));
    }
    record
}

fn wishes(customer: &mut Value, rng: &mut Rng) {
    let channels = ["onsite", "email", "push"];
    let mut wish = |key: &str, of: u64, value: Value| {
        if rng.one_in(of) {
            customer["wishes"][key] = value;
        }
    };
    wish("lessOften", 5, json!("3d"));
    wish(
        "quiet",
        5,
        json!([{ "from": "00:00", "to": "10:00" }, { "from": "23:00", "to": "02:30", "channels": ["onsite"] }]),
    );
    wish("topics", 5, json!(["tea"]));
    wish("spam", 12, json!([channels[1]]));
    wish("unsubscribed", 12, json!([channels[2]]));
    wish("subscribe", 12, json!([channels[1], channels[2]]));
    wish("avoid", 12, json!([channels[0]]));
    if rng.one_in(2) {
        customer["affinity"] = json!({ "tea": rng.below(100) });
    }
}
