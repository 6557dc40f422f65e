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

/// How long `last` of an article lasts, if `quantity` lasted for a time: `time * last / quantity`, rounded down. Bit by bit, because a
/// division of 128 bits would be 1 KB.
fn scaled(time: i64, last: i64, quantity: i64) -> i64 {
    // most buy as much as the last time
    if last == quantity && last > 0 {
        return time;
    }
    let [time, last, quantity] = [time, last, quantity.max(1)].map(|number| number.max(0).unsigned_abs());
    let (each, over) = (last / quantity, last % quantity);
    let (mut whole, mut rest) = (0_u64, 0);
    for bit in (0..i64::BITS).rev() {
        (whole, rest) = (whole.saturating_mul(2), rest * 2);
        if rest >= quantity {
            (whole, rest) = (whole.saturating_add(1), rest - quantity);
        }
        if time >> bit & 1 == 1 {
            (whole, rest) = (whole.saturating_add(each), rest + over);
            if rest >= quantity {
                (whole, rest) = (whole.saturating_add(1), rest - quantity);
            }
        }
    }
    i64::try_from(whole).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn scales_as_a_division_of_128_bits_does() {
        let numbers =
            [0, 1, 2, 3, 7, 999, 1_000, 86_400_000, 31_536_000_001, 9_007_199_254_740_991, i64::MAX - 1, i64::MAX];
        for time in numbers {
            for last in numbers {
                for quantity in numbers {
                    let exact = i128::from(time) * i128::from(last) / i128::from(quantity.max(1));
                    let exact = i64::try_from(exact).unwrap_or(i64::MAX);
                    assert_eq!(scaled(time, last, quantity), exact, "{time} {last} {quantity}");
                }
            }
        }
    }
}
