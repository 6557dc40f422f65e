//! The plan: if all proposals can be heard, all are; where not, rank decides. What can wait waits for what closes sooner. Practice T6.

use crate::arbitration::full::{Full, full_by};
use crate::arbitration::proposal::{Ask, Proposal};
use crate::arbitration::quota::Quota;
use crate::arbitration::refusals::{SLOT_KEPT, outranked};
use crate::arbitration::walk::{Heard, Start, Walked, walk, walk_with};
use crate::base::explanation;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::decision::Refusal;

/// Who speaks, by index, and why the others that pass now do not.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub speakers: Vec<usize>,
    pub refused: Vec<Refused>,
    /// who is heard when, if the customer comes
    pub forecast: Vec<Heard>,
}

/// A proposal that passes now and does not speak.
#[derive(Debug)]
pub(super) struct Refused {
    pub index: usize,
    pub refusal: Refusal,
    /// when it would be heard if the customer came
    pub planned_at: Option<Instant>,
}

/// Plans with proposals in rank order. `held` says by index which contact of this decision holds the place of a proposal.
pub(super) fn plan<'a>(ask: &Ask<'a>, proposals: &mut [Proposal<'a>], held: &[Option<&'a str>]) -> Plan {
    let quota = Quota::of(ask, proposals);
    let lanes = quota.lanes(ask.context, proposals);
    let start = Start { ask, quota: &quota, lanes: &lanes, held };
    let (accepted, mut forecast, unaccepted) = accept(&start, proposals);
    let mut plan = Plan::default();
    let explains = explanation::is_said(ask.context.explain);
    let (context, now, mut waiting) = (ask.context, ask.context.now, Vec::new());
    for index in 0..proposals.len() {
        if !passes_now(proposals, index) {
            continue;
        }
        if let Some((_, by)) = unaccepted.iter().find(|(other, _)| *other == index) {
            waiting.push((index, Err(*by)));
            continue;
        }
        // as the forecast has it: then all others are heard as it has them
        let is_forecast = |index: usize| forecast.iter().any(|one| one.index == index && one.at == now);
        if is_forecast(index)
            && plan.speakers.iter().all(|speaker| is_forecast(*speaker))
            && leaves_room(&start, proposals, index, &forecast)
        {
            plan.speakers.push(index);
            continue;
        }
        let last = explanation::found(|| id(proposals, *plan.speakers.last()?));
        match full_by(context, held, proposals, &plan.speakers, index, now) {
            Some(Full::By(by)) => waiting.push((index, Err(Some(by)))),
            Some(Full::Up) => waiting.push((index, Err(last))),
            None => {
                let mut speakers = plan.speakers.clone();
                speakers.push(index);
                if !is_ready(&start, proposals, &plan.speakers, &speakers) {
                    waiting.push((index, Err(explanation::found(|| last.or_else(|| last_taken(ask))))));
                    continue;
                }
                let walked = walk(&start, proposals, &speakers, &accepted, explains);
                let unheard = walked.unheard;
                #[cfg(test)]
                let unheard = unheard.filter(|_| !crate::base::switch::is_off("slot-kept"));
                match unheard.and_then(|index| proposals.get(index)) {
                    Some(unheard) => waiting.push((index, Ok((&unheard.rank.campaign.id, unheard.closes)))),
                    None => (plan.speakers, forecast) = (speakers, walked.heard),
                }
            }
        }
    }
    for (index, why) in waiting {
        let planned_at = forecast.iter().find(|heard| heard.index == index).map(|heard| heard.at);
        let refusal = match why {
            Err(by) => outranked(context, by, planned_at),
            Ok((kept_for, until)) => {
                let detail = || {
                    Tree::from([("for", kept_for.into()), ("until", until.into()), ("plannedAt", planned_at.into())])
                };
                SLOT_KEPT.refusal(explanation::detail(explains, detail))
            }
        };
        plan.refused.push(Refused { index, refusal, planned_at });
    }
    plan.forecast = forecast;
    plan
}

/// The accepted proposals in the order in which they close, their walk, and of the others that pass now who outranks each.
type Accepted<'a> = (Vec<usize>, Vec<Heard>, Vec<(usize, Option<&'a str>)>);

