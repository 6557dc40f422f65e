//! Finds parts of conditions that are accepted, as the SDKs of GrowthBook accept them, and most likely mean something else: a list that
//! is none, an operator without its `$`. Only warnings use it.

use super::condition_reader::{LOGIC, OPERATORS, sign};
use crate::base::problem::{MISREAD, Problems};
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::language::contradiction::LISTS;

/// Facts that are an object.
const OBJECTS: [&str; 5] = ["event", "attributes", "forms", "affinity", "consent"];

/// Warns of what a condition most likely does not mean.
pub(crate) fn warn_of_misreads(condition: &Tree, problems: &mut Problems) {
    let Tree::Object(entries) = condition else { return };
    for (key, operand) in entries {
        problems.key(key, |problems| match (&**key, operand) {
            ("$and" | "$or" | "$nor", Tree::List(list)) => {
                for (index, condition) in list.iter().enumerate() {
                    problems.index(index, |problems| warn_of_misreads(condition, problems));
                }
            }
            ("$and" | "$or" | "$nor", _) => {
                warn(problems, "it takes a list, and without one it never holds; write `[{ … }]`");
            }
            ("$not", _) => warn_of_misreads(operand, problems),
            (path, _) => {
                let is_bare = matches!(operand, Tree::Text(_) | Tree::Number(_) | Tree::Bool(_));
                if OBJECTS.contains(&path) && is_bare {
                    let sentence = "the fact is an object, which equals no text, number or flag; name a field of it, as `event.name`";
                    warn(problems, sentence);
                }
                warn_of_operators(operand, LISTS.contains(&path), problems);
            }
        });
    }
}

/// Warns of operators whose operand is of the wrong type, and of words that stand where an operator was meant.
fn warn_of_operators(operand: &Tree, is_list: bool, problems: &mut Problems) {
    let Tree::Object(entries) = operand else { return };
    let has_operators = entries.iter().any(|(key, _)| key.starts_with('$'));
    for (key, operand) in entries {
        problems.key(key, |problems| match (&**key, operand) {
            ("$in" | "$nin" | "$all", Tree::List(_)) => {}
            ("$in" | "$nin" | "$all", _) => {
                warn(problems, "it takes a list, and without one it never holds; write `[…]`")
            }
            ("$exists", Tree::Bool(_)) | ("$type", Tree::Text(_)) => {}
            ("$exists", _) => warn(problems, "it takes `true` or `false`, and never holds with anything else"),
            ("$type", _) => warn(problems, "it takes a text, as `\"number\"`, and never holds with anything else"),
            ("$gt" | "$gte" | "$lt" | "$lte", _) if is_list => {
                warn(problems, "the fact is a list, which is neither less nor more; ask its `$size`");
            }
            ("$not" | "$size", _) => warn_of_operators(operand, false, problems),
            ("$elemMatch", Tree::Object(_)) => warn_of_element(operand, problems),
            ("$elemMatch", _) => {
                warn(problems, "it takes an object, and without one it never holds; write `{ \"$eq\": … }`")
            }
            (word, _) if !has_operators => warn_of_word(word, problems),
            _ => {}
        });
    }
}

/// Warns of what is asked of an element of a list: of the element itself, or of its fields.
fn warn_of_element(condition: &Tree, problems: &mut Problems) {
    let Tree::Object(entries) = condition else { return };
    if entries.iter().any(|(key, _)| OPERATORS.contains(&&**key)) {
        return warn_of_operators(condition, false, problems);
    }
    entries.iter().for_each(|(key, _)| problems.key(key, |problems| warn_of_word(key, problems)));
    warn_of_misreads(condition, problems);
}

/// Warns of a field that is called as an operator without its `$`.
fn warn_of_word(word: &str, problems: &mut Problems) {
    let with_sign = concat(&["$", word]);
    let operator =
        sign(word).or_else(|| OPERATORS.iter().chain(&LOGIC).find(|operator| **operator == with_sign).copied());
    if let Some(operator) = operator {
        problems.warn(MISREAD, i64::MIN, || {
            concat(&["`", word, "` is the name of a field here; if you mean the operator, write `", operator, "`"])
        });
    }
}

fn warn(problems: &mut Problems, sentence: &str) {
    problems.warn(MISREAD, i64::MIN, sentence);
}
