//! One reader for everything that comes in: it compares a tree with a description of fields, turns instants and dates into
//! numbers where they stand, and collects every problem with its path. Schema and TypeScript come from the same descriptions.

use super::shape::{Field, MAX_TEXT, Shape, Tagged};
use crate::base::locale::is_locale;
use crate::base::problem::{Code, Problems};
use crate::base::sentence::{listed, nearest, none_of};
use crate::base::text::{digits, joined};
use crate::base::tree::{Tree, whole};
use crate::calendar::{self, Instant};

/// Checks a tree against a shape, normalising it in place.
pub(crate) fn check(tree: &mut Tree, shape: &Shape, problems: &mut Problems) {
    match tree {
        Tree::TooDeep => {
            return problems.add(Code::TooDeep, "nested deeper than 32 levels; move the inner part up or split it");
        }
        Tree::TooLarge => {
            return problems
                .add(Code::TooLarge, "larger than a document of this kind may be (a list: 100000 elements)");
        }
        Tree::Foreign => return problems.add(Code::WrongType, "not a value that JSON has; give plain data"),
        Tree::Number(number) if !number.is_finite() => {
            return problems.add(Code::InvalidValue, "not a finite number; give one or leave the field out");
        }
        Tree::Text(text) if !sound(text, problems) => return,
        _ => {}
    }
    match shape {
        Shape::Any | Shape::Condition => check_inside(tree, problems),
        Shape::Flag => expect(matches!(tree, Tree::Bool(_)), "true or false", problems),
        Shape::Text => {
            expect(tree.as_text().is_some_and(|text| !text.is_empty()), "a text that is not empty", problems)
        }
        Shape::Name => check_name(tree, problems),
        Shape::Number { min, max } => match tree {
            Tree::Number(number) if *min <= *number && *number <= *max => {}
            Tree::Number(_) => {
                problems.add(Code::OutOfRange, || {
                    let least = whole(*min).map_or("above 0".to_owned(), |min| joined(&["from ", &digits(min)]));
                    let most = digits(whole(*max).unwrap_or_default());
                    joined(&["give a number ", &least, " to ", &most])
                });
            }
            _ => expect(false, "a number", problems),
        },
        Shape::Integer { min, max } => match (tree.as_integer(), &tree) {
            (Some(number), _) if *min <= number && number <= *max => {}
            (None, Tree::Number(number)) if whole(number.trunc()).is_some() => {
                problems.add(Code::InvalidValue, "not a whole number")
            }
            (_, Tree::Number(_)) => {
                problems.add(Code::OutOfRange, || {
                    joined(&["give a whole number from ", &digits(*min), " to ", &digits(*max)])
                });
            }
            _ => expect(false, "a whole number", problems),
        },
        Shape::Percent => match tree {
            Tree::Number(number) if (0.0..=100.0).contains(number) => match hundredths(*number) {
                Some(hundredths) => *tree = hundredths.into(),
                None => problems.add(Code::InvalidValue, "more than two decimals; write it as `12.5`"),
            },
            Tree::Number(_) => problems.add(Code::OutOfRange, "give a number from 0 to 100"),
            _ => expect(false, "a number", problems),
        },
        Shape::InstantOrDate if tree.as_text().and_then(calendar::parse_date).is_some() => {}
        Shape::Instant | Shape::InstantOrDate => check_instant(tree, problems),
        Shape::Date => match tree.as_text().map(calendar::parse_date) {
            Some(Some(date)) => *tree = calendar::day_number(date).into(),
            Some(None) => problems.add(Code::InvalidValue, "not a date of the calendar; write it as `2026-12-31`"),
            None => expect(false, "a date as `2026-12-31`", problems),
        },
        Shape::Birthday => match tree.as_text().map(calendar::parse_birthday) {
            Some(Some((month, day))) => *tree = i64::from(month * 100 + day).into(),
            Some(None) => problems.add(
                Code::InvalidValue,
                "not a day of the calendar; write it as `1990-12-31` or, without year, `--12-31`",
            ),
            None => expect(false, "a date as `1990-12-31` or `--12-31`", problems),
        },
        Shape::Duration => check_duration(tree, calendar::parse_duration, problems),
        Shape::Days => check_duration(tree, calendar::parse_days, problems),
        Shape::Repeat if tree.as_text() == Some("never") => {}
        Shape::Repeat => check_duration(tree, calendar::parse_duration, problems),
        Shape::Per if tree.as_text().is_some_and(|text| calendar::UNITS.contains(&text)) => {}
        Shape::Per => check_duration(tree, calendar::parse_duration, problems),
        Shape::Clock => match tree.as_text().map(calendar::parse_clock) {
            Some(Some(_)) => {}
            Some(None) => problems.add(Code::InvalidValue, "not a time of day; write it as `22:00`, at most `24:00`"),
            None => expect(false, "a time of day as `22:00`", problems),
        },
        Shape::Currency => check_code(tree, 3, "an ISO 4217 code as `EUR`", problems),
        Shape::Country => check_code(tree, 2, "an ISO 3166 code as `ES`", problems),
        Shape::Locale => match tree.as_text().map(is_locale) {
            Some(true) => {}
            Some(false) => problems.add(Code::InvalidValue, "not a BCP 47 language tag; write it as `es-ES`"),
            None => expect(false, "a language tag as `es-ES`", problems),
        },
        Shape::Choice(words) => check_choice(tree, words, problems),
        Shape::List(element) => match tree {
            Tree::List(elements) => check_elements(elements, element, problems),
            _ => expect(false, "a list", problems),
        },
        Shape::Map(value_shape) => match tree {
            Tree::Object(entries) => {
                entries.retain(|(_, value)| !value.is_null());
                entries.iter_mut().for_each(|(key, value)| check_free(key, value, value_shape, problems));
            }
            _ => expect(false, "an object", problems),
        },
        Shape::Object(_, fields) => check_object(tree, fields, &[], Rest::Refused, problems),
        Shape::Open(_, fields) => check_object(tree, fields, &[], Rest::Anything, problems),
        Shape::Tagged(tagged) => check_tagged(tree, tagged, problems),
        Shape::Shorthand(_, whole) if matches!(tree, Tree::Object(_)) => check(tree, whole, problems),
        Shape::Shorthand(field, _) => {
            check(tree, &Shape::Text, problems);
            *tree = Tree::from([(*field, std::mem::take(tree))]);
        }
    }
}