/// All, if all fit; otherwise, in rank order, each that fits together with those accepted before.
fn accept<'a>(start: &Start<'_, 'a>, proposals: &mut [Proposal<'a>]) -> Accepted<'a> {
    let (mut all, mut in_rank) = (Vec::new(), Vec::new());
    for index in 0..proposals.len() {
        // what its limits hold until it closes fits with nothing
        let is_possible = |one: &mut Proposal<'a>| {
            let frees = start.lanes.get(one.lane).map_or(one.closes, |lane| lane.free);
            one.passes_from(start.ask, frees).0 < one.closes
        };
        if passes_now(proposals, index) || proposals.get_mut(index).is_some_and(is_possible) {
            in_rank.push(index);
            insert(proposals, &mut all, index);
        }
    }
    let walked = walk(start, proposals, &[], &all, false);
    if walked.unheard.is_none() {
        return (all, walked.heard, Vec::new());
    }
    let (mut accepted, mut forecast, mut unaccepted) = (Vec::new(), Walked::default(), Vec::new());
    for index in in_rank {
        let place = insert(proposals, &mut accepted, index);
        let passes_now = passes_now(proposals, index);
        // who outranks it matters to those who read of it
        let whole = passes_now && explanation::is_said(start.ask.context.explain);
        let walked = walk_with(start, proposals, &forecast, index, &accepted, whole);
        if walked.unheard.is_none() {
            forecast = walked;
            continue;
        }
        accepted.remove(place);
        if passes_now {
            unaccepted.push((index, explanation::found(|| outranks(start, proposals, index, &walked))));
        }
    }
    (accepted, forecast.heard, unaccepted)
}

fn passes_now(proposals: &[Proposal], index: usize) -> bool {
    proposals.get(index).is_some_and(|one| !one.members.is_empty())
}

/// Inserts a proposal where it closes, and says where; of those that close at once the higher in rank goes first.
fn insert(proposals: &[Proposal], set: &mut Vec<usize>, index: usize) -> usize {
    let closes = |index: usize| proposals.get(index).map(|one| (one.closes, index));
    let place = set.partition_point(|other| closes(*other) < closes(index));
    set.insert(place, index);
    place
}

/// Who would close unheard if a proposal were accepted; if that is itself, who was walked last before it closes.
fn outranks<'a>(start: &Start<'_, 'a>, proposals: &[Proposal<'a>], index: usize, walked: &Walked) -> Option<&'a str> {
    match walked.unheard {
        Some(unheard) if unheard != index => id(proposals, unheard),
        _ => {
            let held = || start.held.get(index).copied().flatten();
            let last = walked.heard.last().and_then(|heard| id(proposals, heard.index));
            last.or_else(held).or_else(|| last_taken(start.ask))
        }
    }
}

fn id<'a>(proposals: &[Proposal<'a>], index: usize) -> Option<&'a str> {
    proposals.get(index).map(|one| &*one.rank.campaign.id)
}

fn last_taken<'a>(ask: &Ask<'a>) -> Option<&'a str> {
    ask.taken.last().map(|record| &*record.campaign)
}

/// Whether the last of some speakers passes now beside the others: they leave room in the limits, and repetition lets it.
fn is_ready<'a>(start: &Start<'_, 'a>, proposals: &mut [Proposal<'a>], others: &[usize], speakers: &[usize]) -> bool {
    let walked = walk(start, proposals, others, speakers, true);
    walked.heard.iter().any(|heard| speakers.last() == Some(&heard.index) && heard.at == start.ask.context.now)
}

/// Whether all parts of a digest leave room for what a forecast has now: some may be heard before it.
fn leaves_room(start: &Start, proposals: &[Proposal], index: usize, forecast: &[Heard]) -> bool {
    let now = start.ask.context.now;
    let mut here = forecast.iter().filter(|one| one.at == now && one.index != index);
    proposals.get(index).is_none_or(|one| one.parts.is_empty())
        || here.all(|other| full_by(start.ask.context, start.held, proposals, &[index], other.index, now).is_none())
}
