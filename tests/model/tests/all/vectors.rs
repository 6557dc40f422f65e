//! The model's decisions for the vectors of the contract.

use querencia_model::decide;
use serde_json::{Map, Value};

#[path = "../../../vectors/read.rs"]
mod read;

/// Fields that are not compared: text for people, and what the model leaves out.
const NOT_COMPARED: [&str; 10] =
    ["why", "because", "params", "body", "title", "signer", "benefit", "policy", "action", "image"];

/// Vectors of what the model does not read: postcodes and language tags as people write them, sums of carts, other names of an order.
/// The last lines are rules that the model still has to learn.
const LEFT_OUT: [&str; 18] = [
    "postcode",
    "letters that belong to a code",
    "a code of digits in groups",
    "a reader of `",
    "a language tag with underscores",
    "the language of a reader of an old tag",
    "a condition may write the old tag",
    "the locale of a reader has hyphens",
    "a shop that writes an old tag",
    "L5:",
    "R3: half of an article",
    "the order of a purchase may have empty fields",
    "an empty order or date of an event",
    "P1: an event that has the number beside the id",
    "P1: a number that two orders have",
    "P1: an id that another order has as its number",
    "P1: an order that has only a number",
    "P3: nothing given back of an order that cost nothing",
];

/// Practices that the model does not have: margins, business hours, callbacks, mentions, neglect.
const UNKNOWN_PRACTICES: [&str; 4] = ["L2:", "C1:", "C4:", "P2:"];

#[test]
fn the_model_agrees_with_every_decision_of_the_vectors() {
    let (mut compared, mut failures) = (0, vec![]);
    for vector in read::vectors() {
        let case = &vector.case;
        let is_unknown = UNKNOWN_PRACTICES.iter().any(|practice| vector.name().starts_with(practice));
        let is_left_out = LEFT_OUT.iter().any(|name| vector.name().contains(name));
        if case["decision"].is_null() || is_unknown || is_left_out || !is_known(&case["policy"], &case["request"]) {
            continue;
        }
        let decided = std::panic::catch_unwind(|| decide(&case["policy"], &case["request"]));
        let Ok(decision) = decided else {
            failures.push(format!("{}: the model cannot read it", vector.name()));
            continue;
        };
        match difference(&decision, &case["decision"], "") {
            None => compared += 1,
            Some(path) => failures.push(format!("{} at {path}\n    {decision}", vector.name())),
        }
    }
    println!("{compared} vectors");
    assert!(
        failures.is_empty(),
        "the model decides otherwise: mend the vector or tests/model/src/, or list here what the model leaves out\n{}",
        failures.join("\n")
    );
    assert!(compared > 1000);
}

/// Whether the model knows everything in a policy: it has most kinds, simple offers and messages without claims, and no catalogue.
fn is_known(policy: &Value, request: &Value) -> bool {
    const OFFER: [&str; 8] = ["percent", "amount", "shipping", "access", "validFor", "code", "again", "budget"];
    let offers = policy["offers"].as_object().into_iter().flat_map(Map::values).filter_map(Value::as_object);
    if offers.flat_map(Map::keys).any(|key| !OFFER.contains(&key.as_str())) {
        return false;
    }
    // the parts of a policy that was published
    if !policy["seal"].is_null() || policy["elsewhere"].as_array().is_some_and(|list| !list.is_empty()) {
        return false;
    }
    if policy["offers"].to_string().contains("\"shipping\"") && !request["catalog"].is_null() {
        return false;
    }
    let messages = policy["messages"].to_string();
    if ["\"claims\":", "\"share\":", "\"humour\":", "\"action\":", "{product.", "{shipping.", "{item.", "{surcharge."]
        .iter()
        .any(|of| messages.contains(of))
    {
        return false;
    }
    let unknown = ["replenishment", "surprise", "topActivity"];
    let mut campaigns = policy["campaigns"].as_array().unwrap().iter();
    campaigns.all(|campaign| campaign["suggest"].is_null() && unknown.iter().all(|kind| campaign["kind"] != *kind))
}

/// The path of the first difference. The decision may hold more than is expected, and lack fields that are not compared and details.
fn difference(decision: &Value, expected: &Value, path: &str) -> Option<String> {
    let inner = |decision: &Map<String, Value>, expected: &Map<String, Value>| {
        expected.iter().filter(|(key, _)| !NOT_COMPARED.contains(&key.as_str())).find_map(|(key, expected)| {
            let path = format!("{path}.{key}");
            match decision.get(key) {
                None if path.contains(".detail.") => None,
                None => Some(path),
                Some(decision) => difference(decision, expected, &path),
            }
        })
    };
    match (decision, expected) {
        (Value::Object(decision), Value::Object(expected)) => inner(decision, expected),
        (Value::Array(decision), Value::Array(expected)) if decision.len() == expected.len() => {
            let mut pairs = decision.iter().zip(expected).enumerate();
            pairs.find_map(|(index, (decision, expected))| difference(decision, expected, &format!("{path}[{index}]")))
        }
        _ => (decision != expected).then(|| path.to_owned()),
    }
}
