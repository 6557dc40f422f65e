//! Occasions of a visit: a cart that was left, a question to ask.

use super::event::key;
use super::found::{About, Found, Query};
use crate::base::steps::{Looked, Steps};
use crate::base::text::decimal;
use crate::calendar::{Instant, MINUTE};
use crate::ledger::totals::Counter;
use crate::policy::Window;
use crate::request::item::Item;
use crate::request::order::Order;
use crate::request::product::Product;
use crate::standing::window_count::WindowCount;

/// How much older than the cart an order may be that has all its articles: shops touch the cart when it becomes an order, and the
/// clocks of two systems differ.
const GRACE: i64 = 5 * MINUTE;

/// The cart, once it has been left for `after`.
pub(super) fn cart<'a>(query: &Query<'a, '_>, after: i64) -> Found<'a> {
    let mut found = Found::default();
    if let Some(cart) = query.context.customer.cart.get() {
        let items = cart.items();
        let filled = cart.count.map_or(!items.is_empty(), |count| count > 0);
        let sold_out = |item: &Item| {
            item.sku.as_deref().and_then(|sku| query.context.catalog.product(sku)).is_some_and(Product::is_sold_out)
        };
        let nothing_left = !items.is_empty() && items.iter().all(sold_out);
        let bought = |left| {
            query.context.orders.iter().any(|order| {
                let is_later = order.at >= Some(left)
                    || order.at >= Some(left + -GRACE) && contains_all(order, items, &query.context.steps);
                // a payment that failed or is awaited has bought nothing yet
                is_later && order.at <= Some(query.known) && order.paid != Some(false)
            })
        };
        if let Some(left) = cart.at.filter(|left| filled && !nothing_left && !bought(*left)) {
            let begins = left + after;
            let key = decimal(left.0);
            found.note(query.at, begins, begins + query.campaign.kind.within, &key, About::Nothing);
        }
    }
    found
}

/// Whether every article of a cart was bought with an order.
fn contains_all(order: &Order, cart: &[Item], steps: &Steps) -> bool {
    let is_in = |item: &Item| {
        item.sku.is_some()
            && steps.take(Looked::Order, order.items.len())
            && order.items.iter().any(|bought| bought.sku == item.sku)
    };
    !cart.is_empty() && cart.iter().all(is_in)
}

/// A question: at most one a visit. With `every`, once `every − 1` other contacts were made since the last question.
pub(super) fn question<'a>(query: &Query<'a, '_>, every: i64) -> Found<'a> {
    let mut found = Found::default();
    let mut asked = None;
    let visit = query.context.visit;
    let mut in_visit = false;
    query.each_of_kind(&mut |history| {
        let last = history.last();
        asked = asked.max(last);
        in_visit |= visit.is_some() && last >= visit;
        // when a lease ends, or the date of a record ahead comes, another question is the latest
        history.each_since(query.at, &mut |record| {
            found.next = found.next.min(record.next_change(query.at)).min(record.lapses());
        });
    });
    let mut since = 0;
    let window = Window::Rolling(asked.map_or(i64::MAX, |asked| query.at - asked));
    for counted in [Counter::Promotional, Counter::Relational].into_iter().filter(|_| every > 0) {
        since += WindowCount::of(query.context, query.at, query.taken, counted, window)
            .map_or(0, |window_count| window_count.counted());
    }
    // a record dated ahead may come to count as of a time after the question
    let ahead = query.context.ledger.filter(|_| every > 0).and_then(|ledger| ledger.after(query.at).first());
    found.next = found.next.min(ahead.map_or(Instant::NEVER, |record| record.counts_from()));
    let turn = since + 1 >= every;
    if !in_visit && (asked.is_none() || turn) {
        let about = if every > 0 && turn { About::Turn } else { About::Nothing };
        found.note(query.at, Instant(0), Instant::NEVER, &key(query), about);
    }
    found
}
