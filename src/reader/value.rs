//! Checks of single values: texts, numbers, dates, durations.

use super::shape::MAX_TEXT;
use crate::base::locale::is_locale;
use crate::base::problem::{ProblemCode, Problems};
use crate::base::sentence::{not_one_of, quoted_list};
use crate::base::text::{concat, decimal};
use crate::base::tree::{Tree, whole};
use crate::calendar::{self, Instant};

/// The hundredths of a number that has at most two decimals: 1250 for 12.5.
pub(crate) fn hundredths(number: f64) -> Option<i64> {
    let hundredths = (number * 100.0 + 0.5).trunc();
    whole(hundredths).filter(|_| hundredths / 100.0 == number)
}

/// A number that is not negative in thousandths, rounded: 1500 for 1.5.
pub(crate) fn thousandths(number: f64) -> i64 {
    whole((number * 1_000.0 + 0.5).trunc()).unwrap_or_default()
}

/// 1500 thousandths as 1.5.
pub(crate) fn from_thousandths(thousandths: i64) -> Tree {
    match Tree::from(thousandths) {
        Tree::Number(number) => Tree::Number(number / 1_000.0),
        other => other,
    }
}

/// Reports a value of another type than the one expected.
pub(super) fn expect(holds: bool, what: &str, problems: &mut Problems) {
    if !holds {
        problems.add(ProblemCode::WrongType, || concat(&["expected ", what]));
    }
}

/// Reports a text that is too long, or that arrived damaged: JavaScript's lone surrogates arrive as U+FFFD.
pub(super) fn is_readable(text: &str, problems: &mut Problems) -> bool {
    if text.len() > MAX_TEXT && text.bytes().filter(|byte| byte & 0xc0 != 0x80).count() > MAX_TEXT {
        problems.add(ProblemCode::TooLarge, "longer than 4096 characters; shorten it");
        return false;
    }
    if text.as_bytes().windows(3).any(|bytes| bytes == "\u{fffd}".as_bytes()) {
        problems.add(
            ProblemCode::InvalidValue,
            "has a character that is not Unicode (half of a surrogate pair); correct the text",
        );
        return false;
    }
    true
}

pub(super) fn check_name(tree: &Tree, problems: &mut Problems) {
    match tree.as_text() {
        Some("") => problems.add(ProblemCode::InvalidValue, "empty; write a name, or leave the field out"),
        Some("__proto__") => problems.add(ProblemCode::InvalidValue, "`__proto__` cannot be a name; choose another"),
        Some(text) if text.bytes().any(|byte| byte == 0) => {
            problems.add(ProblemCode::InvalidValue, "has a NUL character; leave it out");
        }
        Some(_) => {}
        None => expect_text(tree, "a text", problems),
    }
}

/// Reports what is no text. Platforms print numbers for names and postcodes: the sentence says how to write them.
pub(super) fn expect_text(tree: &Tree, what: &str, problems: &mut Problems) {
    problems.add(ProblemCode::WrongType, || {
        let quoted = tree.as_integer().map(|number| concat(&["; write `\"", &decimal(number), "\"`"]));
        concat(&["expected ", what, &quoted.unwrap_or_default()])
    });
}

pub(super) fn check_number(tree: &Tree, min: f64, max: f64, problems: &mut Problems) {
    match tree {
        Tree::Number(number) if min <= *number && *number <= max => {}
        Tree::Number(_) => problems.add(ProblemCode::OutOfRange, || {
            let least = whole(min).map_or("above 0".to_owned(), |min| concat(&["from ", &decimal(min)]));
            let most = decimal(whole(max).unwrap_or_default());
            concat(&["give a number ", &least, " to ", &most])
        }),
        _ => expect(false, "a number", problems),
    }
}

pub(super) fn check_integer(tree: &Tree, min: i64, max: i64, problems: &mut Problems) {
    match (tree.as_integer(), tree) {
        (Some(number), _) if min <= number && number <= max => {}
        (None, Tree::Number(number)) if whole(number.trunc()).is_some() => {
            problems.add(
                ProblemCode::InvalidValue,
                "not a whole number; write money in its smallest unit, as `2490` for 24.90, and round anything else",
            );
        }
        (_, Tree::Number(_)) => problems.add(ProblemCode::OutOfRange, || match min < max {
            true => concat(&["give a whole number from ", &decimal(min), " to ", &decimal(max)]),
            false => concat(&["write `", &decimal(min), "`"]),
        }),
        _ => expect(false, "a whole number", problems),
    }
}

pub(super) fn check_percent(tree: &mut Tree, problems: &mut Problems) {
    match tree {
        Tree::Number(number) if (0.0..=100.0).contains(number) => match hundredths(*number) {
            Some(hundredths) => *tree = hundredths.into(),
            None => problems.add(ProblemCode::InvalidValue, "more than two decimals; write it as `12.5`"),
        },
        Tree::Number(_) => problems.add(ProblemCode::OutOfRange, "give a number from 0 to 100"),
        _ => expect(false, "a number", problems),
    }
}

