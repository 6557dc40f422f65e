//! `decide(policy, request) -> decision`: consider each campaign, judge it, let those that pass contend, and find when the others may
//! speak. Pure: everything it knows comes in with the request.

use crate::arbitration::consider::{Considered, find};
use crate::arbitration::{Loser, Outcome, arbitrate, holdout};
use crate::base::explanation::{self, List, add};
use crate::calendar::{DAY, HORIZON, Instant};
use crate::candidates::candidate::Candidate;
use crate::decision::{Decision, Refusal, RefusedCampaign};
use crate::entitled::{collect, entitled, may_give};
use crate::gates::{Judgement, ask_customer, judge, passes_from};
use crate::ledger::record::Record;
use crate::policy::Campaign;
use crate::standing::Standing;
use crate::standing::context::Context;
use crate::standing::tasks::tasks;

/// Decides about a customer at a moment.
pub(crate) fn decide(context: &Context, hash: Option<&str>) -> Decision {
    let standing = context.standing(context.now, &[]);
    let considered = consider_all(context, &standing);
    let Outcome { winners, taken, losers } = arbitrate(context, &standing, &considered);
    let after = beside(&taken, context, &standing);
    let explain = explanation::is_said(context.explain);
    let mut decision = Decision {
        contacts: Vec::new(),
        ghosts: Vec::new(),
        refused: List::default(),
        entitled: Vec::new(),
        tasks: List::default(),
        tier: standing.tier,
        phase: standing.phase,
        because: List::default(),
        explained: explain,
        next_at: None,
        policy: hash.map(str::to_owned),
    };
    if explain {
        add(&mut decision.tasks, tasks(context, &standing));
        add(&mut decision.because, context.because(&standing));
    }
    let (mut next_at, mut had) = (Instant::NEVER, Vec::new());
    for winner in winners {
        next_at = next_at.min(winner.contact.expires_at.unwrap_or(Instant::NEVER));
        let contacts =
            if holdout::withholds(context, winner.campaign) { &mut decision.ghosts } else { &mut decision.contacts };
        contacts.push(winner.contact);
    }
    for (index, one) in considered.into_iter().enumerate() {
        let loser = losers.iter().find(|loser| loser.index == index);
        let is_refused = loser.is_some() || !one.judgement.passes();
        let mut retry_at = None;
        if is_refused && (explain || context.next_at) {
            // what comes after `nextAt` matters only to those who read of it
            let last = if explain { Instant::NEVER } else { next_at };
            retry_at = retry_of(&after, &one, loser, &taken, last);
            next_at = next_at.min(retry_at.unwrap_or(Instant::NEVER));
        }
        if is_refused && explain {
            let refusals = one.judgement.refusals.into_iter().chain(loser.map(|loser| loser.refusal.clone()));
            let ends = one.candidate.occurrence.as_ref().map(|occurrence| occurrence.until);
            let expires_at = ends.filter(|until| *until < Instant::NEVER);
            add(&mut decision.refused, refused(one.candidate.campaign, refusals, retry_at, expires_at));
        }
        collect(one.candidate, &mut had);
    }
    decision.entitled = entitled(had, &context.steps);
    decision.next_at = Some(next_at).filter(|at| context.next_at && *at < Instant::NEVER);
    decision
}

/// When a campaign that is silent now may speak, if nothing changes but time: its `retryAt`.
#[cfg(feature = "sentences")]
pub(crate) fn retry_at(context: &Context, campaign: &str) -> Option<Instant> {
    let standing = context.standing(context.now, &[]);
    let considered = consider_all(context, &standing);
    let Outcome { taken, losers, .. } = arbitrate(context, &standing, &considered);
    let index = considered.iter().position(|one| one.candidate.campaign.id == campaign)?;
    let (one, loser) = (considered.get(index)?, losers.iter().find(|loser| loser.index == index));
    let is_refused = loser.is_some() || !one.judgement.passes();
    let after = beside(&taken, context, &standing);
    if is_refused { retry_of(&after, one, loser, &taken, Instant::NEVER) } else { None }
}

