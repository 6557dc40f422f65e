//! Occasions: what could make a campaign speak. A few algorithms serve all kinds.

mod anniversary;
mod cadence;
mod draw;
mod event;
mod order;
mod threshold;
mod visit;

use crate::base::sorting::sort_by;
use crate::calendar::Instant;
use crate::candidates::candidate::Look;
use crate::ledger::Record;
use crate::ledger::history::Said;
use crate::policy::Campaign;
use crate::policy::details::Details;
use crate::request::customer::Rating;
use crate::request::order::{Item, Order};
use crate::standing::context::Scene;
use chrono::NaiveDate;

/// What an algorithm is asked.
#[derive(Debug)]
pub(crate) struct Ask<'a, 's> {
    pub scene: &'a Scene<'a>,
    pub campaign: &'a Campaign,
    /// what the campaign has said
    pub said: &'s Said<'a>,
    /// contacts taken as spoken
    pub taken: &'a [Record],
    pub at: Instant,
    /// what is dated later has not happened
    pub known: Instant,
}

/// What could be spoken of now, and when there will next be something else.
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
    /// Notes an occurrence that is open, or when it will be.
    fn note(&mut self, at: Instant, begins: Instant, ends: Instant, key: &str, about: About<'a>) {
        if begins > at {
            self.next = self.next.min(begins);
        } else if at < ends {
            self.now.push(Occurrence { key: key.to_owned(), until: ends, about });
        }
    }
}

/// The orders that were not cancelled, oldest first, by id at one instant; notes when that may change.
fn in_order<'a>(ask: &Ask<'a, '_>, found: &mut Found) -> Vec<(Instant, &'a Order)> {
    let mut orders = Vec::new();
    for order in &ask.scene.orders {
        found.next = found.next.min(again(ask, order));
        if let Some(at) = order.stands(ask.known) {
            orders.push((at, *order));
        }
    }
    sort_by(&mut orders, |a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
    orders
}

/// The next instant at which something about an order happens; never where nothing more does.
fn again(ask: &Ask, order: &Order) -> Instant {
    let mut next = Instant::NEVER;
    if ask.known == ask.at {
        order.each_instant(&mut |instant| {
            if instant > ask.at {
                next = next.min(instant);
            }
        });
    }
    next
}

/// The ratings that were given; notes when there will be another.
fn ratings<'a>(ask: &Ask<'a, '_>, found: &mut Found) -> Vec<&'a Rating> {
    let mut given = Vec::new();
    for rating in &ask.scene.customer.ratings {
        match rating.at.filter(|at| *at > ask.known) {
            Some(at) if ask.known == ask.at => found.next = found.next.min(at),
            Some(_) => {}
            None => given.push(rating),
        }
    }
    given
}

/// What could be spoken of, by the algorithm of the campaign's occasion.
pub(crate) fn find<'a>(ask: &Ask<'a, '_>) -> Found<'a> {
    match &ask.campaign.details {
        Details::Announcement { event, from, until } => event::announcement(ask, event.as_deref(), *from, *until),
        Details::Event => event::happened(ask),
        Details::Orders(state, timing) => order::orders(ask, *state, timing),
        Details::Articles(timing) => order::articles(ask, timing),
        Details::Incidents(timing) => order::incidents(ask, timing),
        Details::Birthday { lead, grace, leap_day, .. } => anniversary::birthday(ask, *lead, *grace, *leap_day),
        Details::Replenishment { lead, families, by_family } => {
            cadence::replenishment(ask, *lead, families.as_deref(), *by_family)
        }
        Details::Overdue { after, factor } => cadence::overdue(ask, *after, *factor),
        Details::Milestone(goal) => threshold::milestone(ask, *goal),
        Details::Activity { floor, per } => threshold::top_activity(ask, *floor, *per),
        Details::Draw { share, per } => draw::draw(ask, *share, *per),
        Details::Cart { after } => visit::cart(ask, *after),
        Details::Question { every } => visit::question(ask, *every),
    }
}

/// One thing to speak of.
#[derive(Clone, Debug)]
pub(crate) struct Occurrence<'a> {
    /// what sets it apart from others of the campaign
    pub key: String,
    /// its end; never, if it has none
    pub until: Instant,
    pub about: About<'a>,
}

/// What it is about.
#[derive(Clone, Debug)]
pub(crate) enum About<'a> {
    Nothing,
    /// a question: so much was said without one that it goes before
    Turn,
    Order(&'a Order),
    /// an article of an order
    Article(&'a Order, &'a Item),
    /// the day, and when it is over
    Day(NaiveDate, Instant),
}

impl Occurrence<'_> {
    /// The next instant at which it ends, or another message is its own.
    pub fn next_change(&self, at: Instant) -> Instant {
        match self.about {
            About::Day(_, over) if at < over => over.min(self.until),
            _ => self.until,
        }
    }
}

impl<'a> Look<'a> {
    /// The occurrence the campaign proposes: the one that ends soonest among those not spoken of; else among all.
    pub fn propose(&self) -> Option<Occurrence<'a>> {
        let mut best = None;
        for occurrence in &self.found.now {
            let rank = (self.spoken_until(occurrence).is_some(), occurrence.until, &occurrence.key);
            if best.is_none_or(|(least, _)| rank < least) {
                best = Some((rank, occurrence));
            }
        }
        best.map(|(_, occurrence)| occurrence.clone())
    }

    /// Until when an occurrence counts as spoken of, if it was.
    pub fn spoken_until(&self, occurrence: &Occurrence) -> Option<Instant> {
        let mut until = None;
        if self.campaign.kind.occasion.is_once_each() {
            let all = self.campaign.kind.once_for_all;
            self.scene.each_of_kind(self.campaign, all, self.taken, self.at, &mut |said| {
                until = until.max(said.about_until(&occurrence.key));
            });
        }
        until
    }

    /// The earliest later instant at which the campaign may propose something else.
    pub fn next_proposal(&self) -> Instant {
        let mut next = self.found.next;
        for occurrence in &self.found.now {
            next = next.min(self.spoken_until(occurrence).unwrap_or(Instant::NEVER));
        }
        next
    }
}
