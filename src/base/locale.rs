//! Language tags (BCP 47), such as `es-ES`.

use super::text::{before_first, concat, small_letters, split_once_at};

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

/// Languages that BCP 47 calls by another tag now, and Norwegian, which readers choose for Bokmål.
const RENAMED: [(&str, &str); 8] =
    [("iw", "he"), ("in", "id"), ("ji", "yi"), ("jw", "jv"), ("mo", "ro"), ("no", "nb"), ("sh", "sr"), ("tl", "fil")];

/// The script that readers of a language expect, where it has several: the likely subtags of CLDR. A region comes before its language.
const SCRIPTS: [(&str, &str); 13] = [
    ("zh-TW", "Hant"),
    ("zh-HK", "Hant"),
    ("zh-MO", "Hant"),
    ("zh", "Hans"),
    ("sr-ME", "Latn"),
    ("sr", "Cyrl"),
    ("sh", "Latn"),
    ("az-IR", "Arab"),
    ("az", "Latn"),
    ("pa-PK", "Arab"),
    ("pa", "Guru"),
    ("uz-AF", "Arab"),
    ("uz", "Latn"),
];

/// The tags whose readers may get what a comparison of letters would not find.
#[cfg(feature = "sentences")]
pub(crate) fn special_tags() -> impl Iterator<Item = &'static str> {
    let renamed = RENAMED.iter().flat_map(|(old, new)| [*old, *new]);
    renamed.chain(SCRIPTS.iter().map(|(tag, _)| *tag))
}

/// Whether two tags are of one language, whatever name they use for it.
fn is_same_language(one: &str, other: &str) -> bool {
    present(language(one)).eq_ignore_ascii_case(present(language(other)))
}

/// The present tag of a language: `he` of `iw`.
pub(crate) fn present(language: &str) -> &str {
    RENAMED.iter().find(|(old, _)| old.eq_ignore_ascii_case(language)).map_or(language, |(_, new)| new)
}

/// A tag as it is compared: `he-il` of `iw-IL`.
pub(crate) fn comparable(locale: &str) -> String {
    let own = language(locale);
    small_letters(&concat(&[present(own), locale.get(own.len()..).unwrap_or_default()]))
}

/// The script of a tag: the one it names, else the one that its readers expect; empty where they know but one.
fn script(locale: &str) -> &str {
    let (mut rest, mut region) = (locale, "");
    while let Some((_, further)) = split_once_at(rest, b'-') {
        rest = further;
        let group = before_first(rest, b'-');
        match group.len() {
            4 if group.bytes().all(|byte| byte.is_ascii_alphabetic()) => return group,
            2 if region.is_empty() => region = group,
            1 => break,
            _ => {}
        }
    }
    let expects = |of: &str| match split_once_at(of, b'-') {
        Some((own, at)) => own.eq_ignore_ascii_case(language(locale)) && at.eq_ignore_ascii_case(region),
        None => of.eq_ignore_ascii_case(language(locale)),
    };
    SCRIPTS.iter().find(|(of, _)| expects(of)).map_or("", |(_, script)| script)
}

/// Whether two tags are one, but for the name of the language.
fn is_same(one: &str, other: &str) -> bool {
    let (one_rest, other_rest) = (one.get(language(one).len()..), other.get(language(other).len()..));
    let is_rest = one_rest.zip(other_rest).is_some_and(|(one, other)| one.eq_ignore_ascii_case(other));
    is_rest && is_same_language(one, other)
}

/// The index of the tag that fits a locale best: RFC 4647, 3.4. Groups are removed from the end until a tag is equal: `es-MX` finds `es`.
/// A single letter is removed together with the group after it: `es-u-co` becomes `es`.
pub(crate) fn lookup(range: &str, tags: &[&str]) -> Option<usize> {
    let mut range = range;
    loop {
        let found = tags.iter().position(|tag| is_same(tag, range));
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

/// The index of the tag for a reader: by lookup, else in a locale of the shop that is of the same language, first in the reader's script
/// and then in any; else the first locale of the shop that there is.
pub(crate) fn for_reader(reader: Option<&str>, tags: &[String], shop: &[String]) -> Option<usize> {
    // most readers read a language of the shop, by the same tag
    let own = reader.and_then(|reader| tags.iter().position(|tag| tag == reader));
    if own.is_some() {
        return own;
    }
    let mut all = Vec::new();
    tags.iter().for_each(|tag| all.push(tag.as_str()));
    let mut found = None;
    if let Some(reader) = reader {
        let mut fitting = all.clone();
        // no lookup finds an empty tag
        let is_other = |tag: &&mut &str| !script(tag).eq_ignore_ascii_case(script(reader));
        fitting.iter_mut().filter(is_other).for_each(|tag| *tag = "");
        for tags in [&fitting, &all] {
            found = found.or_else(|| lookup(reader, tags));
            for locale in shop.iter().filter(|locale| is_same_language(locale, reader)) {
                found = found.or_else(|| lookup(locale, tags));
            }
        }
    }
    shop.iter().for_each(|locale| found = found.or_else(|| lookup(locale, &all)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_named_or_expected() {
        for (tag, expected) in [
            ("zh-Hant-HK", "Hant"),
            ("zh-HK", "Hant"),
            ("ZH-tw", "Hant"),
            ("zh-SG", "Hans"),
            ("zh", "Hans"),
            ("sr-Latn", "Latn"),
            ("sr-ME", "Latn"),
            ("sr-RS", "Cyrl"),
            ("sh", "Latn"),
            ("de-1996", ""),
            ("es-u-co-trad", ""),
        ] {
            assert_eq!(script(tag), expected, "{tag}");
        }
    }

    #[test]
    fn an_old_name_of_a_language_finds_the_new_one_and_the_other_way_round() {
        assert_eq!(lookup("iw-IL", &["en", "he"]), Some(1));
        assert_eq!(lookup("nb-NO", &["en", "no"]), Some(1));
        assert_eq!(lookup("in-ID", &["en", "in", "id-ID"]), Some(2));
        assert_eq!(lookup("nn", &["en", "no"]), None);
    }
}
