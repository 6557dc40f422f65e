//! Makes a case smaller while it still differs: greedily drops elements and fields, then tries simpler values.

use crate::generator::Case;
use serde_json::Value;

/// The smallest case found for which `fails` still holds.
pub fn shrink(case: &Case, fails: impl Fn(&Case) -> bool) -> Case {
    let mut best = case.clone();
    loop {
        let before = size(&best);
        for half in ["policy", "request"] {
            for path in paths(part(&best, half)) {
                let mut smaller = best.clone();
                if remove(part_mut(&mut smaller, half), &path) && can_speak(&smaller) && fails(&smaller) {
                    best = smaller;
                }
            }
        }
        if size(&best) == before {
            return best;
        }
    }
}

/// A shop without a locale, or a message without a variant, can say nothing.
fn can_speak(case: &Case) -> bool {
    let empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
    let messages = case.policy["messages"].as_object().into_iter().flatten();
    !empty(&case.policy["shop"]["locales"])
        && messages
            .flat_map(|(_, message)| message.as_object())
            .all(|message| !message.is_empty() && !message.values().any(empty))
}

fn size(case: &Case) -> usize {
    case.policy.to_string().len() + case.request.to_string().len()
}

fn part<'a>(case: &'a Case, half: &str) -> &'a Value {
    if half == "policy" { &case.policy } else { &case.request }
}

fn part_mut<'a>(case: &'a mut Case, half: &str) -> &'a mut Value {
    if half == "policy" { &mut case.policy } else { &mut case.request }
}

/// JSON pointers, parents and later elements first.
fn paths(value: &Value) -> Vec<String> {
    let mut found = vec![];
    let mut inner = |key: String, value: &Value| {
        let here = format!("/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(here.clone());
        found.extend(paths(value).into_iter().map(|path| format!("{here}{path}")));
    };
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| inner(key.clone(), value)),
        Value::Array(list) => list.iter().enumerate().rev().for_each(|(index, value)| inner(index.to_string(), value)),
        _ => {}
    }
    found
}

fn remove(value: &mut Value, path: &str) -> bool {
    let (parent, key) = path.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    // without its id it would be another thing told, not less told
    if key == "id" && parent != "/customer" {
        return false;
    }
    match value.pointer_mut(parent) {
        Some(Value::Object(object)) => object.shift_remove(&key).is_some(),
        Some(Value::Array(list)) => {
            let index: usize = key.parse().unwrap();
            let there = index < list.len();
            if there {
                list.remove(index);
            }
            there
        }
        _ => false,
    }
}
