//! MongoDB query syntax with the semantics feature-flag SDKs share: missing equals null, equality is strict, a wrong operand
//! type is false.

use serde_json::Value;
use std::cmp::Ordering;

/// Whether a condition holds, given the facts it may name.
pub fn holds(condition: &Value, fact: &dyn Fn(&str) -> Value) -> bool {
    let Some(parts) = condition.as_object() else { return true };
    parts.iter().all(|(key, wanted)| {
        let list = || wanted.as_array();
        match key.as_str() {
            "$and" => list().is_some_and(|list| list.iter().all(|part| holds(part, fact))),
            "$or" => list().is_some_and(|list| list.is_empty() || list.iter().any(|part| holds(part, fact))),
            "$nor" => list().is_some_and(|list| !list.iter().any(|part| holds(part, fact))),
            "$not" => !holds(wanted, fact),
            path => meets(&fact(path), wanted),
        }
    })
}

/// Follows a dotted path into objects; what is missing is null.
pub fn dig(value: &Value, path: &str) -> Value {
    let mut value = value;
    for part in path.split('.') {
        match value.as_object().and_then(|object| object.get(part)) {
            Some(inner) => value = inner,
            None => return Value::Null,
        }
    }
    value.clone()
}

/// A bare value means deep equality, an object of operators all of them.
fn meets(value: &Value, wanted: &Value) -> bool {
    match wanted.as_object() {
        Some(operators) if is_operators(wanted) => {
            operators.iter().all(|(operator, operand)| answers(value, operator, operand))
        }
        _ => same(value, wanted),
    }
}

fn is_operators(wanted: &Value) -> bool {
    let of_conditions = ["$and", "$or", "$nor"];
    let is_operator = |key: &String| key.starts_with('$') && !of_conditions.contains(&key.as_str());
    wanted.as_object().is_some_and(|object| !object.is_empty() && object.keys().all(is_operator))
}

fn answers(value: &Value, operator: &str, operand: &Value) -> bool {
    match operator {
        "$eq" => same(value, operand),
        "$ne" => !same(value, operand),
        "$gt" => order(value, operand) == Some(Ordering::Greater),
        "$gte" => matches!(order(value, operand), Some(Ordering::Greater | Ordering::Equal)),
        "$lt" => order(value, operand) == Some(Ordering::Less),
        "$lte" => matches!(order(value, operand), Some(Ordering::Less | Ordering::Equal)),
        "$in" => operand.as_array().is_some_and(|list| is_in(value, list)),
        "$nin" => operand.as_array().is_some_and(|list| !is_in(value, list)),
        "$all" => match (value.as_array(), operand.as_array()) {
            (Some(values), Some(wanted)) => wanted.iter().all(|one| values.iter().any(|value| meets(value, one))),
            _ => false,
        },
        "$size" => value.as_array().is_some_and(|list| meets(&Value::from(list.len()), operand)),
        "$elemMatch" => value.as_array().is_some_and(|list| {
            list.iter().any(|element| {
                if is_operators(operand) { meets(element, operand) } else { holds(operand, &|path| dig(element, path)) }
            })
        }),
        "$exists" => operand.as_bool().is_some_and(|wanted| wanted != value.is_null()),
        "$type" => operand.as_str() == Some(kind(value)),
        "$not" => !meets(value, operand),
        other => panic!("no operator {other}"),
    }
}

fn is_in(value: &Value, list: &[Value]) -> bool {
    match value.as_array() {
        Some(values) => values.iter().any(|value| list.iter().any(|one| same(value, one))),
        None => list.iter().any(|one| same(value, one)),
    }
}

/// Deep equality; 5.0 is 5, keys have no order.
pub fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left.iter().all(|(key, value)| right.get(key).is_some_and(|other| same(value, other)))
        }
        _ => left == right,
    }
}

/// Two strings by code point, else numbers, numeric strings and null (as 0), otherwise nothing.
fn order(left: &Value, right: &Value) -> Option<Ordering> {
    if let (Some(left), Some(right)) = (left.as_str(), right.as_str()) {
        return Some(left.chars().cmp(right.chars()));
    }
    number(left)?.partial_cmp(&number(right)?)
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Null => Some(0.0),
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
