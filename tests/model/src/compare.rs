//! Decides a case with the engine and with the model, and finds where the decisions differ.

use crate::generator::Case;
use querencia::{Engine, Tree};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The engine's decision, or the problems with which it refuses the policy or the request.
pub fn engine(case: &Case) -> Result<Value, String> {
    let tree = |value: &Value| Tree::deserialize(value).unwrap();
    let engine = Engine::new(tree(&case.policy)).map_err(|problems| format!("policy: {problems:?}"))?;
    let decision = engine.decide(tree(&case.request)).map_err(|problems| format!("request: {problems:?}"))?;
    Ok(serde_json::to_value(&decision).unwrap())
}

/// The first difference: its path, the engine's decision and the model's. The engine's decision may have more fields.
pub fn difference(case: &Case) -> Option<Value> {
    let engine = match engine(case) {
        Ok(engine) => engine,
        Err(error) => return Some(json!({ "error": error })),
    };
    let model = crate::decide(&case.policy, &case.request);
    if std::env::var("GATES_ONLY").is_ok() {
        let list = |one: &Value, list: &str| !one[list].as_array().unwrap().is_empty();
        let spoken = [&engine, &model].iter().any(|one| list(one, "contacts") || list(one, "ghosts"));
        let (engine, model) = (gates(&engine, !spoken), gates(&model, !spoken));
        let at = first_difference(&engine, &model, "")?;
        return Some(json!({ "at": at, "engine": engine, "model": model }));
    }
    let at = first_difference(&engine, &model, "")?;
    Some(json!({ "at": at, "engine": without_prose(&engine), "model": model }))
}

/// What does not depend on arbitration.
fn gates(decision: &Value, none: bool) -> Value {
    let mut kept = json!({ "tasks": decision["tasks"], "standing": { "tier": decision["standing"]["tier"], "phase": decision["standing"]["phase"] }, "refused": {} });
    for one in decision["refused"].as_array().unwrap() {
        if one["gate"] == "arbitration" {
            continue;
        }
        let mut one = one.clone();
        if !none {
            one["retryAt"] = json!(null);
        }
        let id = one["campaign"].as_str().unwrap().to_owned();
        kept["refused"][id] = one;
    }
    kept
}

/// The path of the first value that is not as expected. Objects may have more keys than expected.
fn first_difference(found: &Value, expected: &Value, path: &str) -> Option<String> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => expected.iter().find_map(|(key, expected)| {
            let path = format!("{path}.{key}");
            found.get(key).map_or(Some(path.clone()), |found| first_difference(found, expected, &path))
        }),
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => found
            .iter()
            .zip(expected)
            .enumerate()
            .find_map(|(index, (found, expected))| first_difference(found, expected, &format!("{path}[{index}]"))),
        _ => (!crate::condition::same(found, expected)).then(|| path.to_owned()),
    }
}

/// The decision without `policy`, `because`, `why` and the texts of messages, which the model does not give.
fn without_prose(decision: &Value) -> Value {
    let fields = |value: &Value, without: &[&str]| -> Value {
        let entries = value.as_object().unwrap().iter().filter(|(key, _)| !without.contains(&key.as_str()));
        entries.map(|(key, value)| (key.clone(), value.clone())).collect::<Map<String, Value>>().into()
    };
    let mut kept = fields(decision, &["policy"]);
    kept["standing"] = fields(&decision["standing"], &["because"]);
    for list in ["contacts", "ghosts"] {
        for one in kept[list].as_array_mut().unwrap() {
            *one = fields(one, &["why"]);
            one["message"] = json!({ "locale": one["message"]["locale"], "variant": one["message"]["variant"] });
        }
    }
    kept
}
