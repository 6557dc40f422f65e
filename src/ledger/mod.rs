//! The ledger: one record for each contact with the customer. Records are only added, and copies of one record (same `id`) are
//! merged, so that tabs, devices and servers that exchange their records end up with the same ledger.

pub(crate) mod history;
pub(crate) mod record;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]
mod tests;
pub(crate) mod totals;

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::ledger::history::{History, remove, sort_by};
use crate::ledger::record::{Record, State};
use std::rc::Rc;

/// All records, sorted in several ways so that a decision reads only the few it needs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    /// by id
    by_id: Vec<Rc<Record>>,
    /// by the instant from which they count
    by_time: Vec<Rc<Record>>,
    /// reserved records, by the end of their lease
    reserved: Vec<Rc<Record>>,
    /// armed and delivered promotional records, oldest first
    promotions: Vec<Rc<Record>>,
    /// by the campaign's id
    by_campaign: Vec<CampaignHistory>,
}

/// The records of one campaign.
#[derive(Clone, Debug)]
struct CampaignHistory {
    campaign: String,
    history: History,
}

impl Ledger {
    /// Reads a list of records whose shape was checked. None if it is absent: the shop then does not know what it has said, and
    /// the customer counts as not recognised.
    pub fn read(tree: Option<&Tree>) -> Option<Ledger> {
        let Tree::List(records) = tree? else {
            return None;
        };
        let mut list = Vec::with_capacity(records.len());
        records.iter().for_each(|record| list.extend(Record::read(record).map(Rc::new)));
        Some(Ledger::from_records(list))
    }

    /// Merges copies, and sorts the records.
    pub fn from_records(mut records: Vec<Rc<Record>>) -> Ledger {
        sort_by(&mut records, &|a, b| a.id.cmp(&b.id));
        let mut ledger = Ledger::default();
        for record in records {
            match ledger.by_id.last_mut().and_then(Rc::get_mut) {
                Some(known) if known.id == record.id => known.merge(Rc::unwrap_or_clone(record)),
                _ => ledger.by_id.push(record),
            }
        }
        ledger.by_time = ledger.by_id.clone();
        sort_by(&mut ledger.by_time, &|a, b| (a.counts_from(), a.at).cmp(&(b.counts_from(), b.at)));
        for record in &ledger.by_time {
            if record.is_seen_promotion() {
                ledger.promotions.push(record.clone());
            }
            if record.state == State::Reserved {
                ledger.reserved.push(record.clone());
            }
        }
        sort_by(&mut ledger.reserved, &|a, b| a.lapses().cmp(&b.lapses()));
        let mut by_campaign = ledger.by_time.clone();
        sort_by(&mut by_campaign, &|a, b| a.campaign.cmp(&b.campaign));
        for records in by_campaign.chunk_by(|a, b| a.campaign == b.campaign) {
            let campaign = records.first().map(|record| record.campaign.clone()).unwrap_or_default();
            ledger.by_campaign.push(CampaignHistory { campaign, history: History::of(records.to_vec()) });
        }
        ledger
    }

    /// Merges one record. Returns the instant from which running totals must be counted again.
    pub fn merge(&mut self, record: Record) -> Instant {
        let mut changed = record.counts_from();
        let index = self.by_id.partition_point(|known| known.id < record.id);
        let merged = match self.by_id.get_mut(index) {
            Some(known) if known.id == record.id => {
                let mut merged = Record::clone(known);
                merged.merge(record);
                let old = std::mem::replace(known, Rc::new(merged));
                let merged = known.clone();
                changed = changed.min(old.counts_from()).min(merged.counts_from());
                self.remove(&old);
                merged
            }
            _ => {
                let record = Rc::new(record);
                self.by_id.insert(index, record.clone());
                record
            }
        };
        self.insert(merged);
        changed
    }

    /// Removes a record from every list but `by_id`.
    fn remove(&mut self, record: &Record) {
        for list in [&mut self.by_time, &mut self.reserved, &mut self.promotions] {
            remove(list, &record.id);
        }
        let index = index_of(&self.by_campaign, &record.campaign);
        if let Some(known) = self.by_campaign.get_mut(index) {
            known.history.remove(record);
        }
    }

    /// Adds a record to every list but `by_id`.
    fn insert(&mut self, record: Rc<Record>) {
        let index = index_of(&self.by_campaign, &record.campaign);
        if self.by_campaign.get(index).is_none_or(|known| known.campaign != record.campaign) {
            let campaign = record.campaign.clone();
            self.by_campaign.insert(index, CampaignHistory { campaign, history: History::default() });
        }
        if let Some(known) = self.by_campaign.get_mut(index) {
            known.history.put(&record);
        }
        if record.is_seen_promotion() {
            insert_by_time(&mut self.promotions, record.clone());
        }
        if record.state == State::Reserved {
            let index = self.reserved.partition_point(|other| other.lapses() <= record.lapses());
            self.reserved.insert(index, record.clone());
        }
        insert_by_time(&mut self.by_time, record);
    }

    /// The record with an id.
    pub fn get(&self, id: &str) -> Option<&Record> {
        let index = self.by_id.binary_search_by(|record| record.id.as_str().cmp(id)).ok()?;
        self.by_id.get(index).map(|record| &**record)
    }

    /// The records that count from after an instant, oldest first.
    pub fn after(&self, at: Instant) -> &[Rc<Record>] {
        let start = self.by_time.partition_point(|record| record.counts_from() <= at);
        self.by_time.get(start..).unwrap_or_default()
    }

    /// The records that may count differently later: those under a lease and those dated ahead.
    pub fn pending(&self, now: Instant) -> Vec<&Record> {
        let mut pending = Vec::new();
        let leased = self.reserved.partition_point(|record| record.lapses() <= now);
        let leased =
            self.reserved.get(leased..).unwrap_or_default().iter().filter(|record| record.counts_from() <= now);
        leased.for_each(|record| pending.push(&**record));
        self.after(now).iter().for_each(|record| pending.push(record));
        pending
    }

    /// The records of a campaign; none if there are none.
    pub fn of(&self, campaign: &str) -> Option<&History> {
        self.at(self.place_of(campaign)?)
    }

    /// Where the records of a campaign are, until another campaign has records.
    pub fn place_of(&self, campaign: &str) -> Option<usize> {
        let place = index_of(&self.by_campaign, campaign);
        self.by_campaign.get(place).filter(|known| known.campaign == campaign).map(|_| place)
    }

    /// The records at a place.
    pub fn at(&self, place: usize) -> Option<&History> {
        self.by_campaign.get(place).map(|known| &known.history)
    }

    /// The armed and delivered promotional records, oldest first.
    pub fn promotions(&self) -> &[Rc<Record>] {
        &self.promotions
    }

    /// All records, oldest first.
    pub fn all(&self) -> &[Rc<Record>] {
        &self.by_time
    }
}

/// The index of a campaign, or the one at which it would be inserted.
fn index_of(campaigns: &[CampaignHistory], campaign: &str) -> usize {
    campaigns.partition_point(|known| known.campaign.as_str() < campaign)
}

/// Inserts a record after those that count from the same instant.
fn insert_by_time(list: &mut Vec<Rc<Record>>, record: Rc<Record>) {
    let from = (record.counts_from(), record.at);
    let index = list.partition_point(|other| (other.counts_from(), other.at) <= from);
    list.insert(index, record);
}
