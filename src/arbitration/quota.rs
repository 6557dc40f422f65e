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

/// Visits the rules that are about a campaign, and how often each counts a contact of it: of the later parts of a digest some ask
/// nothing. Rules have numbers: first the limits, then the wish to hear less often, then the offers, which may be given again only after
/// some time.
fn each_rule(context: &Context, campaign: &Campaign, is_part: bool, visit: &mut dyn FnMut(usize, usize)) {
    let (policy, wish) = (context.policy, context.policy.limits.len());
    for index in &campaign.limits {
        let Some(filter) = policy.limits.get(*index).map(|limit| &limit.filter) else { continue };
        let ignored_as = usize::try_from(filter.ignored_as).unwrap_or_default();
        let weight = match campaign.kind.uncounted || is_part && filter.campaigns.is_none() {
            true => 0,
            false if ignored_as > 1 && !withholds(context, campaign) => ignored_as,
            false => 1,
        };
        visit(*index, weight);
    }
    if context.customer.wishes.less_often.is_some() {
        visit(wish, usize::from(!is_part));
    }
    if let (Some(index), Some(offer)) = (campaign.offer, policy.offer_of(campaign))
        && offer.reward.again.get().is_some()
    {
        visit(wish + 1 + index, 1);
    }
}

impl Quota {
    /// What the limits count now, beside the contacts that the decision has taken. Notes in the proposals how they are counted.
    pub fn of(ask: &Ask, proposals: &mut [Proposal]) -> Quota {
        let (mut quota, context) = (Quota::default(), ask.context);
        // by rule: how much all proposals count together, at most
        let mut sums = vec![0_usize; context.policy.limits.len() + 1 + context.policy.offers.len()];
        for proposal in proposals.iter() {
            for one in proposal.parts.iter().chain([proposal]) {
                each_rule(context, one.rank.campaign, false, &mut |rule, weight| {
                    if let Some(sum) = sums.get_mut(rule) {
                        *sum = sum.saturating_add(weight.max(1));
                    }
                });
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
            each_rule(context, one.rank.campaign, is_part, &mut |rule, weight| {
                one.counted.extend(rows.get(rule).copied().flatten().map(|row| Counted { row, weight }));
            });
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
        self.count(context, &proposal.counted, at);
        proposal.parts_at(at).for_each(|part| self.count(context, &part.counted, at));
    }

    fn count(&mut self, context: &Context, counted: &[Counted], at: Instant) {
        for Counted { row, weight } in counted {
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
            (None, Some(offer)) => {
                (Counter::Offer(offer), Window::Rolling(*policy.offers.get(offer)?.reward.again.get()?), 1)
            }
        };
        let most = usize::try_from(most).unwrap_or_default();
        let count = WindowCount::of(context, context.now, ask.taken, counter, window);
        Some(Row { window, most, leave: count.map(|count| count.last_to_leave(most)).unwrap_or_default() })
    }
}
