//! The one reader for everything that comes in. It compares a tree with the shape it should have, turns instants and dates into
//! numbers in place, and collects every problem with its path.

use super::shape::{ACCEPTS_OLD_NAMES, Field, QUANTITY_MAX, Shape, Tagged};
use super::value::{DURATION, PER, expect, is_readable};
use super::{told, value};
use crate::base::problem::{ProblemCode, Problems};
use crate::base::sentence::{did_you_mean, not_one_of, quoted_list};
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::calendar;

/// Checks a tree against a shape and normalises it in place.
pub(crate) fn check(tree: &mut Tree, shape: &Shape, problems: &mut Problems) {
    if !is_json(tree, problems) {
        return;
    }
    match shape {
        Shape::Any | Shape::Condition => check_inside(tree, problems),
        Shape::Flag => expect(matches!(tree, Tree::Bool(_)), "true or false", problems),
        Shape::Text if tree.as_text().is_some_and(|text| !text.is_empty()) => {}
        Shape::Text => value::expect_text(tree, "a text that is not empty", problems),
        Shape::Name => value::check_name(tree, problems),
        Shape::Number { min, max } => value::check_number(tree, *min, *max, problems),
        Shape::Integer { min, max } => value::check_integer(tree, *min, *max, problems),
        Shape::Stock => value::check_number(tree, 0.0, QUANTITY_MAX, problems),
        Shape::Percent => value::check_percent(tree, problems),
        Shape::InstantOrDate if tree.as_text().and_then(calendar::parse_date).is_some() => {}
        Shape::Instant if problems.is_request && value::may_be_seconds(tree) => problems.add(
            ProblemCode::InvalidValue,
            "before 1973: are these seconds? give milliseconds, or a text as `2026-12-31T09:00:00Z`",
        ),
        Shape::Instant | Shape::Now | Shape::InstantOrDate => value::check_instant(tree, problems),
        Shape::Date => value::check_date(tree, problems),
        Shape::Holiday if tree.as_text().is_some_and(|text| text.starts_with("--")) => {
            value::check_birthday(&mut tree.clone(), problems);
        }
        Shape::Holiday => value::check_date(tree, problems),
        Shape::Birthday => value::check_birthday(tree, problems),
        Shape::Days => value::check_duration(tree, calendar::parse_days, DURATION, problems),
        Shape::Repeat if tree.as_text() == Some("never") => {}
        Shape::Per if tree.as_text().is_some_and(|text| calendar::UNITS.contains(&text)) => {}
        Shape::Per => value::check_duration(tree, calendar::parse_duration, PER, problems),
        Shape::Duration | Shape::Repeat => value::check_duration(tree, calendar::parse_duration, DURATION, problems),
        Shape::Clock => value::check_clock(tree, problems),
        Shape::Currency => value::check_code(tree, 3, "an ISO 4217 code as `EUR`", problems),
        Shape::Country => value::check_code(tree, 2, "an ISO 3166 code as `ES`", problems),
        Shape::Locale => value::check_locale(tree, problems),
        Shape::Choice(words) => value::check_choice(tree, words, problems),
        Shape::List(element) => match tree {
            Tree::List(elements) => check_elements(elements, element, problems),
            _ => expect(false, "a list", problems),
        },
        Shape::OneOrMore(element) => match tree {
            Tree::List(elements) if elements.is_empty() => {
                problems.add(ProblemCode::InvalidValue, "an empty list; name at least one, or remove the field");
            }
            Tree::List(elements) => check_elements(elements, element, problems),
            one => check(one, element, problems),
        },
        Shape::Map(value) => check_map(tree, value, problems),
        Shape::Object(_, fields) => check_object(tree, fields, &[], Others::Refused, problems),
        Shape::Open(_, fields) => check_object(tree, fields, &[], Others::Allowed, problems),
        Shape::Tagged(tagged) => check_tagged(tree, tagged, problems),
        Shape::Shorthand(_, object) if matches!(tree, Tree::Object(_)) => check(tree, object, problems),
        Shape::Shorthand(field, _) => {
            check(tree, &Shape::Text, problems);
            *tree = Tree::from([(*field, std::mem::take(tree))]);
        }
        Shape::Renamed(_, shape) if ACCEPTS_OLD_NAMES => check(tree, shape, problems),
        Shape::Renamed(..) => {}
    }
}

