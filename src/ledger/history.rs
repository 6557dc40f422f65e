//! The records of one campaign, sorted so that a decision reads only the few it needs.

use crate::base::sorting;
use crate::base::steps::{Looked, Steps};
use crate::calendar::Instant;
use crate::ledger::record::{Record, State};
use std::cmp::Ordering;
use std::rc::Rc;

/// The records of one campaign.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    /// ghost, armed and delivered records, oldest first: they count for good
    settled: Vec<Rc<Record>>,
    /// reserved records, by the end of their lease
    reserved: Vec<Rc<Record>>,
    /// the records that name an occurrence, released and failed ones too, by its key
    by_occurrence: Vec<Rc<Record>>,
    /// the variant that each settled record showed, sorted
    variants: Vec<i64>,
    /// how far the `at` of a record is ahead of when it counts, at most; 0: no clock was wrong
    lead: i64,
    /// whether a record names an offer
    gives: bool,
}

impl History {
    /// Sorts records that are given oldest first.
    pub fn of(records: Vec<Rc<Record>>) -> History {
        let mut history = History::default();
        for record in records {
            history.variants.extend(settled_variant(&record));
            history.note(&record);
            if record.occurrence.is_some() {
                history.by_occurrence.push(record.clone());
            }
            match record.state {
                State::Released | State::Failed => {}
                State::Reserved => history.reserved.push(record),
                State::Ghost | State::Armed | State::Delivered => history.settled.push(record),
            }
        }
        sorting::sort_by(&mut history.variants, Ord::cmp);
        sort_by(&mut history.reserved, &|a, b| a.lapses().cmp(&b.lapses()));
        sort_by(&mut history.by_occurrence, &|a, b| a.occurrence.cmp(&b.occurrence));
        history
    }

    /// Adds a record.
    pub fn put(&mut self, record: &Rc<Record>) {
        if let Some(variant) = settled_variant(record) {
            self.variants.insert(self.first(variant), variant);
        }
        self.note(record);
        let add = |list: &mut Vec<Rc<Record>>, index: usize| list.insert(index, record.clone());
        if record.occurrence.is_some() {
            let index = self.by_occurrence.partition_point(|other| other.occurrence <= record.occurrence);
            add(&mut self.by_occurrence, index);
        }
        match record.state {
            State::Released | State::Failed => {}
            State::Reserved => {
                let index = self.reserved.partition_point(|other| other.lapses() <= record.lapses());
                add(&mut self.reserved, index);
            }
            State::Ghost | State::Armed | State::Delivered => {
                let from = (record.counts_from(), record.at);
                let index = self.settled.partition_point(|other| (other.counts_from(), other.at) <= from);
                add(&mut self.settled, index);
            }
        }
    }

    /// Notes what may be asked of all records. What a removed record was noted for stays: it only makes somebody look.
    fn note(&mut self, record: &Record) {
        self.lead = self.lead.max(record.at - record.counts_from());
        self.gives |= record.offer.is_some();
    }

    /// Removes a record.
    pub fn remove(&mut self, record: &Record) {
        let shown = settled_variant(record).map(|variant| (self.first(variant), variant));
        if let Some((index, _)) = shown.filter(|(index, variant)| self.variants.get(*index) == Some(variant)) {
            self.variants.remove(index);
        }
        for list in [&mut self.settled, &mut self.reserved, &mut self.by_occurrence] {
            remove(list, &record.id);
        }
    }

    /// How often settled records showed a variant.
    fn shown(&self, variant: i64) -> usize {
        self.variants.partition_point(|shown| *shown <= variant) - self.first(variant)
    }

    /// The place in `variants` at which a variant begins.
    fn first(&self, variant: i64) -> usize {
        self.variants.partition_point(|shown| *shown < variant)
    }
}

/// The variant that a record showed, if it counts for good.
fn settled_variant(record: &Record) -> Option<i64> {
    record.variant.filter(|_| record.is_settled())
}

/// Sorts records; those that are equal keep their order.
pub(crate) fn sort_by(list: &mut [Rc<Record>], compare: &dyn Fn(&Record, &Record) -> Ordering) {
    if cfg!(feature = "sentences") {
        // Long ledgers are worth 10 KB where nobody downloads them.
        list.sort_by(|a, b| compare(a, b));
    } else {
        sorting::sort_by(list, |a, b| compare(a, b));
    }
}

/// Removes the record with an id from a list.
pub(crate) fn remove(list: &mut Vec<Rc<Record>>, id: &str) {
    if let Some(index) = list.iter().position(|record| record.id == id) {
        list.remove(index);
    }
}

/// The contacts of one campaign as of an instant: its records, and those that the decision takes as spoken.
#[derive(Debug)]
pub(crate) struct ContactHistory<'a> {
    history: Option<&'a History>,
    /// by occurrence
    taken: Vec<&'a Record>,
    at: Instant,
    steps: &'a Steps,
}

