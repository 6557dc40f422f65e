//! Low ratings are cases, as complaints are: the shop should care for them before it sells. Practice P3.

use crate::base::sorting::sort_by;
use crate::calendar::{DAY, Instant};
use crate::request::customer::Customer;
use crate::request::rating::Rating;

/// For how long a low rating is a case. An old rating must not silence a shop for ever.
pub(super) const FRESH: i64 = 90 * DAY;

/// The ratings of at most `most` that are cases: each is the latest of its order and article, and no complaint covers it. They are
/// grouped by order; ratings without an order are one group.
pub(crate) fn low_scores(customer: &Customer, most: Option<f64>, now: Instant) -> Vec<&Rating> {
    let mut low = Vec::new();
    let Some(most) = most else { return low };
    // for each order: until when a complaint covers its ratings; for ratings without an order: until when any complaint does
    let (mut covered, mut latest) = (Vec::new(), None);
    for case in &customer.conversations {
        if let Some(until) = case.speaks_until(now) {
            let made = case.at.min(Some(until));
            latest = latest.max(Some(made));
            covered.push((&case.order_id, if case.order_id.is_some() { Some(until) } else { made }));
        }
    }
    sort_by(&mut covered, Ord::cmp);
    let covers = |order: &Option<String>, given: Option<Instant>| {
        covered.get(covered.partition_point(|entry| *entry < (order, given))).is_some_and(|(about, _)| *about == order)
    };
    // ratings are kept oldest first, so the last of each group is the latest
    let mut given = Vec::new();
    given.extend(customer.ratings.list().iter().filter(|rating| rating.at.is_none_or(|at| at <= now)));
    sort_by(&mut given, |a, b| (&a.order_id, &a.sku).cmp(&(&b.order_id, &b.sku)));
    for ratings in given.chunk_by(|a, b| (&a.order_id, &a.sku) == (&b.order_id, &b.sku)) {
        let is_fresh = |rating: &Rating| rating.at.is_none_or(|at| now < at + FRESH);
        let is_covered = |rating: &Rating| match rating.order_id {
            None => latest >= Some(rating.at),
            _ => covers(&rating.order_id, rating.at) || covers(&None, rating.at),
        };
        low.extend(ratings.last().filter(|rating| rating.score <= most && is_fresh(rating) && !is_covered(rating)));
    }
    low
}