/// Whether a number is an instant of 1970 to 1972, but not its very beginning: in seconds it would be one of today.
pub(super) fn may_be_seconds(tree: &Tree) -> bool {
    tree.as_integer().is_some_and(|number| (1..=94_694_399_999).contains(&number))
}

pub(super) fn check_instant(tree: &mut Tree, problems: &mut Problems) {
    let milliseconds = match &*tree {
        Tree::Number(number) => whole(*number).or_else(|| (number.trunc() != *number).then_some(-1)),
        Tree::Text(text) => calendar::parse_instant(text),
        _ => return expect(false, "epoch milliseconds or an RFC 3339 text as `2026-12-31T09:00:00Z`", problems),
    };
    match milliseconds {
        Some(milliseconds) if Instant::RANGE.contains(&milliseconds) => *tree = milliseconds.into(),
        None if matches!(tree, Tree::Text(_)) => {
            problems.add(ProblemCode::InvalidValue, "not an RFC 3339 instant; write it as `2026-12-31T09:00:00Z`");
        }
        _ if matches!(tree, Tree::Number(number) if number.trunc() != *number) => {
            problems.add(ProblemCode::InvalidValue, "not a whole number of milliseconds; round it");
        }
        _ => {
            problems.add(ProblemCode::OutOfRange, "an instant before 1970 or after 9999; give milliseconds since 1970")
        }
    }
}

pub(super) fn check_date(tree: &mut Tree, problems: &mut Problems) {
    match tree.as_text().map(calendar::parse_date) {
        Some(Some(date)) => *tree = calendar::day_number(date).into(),
        Some(None) => problems.add(ProblemCode::InvalidValue, "not a date of the calendar; write it as `2026-12-31`"),
        None => expect(false, "a date as `2026-12-31`", problems),
    }
}

pub(super) fn check_birthday(tree: &mut Tree, problems: &mut Problems) {
    match tree.as_text().map(calendar::parse_birthday) {
        Some(Some((month, day))) => *tree = i64::from(month * 100 + day).into(),
        Some(None) => problems.add(
            ProblemCode::InvalidValue,
            "not a day of the calendar; write it as `1990-12-31` or, without year, `--12-31`",
        ),
        None => expect(false, "a date as `1990-12-31` or `--12-31`", problems),
    }
}

pub(super) fn check_clock(tree: &Tree, problems: &mut Problems) {
    match tree.as_text().map(calendar::parse_clock) {
        Some(Some(_)) => {}
        Some(None) => {
            problems.add(ProblemCode::InvalidValue, "not a time of day; write it as `22:00`, at most `24:00`")
        }
        None => expect(false, "a time of day as `22:00`", problems),
    }
}

/// The sentence for what is no duration.
pub(super) const DURATION: &str = "not a duration; write a positive whole number with s, m, h, d or w, as `7d`";
/// The same where a calendar unit is one, too.
pub(super) const PER: &str = "neither a unit nor a duration; write `day`, `week`, `month`, `year`, or a whole number with s, m, h, d or w, as `7d`";

pub(super) fn check_duration(tree: &Tree, parse: fn(&str) -> Option<i64>, mend: &'static str, problems: &mut Problems) {
    match tree.as_text().map(parse) {
        Some(Some(length)) if length <= calendar::LONGEST => {}
        Some(Some(_)) => problems.add(ProblemCode::OutOfRange, "longer than 100 years; give a shorter one"),
        Some(None) => {
            problems.add(ProblemCode::InvalidValue, mend);
        }
        None => expect(false, "a duration as `7d`", problems),
    }
}

pub(super) fn check_code(tree: &Tree, length: usize, what: &str, problems: &mut Problems) {
    match tree.as_text() {
        Some(text) if text.len() == length && text.bytes().all(|byte| byte.is_ascii_uppercase()) => {}
        Some(text) => {
            problems.add(ProblemCode::InvalidValue, || concat(&["not ", what, &in_capitals(text, length)]));
        }
        None => expect(false, what, problems),
    }
}

/// "; write `ES`" for `es`; empty if it is no code in capitals either.
pub(crate) fn in_capitals(text: &str, length: usize) -> String {
    let is_code = text.len() == length && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_code { concat(&["; write `", &text.to_ascii_uppercase(), "`"]) } else { String::new() }
}

pub(super) fn check_locale(tree: &Tree, problems: &mut Problems) {
    match tree.as_text().map(is_locale) {
        Some(true) => {}
        Some(false) => problems.add(ProblemCode::InvalidValue, "not a BCP 47 language tag; write it as `es-ES`"),
        None => expect(false, "a language tag as `es-ES`", problems),
    }
}

pub(super) fn check_choice(tree: &Tree, words: &[&'static str], problems: &mut Problems) {
    match tree.as_text() {
        Some(text) if words.contains(&text) => {}
        Some(text) => problems.add(ProblemCode::InvalidValue, || not_one_of(text, words)),
        None => problems.add(ProblemCode::WrongType, || concat(&["expected one of ", &quoted_list(words)])),
    }
}
