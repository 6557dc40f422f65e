//! How a condition compares two values.

use crate::base::steps::{Looked, Steps};
use crate::base::text::split_once_at;
use crate::base::tree::Tree;
use std::cmp::Ordering;

/// Whether a value, or an element of it, is one of some operands.
pub(super) fn is_in(value: &Tree, operands: &Tree, steps: &Steps) -> bool {
    let listed = |value: &Tree| {
        matches!(operands, Tree::List(list)
        if steps.take(Looked::Element, list.len()) && list.iter().any(|operand| value.equals(operand, steps)))
    };
    match value {
        Tree::List(elements) => elements.iter().any(listed),
        value => listed(value),
    }
}

/// Compares two strings by code point, and otherwise numbers: `"7"` is 7 and null is 0. Other values have no order.
pub(super) fn compare(value: &Tree, operand: &Tree) -> Option<Ordering> {
    match (value, operand) {
        (Tree::Text(value), Tree::Text(operand)) => Some(value.cmp(operand)),
        _ => as_number(value)?.partial_cmp(&as_number(operand)?),
    }
}

fn as_number(value: &Tree) -> Option<f64> {
    match value {
        Tree::Null => Some(0.0),
        Tree::Number(number) => Some(*number),
        Tree::Text(text) => parse_decimal(text),
        _ => None,
    }
}

/// A decimal of at most fifteen digits, as `-12.5`. The standard parser is exact for more, but its tables are larger than this file.
fn parse_decimal(text: &str) -> Option<f64> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let (whole, fraction) = split_once_at(unsigned, b'.').unwrap_or((unsigned, ""));
    let complete = !whole.is_empty() && (unsigned.len() == whole.len() || !fraction.is_empty());
    if !complete || whole.len() + fraction.len() > 15 {
        return None;
    }
    // fifteen digits and the powers of ten up to 10^15 are exact in a float
    let (mut number, mut power) = (0.0, 1.0);
    for digits in [whole, fraction] {
        power = 1.0;
        for byte in digits.bytes() {
            number = number * 10.0 + f64::from(char::from(byte).to_digit(10)?);
            power *= 10.0;
        }
    }
    Some(sign * number / power)
}

/// Adds the numbers in a tree.
pub(super) fn numbers_in(tree: &Tree, into: &mut Vec<f64>) {
    match tree {
        Tree::List(elements) => elements.iter().for_each(|element| numbers_in(element, into)),
        Tree::Object(entries) => entries.iter().for_each(|(_, value)| numbers_in(value, into)),
        value => {
            if let Some(number) = as_number(value) {
                into.push(number);
            }
        }
    }
}

/// The name of a value's type, as `$type` has it.
pub(super) fn type_name(value: &Tree) -> &'static str {
    match value {
        Tree::Bool(_) => "boolean",
        Tree::Number(_) => "number",
        Tree::Text(_) => "string",
        Tree::List(_) => "array",
        Tree::Object(_) => "object",
        Tree::Null | Tree::Foreign | Tree::TooDeep | Tree::TooLarge | Tree::Twice => "null",
    }
}
