//! A rhythm: how much time usually lies between the events of a series.

use super::{DAY, Instant};
use crate::base::sorting::sort_by;

/// With how many orders a customer's rhythm is known.
pub(crate) const ORDERS: usize = 3;

/// The median of the times between instants in order, the lower of two; none of fewer than `least`. Those within a day of one are one
/// with it: a forgotten article is no rhythm.
pub(crate) fn cadence(mut instants: Vec<Instant>, least: usize) -> Option<i64> {
    instants.dedup_by(|next, first| *next - *first < DAY);
    let mut gaps = Vec::new();
    for pair in instants.windows(2) {
        if let [earlier, later] = pair {
            gaps.push(*later - *earlier);
        }
    }
    sort_by(&mut gaps, Ord::cmp);
    let median = gaps.len().checked_sub(1)? / 2;
    gaps.get(median).copied().filter(|_| instants.len() >= least)
}
