use super::{Occasion, already_spoken};
use crate::context::Context;
use crate::read::{Campaign, Order};
use crate::time::DAY;

/// What the customer paid for an order and kept: its total without the returned articles, at least 0; 0 if all of it
/// was returned or refunded.
fn kept_value(context: &Context, order: &Order) -> i64 {
    if context.was_returned_or_refunded(order) {
        return 0;
    }
    let returned = order.items.iter().filter(|item| context.happened(item.returned_at));
    let returned: i64 = returned.map(|item| item.price.unwrap_or(0) * item.quantity).sum();
    // money that is given back tomorrow is not yet given back
    let refunded = order.refunded.filter(|_| order.refunded_at.is_none() || context.happened(order.refunded_at));
    order.total.map_or(0, |total| (total - returned.max(refunded.unwrap_or(0))).max(0))
}

/// The milestone is the nth order, or the order with which the sum of all orders reaches `spend`. It is open for 30 days.
pub fn find(context: &Context, campaign: &Campaign) -> Option<Occasion> {
    let mut orders: Vec<&Order> = context.orders().into_iter().filter(|order| order.at.is_some()).collect();
    orders.sort_by_key(|order| (order.at, order.id.clone()));
    let (occurrence, order) = match (campaign.orders, campaign.spend) {
        (Some(count), _) => (format!("orders-{count}"), orders.get(count - 1).copied()),
        (None, Some(sum)) => {
            let mut spent = 0;
            let order = orders.into_iter().find(|order| {
                let before = spent;
                spent += kept_value(context, order);
                before < sum && sum <= spent
            });
            (format!("spend-{sum}"), order)
        }
        (None, None) => return None,
    };
    let begins = order?.at?;
    let spoken = already_spoken(context, campaign, &occurrence);
    Some(Occasion { spoken, occurrence, begins, ends: Some(begins + 30 * DAY), of_event: false, day: None })
}
