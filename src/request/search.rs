//! What the customer searched for on the site.

use crate::base::text::small_letters;
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::reader::shape::{Shape, fields};

/// For how long a search is a fact.
const RECENT: i64 = 30 * DAY;

pub(crate) const SEARCH: Shape = Shape::Object(
    "Search",
    fields! {
        "text" optional Shape::Text, "what the customer typed";
        "at" optional Shape::Instant, "when; absent: not long ago";
    },
);

/// One search.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    /// in small letters
    words: Vec<String>,
    at: Option<Instant>,
}

impl Search {
    pub(super) fn read(tree: &Tree) -> Search {
        let mut words = Vec::new();
        for word in tree.text("text").unwrap_or_default().split_whitespace() {
            let word = word.trim_matches(|letter: char| letter.is_ascii_punctuation());
            if !word.is_empty() {
                words.push(small_letters(word));
            }
        }
        Search { words, at: tree.instant("at") }
    }

    /// Adds its words if they were searched for in the 30 days before an instant. Lowers `until` to the instant at which that changes.
    pub fn recent(&self, now: Instant, words: &mut Vec<String>, until: &mut Instant) {
        let ends = self.at.map_or(Instant::NEVER, |at| at + RECENT);
        match self.at.filter(|at| *at > now) {
            Some(ahead) => *until = ahead.min(*until),
            None if now < ends => {
                words.extend(self.words.iter().cloned());
                *until = ends.min(*until);
            }
            None => {}
        }
    }
}
