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
pub fn difference(case: &Case, areas: &[&str], but: &[&str]) -> Option<Value> {
    let engine = match engine(case) {
        Ok(engine) => engine,
        Err(error) => return Some(json!({ "error": error })),
    };
    let mut model = crate::decide(&case.policy, &case.request);
    if areas.is_empty() {
        if model.to_string().contains("slot-kept") {
            return None;
        }
        forget_the_new(&mut model);
    }
    let at = differs(&engine, &model, "", but)?;
    Some(json!({ "at": at, "engine": brief(&engine), "model": model }))
}

/// Without what an engine of the older features does not say.
fn forget_the_new(model: &mut Value) {
    for list in ["contacts", "ghosts", "refused"] {
        for one in model[list].as_array_mut().unwrap() {
            let object = one.as_object_mut().unwrap();
            object.remove("urgent");
            object.remove("digest");
            if list == "refused" {
                object.remove("expiresAt");
                let also = object["also"].as_array().unwrap().clone();
                object["also"] = also.into_iter().map(without_by).collect();
                *one = without_by(one.clone());
            }
        }
    }
}

fn without_by(mut refusal: Value) -> Value {
    if refusal["code"] == "withdrawn" {
        refusal["detail"].as_object_mut().unwrap().remove("by");
    }
    refusal
}

/// The path at which a value lacks what is expected; objects may have more keys, and some are not asked for.
pub fn differs(found: &Value, expected: &Value, path: &str, but: &[&str]) -> Option<String> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            expected.iter().filter(|(key, _)| !but.contains(&key.as_str())).find_map(|(key, expected)| {
                let path = format!("{path}.{key}");
                found.get(key).map_or(Some(path.clone()), |found| differs(found, expected, &path, but))
            })
        }
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => found
            .iter()
            .zip(expected)
            .enumerate()
            .find_map(|(index, (found, expected))| differs(found, expected, &format!("{path}[{index}]"), but)),
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