/// The standing beside the contacts of this decision.
fn beside<'a>(taken: &'a [Record], context: &'a Context<'a>, standing: &Standing<'a>) -> Standing<'a> {
    if taken.is_empty() { standing.clone() } else { context.standing(context.now, taken) }
}

/// Looks at every campaign that is asked about.
fn consider_all<'a>(context: &'a Context<'a>, standing: &'a Standing<'a>) -> Vec<Considered<'a>> {
    let mut considered = Vec::with_capacity(context.policy.campaigns.len());
    for campaign in context.policy.campaigns.iter().filter(|campaign| context.asks_about(campaign)) {
        let mut candidate = Candidate::new(context, standing, standing.at, campaign, &[]);
        candidate.is_told = explanation::is_said(context.explain);
        // what it could speak of is told, and decides which presents the customer has
        let looks = candidate.is_told || may_give(&candidate);
        let asked = if looks { Ok(false) } else { ask_customer(&candidate) };
        let judgement = match asked {
            Err(refusal) => Judgement::of_customer(&candidate, refusal),
            Ok(passed) => {
                find(&mut candidate);
                judge(&candidate, passed)
            }
        };
        considered.push(Considered { candidate, judgement });
    }
    considered
}

/// A campaign that does not speak: the first of its refusals, and the others.
fn refused(
    campaign: &Campaign,
    mut refusals: impl Iterator<Item = Refusal>,
    retry_at: Option<Instant>,
    expires_at: Option<Instant>,
) -> Option<RefusedCampaign> {
    let Refusal { gate, code, detail } = refusals.next()?;
    Some(RefusedCampaign {
        campaign: campaign.id.clone(),
        gate,
        code,
        detail,
        retry_at,
        disposition: campaign.disposition.word(),
        expires_at,
        also: refusals.collect(),
    })
}

/// When a campaign that does not speak may, with the winners counted as delivered: an instant within 400 days and not after `last`.
fn retry_of<'a>(
    after: &Standing<'a>,
    one: &Considered<'a>,
    loser: Option<&Loser>,
    taken: &'a [Record],
    last: Instant,
) -> Option<Instant> {
    let (context, campaign) = (one.candidate.context, one.candidate.campaign);
    let Judgement { not_before, whoever_speaks, .. } = one.judgement;
    if not_before.is_none() && !context.has_placement_of(campaign) {
        return None;
    }
    // beside the winners most gates may say something else; without winners their answer is known
    let mut known = if taken.is_empty() { not_before } else { whoever_speaks };
    if let Some(loser) = loser {
        if let Some(planned) = loser.planned_at {
            return Some(planned.max(context.now + 1));
        }
        // the next decision that can change who goes before it comes a day later
        known = known.or(Some(context.now + DAY).filter(|_| campaign.is_planned()));
    }
    search(context, after, campaign, taken, known, last.min(context.now + HORIZON))
}

/// The earliest later instant, not after `last`, at which all gates pass. An answer says until when it holds, so the search goes from one
/// such instant to the next. `known` is an instant before which the gates do not pass, if one is known.
fn search<'a>(
    context: &'a Context<'a>,
    after: &Standing<'a>,
    campaign: &'a Campaign,
    taken: &'a [Record],
    mut known: Option<Instant>,
    last: Instant,
) -> Option<Instant> {
    let mut standing = after.clone();
    loop {
        let at = standing.at;
        if context.steps.are_spent() {
            return None;
        }
        let not_before = known.take().unwrap_or_else(|| {
            let mut candidate = Candidate::new(context, &standing, at, campaign, taken);
            match ask_customer(&candidate) {
                Err((_, not_before)) => not_before,
                Ok(passed) => {
                    find(&mut candidate);
                    passes_from(&candidate, last, passed)
                }
            }
        });
        if not_before <= at && at > context.now {
            return Some(at);
        }
        let next = not_before.max(at + 1);
        if next > last {
            return None;
        }
        standing = if next < standing.until { standing.at(next) } else { context.standing(next, taken) };
    }
}
