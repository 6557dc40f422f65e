//! Makes a failing case smaller: drops one list element or field after the other, as long as the case still fails.

use crate::generator::Case;
use serde_json::Value;

/// The smallest case found that still fails.
pub fn shrink(case: &Case, fails: impl Fn(&Case) -> bool) -> Case {
    let mut best = case.clone();
    loop {
        let before = size(&best);
        for half in ["policy", "request"] {
            for path in paths(part(&best, half)) {
                let mut smaller = best.clone();
                if remove(part_mut(&mut smaller, half), &path) && has_texts(&smaller) && fails(&smaller) {
                    best = smaller;
                }
            }
        }
        if size(&best) == before {
            return best;
        }
    }
}

/// Whether the shop has a locale and each message a variant. Without them a policy is invalid, which is a different failure.
fn has_texts(case: &Case) -> bool {
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

/// All paths of a value as JSON pointers: parents before children, later list elements first.
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
    // without its id a record or an order is a different one, not a smaller one
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
