//! What counts, kept as running totals, so that a decision does not read a long ledger again.

use crate::calendar::Instant;
use crate::language::words::Class;
use crate::ledger::Ledger;
use crate::ledger::record::Record;
use crate::policy::CountFilter;
use crate::policy::{Offer, Policy};

impl CountFilter {
    fn of_class(class: Option<Class>) -> CountFilter {
        CountFilter { class, ignored_as: 1, ..CountFilter::default() }
    }

    fn of_offer(offer: &Offer) -> CountFilter {
        CountFilter { offer: Some(offer.id.clone()), ..CountFilter::of_class(None) }
    }

    /// As how many a record counts, while it counts at all.
    pub fn weigh(&self, policy: &Policy, record: &Record) -> i64 {
        let counts = self.offer.is_some() && self.offer == record.offer
            || self.offer.is_none()
                && self.class.map_or(record.class != Class::Transactional, |class| class == record.class)
                && self.channel.is_none_or(|channel| channel == record.channel)
                && self.campaign.as_ref().is_none_or(|campaign| *campaign == record.campaign)
                && (!self.urgent || record.urgent == Some(true))
                && (self.campaign.is_some() || !record.is_later_part())
                && !policy.is_uncounted(&record.campaign);
        match counts {
            true if record.is_ignored() => self.ignored_as,
            counts => i64::from(counts),
        }
    }
}

/// What a policy counts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Counter {
    All,
    Promotional,
    Relational,
    /// for a limit, by its place
    Limit(usize),
    /// what gave an offer, by its place
    Offer(usize),
}

impl Policy {
    /// All that is counted, in the order of `Counter`.
    fn counted(&self) -> Vec<CountFilter> {
        let classes = [None, Some(Class::Promotional), Some(Class::Relational)];
        let mut all = Vec::new();
        all.extend(classes.map(CountFilter::of_class));
        all.extend(self.limits.iter().map(|limit| limit.filter.clone()));
        all.extend(self.offers.iter().map(CountFilter::of_offer));
        all
    }
}

/// As of when records count, oldest first, each with what it and all older ones count.
pub(crate) type Totals = [(Instant, i64)];

/// The running totals of a ledger.
#[derive(Clone, Debug, Default)]
pub(crate) struct RunningTotals {
    /// of those records that count for good
    pub totals: Vec<(CountFilter, Vec<(Instant, i64)>)>,
}

impl RunningTotals {
    pub fn of(policy: &Policy, ledger: Option<&Ledger>) -> RunningTotals {
        let mut totals = RunningTotals::default();
        policy.counted().into_iter().for_each(|filter| totals.totals.push((filter, Vec::new())));
        totals.renew(policy, ledger, Instant(0));
        totals
    }

    /// Counts anew from an instant on.
    pub fn renew(&mut self, policy: &Policy, ledger: Option<&Ledger>, from: Instant) {
        let told = ledger.map_or(&[][..], |ledger| ledger.after(from + -1));
        for (filter, totals) in &mut self.totals {
            totals.truncate(totals.partition_point(|(at, _)| *at < from));
            let mut total = last(totals);
            for record in told.iter().filter(|record| record.is_settled()) {
                let weight = filter.weigh(policy, record);
                if weight > 0 {
                    total += weight;
                    totals.push((record.at, total));
                }
            }
        }
    }
}

pub(crate) fn last(totals: &Totals) -> i64 {
    totals.last().map_or(0, |(_, total)| *total)
}