/// The hundredths of a number that has two decimals at most.
pub(crate) fn hundredths(number: f64) -> Option<i64> {
    let hundredths = (number * 100.0 + 0.5).trunc();
    whole(hundredths).filter(|_| hundredths / 100.0 == number)
}

/// What may stand in an object beside its fields.
#[derive(Clone, Copy, PartialEq)]
enum Rest {
    Refused,
    Anything,
    /// nothing can be said, because what would say it is wrong itself
    Unknown,
}

fn check_object(tree: &mut Tree, fields: &[Field], more: &[Field], rest: Rest, problems: &mut Problems) {
    let Tree::Object(entries) = tree else {
        return expect(false, "an object", problems);
    };
    entries.retain(|(key, value)| !value.is_null() || (rest == Rest::Anything && find(key, fields).is_none()));
    for (key, value) in entries.iter_mut() {
        if let Some(field) = find(key, fields).or_else(|| find(key, more)) {
            problems.key(key, |problems| check(value, field.shape, problems));
        } else if rest == Rest::Anything {
            check_free(key, value, &Shape::Any, problems);
        } else if rest == Rest::Refused {
            problems.add_at(key, Code::UnknownField, || {
                let mut names = Vec::new();
                for fields in [fields, more] {
                    fields.iter().for_each(|field| names.push(field.name));
                }
                joined(&["no such field", &nearest(key, &names), "; expected ", &listed(&names)])
            });
        }
    }
    for fields in [fields, more] {
        for field in fields {
            if field.required && tree.find(field.name).is_none() {
                problems.add_at(field.name, Code::MissingField, || joined(&["`", field.name, "` is required here"]));
            }
        }
    }
}

fn find<'a>(name: &str, fields: &'a [Field]) -> Option<&'a Field> {
    fields.iter().find(|field| field.name == name)
}

fn check_tagged(tree: &mut Tree, tagged: &Tagged, problems: &mut Problems) {
    let rows = (tagged.rows)();
    let said = tree.text(tagged.tag).map(str::to_owned);
    match said.as_deref().and_then(|said| rows.iter().find(|(name, _)| *name == said)) {
        Some((_, more)) => check_object(tree, tagged.common, more, Rest::Refused, problems),
        None => {
            check_object(tree, tagged.common, &[], Rest::Unknown, problems);
            refuse_what_no_row_has(tree, tagged, &rows, problems);
            if let Some(said) = said {
                problems.add_at(tagged.tag, Code::InvalidValue, || {
                    let mut names = Vec::new();
                    rows.iter().for_each(|(name, _)| names.push(*name));
                    none_of(&said, &names)
                });
            }
        }
    }
}

/// Where it is not known which row it is, a field may be one of any row.
fn refuse_what_no_row_has(
    tree: &Tree,
    tagged: &Tagged,
    rows: &[(&'static str, &'static [Field])],
    problems: &mut Problems,
) {
    let mut names = Vec::new();
    tagged.common.iter().for_each(|field| names.push(field.name));
    for (_, fields) in rows {
        fields.iter().for_each(|field| names.push(field.name));
    }
    if let Tree::Object(entries) = tree {
        for (key, _) in entries.iter().filter(|(key, _)| !names.contains(&&**key)) {
            problems.add_at(key, Code::UnknownField, || joined(&["no such field", &nearest(key, &names)]));
        }
    }
}

/// Looks through free data for what no document may hold.
fn check_inside(tree: &mut Tree, problems: &mut Problems) {
    match tree {
        Tree::List(elements) => check_elements(elements, &Shape::Any, problems),
        Tree::Object(entries) => {
            entries.iter_mut().for_each(|(key, value)| check_free(key, value, &Shape::Any, problems));
        }
        _ => {}
    }
}

