//! The nth order, or the order with which all come to a sum.

use super::{Occasion, was_spoken};
use crate::facts::Look;
use crate::read::{Campaign, Order};
use crate::time::DAY;

/// Its total without the articles that came back, never less than nothing; nothing, when all of it did.
fn spent_on(look: &Look, order: &Order) -> i64 {
    if look.came_back(order) {
        return 0;
    }
    let back = order.items.iter().filter(|item| look.happened(item.returned_at));
    let back: i64 = back.map(|item| item.price.unwrap_or(0) * item.quantity).sum();
    order.total.map_or(0, |total| (total - back).max(0))
}

/// From the order that reached it on, for 30 days.
pub fn reached(look: &Look, campaign: &Campaign) -> Option<Occasion> {
    let mut orders: Vec<&Order> = look.orders().into_iter().filter(|order| order.at.is_some()).collect();
    orders.sort_by_key(|order| (order.at, order.id.clone()));
    let (occurrence, by) = match (campaign.orders, campaign.spend) {
        (Some(count), _) => (format!("orders-{count}"), orders.get(count - 1).copied()),
        (None, Some(sum)) => {
            let mut spent = 0;
            // with it the sum is reached, before it was not
            let by = orders.into_iter().find(|order| {
                let before = spent;
                spent += spent_on(look, order);
                before < sum && sum <= spent
            });
            (format!("spend-{sum}"), by)
        }
        (None, None) => return None,
    };
    let begins = by?.at?;
    let spoken = was_spoken(look, campaign, &occurrence);
    Some(Occasion { spoken, occurrence, begins, ends: Some(begins + 30 * DAY), day: None })
}
