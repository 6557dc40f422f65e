//! The usual time between a customer's orders.

use super::{DAY, Instant};
use crate::base::scaled::scaled;
use crate::base::sorting::sort_by;

/// How many orders a customer needs for a cadence.
pub(crate) const ORDERS: usize = 3;

/// The median of the times between sorted instants: 30 days for orders on 1 January, 31 January and 5 March. Of two medians it is the
/// lower. None for fewer than `min_instants`. Instants less than 24 hours after one count as one with it, because a customer who forgot an
/// article orders twice on the same day.
pub(crate) fn cadence(mut instants: Vec<Instant>, min_instants: usize) -> Option<i64> {
    instants.dedup_by(|next, first| *next - *first < DAY);
    let mut purchases = Vec::new();
    instants.into_iter().for_each(|at| purchases.push((at, 1)));
    lasts(purchases, min_instants)
}

/// How long what was bought last lasts, judging by how long the earlier purchases did: the median of the times between sorted
/// purchases, each as if as much had been bought as last. Purchases are counted as in [`cadence`]. 1 kg on 1 January, 2 kg on
/// 31 January and 1 kg on 1 April last 30 days a kilogram, so the last one lasts 30 days.
pub(crate) fn lasts(mut purchases: Vec<(Instant, i64)>, min_instants: usize) -> Option<i64> {
    purchases.dedup_by(|next, first| {
        let is_one = next.0 - first.0 < DAY;
        if is_one {
            first.1 = first.1.saturating_add(next.1);
        }
        is_one
    });
    let (_, last) = *purchases.last()?;
    let mut times = Vec::new();
    for pair in purchases.windows(2) {
        if let [(earlier, quantity), (later, _)] = *pair {
            times.push(scaled(later - earlier, last, quantity));
        }
    }
    sort_by(&mut times, Ord::cmp);
    let median = times.len().checked_sub(1)? / 2;
    times.get(median).copied().filter(|_| purchases.len() >= min_instants)
}
