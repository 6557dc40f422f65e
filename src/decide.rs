//! The one verb: `decide(policy, request) -> decision`. Pure: what it knows comes in, what must be remembered goes out.

use crate::arbitration::consider::consider;
use crate::arbitration::{Lost, arbitrate, holdout};
use crate::calendar::{HORIZON, Instant};
use crate::decision::{Decision, Refusal, RefusedCampaign};
use crate::gates::judge;
use crate::ledger::record::Record;
use crate::policy::Campaign;
use crate::standing::Standing;
use crate::standing::context::Context;
use crate::standing::tasks::tasks;

/// Looks at each campaign, lets those that pass contend, and finds out when the others may speak.
pub(crate) fn decide(context: &Context, hash: Option<&str>) -> Decision {
    let standing = context.standing(context.now, &[]);
    let (mut passed, mut verdicts) = (Vec::new(), Vec::new());
    for campaign in &context.policy.campaigns {
        let candidate = consider(context, &standing, standing.at, campaign, &[]);
        let judgement = judge(&candidate);
        let expires_at = candidate.occurrence.as_ref().map(|occurrence| occurrence.until);
        let expires_at = expires_at.filter(|until| *until < Instant::NEVER);
        if judgement.passes() {
            passed.push(candidate);
        }
        verdicts.push((campaign, expires_at, judgement));
    }

    let outcome = arbitrate(context, &standing, passed);
    let mut decision = Decision {
        contacts: Vec::new(),
        ghosts: Vec::new(),
        refused: Vec::new(),
        tasks: tasks(context, &standing),
        tier: standing.tier,
        phase: standing.phase,
        because: context.because(&standing),
        next_at: None,
        policy: hash.map(str::to_owned),
    };
    let mut next_at = Instant::NEVER;
    let mut ask_again = |at: Option<Instant>| next_at = next_at.min(at.unwrap_or(Instant::NEVER));
    let after = context.standing(context.now, &outcome.taken);
    for (campaign, expires_at, mut judgement) in verdicts {
        let lost = outcome.losers.iter().find(|(id, _)| *id == campaign.id);
        if !judgement.passes() || lost.is_some() {
            // the winners may shut what was open, so all gates are asked again; without winners the answer is known
            let known = judgement.not_before().filter(|_| outcome.taken.is_empty());
            let elsewhere = matches!(lost, Some((_, Lost::NoPlace)));
            let retry_at = if elsewhere { None } else { retry_at(context, &after, campaign, &outcome.taken, known) };
            if let Some((_, lost)) = lost {
                judgement.refusals.push(lost.refusal(campaign));
            }
            ask_again(retry_at);
            decision.refused.extend(refused(campaign, judgement.refusals, retry_at, expires_at));
        }
    }
    for winner in outcome.winners {
        ask_again(winner.contact.expires_at);
        let contacts =
            if holdout::withholds(context, winner.campaign) { &mut decision.ghosts } else { &mut decision.contacts };
        contacts.push(winner.contact);
    }
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

/// The earliest later instant within the horizon at which all gates pass, with the winners counted as delivered. Each gate
/// says before when it cannot pass; we leap from one such instant to the next and ask all of them anew. `known` is what they
/// said of now, if nobody won.
fn retry_at<'a>(
    context: &'a Context<'a>,
    now: &Standing<'a>,
    campaign: &'a Campaign,
    taken: &'a [Record],
    mut known: Option<Instant>,
) -> Option<Instant> {
    let mut standing = *now;
    loop {
        let at = standing.at;
        let not_before =
            known.take().or_else(|| judge(&consider(context, &standing, standing.at, campaign, taken)).not_before());
        let next = match not_before {
            None if at > context.now => return Some(at),
            None => at + 1,
            Some(until) => until.max(at + 1),
        };
        if next > context.now + HORIZON {
            return None;
        }
        standing = if next < standing.until { standing.at(next) } else { context.standing(next, taken) };
    }
}
