//! Conditions: MongoDB query syntax, with the semantics that feature-flag SDKs share. A missing fact is null, equality
//! is strict, an operand of the wrong type makes the answer false.

use serde_json::Value;
use std::cmp::Ordering;

/// Whether a condition holds. `fact` gives the value of a fact by its name.
pub fn holds(condition: &Value, fact: &dyn Fn(&str) -> Value) -> bool {
    // what the shop, the event or a form says is compared as null where it is missing
    let is_built_in = |path: &str| !["attributes", "event", "forms"].contains(&path.split('.').next().unwrap());
    all_hold(condition, fact, &is_built_in)
}

/// The same; `is_built_in` says of which facts an unknown one is neither less nor more.
fn all_hold(condition: &Value, fact: &dyn Fn(&str) -> Value, is_built_in: &dyn Fn(&str) -> bool) -> bool {
    let holds = |condition: &Value| all_hold(condition, fact, is_built_in);
    let Some(parts) = condition.as_object() else { return true };
    parts.iter().all(|(key, wanted)| {
        let list = || wanted.as_array();
        match key.as_str() {
            "$and" => list().is_some_and(|list| list.iter().all(&holds)),
            "$or" => list().is_some_and(|list| list.is_empty() || list.iter().any(&holds)),
            "$nor" => list().is_some_and(|list| !list.iter().any(&holds)),
            "$not" => !holds(wanted),
            path => {
                let value = fact(path);
                let compared = (path == "locale").then(|| locales_as_compared(wanted));
                let wanted = compared.as_ref().unwrap_or(wanted);
                if value.is_null() && is_built_in(path) { unknown_meets(wanted) } else { meets(&value, wanted) }
            }
        }
    })
}

/// A locale without its capitals, and with the present name of its language: `he-il` of `iw_IL`.
pub fn locale_as_compared(locale: &str) -> String {
    let small = locale.to_lowercase().replace('_', "-");
    let (language, rest) = small.split_at(small.find('-').unwrap_or(small.len()));
    let renamed = [
        ("iw", "he"),
        ("in", "id"),
        ("ji", "yi"),
        ("jw", "jv"),
        ("mo", "ro"),
        ("no", "nb"),
        ("sh", "sr"),
        ("tl", "fil"),
    ];
    let present = renamed.iter().find(|(old, _)| *old == language).map_or(language, |(_, new)| new);
    format!("{present}{rest}")
}

fn locales_as_compared(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(locale_as_compared(text)),
        Value::Array(list) => list.iter().map(locales_as_compared).collect(),
        Value::Object(parts) => {
            Value::Object(parts.iter().map(|(key, part)| (key.clone(), locales_as_compared(part))).collect())
        }
        other => other.clone(),
    }
}

/// The value at a dotted path inside objects; null if it is missing.
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

/// Whether a value satisfies what a condition wants: an object of operators (all must hold), or a plain value (deep equality).
fn meets(value: &Value, wanted: &Value) -> bool {
    match wanted.as_object() {
        Some(operators) if is_operators(wanted) => {
            operators.iter().all(|(operator, operand)| operator_holds(value, operator, operand))
        }
        _ => same(value, wanted),
    }
}

/// Whether a fact that is unknown satisfies what a condition wants.
fn unknown_meets(wanted: &Value) -> bool {
    let orders = ["$gt", "$gte", "$lt", "$lte"];
    match wanted.as_object() {
        Some(operators) if is_operators(wanted) => {
            operators.iter().all(|(operator, operand)| match operator.as_str() {
                "$not" => !unknown_meets(operand),
                other => !orders.contains(&other) && operator_holds(&Value::Null, other, operand),
            })
        }
        _ => wanted.is_null(),
    }
}

fn is_operators(wanted: &Value) -> bool {
    let of_conditions = ["$and", "$or", "$nor"];
    let is_operator = |key: &String| key.starts_with('$') && !of_conditions.contains(&key.as_str());
    wanted.as_object().is_some_and(|object| !object.is_empty() && object.keys().all(is_operator))
}

fn operator_holds(value: &Value, operator: &str, operand: &Value) -> bool {
    match operator {
        "$eq" => same(value, operand),
        "$ne" => !same(value, operand),
        "$gt" => compare(value, operand) == Some(Ordering::Greater),
        "$gte" => matches!(compare(value, operand), Some(Ordering::Greater | Ordering::Equal)),
        "$lt" => compare(value, operand) == Some(Ordering::Less),
        "$lte" => matches!(compare(value, operand), Some(Ordering::Less | Ordering::Equal)),
        "$in" => operand.as_array().is_some_and(|list| is_in(value, list)),
        "$nin" => operand.as_array().is_some_and(|list| !is_in(value, list)),
        "$all" => match (value.as_array(), operand.as_array()) {
            (Some(values), Some(wanted)) => wanted.iter().all(|one| values.iter().any(|value| meets(value, one))),
            _ => false,
        },
        "$size" => value.as_array().is_some_and(|list| meets(&Value::from(list.len()), operand)),
        "$elemMatch" => {
            value.as_array().is_some_and(|list| {
                list.iter().any(|element| {
                    if is_operators(operand) { meets(element, operand) } else { fields_hold(operand, element) }
                })
            })
        }
        "$exists" => operand.as_bool().is_some_and(|wanted| wanted != value.is_null()),
        "$type" => operand.as_str() == Some(type_name(value)),
        "$not" => !meets(value, operand),
        other => panic!("unknown operator {other}"),
    }
}

/// A condition over the fields of an element of a list.
fn fields_hold(condition: &Value, element: &Value) -> bool {
    all_hold(condition, &|path| dig(element, path), &|_| false)
}

fn is_in(value: &Value, list: &[Value]) -> bool {
    match value.as_array() {
        Some(values) => values.iter().any(|value| list.iter().any(|one| same(value, one))),
        None => list.iter().any(|one| same(value, one)),
    }
}

/// Deep equality. 5.0 equals 5, and the order of keys does not matter.
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

/// Compares two strings by code point; else two numbers, where a numeric string is its number and null is 0. Everything else has no
/// order.
fn compare(left: &Value, right: &Value) -> Option<Ordering> {
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

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