fn check_elements(elements: &mut [Tree], shape: &Shape, problems: &mut Problems) {
    for (index, value) in elements.iter_mut().enumerate() {
        problems.index(index, |problems| check(value, shape, problems));
    }
}

/// Checks what stands under a key of the document's own choosing.
fn check_free(key: &str, value: &mut Tree, shape: &Shape, problems: &mut Problems) {
    if key == "__proto__" {
        problems.add_at(key, Code::InvalidValue, "`__proto__` cannot be a name; choose another");
    } else if sound(key, problems) {
        problems.key(key, |problems| check(value, shape, problems));
    }
}

/// Text of a bearable length whose characters all survived the way here (a lone surrogate arrives as U+FFFD).
fn sound(text: &str, problems: &mut Problems) -> bool {
    if text.len() > MAX_TEXT && text.chars().nth(MAX_TEXT).is_some() {
        problems.add(Code::TooLarge, "longer than 4096 characters; shorten it");
        return false;
    }
    if text.chars().any(|letter| letter == '\u{fffd}') {
        problems.add(Code::InvalidValue, "holds a character that is not Unicode (a lone surrogate); mend the text");
        return false;
    }
    true
}

fn expect(holds: bool, what: &str, problems: &mut Problems) {
    if !holds {
        problems.add(Code::WrongType, || joined(&["expected ", what]));
    }
}

fn check_name(tree: &Tree, problems: &mut Problems) {
    match tree.as_text() {
        Some("") => problems.add(Code::InvalidValue, "an empty text names nothing"),
        Some("__proto__") => problems.add(Code::InvalidValue, "`__proto__` cannot be a name; choose another"),
        Some(text) if text.bytes().any(|byte| byte == 0) => {
            problems.add(Code::InvalidValue, "holds a NUL character; leave it out")
        }
        Some(_) => {}
        None => expect(false, "a text", problems),
    }
}

fn check_instant(tree: &mut Tree, problems: &mut Problems) {
    let milliseconds = match &*tree {
        Tree::Number(number) => whole(*number).or_else(|| (number.trunc() != *number).then_some(-1)),
        Tree::Text(text) => calendar::parse_instant(text),
        _ => return expect(false, "epoch milliseconds or an RFC 3339 text as `2026-12-31T09:00:00Z`", problems),
    };
    match milliseconds {
        Some(milliseconds) if Instant::RANGE.contains(&milliseconds) => *tree = milliseconds.into(),
        None if matches!(tree, Tree::Text(_)) => {
            problems.add(Code::InvalidValue, "not an RFC 3339 instant; write it as `2026-12-31T09:00:00Z`");
        }
        _ if matches!(tree, Tree::Number(number) if number.trunc() != *number) => {
            problems.add(Code::InvalidValue, "not a whole number of milliseconds");
        }
        _ => problems.add(Code::OutOfRange, "an instant before 1970 or after 9999; give milliseconds since 1970"),
    }
}

fn check_duration(tree: &Tree, parse: fn(&str) -> Option<i64>, problems: &mut Problems) {
    match tree.as_text().map(parse) {
        Some(Some(length)) if length <= calendar::LONGEST => {}
        Some(Some(_)) => problems.add(Code::OutOfRange, "longer than 100 years"),
        Some(None) => problems
            .add(Code::InvalidValue, "not a duration; write a positive whole number with s, m, h, d or w, as `7d`"),
        None => expect(false, "a duration as `7d`", problems),
    }
}

fn check_code(tree: &Tree, length: usize, what: &str, problems: &mut Problems) {
    match tree.as_text() {
        Some(text) if text.len() == length && text.bytes().all(|byte| byte.is_ascii_uppercase()) => {}
        Some(_) => problems.add(Code::InvalidValue, || joined(&["not ", what])),
        None => expect(false, what, problems),
    }
}

fn check_choice(tree: &Tree, words: &[&'static str], problems: &mut Problems) {
    match tree.as_text() {
        Some(text) if words.contains(&text) => {}
        Some(text) => problems.add(Code::InvalidValue, || none_of(text, words)),
        None => problems.add(Code::WrongType, || joined(&["expected one of ", &listed(words)])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::tree::{MAX_DEPTH, MAX_LIST};

    /// Figures are written out in the sentences, because the formatter costs bytes; they must be those of the bounds.
    #[test]
    fn sentences_name_the_bounds() {
        let said = |mut tree: Tree| {
            let mut problems = Problems::default();
            check(&mut tree, &Shape::Any, &mut problems);
            problems.in_order_of(&tree).remove(0).message
        };
        assert!(said(Tree::TooDeep).contains(&MAX_DEPTH.to_string()));
        assert!(said(Tree::TooLarge).contains(&MAX_LIST.to_string()));
        assert!(said("x".repeat(MAX_TEXT + 1).into()).contains(&MAX_TEXT.to_string()));
    }
}
