//! What the customer searched for on the site.

use crate::base::text::small_letter;
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
    fn read(tree: &Tree) -> Search {
        let (mut words, mut word) = (Vec::new(), String::new());
        for letter in tree.text("text").unwrap_or_default().chars().chain([' ']) {
            // `t-shirt` is one word
            if !letter.is_whitespace() && (letter == '-' || !letter.is_ascii_punctuation()) {
                word.push(small_letter(letter));
            } else if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
        }
        Search { words, at: tree.instant("at") }
    }

    /// How many words it has.
    pub fn size(&self) -> usize {
        self.words.len()
    }

    /// Adds its words if they were searched for in the 30 days before an instant. Lowers `until` to the instant at which that changes.
    pub fn recent(&self, now: Instant, words: &mut Vec<String>, until: &mut Instant) {
        let ends = self.at.map_or(Instant::NEVER, |at| at + RECENT);
        match self.at.filter(|at| *at > now) {
            Some(ahead) => *until = ahead.min(*until),
            None if now < ends => {
                for word in &self.words {
                    words.push(word.clone());
                }
                *until = ends.min(*until);
            }
            None => {}
        }
    }
}

/// The searches of a customer.
pub(super) fn read_searches(customer: &Tree) -> Vec<Search> {
    let mut searches = Vec::new();
    customer.list("searches").iter().for_each(|search| searches.push(Search::read(search)));
    searches
}
