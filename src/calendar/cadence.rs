//! The usual time between a customer's orders.

use super::{DAY, Instant};
use crate::base::sorting::sort_by;

/// How many orders a customer needs for a cadence.
pub(crate) const ORDERS: usize = 3;

/// The median of the times between sorted instants: 30 days for orders on 1 January, 31 January and 5 March. Of two medians it is the
/// lower. None for fewer than `min_instants`. Instants less than 24 hours after one count as one with it, because a customer who forgot an
/// article orders twice on the same day.
pub(crate) fn cadence(mut instants: Vec<Instant>, min_instants: usize) -> Option<i64> {
    instants.dedup_by(|next, first| *next - *first < DAY);
    let mut gaps = Vec::new();
    for pair in instants.windows(2) {
        if let [earlier, later] = pair {
            gaps.push(*later - *earlier);
        }
    }
    sort_by(&mut gaps, Ord::cmp);
    let median = gaps.len().checked_sub(1)? / 2;
    gaps.get(median).copied().filter(|_| instants.len() >= min_instants)
}