/// Reports what no document may hold, whatever its shape.
fn is_json(tree: &Tree, problems: &mut Problems) -> bool {
    match tree {
        Tree::TooDeep => {
            problems.add(ProblemCode::TooDeep, "nested deeper than 32 levels; move the inner part up, or split it")
        }
        Tree::TooLarge => {
            problems.add(
                ProblemCode::TooLarge,
                "too large; shorten it: a list may have 100000 elements, a document 64 MiB",
            );
        }
        Tree::Foreign => problems.add(
            ProblemCode::WrongType,
            "not JSON, as a function or a Date; give a text, a number, a list or an object",
        ),
        // JavaScript gives objects, in which no key is twice: there the text is searched (js/load/duplicates.js)
        #[cfg(not(target_family = "wasm"))]
        Tree::Twice => problems.add(
            ProblemCode::DuplicateId,
            "the object has this key twice, and only the last would count; give each its own, or unite them",
        ),
        Tree::Number(number) if !number.is_finite() => {
            problems.add(ProblemCode::InvalidValue, "not a finite number; give a finite one, or leave the field out");
        }
        Tree::Text(text) => return is_readable(text, problems),
        _ => return true,
    }
    false
}

/// What becomes of the fields of an object that its shape does not name.
#[derive(Clone, Copy, PartialEq)]
enum Others {
    /// each is a problem
    Refused,
    /// they may hold any JSON
    Allowed,
    /// they are not looked at, because the field that chooses the row is wrong itself
    Unknown,
}

fn check_object(tree: &mut Tree, fields: &[Field], more: &[Field], others: Others, problems: &mut Problems) {
    let Tree::Object(entries) = tree else {
        return expect(false, "an object", problems);
    };
    let mut next = 0;
    for (key, value) in entries.iter_mut().filter(|_| problems.is_request) {
        if let Some(field) = find_next(key, fields, &mut next).or_else(|| find(key, more)) {
            told::read(value, field.shape);
        }
    }
    entries.retain(|(key, value)| !value.is_null() || (others == Others::Allowed && find(key, fields).is_none()));
    for fields in [fields, more] {
        accept_old_names(entries, fields, problems);
    }
    let mut next = 0;
    for (key, value) in entries.iter_mut() {
        if let Some(field) = find_next(key, fields, &mut next).or_else(|| find(key, more)) {
            problems.key(key, |problems| check(value, field.shape, problems));
        } else if others == Others::Allowed || matches!(value, Tree::Twice) {
            check_free(key, value, &Shape::Any, problems);
        } else if others == Others::Refused {
            problems.add_at(key, ProblemCode::UnknownField, || {
                let mut names = Vec::new();
                for fields in [fields, more] {
                    fields.iter().for_each(|field| names.push(field.name));
                }
                concat(&["no such field", &did_you_mean(key, &names), "; expected ", &quoted_list(&names)])
            });
        }
    }
    for fields in [fields, more] {
        for field in fields {
            if field.required && tree.find(field.name).is_none() {
                problems
                    .add_at(field.name, ProblemCode::MissingField, || concat(&["`", field.name, "` is required here"]));
            }
        }
    }
}

/// The field that a document calls by this name, new or old.
fn find<'a>(name: &str, fields: &'a [Field]) -> Option<&'a Field> {
    find_next(name, fields, &mut 0)
}

/// The same, and the index after it in `next`: most documents have their keys in the order of the table.
pub(super) fn find_next<'a>(name: &str, fields: &'a [Field], next: &mut usize) -> Option<&'a Field> {
    let index = match fields.get(*next) {
        Some(field) if field.name == name => *next,
        _ => fields.iter().position(|field| field.name == name || field.old_name() == Some(name))?,
    };
    *next = index + 1;
    fields.get(index)
}

