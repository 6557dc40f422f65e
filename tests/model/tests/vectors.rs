//! The model's decisions for the vectors of the contract.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use querencia_model::decide;
use serde_json::{Map, Value};

#[path = "../../vectors/read.rs"]
mod read;

/// Fields that are not compared: text for people, and what the model leaves out.
const NOT_COMPARED: [&str; 9] = ["why", "because", "params", "body", "title", "signer", "benefit", "policy", "phase"];

/// Practices that the model does not have: phases, cadence, business hours, callbacks, mentions, neglect.
const UNKNOWN_PRACTICES: [&str; 5] = ["L1:", "L2:", "C1:", "C4:", "P2:"];

#[test]
fn the_model_agrees_with_every_decision_of_the_vectors() {
    let (mut compared, mut failures) = (0, vec![]);
    for vector in read::vectors() {
        let case = &vector.case;
        let is_unknown = UNKNOWN_PRACTICES.iter().any(|practice| vector.name().starts_with(practice));
        if case["decision"].is_null() || is_unknown || !is_known(&case["policy"]) {
            continue;
        }
        let decision = decide(&case["policy"], &case["request"]);
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

/// Whether the model knows everything in a policy: it has seven kinds, simple offers and messages without claims, and no catalogue.
fn is_known(policy: &Value) -> bool {
    const OFFER: [&str; 6] = ["percent", "amount", "shipping", "access", "validFor", "code"];
    let offers = policy["offers"].as_object().into_iter().flat_map(Map::values).filter_map(Value::as_object);
    if offers.flat_map(Map::keys).any(|key| !OFFER.contains(&key.as_str())) {
        return false;
    }
    let messages = policy["messages"].to_string();
    if ["\"claims\":", "\"share\":", "\"humour\":", "{product.", "{shipping."].iter().any(|of| messages.contains(of)) {
        return false;
    }
    let kinds = ["announcement", "birthday", "content", "howTo", "milestone", "survey", "thankYou"];
    policy["campaigns"].as_array().unwrap().iter().all(|campaign| kinds.iter().any(|kind| campaign["kind"] == *kind))
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
