//! Running totals: how many contacts were counted up to each instant, so that a decision does not read a long ledger again.

use crate::base::sorting::contains;
use crate::base::steps::{Looked, Steps};
use crate::calendar::Instant;
use crate::language::words::Class;
use crate::ledger::Ledger;
use crate::ledger::record::Record;
use crate::policy::CountFilter;
use crate::policy::{Offer, Policy};
use std::rc::Rc;

impl CountFilter {
    fn of_class(class: Option<Class>) -> CountFilter {
        CountFilter { class, ignored_as: 1, ..CountFilter::default() }
    }

    fn of_offer(offer: &Offer) -> CountFilter {
        CountFilter { offer: Some(offer.id.clone()), ..CountFilter::of_class(None) }
    }

    /// How many contacts a record counts as: 0 if the filter leaves it out, `ignored_as` if the customer ignored it, else 1. Whether
    /// its lease has ended is not asked here.
    pub fn weigh(&self, policy: &Policy, record: &Record) -> i64 {
        let counts = self.offer.is_some() && self.offer == record.offer
            || self.offer.is_none()
                && self.class.map_or(record.class != Class::Transactional, |class| class == record.class)
                && self.channel.is_none_or(|channel| channel == record.channel)
                && self.campaigns.as_ref().is_none_or(|campaigns| contains(campaigns, &record.campaign))
                && (self.placement.is_none() || self.placement == record.placement)
                && (!self.urgent || record.urgent == Some(true))
                && (self.campaigns.is_some() || !record.is_later_part())
                && !policy.is_uncounted(&record.campaign);
        match counts {
            true if record.is_ignored() => self.ignored_as,
            counts => i64::from(counts),
        }
    }
}

/// Names one of the running totals.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Counter {
    /// every contact that is not transactional
    All,
    Promotional,
    Relational,
    /// the contacts that a limit counts; the index is that of the policy's limits
    Limit(usize),
    /// the contacts that carried an offer; the index is that of the policy's offers
    Offer(usize),
}

/// From an instant on, this many contacts were counted in all.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub at: Instant,
    pub total: i64,
}

/// What one filter counts of the settled records, oldest step first. Two contacts on the 1st and one on the 3rd are the steps
/// (1st, 1), (1st, 2), (3rd, 3).
#[derive(Clone, Debug, Default)]
pub(crate) struct RunningTotal {
    pub filter: CountFilter,
    pub steps: Vec<Step>,
}

impl RunningTotal {
    fn new(filter: CountFilter) -> RunningTotal {
        RunningTotal { filter, steps: Vec::new() }
    }

    /// Replaces the steps from an instant on. `records` are those that count from then on, oldest first.
    fn renew(&mut self, policy: &Policy, records: &[Rc<Record>], from: Instant) {
        self.steps.truncate(self.steps.partition_point(|step| step.at < from));
        let mut total = last_total(&self.steps);
        for record in records.iter().filter(|record| record.is_settled()) {
            let weight = self.filter.weigh(policy, record);
            if weight > 0 {
                total += weight;
                self.steps.push(Step { at: record.counts_from(), total });
            }
        }
    }
}

/// The running totals of a ledger: everything that a policy's gates count.
#[derive(Clone, Debug, Default)]
pub(crate) struct RunningTotals {
    all: RunningTotal,
    promotional: RunningTotal,
    relational: RunningTotal,
    /// one for each limit of the policy, in its order
    limits: Vec<RunningTotal>,
    /// one for each offer of the policy, in its order
    offers: Vec<RunningTotal>,
    /// by the policy's campaigns, where the ledger has their records
    places: Vec<Option<usize>>,
}

impl RunningTotals {
    pub fn of(policy: &Policy, ledger: Option<&Ledger>) -> RunningTotals {
        let of_class = |class| RunningTotal::new(CountFilter::of_class(class));
        let mut totals = RunningTotals {
            all: of_class(None),
            promotional: of_class(Some(Class::Promotional)),
            relational: of_class(Some(Class::Relational)),
            limits: Vec::new(),
            offers: Vec::new(),
            places: Vec::new(),
        };
        for limit in &policy.limits {
            totals.limits.push(RunningTotal::new(limit.filter.clone()));
        }
        for offer in &policy.offers {
            totals.offers.push(RunningTotal::new(CountFilter::of_offer(offer)));
        }
        totals.renew(policy, ledger, Instant(0));
        totals
    }

    /// What it is to count so many records: to hold one against eight limits or offers is a step.
    pub fn steps(policy: &Policy, records: usize) -> Steps {
        let steps = Steps::default();
        steps.take(Looked::Record, records.saturating_mul(1 + (policy.limits.len() + policy.offers.len()) / 8));
        steps
    }

    /// Counts the records from an instant on again.
    pub fn renew(&mut self, policy: &Policy, ledger: Option<&Ledger>, from: Instant) {
        self.places.clear();
        for campaign in &policy.campaigns {
            self.places.push(ledger.and_then(|ledger| ledger.place_of(&campaign.id)));
        }
        let records = ledger.map_or(&[][..], |ledger| ledger.after(from + -1));
        for totals in [&mut self.all, &mut self.promotional, &mut self.relational] {
            totals.renew(policy, records, from);
        }
        for totals in [&mut self.limits, &mut self.offers] {
            totals.iter_mut().for_each(|total| total.renew(policy, records, from));
        }
    }

    /// Where the ledger has the records of a campaign, by its index.
    pub fn place_of(&self, campaign: usize) -> Option<usize> {
        *self.places.get(campaign)?
    }

    /// The running total of a counter; none if the policy has no limit or offer of that index.
    pub fn get(&self, counter: Counter) -> Option<&RunningTotal> {
        match counter {
            Counter::All => Some(&self.all),
            Counter::Promotional => Some(&self.promotional),
            Counter::Relational => Some(&self.relational),
            Counter::Limit(index) => self.limits.get(index),
            Counter::Offer(index) => self.offers.get(index),
        }
    }
}

/// The total after the last of some steps.
pub(crate) fn last_total(steps: &[Step]) -> i64 {
    steps.last().map_or(0, |step| step.total)
}
