//! A known date keeps its slot: what is coming and weighs more must not become impossible. Practice T6.

use crate::arbitration::consider::consider;
use crate::arbitration::contact;
use crate::arbitration::holdout::withholds;
use crate::arbitration::rank::Rank;
use crate::base::sorting::sort_by;
use crate::calendar::{HORIZON, Instant};
use crate::candidates::candidate::Candidate;
use crate::candidates::occasions;
use crate::candidates::occasions::found::{Occurrence, Query};
use crate::gates::judge;
use crate::ledger::record::Record;
use crate::policy::Campaign;
use crate::standing::Standing;
use crate::standing::context::Context;

/// How many coming dates are looked at.
const MOST: usize = 8;

/// A dated occasion ahead, or open and not yet spoken of.
#[derive(Debug)]
pub(crate) struct Coming<'a> {
    rank: Rank<'a>,
    campaign: &'a Campaign,
    occurrence: Occurrence<'a>,
}

/// A date that keeps its slot.
#[derive(Clone, Debug)]
pub(crate) struct Keeper {
    pub campaign: String,
    /// the end of its occasion
    pub until: Instant,
}

/// The dated occasions ahead beside those already taken, the weightiest first.
pub(crate) fn coming<'a>(context: &'a Context<'a>, standing: &'a Standing<'a>, taken: &'a [Record]) -> Vec<Coming<'a>> {
    let mut coming = Vec::new();
    for campaign in &context.policy.campaigns {
        // a date may have its place on another page
        if campaign.kind.dated && context.asks_about(campaign) {
            let candidate = consider(context, standing, standing.at, campaign, taken);
            if let Some(occurrence) = ahead(&candidate) {
                coming.push(Coming {
                    rank: Rank { expiry: Some(occurrence.until), ..Rank::of(&candidate) },
                    campaign,
                    occurrence,
                });
            }
        }
    }
    sort_by(&mut coming, |a, b| a.rank.compare(&b.rank));
    coming
}

/// The unspoken occurrence that ends soonest of those that are open; else of the next to begin within the horizon.
fn ahead<'a>(candidate: &Candidate<'a>) -> Option<Occurrence<'a>> {
    let (context, mut at) = (candidate.context, candidate.at);
    while at <= candidate.at + HORIZON {
        let ask = Query {
            context,
            campaign: candidate.campaign,
            history: &candidate.history,
            taken: candidate.taken,
            at,
            known: candidate.standing.at,
        };
        let found = occasions::find(&ask);
        let mut soonest = None::<Occurrence>;
        for occurrence in found.now {
            let ends = |other: &Occurrence| (other.until, &other.key) > (occurrence.until, &occurrence.key);
            if candidate.spoken_until(&occurrence).is_none() && soonest.as_ref().is_none_or(ends) {
                soonest = Some(occurrence);
            }
        }
        if soonest.is_some() {
            return soonest;
        }
        at = found.next;
    }
    None
}

/// The coming date that would lose its last chance if a contact spoke now, beside those already taken; facts are those of a
/// frozen standing.
pub(crate) fn keeper(
    context: &Context,
    frozen: &Standing,
    coming: &[Coming],
    rank: &Rank,
    taken: &[Record],
    contact: Record,
) -> Option<Keeper> {
    #[cfg(test)]
    if crate::base::switch::is_off("slot-kept") {
        return None;
    }
    let mut heavier = Vec::new();
    for date in coming {
        if heavier.len() == MOST || date.rank.compare(rank).is_ge() {
            break;
        }
        if !taken.iter().any(|record| record.campaign == date.campaign.id) {
            heavier.push(date);
        }
    }
    if heavier.is_empty() {
        return None;
    }
    let mut records = taken.to_vec();
    let mut possible = Vec::new();
    for date in heavier {
        if let Some(record) = place(context, frozen, date, &records) {
            records.push(record);
            possible.push(date);
        }
    }
    records.truncate(taken.len());
    records.push(contact);
    for date in possible {
        match place(context, frozen, date, &records) {
            Some(record) => records.push(record),
            None => return Some(Keeper { campaign: date.campaign.id.clone(), until: date.occurrence.until }),
        }
    }
    None
}

/// The record of a date, spoken of as soon as its gates pass; none if they never do before its end.
fn place(context: &Context, frozen: &Standing, date: &Coming, taken: &[Record]) -> Option<Record> {
    let mut at = context.now + 1;
    while at < date.occurrence.until {
        let candidate = consider(context, frozen, at, date.campaign, taken);
        let proposed = candidate.occurrence.as_ref();
        at = match judge(&candidate).not_before {
            Some(until) => until.max(at + 1),
            None if proposed.is_some_and(|proposed| proposed.key == date.occurrence.key) => {
                return contact::contact(&candidate)
                    .map(|contact| contact::record(&contact, withholds(context, date.campaign)));
            }
            None => proposed?.until.min(candidate.next_proposal()).max(at + 1),
        };
    }
    None
}
