//! Runs one vector; for the native test and for the test that turns parts of the engine off.

use super::querencia::{Engine, Problem, Tree};
use serde_json::{Map, Value, json};

#[path = "read.rs"]
pub mod read;
#[path = "story.rs"]
mod story;

pub use read::{Vector, vectors};

/// Text for people, which may change.
const PROSE: [&str; 3] = ["why", "because", "message"];

/// The engine of a vector's policy, and its request.
pub fn prepared(Vector { case, .. }: &Vector) -> (Result<Engine, Vec<Problem>>, Value) {
    (Engine::new(tree(&case["policy"])), case["request"].clone())
}

/// Whether a vector holds, or the difference.
pub fn run(vector: &Vector) -> Result<(), String> {
    let (engine, request) = prepared(vector);
    let case = &vector.case;
    let engine = match (engine, case.get("problems")) {
        (Ok(engine), None) => engine,
        (Err(found), Some(expected)) => return same_problems(&found, expected),
        (Ok(_), Some(expected)) => return Err(format!("the policy was read; expected {expected}")),
        (Err(found), None) => return Err(format!("the policy was refused: {found:?}")),
    };
    if let Some(story) = case.get("story") {
        return story::replay(&engine, &request, story);
    }
    match (engine.decide(tree(&request)), case.get("decision"), case.get("error")) {
        (Ok(decision), Some(expected), None) => {
            let decision = serde_json::to_value(&decision).unwrap();
            matches(&decision, expected, "").map_err(|failure| format!("{failure}\n    in {decision}"))
        }
        (Err(found), None, Some(expected)) => same_problems(&found[..1], &json!([expected])),
        (found, ..) => Err(format!("got {found:?}")),
    }
}

pub fn tree(value: &Value) -> Tree {
    serde_json::from_value(value.clone()).unwrap()
}

fn same_problems(found: &[Problem], expected: &Value) -> Result<(), String> {
    let found: Value = found.iter().map(|problem| json!({ "code": problem.code, "path": problem.path })).collect();
    if found == *expected { Ok(()) } else { Err(format!("found {found}, expected {expected}")) }
}

/// Whether a value is at least what is expected: an object may have more keys, a list not more elements.
fn matches(found: &Value, expected: &Value, path: &str) -> Result<(), String> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => matches_object(found, expected, path),
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => {
            let mut pairs = found.iter().zip(expected).enumerate();
            pairs.try_for_each(|(index, (found, expected))| matches(found, expected, &format!("{path}[{index}]")))
        }
        (found, expected) if found == expected => Ok(()),
        (found, expected) => Err(format!("{path}: found {found}, expected {expected}")),
    }
}

fn matches_object(found: &Map<String, Value>, expected: &Map<String, Value>, path: &str) -> Result<(), String> {
    expected.iter().try_for_each(|(key, expected)| {
        assert!(!PROSE.contains(&key.as_str()) || key == "message", "`{key}` is prose");
        let found = found.get(key).ok_or_else(|| format!("{path}: no `{key}`"))?;
        matches(found, expected, &format!("{path}.{key}"))
    })
}
