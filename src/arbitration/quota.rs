//! The limits while contacts are planned: when each has room again.

use crate::arbitration::holdout::withholds;
use crate::arbitration::proposal::{Ask, Counted, Proposal};
use crate::base::steps::{Looked, Steps};
use crate::calendar::Instant;
use crate::gates::limits::obeys;
use crate::language::words::Channel;
use crate::ledger::totals::Counter;
use crate::policy::{Campaign, Window};
use crate::standing::context::Context;
use crate::standing::window_count::WindowCount;

/// What each limit counts that may hold a proposal.
#[derive(Debug, Default)]
pub(super) struct Quota {
    rows: Vec<Row>,
}

/// What one limit counts.
#[derive(Debug)]
struct Row {
    window: Window,
    most: usize,
    /// when the contacts leave that leave last, at least `most` of them if there are so many, the soonest first
    leave: Vec<Instant>,
}

/// Proposals of one channel that the same limits hold alike.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lane {
    /// the index of one of them
    pub first: usize,
    pub channel: Channel,
    /// when the limits have room, and the channel has its next instant
    pub free: Instant,
}

/// The rules that are about a campaign, by number: limits, then the wish to hear less often, then offers that are given again only after
/// some time.
fn rules(context: &Context, campaign: &Campaign) -> impl Iterator<Item = usize> {
    let (policy, limits) = (context.policy, context.policy.limits.len());
    let wish = context.customer.wishes.less_often.map(|_| limits);
    let again = policy.offer_of(campaign).and_then(|offer| offer.reward.again);
    let again = again.and(campaign.offer).map(|offer| limits + 1 + offer);
    campaign.limits.iter().copied().chain(wish).chain(again)
}

/// How often a rule counts a contact of a campaign. Of the later parts of a digest some rules ask nothing.
fn weight(context: &Context, rule: usize, campaign: &Campaign, is_part: bool) -> usize {
    let limits = &context.policy.limits;
    match limits.get(rule) {
        Some(limit) if campaign.kind.uncounted || is_part && limit.filter.campaigns.is_none() => 0,
        Some(limit) if limit.filter.ignored_as > 1 && !withholds(context, campaign) => {
            usize::try_from(limit.filter.ignored_as).unwrap_or_default()
        }
        None if is_part && rule == limits.len() => 0,
        _ => 1,
    }
}

impl Quota {
    /// What the limits count now, beside the contacts that the decision has taken. Notes in the proposals how they are counted.
    pub fn of(ask: &Ask, proposals: &mut [Proposal]) -> Quota {
        let (mut quota, context) = (Quota::default(), ask.context);
        // by rule: how much all proposals may count, then which row the rule has
        let mut sums = vec![0_usize; context.policy.limits.len() + 1 + context.policy.offers.len()];
        for proposal in proposals.iter() {
            for one in proposal.parts.iter().chain([proposal]) {
                for rule in rules(context, one.rank.campaign) {
                    let weight = weight(context, rule, one.rank.campaign, false).max(1);
                    sums.get_mut(rule).into_iter().for_each(|sum| *sum = sum.saturating_add(weight));
                }
            }
        }
        let mut rows = Vec::new();
        for (rule, sum) in sums.iter().enumerate() {
            // what has room for all of them holds none
            let row = if *sum > 0 { Row::of(ask, rule) } else { None };
            let row = row.filter(|row| row.leave.len().saturating_add(*sum) > row.most);
            rows.push(row.is_some().then_some(quota.rows.len()));
            quota.rows.extend(row);
        }
        let note = |one: &mut Proposal, is_part| {
            for rule in rules(context, one.rank.campaign) {
                let weight = weight(context, rule, one.rank.campaign, is_part);
                one.counted.extend(rows.get(rule).copied().flatten().map(|row| Counted { row, weight }));
            }
        };
        for proposal in proposals {
            note(proposal, false);
            proposal.parts.iter_mut().for_each(|part| note(part, true));
        }
        quota
    }

    /// A copy with room for some contacts.
    pub fn copy(&self, contacts: usize, steps: &Steps) -> Quota {
        let mut quota = Quota { rows: Vec::with_capacity(self.rows.len()) };
        let mut size = self.rows.len();
        for row in &self.rows {
            size += row.leave.len();
            let mut leave = Vec::with_capacity(row.leave.len() + contacts);
            leave.extend_from_slice(&row.leave);
            quota.rows.push(Row { leave, ..*row });
        }
        steps.take(Looked::Record, size);
        quota
    }

    /// The lanes of proposals, in each of which its lane is noted.
    pub fn lanes(&self, context: &Context, proposals: &mut [Proposal]) -> Vec<Lane> {
        let mut lanes = Vec::<Lane>::new();
        for index in 0..proposals.len() {
            let Some(one) = proposals.get(index) else { continue };
            let channel = one.rank.campaign.channel;
            let is_of = |lane: &Lane| {
                lane.channel == channel && proposals.get(lane.first).is_some_and(|other| other.counted == one.counted)
            };
            let lane = lanes.iter().position(is_of).unwrap_or(lanes.len());
            if lane == lanes.len() {
                lanes.push(Lane { first: index, channel, free: self.frees(one).max(context.now) });
            }
            if let Some(one) = proposals.get_mut(index) {
                one.lane = lane;
            }
        }
        lanes
    }

    /// When all limits that hold a proposal have room.
    pub fn frees(&self, proposal: &Proposal) -> Instant {
        let mut frees = Instant(0);
        for row in proposal.counted.iter().filter_map(|counted| self.rows.get(counted.row)) {
            if row.most == 0 {
                return Instant::NEVER;
            }
            let last = row.leave.len().checked_sub(row.most);
            frees = frees.max(last.and_then(|last| row.leave.get(last)).map_or(frees, |leaves| *leaves));
        }
        frees
    }

    /// Counts a proposal as heard at an instant.
    pub fn hear(&mut self, context: &Context, proposal: &Proposal, at: Instant) {
        let parts = proposal.parts_at(at).flat_map(|part| &part.counted);
        for Counted { row, weight } in proposal.counted.iter().chain(parts) {
            let Some(row) = self.rows.get_mut(*row) else { continue };
            let leaves = match row.window {
                Window::Rolling(length) => at + length,
                Window::Calendar(_) => match row.window.around(at, context.shop_zone) {
                    Some((_, to)) => to,
                    None => continue,
                },
            };
            for _ in 0..(*weight).min(row.most) {
                let place = row.leave.partition_point(|other| *other <= leaves);
                row.leave.insert(place, leaves);
            }
        }
    }
}

impl Row {
    /// What a rule counts; none: the customer does not obey it.
    fn of(ask: &Ask, rule: usize) -> Option<Row> {
        let (context, policy) = (ask.context, ask.context.policy);
        let (counter, window, most) = match (policy.limits.get(rule), rule.checked_sub(policy.limits.len() + 1)) {
            (Some(limit), _) if !obeys(limit, ask.frozen).0 => return None,
            (Some(limit), _) => (Counter::Limit(rule), limit.window, limit.max),
            (None, None) => (Counter::All, Window::Rolling(context.customer.wishes.less_often?), 1),
            (None, Some(offer)) => (Counter::Offer(offer), Window::Rolling(policy.offers.get(offer)?.reward.again?), 1),
        };
        let most = usize::try_from(most).unwrap_or_default();
        let count = WindowCount::of(context, context.now, ask.taken, counter, window);
        Some(Row { window, most, leave: count.map(|count| count.last_to_leave(most)).unwrap_or_default() })
    }
}
