//! Several campaigns passed their gates: which of them speak. What is owed is taken first; for the rest there is a plan.

pub(crate) mod consider;
pub(crate) mod contact;
mod full;
pub(crate) mod holdout;
mod plan;
mod proposal;
mod quota;
pub(crate) mod rank;
pub(crate) mod refusals;
#[cfg(test)]
mod tests;
mod together;
mod walk;

use crate::arbitration::consider::{Considered, consider};
use crate::arbitration::holdout::withholds;
use crate::arbitration::plan::plan;
use crate::arbitration::proposal::{Ask, proposals};
use crate::arbitration::rank::Rank;
use crate::arbitration::refusals::{NO_PLACE, outranked};
use crate::arbitration::together::{goes_in_digest, offers_go_together};
use crate::arbitration::walk::Heard;
use crate::base::explanation;
use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::decision::{Contact, Refusal};
use crate::gates::judge;
use crate::language::words::Channel;
use crate::ledger::record::Record;
use crate::policy::Campaign;
use crate::standing::Standing;
use crate::standing::context::Context;

/// A campaign that speaks, and its contact.
#[derive(Debug)]
pub(crate) struct Winner<'a> {
    pub campaign: &'a Campaign,
    pub contact: Contact,
}

/// A campaign that passed its gates and does not speak.
#[derive(Debug)]
pub(crate) struct Loser {
    /// its index among those considered
    pub index: usize,
    pub refusal: Refusal,
    /// when the plan lets it speak
    pub planned_at: Option<Instant>,
}

/// Who speaks, and why the others do not.
#[derive(Debug, Default)]
pub(crate) struct Outcome<'a> {
    pub winners: Vec<Winner<'a>>,
    /// the winners' contacts as records, in the same order
    pub taken: Vec<Record>,
    pub losers: Vec<Loser>,
}

/// A campaign that passed its gates.
#[derive(Clone, Copy)]
struct Passed<'p, 'a> {
    /// its index among those considered
    index: usize,
    candidate: &'p Candidate<'a>,
    rank: Rank<'a>,
}

/// Takes what is owed, then what the plan lets speak. With a digest come its other parts.
pub(crate) fn arbitrate<'a>(
    context: &'a Context<'a>,
    standing: &'a Standing<'a>,
    considered: &[Considered<'a>],
) -> Outcome<'a> {
    let mut outcome = Outcome::default();
    let mut passed = Vec::new();
    for (index, one) in considered.iter().enumerate().filter(|(_, one)| one.judgement.passes()) {
        let campaign = one.candidate.campaign;
        if context.has_placement_of(campaign) {
            passed.push(Passed { index, candidate: &one.candidate, rank: Rank::of(&one.candidate) });
        } else {
            let detail = || Tree::from([("placement", campaign.placement.clone().into())]);
            let refusal = NO_PLACE.refusal(explanation::detail(true, detail));
            outcome.losers.push(Loser { index, refusal, planned_at: None });
        }
    }
    sort_by(&mut passed, |a, b| a.rank.compare(&b.rank));
    for (position, one) in passed.iter().enumerate() {
        let campaign = one.candidate.campaign;
        if campaign.is_planned() || outcome.has(campaign) {
            continue;
        }
        match first_contact(context, standing, one.candidate, &outcome) {
            Ok(contact) => {
                let rest = passed.get(position..).unwrap_or_default();
                take(context, standing, campaign, contact, rest, &mut outcome);
            }
            Err(by) => outcome.lose(context, one.index, by, None),
        }
    }
    passed.retain(|one| one.candidate.campaign.is_planned() && !outcome.has(one.candidate.campaign));
    if context.policy.contacts == 0 {
        passed.iter().for_each(|one| outcome.lose(context, one.index, None, None));
    } else if !passed.is_empty() {
        speak(context, standing, considered, &passed, &mut outcome);
    }
    outcome
}

impl<'a> Outcome<'a> {
    /// Whether a campaign speaks.
    fn has(&self, campaign: &Campaign) -> bool {
        self.winners.iter().any(|winner| std::ptr::eq(winner.campaign, campaign))
    }

    /// Who was taken last.
    fn last(&self) -> Option<&'a str> {
        self.winners.last().map(|winner| &*winner.campaign.id)
    }

    /// Who holds the place of a campaign: on the page whatever is there, on another channel what takes turns, as the campaign does. Else
    /// whose offer leaves no room for its offer.
    fn holder(&self, context: &Context, campaign: &Campaign) -> Option<&'a str> {
        let holds = |other: &Campaign| match campaign.channel {
            Channel::Onsite => other.placement == campaign.placement,
            _ => other.is_planned() && campaign.is_planned(),
        };
        let is_there = |other: &Campaign| other.channel == campaign.channel && holds(other);
        let gives_another = |other: &Campaign| !offers_go_together(context, campaign, other);
        let find = |stands: &dyn Fn(&Campaign) -> bool| self.winners.iter().find(|winner| stands(winner.campaign));
        let winner = find(&is_there).or_else(|| find(&gives_another))?;
        Some(&winner.campaign.id)
    }

    /// Another campaign speaks instead.
    fn lose(&mut self, context: &Context, index: usize, by: Option<&str>, planned_at: Option<Instant>) {
        self.losers.push(Loser { index, refusal: outranked(context, by, planned_at), planned_at });
    }
}

/// The contact of an obligation, a transactional or a service campaign beside those taken before it, or who stands in its way.
fn first_contact<'a>(
    context: &Context,
    standing: &Standing,
    candidate: &Candidate<'a>,
    outcome: &Outcome<'a>,
) -> Result<Contact, Option<&'a str>> {
    let holder = outcome.holder(context, candidate.campaign);
    if holder.is_some() {
        return Err(holder);
    }
    contact_beside(context, standing, candidate, true, &outcome.taken).ok_or_else(|| outcome.last())
}

