//! Looks at one campaign at one instant.

use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::candidates::occasions::found::Found;
use crate::gates::{Judgement, holds_news_back};
use crate::language::condition::Truth;
use crate::ledger::record::Record;
use crate::policy::Campaign;
use crate::standing::Standing;
use crate::standing::context::Context;

/// A campaign, and what the gates say of it now.
#[derive(Debug)]
pub(crate) struct Considered<'a> {
    pub candidate: Candidate<'a>,
    pub judgement: Judgement,
}

/// Makes a candidate of a campaign at an instant, with the facts of a standing that may be of an earlier one.
pub(crate) fn consider<'a>(
    context: &'a Context<'a>,
    standing: &'a Standing<'a>,
    at: Instant,
    campaign: &'a Campaign,
    taken: &'a [Record],
) -> Candidate<'a> {
    let mut candidate = Candidate::new(context, standing, at, campaign, taken);
    find(&mut candidate);
    candidate
}

/// Finds what a candidate could speak of. A campaign that stands in for others has an occasion only while one of them has something new
/// to say and is held back.
pub(crate) fn find(candidate: &mut Candidate) {
    candidate.find();
    if !candidate.campaign.originals().is_empty() {
        let is_free = stands_in(candidate);
        if is_free.holds {
            candidate.proposes_until = candidate.proposes_until.min(is_free.until);
        } else {
            let next =
                if candidate.occurrence.is_some() { is_free.until } else { is_free.until.max(candidate.found.next) };
            candidate.occurrence = None;
            candidate.found = Found { now: Vec::new(), next };
        }
    }
}

/// Whether one of the campaigns that it stands in for is held back.
fn stands_in(candidate: &Candidate) -> Truth {
    let (mut held_until, mut none_until) = (None::<Instant>, Instant::NEVER);
    for index in candidate.campaign.originals() {
        let original = candidate.context.policy.campaigns.get(*index);
        // what is left out of the decision is not held back in it
        let Some(original) = original.filter(|original| candidate.context.asks_about(original)) else { continue };
        let original = consider(candidate.context, candidate.standing, candidate.at, original, candidate.taken);
        let held = holds_news_back(&original);
        if held.holds {
            held_until = held_until.max(Some(held.until));
        } else {
            none_until = none_until.min(held.until);
        }
    }
    Truth { holds: held_until.is_some(), until: held_until.unwrap_or(none_until) }
}
