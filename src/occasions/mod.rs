//! Occasions: what could make a campaign speak. A few algorithms serve all kinds.

mod anniversary;
mod event;
mod order;

pub(crate) use anniversary::ANNIVERSARY;
pub(crate) use event::EVENT;
pub(crate) use order::ORDER;

use crate::calendar::Instant;
use crate::customer::Order;
use crate::history::Said;
use crate::look::{Look, Scene};
use crate::policy::{Campaign, Details};
use crate::problem::Problems;
use crate::read::Field;
use crate::tree::Tree;
use chrono::NaiveDate;
use std::fmt;

/// An algorithm that finds occurrences, with what its campaigns may say beside the common fields.
pub(crate) struct Occasion {
    /// names the occasion in `why`
    pub name: &'static str,
    pub fields: &'static [Field],
    /// what its messages may insert
    pub parameters: &'static [&'static str],
    /// whether its occurrences are known beforehand, so that they keep their slots
    pub dated: bool,
    /// whether each occurrence is spoken of once; else `repeat` alone decides
    pub once_each: bool,
    pub read: fn(&Tree, Option<usize>, &mut Problems) -> Option<Details>,
    /// what there is to speak of, given what the campaign has said
    pub find: for<'a> fn(&Scene<'a>, &'a Campaign, Instant, &Said) -> Found<'a>,
}

impl fmt::Debug for Occasion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

/// What could be spoken of now, and when there will next be something else.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    pub now: Vec<Occurrence<'a>>,
    /// the earliest later instant at which an occurrence begins
    pub next: Instant,
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
    Order(&'a Order),
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
        if self.campaign.kind.occasion.once_each { self.said.about_until(&occurrence.key) } else { None }
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
