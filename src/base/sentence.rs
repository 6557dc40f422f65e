//! A sentence about a problem, and its parts.

use crate::base::text::concat;
use std::borrow::Cow;

/// Whether this build writes sentences. The one that browsers load does not: there a problem is its code and its path.
pub(crate) const WRITTEN: bool = cfg!(feature = "sentences");

/// What is wrong and what would mend it: a text, or a closure that puts one together once it is needed.
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

/// A text that is kept for a sentence; empty where none is written.
pub(crate) const fn error_text(text: &'static str) -> &'static str {
    if WRITTEN { text } else { "" }
}

/// That something said is none of some words.
pub(crate) fn not_one_of(said: &str, words: &[&str]) -> String {
    concat(&["`", &shortened(said), "` is none of ", &quoted_list(words), &did_you_mean(said, words)])
}

/// A name as the document wrote it, short enough for a sentence.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40).and_then(|(end, _)| text.get(..end)) {
        Some(start) => concat(&[start, "…"]).into(),
        None => text.into(),
    }
}

/// `a`, `b`, `c`
pub(crate) fn quoted_list(names: &[&str]) -> String {
    let mut list = String::new();
    for name in names {
        list.extend([if list.is_empty() { "`" } else { ", `" }, name, "`"]);
    }
    list
}

/// The part of a sentence that asks whether a misspelt name was meant to be one of these; empty when none is near.
pub(crate) fn did_you_mean(said: &str, names: &[&str]) -> String {
    let (said, mut least, mut near) = (shortened(said), 2 + said.len() / 4, "");
    for name in names {
        let distance = distance(&said, name);
        if distance < least || (distance == least && *name < near) {
            (least, near) = (distance, name);
        }
    }
    if near.is_empty() { String::new() } else { concat(&["; did you mean `", near, "`?"]) }
}

/// Levenshtein's distance, letters of either case alike.
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
