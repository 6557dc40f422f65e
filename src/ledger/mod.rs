//! What was said to the customer: a grow-only set of records, merged by id, so that tabs, devices and servers agree.

pub(crate) mod history;
pub(crate) mod record;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]
mod tests;
pub(crate) mod totals;

use crate::base::sorting::{sort_by, sorted_by_id};
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::ledger::history::{History, remove};
use crate::ledger::record::{Record, State};
use std::rc::Rc;

/// All records, in the order of time and by campaign, so that a decision reads only those that matter to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    /// in the order of their ids
    by_id: Vec<Rc<Record>>,
    /// oldest first
    by_time: Vec<Rc<Record>>,
    /// those under a lease, in the order in which they lapse
    reserved: Vec<Rc<Record>>,
    /// promotional contacts that were armed or delivered, oldest first
    promotions: Vec<Rc<Record>>,
    /// in the order of the campaigns' ids
    by_campaign: Vec<(String, History)>,
}

impl Ledger {
    /// Reads a list of records that was checked; none when it is absent: without a ledger nobody is known.
    pub fn read(tree: Option<&Tree>) -> Option<Ledger> {
        let Tree::List(records) = tree? else {
            return None;
        };
        let mut ledger = Ledger::default();
        for tree in sorted_by_id(records) {
            let Some(record) = Record::read(tree) else { continue };
            match ledger.by_id.last_mut().and_then(Rc::get_mut) {
                Some(known) if known.id == record.id => known.merge(record),
                _ => ledger.by_id.push(Rc::new(record)),
            }
        }
        ledger.by_time.clone_from(&ledger.by_id);
        sort_by(&mut ledger.by_time, |a, b| a.at.cmp(&b.at));
        for record in &ledger.by_time {
            if record.is_seen_promotion() {
                ledger.promotions.push(record.clone());
            }
            if record.state == State::Reserved {
                ledger.reserved.push(record.clone());
            }
        }
        sort_by(&mut ledger.reserved, |a, b| a.lapses().cmp(&b.lapses()));
        let mut filed = ledger.by_time.clone();
        sort_by(&mut filed, |a, b| a.campaign.cmp(&b.campaign));
        for records in filed.chunk_by(|a, b| a.campaign == b.campaign) {
            let campaign = records.first().map(|record| record.campaign.clone()).unwrap_or_default();
            ledger.by_campaign.push((campaign, History::of(records.to_vec())));
        }
        Some(ledger)
    }

    /// Merges one record. Returns the instant from which the ledger is another.
    pub fn merge(&mut self, record: Record) -> Instant {
        let mut changed = record.at;
        let place = self.by_id.partition_point(|known| known.id < record.id);
        let merged = match self.by_id.get_mut(place) {
            Some(known) if known.id == record.id => {
                for list in [&mut self.by_time, &mut self.reserved, &mut self.promotions] {
                    remove(list, &record.id);
                }
                changed = changed.min(known.at);
                let campaign = place_of(&self.by_campaign, &known.campaign);
                if let Some((_, history)) = self.by_campaign.get_mut(campaign) {
                    history.remove(known);
                }
                let mut merged = Record::clone(known);
                merged.merge(record);
                *known = Rc::new(merged);
                known.clone()
            }
            _ => {
                let record = Rc::new(record);
                self.by_id.insert(place, record.clone());
                record
            }
        };
        let place = place_of(&self.by_campaign, &merged.campaign);
        if self.by_campaign.get(place).is_none_or(|(known, _)| *known != merged.campaign) {
            self.by_campaign.insert(place, (merged.campaign.clone(), History::default()));
        }
        if let Some((_, history)) = self.by_campaign.get_mut(place) {
            history.put(&merged);
        }
        if merged.is_seen_promotion() {
            insert(&mut self.promotions, merged.clone());
        }
        if merged.state == State::Reserved {
            let place = self.reserved.partition_point(|other| other.lapses() <= merged.lapses());
            self.reserved.insert(place, merged.clone());
        }
        insert(&mut self.by_time, merged);
        changed
    }

    /// The records dated after an instant, oldest first.
    pub fn after(&self, at: Instant) -> &[Rc<Record>] {
        let start = self.by_time.partition_point(|record| record.at <= at);
        self.by_time.get(start..).unwrap_or_default()
    }

    /// The records under a lease or dated ahead.
    pub fn pending(&self, now: Instant) -> Vec<&Record> {
        let mut pending = Vec::new();
        let leased = self.reserved.partition_point(|record| record.lapses() <= now);
        let leased = self.reserved.get(leased..).unwrap_or_default().iter().filter(|record| record.at <= now);
        leased.for_each(|record| pending.push(&**record));
        self.after(now).iter().for_each(|record| pending.push(record));
        pending
    }

    /// What a campaign said.
    pub fn of(&self, campaign: &str) -> Option<&History> {
        let found = self.by_campaign.get(place_of(&self.by_campaign, campaign)).filter(|(known, _)| known == campaign);
        found.map(|(_, history)| history)
    }

    /// The promotional contacts that were armed or delivered, oldest first.
    pub fn promotions(&self) -> &[Rc<Record>] {
        &self.promotions
    }

    /// All records, oldest first.
    pub fn all(&self) -> &[Rc<Record>] {
        &self.by_time
    }
}

fn place_of(campaigns: &[(String, History)], campaign: &str) -> usize {
    campaigns.partition_point(|(known, _)| known.as_str() < campaign)
}

/// Puts a record at its place in time.
fn insert(list: &mut Vec<Rc<Record>>, record: Rc<Record>) {
    let place = list.partition_point(|other| other.at <= record.at);
    list.insert(place, record);
}
