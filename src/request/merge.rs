//! What several copies of one thing come to.

use crate::base::sorting::sort_by;
use std::cmp::Ordering;

/// Of two tellings the greater is believed.
pub(crate) fn raise<T: Ord + Copy>(known: &mut T, told: T) {
    *known = told.max(*known);
}

/// What several tellings come to, whatever their order and repetition: those of one id are merged, of the others each is kept once.
pub(crate) fn unite<T: PartialOrd>(told: &mut Vec<T>, id: fn(&T) -> Option<&String>, merge: fn(&mut T, &T)) {
    sort_by(told, |a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    told.dedup_by(|next, known| match id(next) {
        Some(name) if id(known) == Some(name) => {
            merge(known, next);
            true
        }
        _ => next == known,
    });
}
