//! Conditions that use all facts and operators.

use super::Rng;
use serde_json::{Value, json};

const NUMBERS: [&str; 24] = [
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
    "contacts.c0.count",
    "contacts.c0.daysSince",
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

/// Where a condition stands: the contract does not allow every fact everywhere.
#[derive(Clone, Copy, PartialEq)]
pub enum Scope {
    /// In `audience` or in a limit's `when`: all facts are allowed.
    Anywhere,
    /// In `tiers`: `tier` is not allowed, and segments could use it.
    Tier,
    /// In `segments`: segments are not allowed.
    Segment,
}

/// A random condition, nested at most `depth` times.
pub fn condition(rng: &mut Rng, scope: Scope, depth: u64) -> Value {
    match rng.below(if depth == 0 { 7 } else { 11 }) {
        0..=2 => {
            let fact = rng.pick(&NUMBERS);
            json!({ fact: number(rng, fact) })
        }
        3 => {
            let fact = rng.pick(&TEXTS);
            json!({ fact: text(rng, fact) })
        }
        4 => {
            let fact = rng.pick(&LISTS);
            if fact == "segments" && scope != Scope::Anywhere { json!({}) } else { json!({ fact: list(rng, fact) }) }
        }
        5 if scope == Scope::Anywhere => json!({ "tier": rng.pick(&[
            json!("known"), json!({ "$ne": "unknown" }), json!({ "$in": ["unknown", "advocate"] })]) }),
        5 | 6 if rng.one_in(5) => json!({ "contacts.c0.reaction": rng.pick(&[
            json!("clicked"), json!({ "$ne": "dismissed" }), json!({ "$exists": false })]) }),
        5 | 6 => {
            let fact = rng.pick(&["promoter", "consent.email", "consent.sms", "attributes.flag"]);
            json!({ fact: rng.pick(&[json!(true), json!({ "$ne": true }), json!({ "$eq": false })]) })
        }
        7 => json!({ "$and": several(rng, scope, depth) }),
        8 => json!({ "$or": several(rng, scope, depth) }),
        9 => json!({ "$nor": several(rng, scope, depth) }),
        _ => json!({ "$not": condition(rng, scope, depth - 1) }),
    }
}

fn several(rng: &mut Rng, scope: Scope, depth: u64) -> Value {
    (0..rng.below(3)).map(|_| condition(rng, scope, depth - 1)).collect()
}

fn number(rng: &mut Rng, fact: &str) -> Value {
    let small: &[i64] = match fact {
        "orders.value" | "orders.average" | "cart.total" | "event.value" => {
            &[0, 1000, 1333, 1666, 2000, 2166, 2500, 5000]
        }
        "affinity.tea" => &[0, 40, 60, 100],
        "ratings.last" => &[0, 8, 9, 10],
        "orders.margin" => &[-100, 0, 300],
        _ => &[0, 1, 2, 3, 5, 7, 14, 30],
    };
    let (one, other) = (rng.pick(small), rng.pick(small));
    let operators = ["$gt", "$gte", "$lt", "$lte", "$eq", "$ne"];
    let plain = json!({ rng.pick(&operators): one });
    match rng.below(9) {
        0 => json!(one),
        1 => json!({ "$gte": one.min(other), "$lt": one.max(other) }),
        2 => json!({ "$not": plain }),
        3 => json!({ rng.pick(&["$in", "$nin"]): [one, other] }),
        4 => json!({ "$exists": rng.one_in(2) }),
        // a text where a fact is a number is refused
        5 if fact.starts_with("attributes") || fact.starts_with("event") => {
            json!({ rng.pick(&["$gt", "$lte"]): one.to_string() })
        }
        6 => json!({ "$type": rng.pick(&["number", "string", "null"]) }),
        _ => plain,
    }
}

fn text(rng: &mut Rng, fact: &str) -> Value {
    let possible: &[&str] = match fact {
        "locale" => &["es", "es-ES", "en", "es-MX"],
        "language" => &["es", "en", "fr"],
        "country" => &["ES", "MX", "FR"],
        "postcode" => &["35001", "28001", "10"],
        _ => &["es", "ES", "35001", "login", "blue", "Blue", "10", "9"],
    };
    let one = rng.pick(possible);
    let other = if fact.contains('.') { "purchase" } else { one };
    match rng.below(7) {
        0 => json!(one),
        1 => json!({ "$ne": one }),
        2 => json!({ rng.pick(&["$gt", "$gte", "$lt", "$lte"]): one }),
        3 => json!({ "$in": [one, other] }),
        4 => json!({ "$nin": [one, null] }),
        5 => json!({ "$exists": rng.one_in(2) }),
        _ => json!({ "$type": "string" }),
    }
}

fn list(rng: &mut Rng, fact: &str) -> Value {
    let words = if fact == "segments" { ["vip", "new"] } else { ["tea", "cups"] };
    match rng.below(6) {
        0 => json!({ "$in": [rng.pick(&words)] }),
        1 => json!({ "$nin": [rng.pick(&words)] }),
        2 => json!({ "$all": words }),
        3 => json!({ "$size": rng.below(3) }),
        4 => json!({ "$elemMatch": { "$eq": rng.pick(&words) } }),
        _ => json!({ "$not": { "$elemMatch": { "$gt": rng.pick(&words) } } }),
    }
}
