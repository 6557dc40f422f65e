//! Runs a case through the engine and through the model, and says where they differ.

use crate::generator::Case;
use querencia::{Engine, Tree};
use serde_json::{Map, Value, json};

/// What the engine decides, or what it refuses to read.
pub fn engine(case: &Case) -> Result<Value, String> {
    let tree = |value: &Value| -> Tree { serde_json::from_value(value.clone()).unwrap() };
    let engine = Engine::new(tree(&case.policy)).map_err(|problems| format!("policy: {problems:?}"))?;
    let decision = engine.decide(tree(&case.request)).map_err(|problems| format!("request: {problems:?}"))?;
    Ok(serde_json::to_value(&decision).unwrap())
}

/// Where both differ: a path, what the engine says and what the model says. The engine may say more than the model.
pub fn difference(case: &Case) -> Option<Value> {
    let engine = match engine(case) {
        Ok(engine) => engine,
        Err(error) => return Some(json!({ "error": error })),
    };
    let model = crate::decide(&case.policy, &case.request);
    let at = differs(&engine, &model, "")?;
    Some(json!({ "at": at, "engine": brief(&engine), "model": model }))
}

/// The path at which a value lacks what is expected; objects may have more keys.
fn differs(found: &Value, expected: &Value, path: &str) -> Option<String> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => expected.iter().find_map(|(key, expected)| {
            let path = format!("{path}.{key}");
            found.get(key).map_or(Some(path.clone()), |found| differs(found, expected, &path))
        }),
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => found
            .iter()
            .zip(expected)
            .enumerate()
            .find_map(|(index, (found, expected))| differs(found, expected, &format!("{path}[{index}]"))),
        _ => (!crate::condition::same(found, expected)).then(|| path.to_owned()),
    }
}

/// The decision without its prose.
fn brief(decision: &Value) -> Value {
    let keep = |value: &Value, without: &[&str]| -> Value {
        let entries = value.as_object().unwrap().iter().filter(|(key, _)| !without.contains(&key.as_str()));
        entries.map(|(key, value)| (key.clone(), value.clone())).collect::<Map<String, Value>>().into()
    };
    let mut brief = keep(decision, &["policy"]);
    brief["standing"] = keep(&decision["standing"], &["because"]);
    for list in ["contacts", "ghosts"] {
        for one in brief[list].as_array_mut().unwrap() {
            *one = keep(one, &["why"]);
            one["message"] = json!({ "locale": one["message"]["locale"], "variant": one["message"]["variant"] });
        }
    }
    brief
}
