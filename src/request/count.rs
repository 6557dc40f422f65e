//! Counts by name, as how often each offer was given.

use crate::base::sorting::sort_by;
use crate::base::tree::Tree;

/// How many there are of something that has a name.
#[derive(Clone, Debug)]
pub(crate) struct Count<T = i64> {
    pub name: String,
    pub count: T,
}

impl<T> Count<T> {
    /// Reads an object of counts, sorted by name.
    pub fn read_map(tree: &Tree, key: &str, read: fn(&Tree) -> Option<T>) -> Vec<Count<T>> {
        let mut counts = Vec::new();
        for (name, count) in tree.entries(key) {
            counts.extend(read(count).map(|count| Count { name: name.to_string(), count }));
        }
        sort_by(&mut counts, |a, b| a.name.cmp(&b.name));
        counts
    }
}

impl Count {
    /// The count of a name; 0 if the list does not have it.
    pub fn of(counts: &[Count], name: &str) -> i64 {
        let found = counts.binary_search_by(|count| count.name.as_str().cmp(name)).ok();
        found.and_then(|index| counts.get(index)).map_or(0, |count| count.count)
    }
}
