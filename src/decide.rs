//! The one verb: `decide(policy, request) -> decision`. Pure: what it knows comes in, what must be remembered goes out.

use crate::arbitration::consider::consider;
use crate::arbitration::{Lost, arbitrate, holdout};
use crate::base::tree::Tree;
use crate::calendar::{HORIZON, Instant};
use crate::decision::{Decision, Refusal, Refused};
use crate::gates::{self, gate, judge, latest};
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
        let refusals = judge(&candidate);
        let expires_at = candidate.occurrence.as_ref().map(|occurrence| occurrence.until);
        let expires_at = expires_at.filter(|until| *until < Instant::NEVER);
        if refusals.is_empty() {
            passed.push(candidate);
        }
        verdicts.push((campaign, expires_at, refusals));
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
    for (campaign, expires_at, mut refusals) in verdicts {
        let lost = outcome.losers.iter().find(|(id, _)| *id == campaign.id);
        if !refusals.is_empty() || lost.is_some() {
            // the winners may shut what was open, so all gates are asked again; without winners the answer is known
            let known = latest(&refusals).filter(|_| outcome.taken.is_empty());
            let elsewhere = matches!(lost, Some((_, Lost::NoPlace)));
            let retry_at = if elsewhere { None } else { retry_at(context, &after, campaign, &outcome.taken, known) };
            if let Some((_, lost)) = lost {
                refusals.push(lost.refusal(campaign));
            }
            ask_again(retry_at);
            if let Some(refusal) = refusal(campaign, refusals) {
                decision.refused.push(Refusal { retry_at, expires_at, ..refusal });
            }
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

fn refusal(campaign: &Campaign, refusals: Vec<gate::Refusal>) -> Option<Refusal> {
    let (mut first, mut also) = (None, Vec::new());
    let alone = refusals.len() == 1;
    for gate::Refusal { gate, refused: Refused { code, mut detail, .. } } in refusals {
        // nobody is to issue a code that something else keeps from the customer
        if code == gates::NOT_ISSUED && !alone {
            detail = Tree::from([("issue", Tree::Null)]);
        }
        match first {
            None => first = Some((gate, code, detail)),
            Some(_) => also.push((gate, code, detail)),
        }
    }
    let (gate, code, detail) = first?;
    Some(Refusal {
        campaign: campaign.id.clone(),
        gate,
        code,
        detail,
        retry_at: None,
        disposition: campaign.disposition.word(),
        expires_at: None,
        also,
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
        let said = known.take().or_else(|| latest(&judge(&consider(context, &standing, standing.at, campaign, taken))));
        let next = match said {
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
