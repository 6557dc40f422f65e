//! Conditions over all facts and operators.

use super::Dice;
use serde_json::{Value, json};

const NUMBERS: [&str; 22] = [
    "tenureDays",
    "orders.count",
    "orders.good",
    "orders.returned",
    "orders.value",
    "orders.average",
    "orders.margin",
    "daysSince.firstOrder",
    "daysSince.order",
    "daysSince.delivery",
    "daysSince.contact",
    "cases.open",
    "conversations.unanswered",
    "ratings.last",
    "ratings.count",
    "cart.total",
    "cart.count",
    "event.value",
    "affinity.tea",
    "attributes.n",
    "attributes.address.floor",
    "daysSince.order",
];
const TEXTS: [&str; 7] = ["locale", "language", "country", "postcode", "event.name", "attributes.word", "attributes.n"];
const LISTS: [&str; 5] = ["families", "skus", "cart.families", "attributes.list", "segments"];

/// Where a condition stands: some facts may not be asked everywhere.
#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    /// An audience, a limit's `when`.
    Anywhere,
    /// May not ask for the tier, and had better not for segments.
    Tier,
    /// May not ask for segments.
    Segment,
}

/// A condition that holds for some.
pub fn condition(dice: &mut Dice, place: Place, depth: u64) -> Value {
    match dice.below(if depth == 0 { 7 } else { 11 }) {
        0..=2 => {
            let fact = dice.pick(&NUMBERS);
            json!({ fact: number(dice, fact) })
        }
        3 => {
            let fact = dice.pick(&TEXTS);
            json!({ fact: text(dice) })
        }
        4 => {
            let fact = dice.pick(&LISTS);
            if fact == "segments" && place != Place::Anywhere { json!({}) } else { json!({ fact: list(dice, fact) }) }
        }
        5 if place == Place::Anywhere => json!({ "tier": dice.pick(&[
            json!("known"), json!({ "$ne": "unknown" }), json!({ "$in": ["unknown", "advocate"] })]) }),
        5 | 6 => {
            let fact = dice.pick(&["promoter", "consent.email", "consent.sms", "attributes.flag"]);
            json!({ fact: dice.pick(&[json!(true), json!({ "$ne": true }), json!({ "$eq": false })]) })
        }
        7 => json!({ "$and": several(dice, place, depth) }),
        8 => json!({ "$or": several(dice, place, depth) }),
        9 => json!({ "$nor": several(dice, place, depth) }),
        _ => json!({ "$not": condition(dice, place, depth - 1) }),
    }
}

fn several(dice: &mut Dice, place: Place, depth: u64) -> Value {
    (0..dice.below(3)).map(|_| condition(dice, place, depth - 1)).collect()
}

fn number(dice: &mut Dice, fact: &str) -> Value {
    let small: &[i64] = match fact {
        "orders.value" | "orders.average" | "cart.total" | "event.value" => {
            &[0, 1000, 1333, 1666, 2000, 2166, 2500, 5000]
        }
        "affinity.tea" => &[0, 40, 60, 100],
        "ratings.last" => &[0, 8, 9, 10],
        "orders.margin" => &[-100, 0, 300],
        _ => &[0, 1, 2, 3, 5, 7, 14, 30],
    };
    let (one, other) = (dice.pick(small), dice.pick(small));
    let operators = ["$gt", "$gte", "$lt", "$lte", "$eq", "$ne"];
    let plain = json!({ dice.pick(&operators): one });
    match dice.below(9) {
        0 => json!(one),
        1 => json!({ "$gte": one.min(other), "$lt": one.max(other) }),
        2 => json!({ "$not": plain }),
        3 => json!({ dice.pick(&["$in", "$nin"]): [one, other] }),
        4 => json!({ "$exists": dice.one_in(2) }),
        5 => json!({ dice.pick(&["$gt", "$lte"]): one.to_string() }),
        6 => json!({ "$type": dice.pick(&["number", "string", "null"]) }),
        _ => plain,
    }
}

fn text(dice: &mut Dice) -> Value {
    let one = dice.pick(&["es", "es-ES", "ES", "35001", "login", "blue", "Blue", "10", "9"]);
    match dice.below(7) {
        0 => json!(one),
        1 => json!({ "$ne": one }),
        2 => json!({ dice.pick(&["$gt", "$gte", "$lt", "$lte"]): one }),
        3 => json!({ "$in": [one, "purchase"] }),
        4 => json!({ "$nin": [one, null] }),
        5 => json!({ "$exists": dice.one_in(2) }),
        _ => json!({ "$type": "string" }),
    }
}

fn list(dice: &mut Dice, fact: &str) -> Value {
    let words = if fact == "segments" { ["vip", "new"] } else { ["tea", "cups"] };
    match dice.below(6) {
        0 => json!({ "$in": [dice.pick(&words)] }),
        1 => json!({ "$nin": [dice.pick(&words)] }),
        2 => json!({ "$all": words }),
        3 => json!({ "$size": dice.below(3) }),
        4 => json!({ "$elemMatch": { "$eq": dice.pick(&words) } }),
        _ => json!({ "$not": { "$elemMatch": { "$gt": dice.pick(&words) } } }),
    }
}
