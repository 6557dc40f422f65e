//! The sentences of problems, and what they are made of. House style: lower case, no full stop, user input in backticks, and how to mend it.

use crate::base::text::concat;
use std::borrow::Cow;

/// Whether this build has sentences. The build for browsers has none, to save bytes: there a problem has a code and a path only.
pub(crate) const WRITTEN: bool = cfg!(feature = "sentences");

/// A text, or a closure that makes one. The closure runs only in a build with sentences.
pub(crate) trait Sentence {
    fn write(self) -> String;
}

impl Sentence for &str {
    fn write(self) -> String {
        self.to_owned()
    }
}

impl<F: FnOnce() -> String> Sentence for F {
    fn write(self) -> String {
        self()
    }
}

/// Leaves a text out of a build without sentences.
pub(crate) const fn error_text(text: &'static str) -> &'static str {
    if WRITTEN { text } else { "" }
}

/// "`wek` is none of `day`, `week`; did you mean `week`?"
pub(crate) fn not_one_of(word: &str, words: &[&str]) -> String {
    concat(&["`", &shortened(word), "` is none of ", &quoted_list(words), &did_you_mean(word, words)])
}

/// The first 40 characters of a text.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40).and_then(|(end, _)| text.get(..end)) {
        Some(start) => concat(&[start, "…"]).into(),
        None => text.into(),
    }
}

/// "`a`, `b`, `c`"
pub(crate) fn quoted_list(names: &[&str]) -> String {
    let mut list = String::new();
    for name in names {
        list.extend([if list.is_empty() { "`" } else { ", `" }, name, "`"]);
    }
    list
}

/// "; did you mean `per`?" for `perr`; empty if no name is similar.
pub(crate) fn did_you_mean(word: &str, names: &[&str]) -> String {
    let (word, mut least, mut nearest) = (shortened(word), 2 + word.len() / 4, "");
    // among thousands of names the search would take longer than all the rest
    for name in names.iter().take(1_000) {
        let distance = distance(&word, name);
        if distance < least || (distance == least && *name < nearest) {
            (least, nearest) = (distance, name);
        }
    }
    if nearest.is_empty() { String::new() } else { concat(&["; did you mean `", nearest, "`?"]) }
}

/// Levenshtein's distance, ignoring case: from `perr` to `Per` it is 1.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..b.len() + 1).collect();
    for (i, from) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, to) in row.iter_mut().skip(1).zip(b.bytes()) {
            let cost = usize::from(!from.eq_ignore_ascii_case(&to));
            left = (diagonal + cost).min(*cell + 1).min(left + 1);
            diagonal = *cell;
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}
