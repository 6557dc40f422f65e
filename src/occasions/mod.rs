//! Occasions: what could make a campaign speak. A few algorithms serve all kinds.

mod anniversary;
mod event;
mod order;

pub(crate) use anniversary::ANNIVERSARY;
pub(crate) use event::EVENT;
pub(crate) use order::ORDER;

use crate::calendar::Instant;
use crate::customer::Order;
use crate::ledger::Record;
use crate::look::{Look, Scene};
use crate::policy::{Campaign, Details};
use crate::problem::Problems;
use crate::read::Field;
use crate::sorting::sort_by;
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
    /// what there is to speak of, given the campaign's records that count
    pub find: for<'a> fn(&Scene<'a>, &'a Campaign, Instant, &[&'a Record]) -> Found<'a>,
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

/// The occurrence a campaign proposes: the one that ends soonest among those not spoken of; else among all.
pub(crate) fn propose<'a>(found: &Found<'a>, spoken: &Spoken) -> Option<Occurrence<'a>> {
    let mut best = None;
    for occurrence in &found.now {
        let rank = (spoken.until(occurrence).is_some(), occurrence.until, &occurrence.key);
        if best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, occurrence));
        }
    }
    best.map(|(_, occurrence)| occurrence.clone())
}

/// The occurrences that were spoken of and until when each counts so, in the order of their keys.
#[derive(Debug)]
pub(crate) struct Spoken<'a>(Vec<(&'a str, Instant)>);

impl<'a> Spoken<'a> {
    /// Among the records of a campaign that count.
    pub fn of(campaign: &Campaign, counting: &[&'a Record]) -> Spoken<'a> {
        let mut keys = Vec::new();
        for record in counting.iter().filter(|_| campaign.kind.occasion.once_each) {
            keys.extend(record.occurrence.as_deref().map(|key| (key, record.lapses())));
        }
        sort_by(&mut keys, Ord::cmp);
        Spoken(keys)
    }

    /// Until when an occurrence counts as spoken of, if it was.
    pub fn until(&self, occurrence: &Occurrence) -> Option<Instant> {
        let after = self.0.partition_point(|(key, _)| *key <= occurrence.key.as_str());
        let (key, until) = self.0.get(after.checked_sub(1)?)?;
        (*key == occurrence.key).then_some(*until)
    }
}

impl Look<'_> {
    /// The earliest later instant at which the campaign may propose something else.
    pub fn next_proposal(&self) -> Instant {
        let mut next = self.found.next;
        for occurrence in &self.found.now {
            next = next.min(self.spoken.until(occurrence).unwrap_or(Instant::NEVER));
        }
        next
    }
}
