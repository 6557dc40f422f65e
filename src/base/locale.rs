//! Language tags (BCP 47): what one is, and which of several suits a reader.

use super::text::{before_first, split_once_at};

/// Letters and digits in groups of one to eight, the first of letters: enough to candidate a locale up.
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

/// The language of a locale: what stands before its first hyphen.
pub(crate) fn language(locale: &str) -> &str {
    before_first(locale, b'-')
}

/// RFC 4647, 3.4: the range is cut from its end until it is one of the tags, whose place it is; a single letter goes with
/// what follows it.
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
