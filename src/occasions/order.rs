//! An order was placed.

use super::{About, Found, Occasion, Occurrence};
use crate::calendar::{DAY, Instant};
use crate::policy::Details;

/// For how long an order is news.
const FRESH: i64 = 7 * DAY;

/// Each order of the last 7 × 24 hours that was not cancelled: `at ≤ t < at + 7 d`.
pub(crate) const ORDER: Occasion = Occasion {
    name: "order",
    fields: &[],
    parameters: &["order.id", "order.total", "order.at"],
    dated: false,
    once_each: true,
    read: |_, _, _| Some(Details::Order),
    find: |scene, _, at, _| {
        let mut found = Found { now: Vec::new(), next: Instant::NEVER };
        for order in &scene.orders {
            let (Some(key), Some(placed)) = (order.id.clone(), order.at) else {
                continue;
            };
            let cancelled = order.cancelled_at.is_some_and(|cancelled| cancelled <= at);
            if placed > at {
                found.next = found.next.min(placed);
            } else if at < placed + FRESH && !cancelled {
                found.now.push(Occurrence { key, until: placed + FRESH, about: About::Order(order) });
            }
        }
        found
    },
};
