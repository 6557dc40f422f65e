//! Low ratings that are cases: nobody has complained of them in words, but they ask for the same care. Practice P3.

use crate::calendar::Instant;
use crate::customer::{Customer, Rating};
use crate::sorting::sort_by;

/// The ratings of at most so much that are the latest of their order, and that no complaint speaks of. Those that name no order
/// are of one.
pub(crate) fn low_scores(customer: &Customer, most: Option<f64>, now: Instant) -> Vec<&Rating> {
    let mut low = Vec::new();
    let Some(most) = most else { return low };
    // kept oldest first
    let mut given = Vec::new();
    given.extend(customer.ratings.iter().filter(|rating| rating.at.is_none_or(|at| at <= now)));
    sort_by(&mut given, |a, b| a.order_id.cmp(&b.order_id));
    for ratings in given.chunk_by(|a, b| a.order_id == b.order_id) {
        let told = |rating: &Rating| customer.conversations.iter().any(|case| case.is_about(rating, now));
        low.extend(ratings.last().filter(|rating| rating.score <= most && !told(rating)));
    }
    low
}
