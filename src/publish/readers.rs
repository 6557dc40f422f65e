//! Which files are published, and which of them is for which reader. A page looks for the reader's tag among the names of the files, as
//! [`file_for`] does; what the engine would read otherwise is told as a further name of a file.

use super::needed::Needed;
use crate::base::locale::{for_reader, language, special_tags};
use crate::policy::Policy;

/// The locales, each of which has a file: those of the shop, and those in which only messages are written.
#[derive(Debug)]
pub(super) struct Readers {
    pub locales: Vec<String>,
    /// further names of files: the tag of a reader, and the locale that is theirs
    pub others: Vec<(String, String)>,
}

impl Readers {
    /// `needed`: of all locales.
    pub fn of(policy: &Policy, needed: &Needed) -> Readers {
        let shop = &policy.shop.locales;
        let mut readers = Readers { locales: Vec::new(), others: Vec::new() };
        shop.iter().for_each(|locale| readers.add(locale));
        let mut tags: Vec<&[String]> = Vec::new();
        for (index, _) in &needed.messages {
            let message = policy.messages.get(*index);
            tags.extend(message.and_then(|message| policy.locales.get(message.locales)).map(Vec::as_slice));
        }
        let reads_alike = |one: &str, other: &str| {
            tags.iter().all(|tags| for_reader(Some(one), tags, shop) == for_reader(Some(other), tags, shop))
        };
        // the tags of messages first: each may need a file
        for reader in tags.iter().copied().flatten() {
            let file = file_for(reader, &readers.locales);
            if !file.is_some_and(|file| reads_alike(reader, file)) {
                readers.add(reader);
            }
        }
        for reader in special_tags() {
            let file = file_for(reader, &readers.locales);
            if file.is_some_and(|file| reads_alike(reader, file)) {
                continue;
            }
            let theirs = readers.locales.iter().find(|locale| reads_alike(reader, locale)).cloned();
            readers.others.extend(theirs.map(|locale| (reader.to_owned(), locale)));
        }
        readers
    }

    fn add(&mut self, locale: &str) {
        if !self.locales.iter().any(|known| known.eq_ignore_ascii_case(locale)) {
            self.locales.push(locale.to_owned());
        }
    }
}

/// The file that a page takes for a reader: the first whose name is their tag, or the longest beginning of it; else the first of their
/// language; else the first. js/loader/ has the same in JavaScript.
fn file_for<'a>(reader: &str, files: &'a [String]) -> Option<&'a str> {
    let mut tag = reader;
    let mut found = None;
    while found.is_none() && !tag.is_empty() {
        found = files.iter().find(|file| file.eq_ignore_ascii_case(tag));
        tag = tag.get(..tag.rfind('-').unwrap_or(0)).unwrap_or_default();
    }
    let is_near = |file: &&String| language(file).eq_ignore_ascii_case(language(reader));
    found.or_else(|| files.iter().find(is_near)).or(files.first()).map(String::as_str)
}
