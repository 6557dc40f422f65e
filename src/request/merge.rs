//! Merging copies of one thing: the same order may come from the shop and from an event, or twice in one list.

use crate::base::sorting::sort_by;
use std::cmp::Ordering;

/// Keeps the larger of two values; of two instants, the later.
pub(crate) fn raise<T: Ord + Copy>(known: &mut T, copy: T) {
    *known = copy.max(*known);
}

/// Merges the elements of a list that have the same id, and removes duplicates among those without one. Sorts the list first, so
/// the result depends neither on its order nor on repetitions.
pub(crate) fn unite<T: PartialOrd>(list: &mut Vec<T>, id: fn(&T) -> Option<&String>, merge: fn(&mut T, &T)) {
    // what compares for order compares for equality too: `==` would be compiled beside it
    let compare = |a: &T, b: &T| a.partial_cmp(b).unwrap_or(Ordering::Equal);
    sort_by(list, compare);
    list.dedup_by(|next, known| match id(next) {
        Some(name) if id(known) == Some(name) => {
            merge(known, next);
            true
        }
        _ => compare(next, known).is_eq(),
    });
}
