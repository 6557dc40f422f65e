//! `decide(policy, request) -> decision`: consider each campaign, judge it, let those that pass contend, and find when the others may
//! speak. Pure: everything it knows comes in with the request.

use crate::arbitration::consider::{Considered, consider};
use crate::arbitration::{arbitrate, holdout};
use crate::calendar::{DAY, HORIZON, Instant};
use crate::decision::{Decision, Refusal, RefusedCampaign};
use crate::entitled::{collect, entitled};
use crate::gates::{Judgement, judge, passes_from};
use crate::ledger::record::Record;
use crate::policy::Campaign;
use crate::standing::Standing;
use crate::standing::context::Context;
use crate::standing::tasks::tasks;

/// Decides about a customer at a moment.
pub(crate) fn decide(context: &Context, hash: Option<&str>) -> Decision {
    let standing = context.standing(context.now, &[]);
    let mut considered = Vec::new();
    for campaign in context.policy.campaigns.iter().filter(|campaign| context.asks_about(campaign)) {
        let mut candidate = consider(context, &standing, standing.at, campaign, &[]);
        candidate.is_told = true;
        let judgement = judge(&candidate);
        considered.push(Considered { candidate, judgement });
    }
    let outcome = arbitrate(context, &standing, &considered);
    let mut decision = Decision {
        contacts: Vec::new(),
        ghosts: Vec::new(),
        refused: Vec::new(),
        entitled: Vec::new(),
        tasks: tasks(context, &standing),
        tier: standing.tier,
        phase: standing.phase,
        because: context.because(&standing),
        next_at: None,
        policy: hash.map(str::to_owned),
    };
    let (mut next_at, mut had) = (Instant::NEVER, Vec::new());
    let mut ask_again = |at: Option<Instant>| next_at = next_at.min(at.unwrap_or(Instant::NEVER));
    let spoken = !outcome.taken.is_empty();
    let after = if spoken { context.standing(context.now, &outcome.taken) } else { standing.clone() };
    for (index, Considered { candidate, judgement }) in considered.into_iter().enumerate() {
        let Judgement { mut refusals, not_before, whoever_speaks, .. } = judgement;
        let campaign = candidate.campaign;
        let ends = candidate.occurrence.as_ref().map(|occurrence| occurrence.until);
        collect(candidate, &mut had);
        // beside the winners most gates may say something else; without winners their answer is known
        let (mut known, mut planned_at) = (if spoken { whoever_speaks } else { not_before }, None);
        if let Some(loser) = outcome.losers.iter().find(|loser| loser.index == index) {
            refusals.push(loser.refusal.clone());
            planned_at = loser.planned_at.map(|at| at.max(context.now + 1));
            // the next decision that can change who goes before it comes a day later
            known = known.or(Some(context.now + DAY).filter(|_| campaign.is_planned()));
        }
        if refusals.is_empty() {
            continue;
        }
        let on_this_page = not_before.is_some() || context.has_placement_of(campaign);
        let search = || retry_at(context, &after, campaign, &outcome.taken, known);
        let retry_at = if on_this_page { planned_at.or_else(search) } else { None };
        ask_again(retry_at);
        let expires_at = ends.filter(|until| *until < Instant::NEVER);
        decision.refused.extend(refused(campaign, refusals, retry_at, expires_at));
    }
    for winner in outcome.winners {
        ask_again(winner.contact.expires_at);
        let contacts =
            if holdout::withholds(context, winner.campaign) { &mut decision.ghosts } else { &mut decision.contacts };
        contacts.push(winner.contact);
    }
    decision.entitled = entitled(had);
    decision.next_at = Some(next_at).filter(|at| *at < Instant::NEVER);
    decision
}

/// A campaign that does not speak: the first of its refusals, and the others.
fn refused(
    campaign: &Campaign,
    refusals: Vec<Refusal>,
    retry_at: Option<Instant>,
    expires_at: Option<Instant>,
) -> Option<RefusedCampaign> {
    let mut refusals = refusals.into_iter();
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

/// The earliest later instant within 400 days at which all gates pass, with the winners counted as delivered. A judgement says until
/// when it holds, so the search goes from one such instant to the next. `known` is the instant before which the gates do not pass, if
/// it is known.
fn retry_at<'a>(
    context: &'a Context<'a>,
    now: &Standing<'a>,
    campaign: &'a Campaign,
    taken: &'a [Record],
    mut known: Option<Instant>,
) -> Option<Instant> {
    let (mut standing, last) = (now.clone(), context.now + HORIZON);
    loop {
        let at = standing.at;
        let not_before = known
            .take()
            .unwrap_or_else(|| passes_from(&consider(context, &standing, standing.at, campaign, taken), last));
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
