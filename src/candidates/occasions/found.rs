//! What an algorithm is asked, and what it finds.

use crate::base::sorting::sort_by;
use crate::calendar::Instant;
use crate::ledger::history::ContactHistory;
use crate::ledger::record::Record;
use crate::policy::Campaign;
use crate::request::item::Item;
use crate::request::order::Order;
use crate::request::rating::Rating;
use crate::standing::context::Context;
use chrono::NaiveDate;

/// What an algorithm is asked.
#[derive(Debug)]
pub(crate) struct Query<'a, 's> {
    pub context: &'a Context<'a>,
    pub campaign: &'a Campaign,
    /// what the campaign has said
    pub history: &'s ContactHistory<'a>,
    /// what the other campaigns of its kind have said
    pub kin: &'s [ContactHistory<'a>],
    /// the contacts of this decision, as if they were delivered
    pub taken: &'a [Record],
    pub at: Instant,
    /// what is dated after this instant has not happened; it is earlier than `at` where facts are frozen
    pub known: Instant,
}

impl Query<'_, '_> {
    /// Visits the contacts of the campaign, and those of the other campaigns of its kind.
    pub(super) fn each_of_kind(&self, visit: &mut dyn FnMut(&ContactHistory)) {
        visit(self.history);
        self.kin.iter().for_each(visit);
    }
}

/// What could be spoken of now, and when there may be something else.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    pub now: Vec<Occurrence<'a>>,
    /// the earliest later instant at which an occurrence begins
    pub next: Instant,
}

impl Default for Found<'_> {
    fn default() -> Self {
        Found { now: Vec::new(), next: Instant::NEVER }
    }
}

impl<'a> Found<'a> {
    /// Adds an occurrence that is open, or notes when it will be.
    pub(super) fn note(&mut self, at: Instant, begins: Instant, ends: Instant, key: &str, about: About<'a>) {
        if begins > at {
            self.next = self.next.min(begins);
        } else if at < ends {
            self.now.push(Occurrence { key: key.to_owned(), until: ends, about, spoken_until: None });
        }
    }
}

/// The orders that were not cancelled, oldest first, those of one instant by id. Notes when that may change.
pub(super) fn orders_in_time<'a>(query: &Query<'a, '_>, found: &mut Found) -> Vec<(Instant, &'a Order)> {
    let mut orders = Vec::new();
    for order in &query.context.orders {
        found.next = found.next.min(next_order_change(query, order));
        if let Some(at) = order.stands(query.known) {
            orders.push((at, *order));
        }
    }
    sort_by(&mut orders, |a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
    orders
}

/// The next instant at which something about an order happens.
pub(super) fn next_order_change(query: &Query, order: &Order) -> Instant {
    let mut next = Instant::NEVER;
    if query.known == query.at {
        order.each_instant(&mut |instant| {
            if instant > query.at {
                next = next.min(instant);
            }
        });
    }
    next
}

/// The ratings that were given by now. Notes when there will be another.
pub(super) fn ratings<'a>(query: &Query<'a, '_>, found: &mut Found) -> Vec<&'a Rating> {
    let mut given = Vec::new();
    for rating in query.context.customer.ratings.list() {
        match rating.at.filter(|at| *at > query.known) {
            Some(at) if query.known == query.at => found.next = found.next.min(at),
            Some(_) => {}
            None => given.push(rating),
        }
    }
    given
}

/// One thing to speak of.
#[derive(Clone, Debug)]
pub(crate) struct Occurrence<'a> {
    /// tells it from the other occurrences of the campaign, for example the order's id
    pub key: String,
    /// its end; never, if it has none
    pub until: Instant,
    pub about: About<'a>,
    /// until when it counts as spoken of, if it was
    pub spoken_until: Option<Instant>,
}

/// What an occurrence is about.
#[derive(Clone, Debug)]
pub(crate) enum About<'a> {
    Nothing,
    /// a question whose turn has come
    Turn,
    Order(&'a Order),
    /// an article of an order
    Article(&'a Order, &'a Item),
    /// the day, when it begins, and when it is over
    Day(NaiveDate, Instant, Instant),
}

impl<'a> Occurrence<'a> {
    /// The order it is about, if it is about one.
    pub fn order(&self) -> Option<&'a Order> {
        match self.about {
            About::Order(order) | About::Article(order, _) => Some(order),
            _ => None,
        }
    }

    /// The next instant at which it ends, or at which its day begins or is over and another message is said.
    pub fn next_change(&self, at: Instant) -> Instant {
        match self.about {
            About::Day(_, begins, _) if at < begins => begins.min(self.until),
            About::Day(_, _, over) if at < over => over.min(self.until),
            _ => self.until,
        }
    }
}
