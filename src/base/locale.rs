//! Language tags (BCP 47), such as `es-ES`.

use super::text::{before_first, split_once_at};

/// Checks the form only: groups of one to eight letters or digits, the first of at least two letters. `xx-99` passes, `e` does not.
pub(crate) fn is_locale(text: &str) -> bool {
    let group = |group: &str| (1..=8).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let first = before_first(text, b'-');
    let mut rest = text;
    while let Some((next, further)) = split_once_at(rest, b'-') {
        if !group(next) {
            return false;
        }
        rest = further;
    }
    group(rest) && first.len() >= 2 && first.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// `es` of `es-ES`.
pub(crate) fn language(locale: &str) -> &str {
    before_first(locale, b'-')
}

/// The index of the tag that fits a locale best: RFC 4647, 3.4. Groups are removed from the end until a tag is equal: `es-MX` finds `es`.
/// A single letter is removed together with the group after it: `es-u-co` becomes `es`.
pub(crate) fn lookup(range: &str, tags: &[&str]) -> Option<usize> {
    let mut range = range;
    loop {
        let found = tags.iter().position(|tag| tag.eq_ignore_ascii_case(range));
        if found.is_some() {
            return found;
        }
        let end = |range: &str| range.bytes().rposition(|byte| byte == b'-');
        range = range.get(..end(range)?)?;
        if let Some(end) = end(range)
            && end + 2 == range.len()
        {
            range = range.get(..end)?;
        }
    }
}
