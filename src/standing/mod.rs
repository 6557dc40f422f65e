//! Who the customer is to the shop at one instant: what the gates ask and the tasks read.

mod facts;
mod tier;

#[cfg(not(target_family = "wasm"))]
pub(crate) use facts::DOCUMENTED;
pub(crate) use facts::FactPath;
pub use tier::Tier;
pub(crate) use tier::{TIER, TIERS, Tiers};

use crate::calendar::Instant;
use crate::condition::Condition;
use crate::customer::{Conversation, Customer, Order};
use crate::ledger::{Ledger, Record};
use crate::tree::Tree;

/// What is known of a customer at an instant, and until when that stands if nothing happens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'a> {
    pub at: Instant,
    /// the earliest instant at which a date in the customer passes or the tier changes
    pub until: Instant,
    pub tier: Tier,
    /// whether there are an id and a ledger to know them by
    pub recognised: bool,
    pub orders: Orders,
    pub customer: &'a Customer,
    /// the order an event brought, merged with the one the customer had
    pub event_order: Option<&'a Order>,
    event: &'a Tree,
    last_contact: Option<Instant>,
    open_cases: i64,
    unanswered: i64,
    segments: &'a [(String, Condition)],
}

/// What the orders that were not cancelled come to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Orders {
    pub count: i64,
    pub good: i64,
    pub returned: i64,
    pub value: i64,
    pub margin: Option<i64>,
    pub first: Option<Instant>,
    pub last: Option<Instant>,
    pub delivery: Option<Instant>,
}

/// What a standing is derived from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sources<'a> {
    pub customer: &'a Customer,
    pub event: &'a Tree,
    pub event_order: Option<&'a Order>,
    pub ledger: Option<&'a Ledger>,
    pub taken: &'a [Record],
    pub tiers: &'a Tiers,
    pub segments: &'a [(String, Condition)],
}

impl<'a> Standing<'a> {
    /// Derives the standing at an instant.
    pub fn derive(sources: Sources<'a>, at: Instant) -> Standing<'a> {
        let Sources { customer, event, event_order, ledger, taken, tiers, segments } = sources;
        let happened = |instant: &Option<Instant>| instant.is_some_and(|instant| instant <= at);
        let begun = |instant: &Option<Instant>| instant.is_none_or(|instant| instant <= at);
        let mut until = Instant::NEVER;
        let mut note = |instant: Option<Instant>| {
            if let Some(instant) = instant
                && instant > at
            {
                until = until.min(instant);
            }
        };

        let complaints = || customer.conversations.iter().filter(|conversation| conversation.complaint);
        let last_complaint = complaints().filter(|case| begun(&case.at)).filter_map(|case| case.at).max();
        let open = |case: &&Conversation| begun(&case.at) && !happened(&case.solved_at);
        let unanswered = |case: &&Conversation| open(case) && !happened(&case.answered_at);
        for case in &customer.conversations {
            [case.at, case.answered_at, case.solved_at].into_iter().for_each(&mut note);
        }
        customer.ratings.iter().for_each(|rating| note(rating.at));
        note(customer.since);
        note(customer.birthday_since);

        let mut orders = Orders::default();
        for order in all_orders(customer, event_order) {
            order.instants().into_iter().for_each(&mut note);
            if !begun(&order.at) || happened(&order.cancelled_at) {
                continue;
            }
            let delivered = order.delivered_at.filter(|delivered| *delivered <= at);
            let good = delivered > last_complaint && !happened(&order.returned_at) && !happened(&order.refunded_at);
            orders.count += 1;
            orders.good += i64::from(delivered.is_some() && good);
            orders.returned += i64::from(happened(&order.returned_at));
            orders.value = orders.value.saturating_add(order.total.unwrap_or(0));
            orders.margin = match order.margin {
                Some(margin) => Some(orders.margin.unwrap_or(0).saturating_add(margin)),
                None => orders.margin,
            };
            orders.first = order.at.into_iter().chain(orders.first).min();
            orders.last = orders.last.max(order.at);
            orders.delivery = orders.delivery.max(delivered);
        }

        let last_contact = last_contact(ledger, taken, at, &mut note);
        let mut standing = Standing {
            at,
            until,
            tier: Tier::Unknown,
            recognised: customer.id.is_some() && ledger.is_some(),
            open_cases: count(complaints().filter(open)),
            unanswered: count(customer.conversations.iter().filter(unanswered)),
            orders,
            customer,
            event_order,
            event,
            last_contact,
            segments,
        };
        let (tier, tier_until) = tiers.of(&standing);
        standing.tier = tier;
        standing.until = standing.until.min(tier_until);
        standing
    }

    /// The same standing at another instant before `until`.
    pub fn at(&self, at: Instant) -> Standing<'a> {
        Standing { at, ..*self }
    }

    /// The orders of the customer, with that of the event.
    pub fn all_orders(&self) -> impl Iterator<Item = &'a Order> + use<'a> {
        all_orders(self.customer, self.event_order)
    }
}

/// The event's order takes the place of the one it was merged with.
fn all_orders<'a>(customer: &'a Customer, event_order: Option<&'a Order>) -> impl Iterator<Item = &'a Order> {
    let replaced = move |order: &&Order| event_order.is_some_and(|new| new.id.is_some() && new.id == order.id);
    customer.orders.iter().filter(move |order| !replaced(order)).chain(event_order)
}

/// Since when nobody has spoken to the customer; ahead of now where a record is dated so, for then somebody speaks "now" until
/// its date has come. Notes when the answer changes by itself.
fn last_contact(
    ledger: Option<&Ledger>,
    taken: &[Record],
    at: Instant,
    note: &mut impl FnMut(Option<Instant>),
) -> Option<Instant> {
    let mut last = taken.iter().map(|record| record.at).max();
    for record in ledger.map_or(&[][..], Ledger::all).iter().rev() {
        if last.is_some_and(|last| last >= record.at) {
            break;
        }
        if record.counts(at) {
            last = last.max(Some(record.runs_from(at)));
            [record.lapses(), record.runs_from(at), record.at, record.believed_from()].into_iter().map(Some).for_each(&mut *note);
        }
    }
    last
}

fn count<T>(iterator: impl Iterator<Item = T>) -> i64 {
    iterator.fold(0, |count, _| count + 1)
}