impl<'a> ContactHistory<'a> {
    pub fn new(
        history: Option<&'a History>,
        mut taken: Vec<&'a Record>,
        at: Instant,
        steps: &'a Steps,
    ) -> ContactHistory<'a> {
        if taken.len() > 1 {
            sorting::sort_by(&mut taken, |a, b| a.occurrence.cmp(&b.occurrence));
        }
        ContactHistory { history, taken, at, steps }
    }

    fn settled(&self) -> &'a [Rc<Record>] {
        self.history.map_or(&[], |history| &history.settled)
    }

    /// The reserved records whose lease has not ended.
    fn reserved(&self) -> &'a [Rc<Record>] {
        let Some(History { reserved, .. }) = self.history else {
            return &[];
        };
        reserved.get(reserved.partition_point(|record| record.lapses() <= self.at)..).unwrap_or_default()
    }

    /// Calls `each` with the records that count from after an instant, and with the latest settled one before it, or several of one
    /// instant.
    pub fn each_since(&self, from: Instant, each: &mut dyn FnMut(&Record)) {
        let settled = self.settled();
        let before = settled.partition_point(|record| record.counts_from() <= from).checked_sub(1);
        let latest = before.and_then(|index| settled.get(index)).map(|record| record.counts_from());
        let start = settled.partition_point(|record| Some(record.counts_from()) < latest);
        let (settled, reserved) = (settled.get(start..).unwrap_or_default(), self.reserved());
        if self.steps.take(Looked::Record, settled.len() + reserved.len() + self.taken.len()) {
            settled.iter().for_each(|record| each(record));
            reserved.iter().for_each(|record| each(record));
            self.taken.iter().for_each(|record| each(record));
        }
    }

    /// Whether a contact may have given an offer.
    pub fn gives(&self) -> bool {
        self.history.is_some_and(|history| history.gives)
    }

    /// How many there are.
    pub fn count(&self) -> i64 {
        let count = self.settled().len() + self.reserved().len() + self.taken.len();
        i64::try_from(count).unwrap_or(i64::MAX)
    }

    /// The instant of the latest contact; now for a contact dated ahead.
    pub fn last(&self) -> Option<Instant> {
        let mut last = None;
        self.each_since(self.at, &mut |record| last = last.max(Some(record.effective(self.at))));
        last
    }

    /// The date of its latest record, ahead of now for a record dated ahead.
    pub fn last_date(&self) -> Option<Instant> {
        let mut last = None;
        self.each_since(self.at, &mut |record| last = last.max(Some((record.counts_from(), record.at))));
        last.map(|(_, at)| at)
    }

    /// The instant until which at least one contact counts; none if there is no contact.
    pub fn counts_until(&self) -> Option<Instant> {
        let mut until = None;
        self.each_since(Instant::NEVER, &mut |record| until = until.max(Some(record.lapses())));
        until
    }

    /// Calls `each` with the records dated after an instant, and some that are older.
    pub fn each_dated_since(&self, from: Instant, each: &mut dyn FnMut(&Record)) {
        self.each_since(from + -self.history.map_or(0, |history| history.lead), each);
    }

    /// Calls `each` with the records about an occurrence, released and failed ones too.
    pub fn each_about(&self, key: &str, each: &mut dyn FnMut(&Record)) {
        let about = |record: &Record| record.occurrence.as_deref() == Some(key) && self.steps.take(Looked::Record, 1);
        let by_occurrence = self.history.map_or(&[][..], |history| &history.by_occurrence);
        let start = by_occurrence.partition_point(|record| record.occurrence.as_deref() < Some(key));
        let from_key = by_occurrence.get(start..).unwrap_or_default();
        from_key.iter().take_while(|record| about(record)).for_each(|record| each(record));
        let start = self.taken.partition_point(|record| record.occurrence.as_deref() < Some(key));
        let from_key = self.taken.get(start..).unwrap_or_default();
        from_key.iter().take_while(|record| about(record)).for_each(|record| each(record));
    }

    /// The instant until which a contact about an occurrence counts; none if there is no such contact.
    pub fn about_until(&self, key: &str) -> Option<Instant> {
        let mut until = None;
        self.each_about(key, &mut |record| {
            if record.counts(self.at) {
                until = until.max(Some(record.lapses()));
            }
        });
        until
    }

    /// How many contacts about an occurrence were handed over and never arrived.
    pub fn failed(&self, key: &str) -> i64 {
        let mut failed = 0;
        self.each_about(key, &mut |record| failed += i64::from(record.state == State::Failed));
        failed
    }

    /// How many contacts about an occurrence do not count any more: they were released, never arrived, or their lease ended.
    pub fn attempts(&self, key: &str) -> i64 {
        let mut attempts = 0;
        self.each_about(key, &mut |record| attempts += i64::from(!record.counts(self.at)));
        attempts
    }

    /// How often a variant was shown, contacts under a lease included.
    pub fn used(&self, variant: i64) -> i64 {
        let mut used = self.history.map_or(0, |history| history.shown(variant));
        let mut count = |record: &Record| used += usize::from(record.variant == Some(variant));
        let reserved = self.reserved();
        if self.steps.take(Looked::Record, reserved.len() + self.taken.len()) {
            reserved.iter().for_each(|record| count(record));
            self.taken.iter().for_each(|record| count(record));
        }
        i64::try_from(used).unwrap_or(i64::MAX)
    }
}
