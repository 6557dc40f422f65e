//! Low ratings that are cases: nobody has complained of them in words, but they ask for the same care. Practice P3.

use crate::base::sorting::sort_by;
use crate::calendar::{DAY, Instant};
use crate::request::customer::{Customer, Rating};

/// For how long a low rating is a case that nobody cares for: what was thought ill of years ago silences nobody for ever.
pub(super) const FRESH: i64 = 90 * DAY;

/// The ratings of at most so much that are the latest of their order and article, and that no complaint speaks of, those of one order
/// side by side. Those that name no order are of one.
pub(crate) fn low_scores(customer: &Customer, most: Option<f64>, now: Instant) -> Vec<&Rating> {
    let mut low = Vec::new();
    let Some(most) = most else { return low };
    // by order, until when a complaint speaks of its ratings; of any order, until when one that was made by then does
    let (mut told, mut latest) = (Vec::new(), None);
    for case in &customer.conversations {
        if let Some(until) = case.speaks_until(now) {
            let made = case.at.min(Some(until));
            latest = latest.max(Some(made));
            told.push((&case.order_id, if case.order_id.is_some() { Some(until) } else { made }));
        }
    }
    sort_by(&mut told, Ord::cmp);
    let speaks = |order: &Option<String>, given: Option<Instant>| {
        told.get(told.partition_point(|entry| *entry < (order, given))).is_some_and(|(about, _)| *about == order)
    };
    // kept oldest first
    let mut given = Vec::new();
    given.extend(customer.ratings.iter().filter(|rating| rating.at.is_none_or(|at| at <= now)));
    sort_by(&mut given, |a, b| (&a.order_id, &a.sku).cmp(&(&b.order_id, &b.sku)));
    for ratings in given.chunk_by(|a, b| (&a.order_id, &a.sku) == (&b.order_id, &b.sku)) {
        let is_fresh = |rating: &Rating| rating.at.is_none_or(|at| now < at + FRESH);
        let spoken_of = |rating: &Rating| match rating.order_id {
            None => latest >= Some(rating.at),
            _ => speaks(&rating.order_id, rating.at) || speaks(&None, rating.at),
        };
        low.extend(ratings.last().filter(|rating| rating.score <= most && is_fresh(rating) && !spoken_of(rating)));
    }
    low
}