/// Calls fields by their new names. A document that gives both names of a field keeps both, so that the problem has its path.
fn accept_old_names(entries: &mut [Entry], fields: &[Field], problems: &mut Problems) {
    for field in fields {
        let Some(old) = field.old_name() else { continue };
        let is_given_too = entries.iter().any(|(key, _)| key == field.name);
        for (key, _) in entries.iter_mut() {
            if key == old && is_given_too {
                problems.add_at(old, ProblemCode::NotAllowed, || {
                    concat(&["the earlier name of `", field.name, "`, which is given too; leave `", old, "` out"])
                });
            } else if key == old {
                problems.warn_at(old, || concat(&["`", old, "` is now called `", field.name, "`; rename it"]));
                *key = field.name.into();
            }
        }
    }
}

/// A key and its value.
type Entry = (std::borrow::Cow<'static, str>, Tree);

fn check_tagged(tree: &mut Tree, tagged: &Tagged, problems: &mut Problems) {
    let rows = (tagged.rows)();
    let tag = match tree.text(tagged.tag) {
        None if ACCEPTS_OLD_NAMES => {
            find(tagged.tag, tagged.common).and_then(Field::old_name).and_then(|old| tree.text(old))
        }
        tag => tag,
    };
    let tag = tag.map(str::to_owned);
    match tag.as_deref().and_then(|tag| rows.iter().find(|(name, _)| *name == tag)) {
        Some((_, more)) => check_object(tree, tagged.common, more, Others::Refused, problems),
        None => {
            check_object(tree, tagged.common, &[], Others::Unknown, problems);
            refuse_what_no_row_has(tree, tagged, &rows, problems);
            if let Some(tag) = tag {
                problems.add_at(tagged.tag, ProblemCode::InvalidValue, || {
                    let mut names = Vec::new();
                    rows.iter().for_each(|(name, _)| names.push(*name));
                    not_one_of(&tag, &names)
                });
            }
        }
    }
}

/// When it is not known which row is meant, a field may be one of any row.
fn refuse_what_no_row_has(
    tree: &Tree,
    tagged: &Tagged,
    rows: &[(&'static str, &'static [Field])],
    problems: &mut Problems,
) {
    let mut names = Vec::new();
    let mut old_names = Vec::new();
    let mut note = |fields: &[Field]| {
        for field in fields {
            names.push(field.name);
            old_names.extend(field.old_name());
        }
    };
    note(tagged.common);
    rows.iter().for_each(|(_, fields)| note(fields));
    if let Tree::Object(entries) = tree {
        for (key, _) in entries {
            if !names.contains(&&**key) && !old_names.contains(&&**key) {
                problems
                    .add_at(key, ProblemCode::UnknownField, || concat(&["no such field", &did_you_mean(key, &names)]));
            }
        }
    }
}

/// Checks data without a shape of its own for what no document may hold.
fn check_inside(tree: &mut Tree, problems: &mut Problems) {
    match tree {
        Tree::List(elements) => check_elements(elements, &Shape::Any, problems),
        Tree::Object(entries) => {
            entries.iter_mut().for_each(|(key, value)| check_free(key, value, &Shape::Any, problems));
        }
        _ => {}
    }
}

fn check_elements(elements: &mut Vec<Tree>, shape: &Shape, problems: &mut Problems) {
    let mut nothing = false;
    for (index, value) in elements.iter_mut().enumerate() {
        if problems.is_request && !matches!(shape, Shape::Any) {
            told::read(value, shape);
            if value.is_null() {
                nothing = true;
                continue;
            }
        }
        problems.index(index, |problems| check(value, shape, problems));
    }
    if nothing {
        elements.retain(|value| !value.is_null());
    }
}

fn check_map(tree: &mut Tree, shape: &Shape, problems: &mut Problems) {
    match tree {
        Tree::Object(entries) => {
            entries.iter_mut().filter(|_| problems.is_request).for_each(|(_, value)| told::read(value, shape));
            entries.retain(|(_, value)| !value.is_null());
            entries.iter_mut().for_each(|(key, value)| check_free(key, value, shape, problems));
        }
        _ => expect(false, "an object", problems),
    }
}

/// Checks a value whose key the document chose, such as an offer's id.
fn check_free(key: &str, value: &mut Tree, shape: &Shape, problems: &mut Problems) {
    if key == "__proto__" {
        problems.add_at(key, ProblemCode::InvalidValue, "`__proto__` cannot be a name; choose another");
    } else if is_readable(key, problems) {
        problems.key(key, |problems| check(value, shape, problems));
    }
}