/// The contact of a candidate beside those that were taken since it was considered.
fn contact_beside(
    context: &Context,
    standing: &Standing,
    candidate: &Candidate,
    is_judged: bool,
    taken: &[Record],
) -> Option<Contact> {
    if taken.is_empty() {
        return contact::contact(candidate);
    }
    let candidate = consider(context, standing, standing.at, candidate.campaign, taken);
    if is_judged && !judge(&candidate, false).passes() { None } else { contact::contact(&candidate) }
}

/// Plans with all relational and promotional campaigns, and takes those that speak now.
fn speak<'a>(
    context: &'a Context<'a>,
    standing: &'a Standing<'a>,
    considered: &[Considered<'a>],
    passed: &[Passed<'_, 'a>],
    outcome: &mut Outcome<'a>,
) {
    let (frozen, taken) = (standing.frozen(), outcome.taken.clone());
    let ask = Ask { context, frozen: &frozen, taken: &taken };
    let mut proposals = proposals(&ask, considered);
    let mut held = Vec::new();
    for proposal in &proposals {
        held.push(outcome.holder(context, proposal.rank.campaign));
    }
    let planned = plan(&ask, &mut proposals, &held);
    for index in &planned.speakers {
        let Some(proposal) = proposals.get(*index) else { continue };
        let Some(head) = passed.iter().find(|one| proposal.members.first() == Some(&one.index)) else { continue };
        let campaign = head.candidate.campaign;
        let mut members = Vec::new();
        members.extend(passed.iter().copied().filter(|one| proposal.members.contains(&one.index)));
        if let Some(contact) = contact_beside(context, standing, head.candidate, false, &outcome.taken) {
            take(context, standing, campaign, contact, &members, outcome);
        }
        // a part that its digest could not take
        for part in members {
            if !outcome.has(part.candidate.campaign) {
                let by = Some(&*campaign.id).filter(|_| part.index != head.index);
                let by = explanation::found(|| by.or_else(|| outcome.last()));
                outcome.lose(context, part.index, by, None);
            }
        }
    }
    for refused in &planned.refused {
        for index in proposals.get(refused.index).map_or(&[][..], |proposal| &proposal.members) {
            let (refusal, planned_at) = (refused.refusal.clone(), refused.planned_at);
            outcome.losers.push(Loser { index: *index, refusal, planned_at });
        }
    }
    // what is not weighed, or has nothing to say beside what was taken first
    let last = outcome.last();
    for Passed { index, candidate, .. } in passed {
        if !outcome.has(candidate.campaign) && !outcome.losers.iter().any(|loser| loser.index == *index) {
            let is_its = |heard: &&Heard| {
                proposals.get(heard.index).is_some_and(|one| one.rank.campaign.id == candidate.campaign.id)
            };
            let planned_at = planned.forecast.iter().find(is_its).map(|heard| heard.at);
            let by = explanation::found(|| outcome.holder(context, candidate.campaign).or(last));
            outcome.lose(context, *index, by, planned_at);
        }
    }
}

/// Takes a contact. With a digest come those of the rest that become parts of it.
fn take<'a>(
    context: &Context,
    standing: &Standing,
    campaign: &'a Campaign,
    mut contact: Contact,
    rest: &[Passed<'_, 'a>],
    outcome: &mut Outcome<'a>,
) {
    let mut parts = Vec::new();
    for one in rest.iter().filter(|_| campaign.digest.is_some()) {
        let part = one.candidate.campaign;
        if part.digest.is_none()
            || part.id == campaign.id
            || outcome.has(part)
            || (&part.channel, &part.placement, part.class) != (&campaign.channel, &campaign.placement, campaign.class)
        {
            continue;
        }
        let own = parts.len() + 1;
        let beside = parts.iter().map(|part: &Winner| part.campaign).chain([campaign]);
        let mut fits = true;
        beside.chain(outcome.winners.iter().map(|winner| winner.campaign)).enumerate().for_each(|(index, other)| {
            let alone = part.kind.one_per_decision && part.kind.name == other.kind.name;
            // one offer twice in one digest is one offer, and twice in a decision it is two
            let go = if index < own { goes_in_digest } else { offers_go_together };
            fits &= !alone && go(context, part, other);
        });
        let candidate = consider(context, standing, standing.at, part, &outcome.taken);
        // a kind that speaks once over all its campaigns says one thing once
        let key = candidate.occurrence.as_ref().map(|occurrence| &*occurrence.key);
        let told = parts.iter().map(|part: &Winner| (part.campaign, &part.contact)).chain([(campaign, &contact)]);
        for (other, contact) in told.filter(|_| part.kind.once_across_campaigns) {
            fits &= part.kind.name != other.kind.name || key != Some(contact.occurrence.as_str());
        }
        if fits && judge(&candidate, false).passes() {
            parts.extend(contact::contact(&candidate).map(|contact| Winner { campaign: part, contact }));
        }
    }
    let digest = Some(contact.id.clone()).filter(|_| !parts.is_empty());
    contact.digest = digest.clone();
    outcome.winners.push(Winner { campaign, contact });
    for mut part in parts {
        part.contact.digest = digest.clone();
        outcome.winners.push(part);
    }
    for winner in outcome.winners.iter().skip(outcome.taken.len()) {
        outcome.taken.push(contact::record(&winner.contact, withholds(context, winner.campaign)));
    }
}
