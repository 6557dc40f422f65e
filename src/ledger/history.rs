//! What one campaign said, kept so that a decision reads only what matters to it.

use crate::base::sorting::sort_by;
use crate::calendar::Instant;
use crate::ledger::record::{Record, State};
use std::rc::Rc;

/// The records of one campaign.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    /// ghosts, armed and delivered ones: they count for good; oldest first
    settled: Vec<Rc<Record>>,
    /// those under a lease, in the order in which they lapse
    reserved: Vec<Rc<Record>>,
    /// those about an occurrence, released ones too, in the order of its key
    by_occurrence: Vec<Rc<Record>>,
    /// how many of the settled ones showed each variant
    variants: Vec<(i64, i64)>,
}

impl History {
    /// Of records that are in the order of time.
    pub fn of(records: Vec<Rc<Record>>) -> History {
        let mut history = History::default();
        for record in records {
            history.count(&record, true);
            if record.occurrence.is_some() {
                history.by_occurrence.push(record.clone());
            }
            match record.state {
                State::Released => {}
                State::Reserved => history.reserved.push(record),
                _ => history.settled.push(record),
            }
        }
        sort_by(&mut history.reserved, |a, b| a.lapses().cmp(&b.lapses()));
        sort_by(&mut history.by_occurrence, |a, b| a.occurrence.cmp(&b.occurrence));
        history
    }

    /// Adds a record.
    pub fn put(&mut self, record: &Rc<Record>) {
        self.count(record, true);
        let add = |list: &mut Vec<Rc<Record>>, place: usize| list.insert(place, record.clone());
        if record.occurrence.is_some() {
            let place = self.by_occurrence.partition_point(|other| other.occurrence <= record.occurrence);
            add(&mut self.by_occurrence, place);
        }
        match record.state {
            State::Released => {}
            State::Reserved => {
                let place = self.reserved.partition_point(|other| other.lapses() <= record.lapses());
                add(&mut self.reserved, place);
            }
            _ => {
                let place = self.settled.partition_point(|other| other.at <= record.at);
                add(&mut self.settled, place);
            }
        }
    }

    /// Takes a record away.
    pub fn remove(&mut self, record: &Record) {
        self.count(record, false);
        for list in [&mut self.settled, &mut self.reserved, &mut self.by_occurrence] {
            remove(list, &record.id);
        }
    }

    fn count(&mut self, record: &Record, more: bool) {
        let Some(variant) = record.variant.filter(|_| record.is_settled()) else {
            return;
        };
        match (self.variants.binary_search_by_key(&variant, |(shown, _)| *shown), more) {
            (Ok(place), _) => {
                if let Some((_, count)) = self.variants.get_mut(place) {
                    *count = if more { *count + 1 } else { *count - 1 };
                }
            }
            (Err(place), true) => self.variants.insert(place, (variant, 1)),
            (Err(_), false) => {}
        }
    }

    fn shown(&self, variant: i64) -> i64 {
        let place = self.variants.binary_search_by_key(&variant, |(shown, _)| *shown);
        place.ok().and_then(|place| self.variants.get(place)).map_or(0, |(_, count)| *count)
    }
}

/// Takes the record of an id away.
pub(crate) fn remove(list: &mut Vec<Rc<Record>>, id: &str) {
    if let Some(place) = list.iter().position(|record| record.id == id) {
        list.remove(place);
    }
}

/// What a campaign has said as of an instant, with what was taken.
#[derive(Debug)]
pub(crate) struct ContactHistory<'a> {
    history: Option<&'a History>,
    taken: Vec<&'a Record>,
    at: Instant,
}

impl<'a> ContactHistory<'a> {
    pub fn new(history: Option<&'a History>, taken: Vec<&'a Record>, at: Instant) -> ContactHistory<'a> {
        ContactHistory { history, taken, at }
    }

    fn settled(&self) -> &'a [Rc<Record>] {
        self.history.map_or(&[], |history| &history.settled)
    }

    /// Those whose lease runs.
    fn reserved(&self) -> &'a [Rc<Record>] {
        let Some(History { reserved, .. }) = self.history else {
            return &[];
        };
        reserved.get(reserved.partition_point(|record| record.lapses() <= self.at)..).unwrap_or_default()
    }

    /// Tells the filter records dated after an instant, and the latest before it.
    pub fn each_since(&self, from: Instant, tell: &mut dyn FnMut(&Record)) {
        let settled = self.settled();
        let start = settled.partition_point(|record| record.at <= from).saturating_sub(1);
        settled.get(start..).unwrap_or_default().iter().for_each(|record| tell(record));
        self.reserved().iter().for_each(|record| tell(record));
        self.taken.iter().for_each(|record| tell(record));
    }

    /// As of when it last spoke.
    pub fn last(&self) -> Option<Instant> {
        let mut last = None;
        self.each_since(self.at, &mut |record| last = last.max(Some(record.effective(self.at))));
        last
    }

    /// The latest date of its records.
    pub fn last_date(&self) -> Option<Instant> {
        let mut last = None;
        self.each_since(self.at, &mut |record| last = last.max(Some(record.at)));
        last
    }

    /// Until when any of it counts.
    pub fn counts_until(&self) -> Option<Instant> {
        let mut until = None;
        self.each_since(Instant::NEVER, &mut |record| until = until.max(Some(record.lapses())));
        until
    }

    /// The records about an occurrence.
    fn about(&self, key: &str, tell: &mut dyn FnMut(&Record)) {
        let about = |record: &Record| record.occurrence.as_deref() == Some(key);
        let by_occurrence = self.history.map_or(&[][..], |history| &history.by_occurrence);
        let start = by_occurrence.partition_point(|record| record.occurrence.as_deref() < Some(key));
        let told = by_occurrence.get(start..).unwrap_or_default();
        told.iter().take_while(|record| about(record)).for_each(|record| tell(record));
        self.taken.iter().filter(|record| about(record)).for_each(|record| tell(record));
    }

    /// Until when an occurrence counts as spoken of, if it was.
    pub fn about_until(&self, key: &str) -> Option<Instant> {
        let mut until = None;
        self.about(key, &mut |record| {
            if record.counts(self.at) {
                until = until.max(Some(record.lapses()));
            }
        });
        until
    }

    /// How often an occurrence was to be spoken of, and was not.
    pub fn attempts(&self, key: &str) -> i64 {
        let mut attempts = 0;
        self.about(key, &mut |record| attempts += i64::from(!record.counts(self.at)));
        attempts
    }

    /// How often a variant was shown.
    pub fn used(&self, variant: i64) -> i64 {
        let mut used = self.history.map_or(0, |history| history.shown(variant));
        let mut count = |record: &Record| used += i64::from(record.variant == Some(variant));
        self.reserved().iter().for_each(|record| count(record));
        self.taken.iter().for_each(|record| count(record));
        used
    }
}
