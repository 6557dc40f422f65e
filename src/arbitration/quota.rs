//! The limits while contacts are planned: when each has room again.

use crate::arbitration::proposal::Proposal;
use crate::base::steps::{Looked, Steps};
use crate::calendar::Instant;
use crate::language::words::Channel;
use crate::ledger::record::Record;
use crate::ledger::totals::Counter;
use crate::policy::Window;
use crate::standing::context::Context;
use crate::standing::window_count::WindowCount;

/// What each limit counts.
#[derive(Debug, Default)]
pub(super) struct Quota {
    /// the limits, the wish to hear less often, and the offers that are given again only after some time
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

/// Proposals of one channel that obey the same limits: these hold them alike.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lane {
    /// the index of one of them
    pub first: usize,
    pub channel: Channel,
    /// when the limits have room, and the channel has its next instant
    pub free: Instant,
}

impl Quota {
    /// What the limits count now, beside some contacts of this decision.
    pub fn of(context: &Context, taken: &[Record]) -> Quota {
        let mut quota = Quota::default();
        let mut add = |counter, window, most: i64| {
            let most = usize::try_from(most).unwrap_or_default();
            let count = WindowCount::of(context, context.now, taken, counter, window);
            let leave = count.map(|count| count.last_to_leave(most)).unwrap_or_default();
            quota.rows.push(Row { window, most, leave });
        };
        for (index, limit) in context.policy.limits.iter().enumerate() {
            add(Counter::Limit(index), limit.window, limit.max);
        }
        // without a wish nothing is counted
        add(Counter::All, Window::Rolling(context.customer.wishes.less_often.unwrap_or(0)), 1);
        for (index, offer) in context.policy.offers.iter().enumerate() {
            if let Some(gap) = offer.reward.again {
                add(Counter::Offer(index), Window::Rolling(gap), 1);
            }
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
                lane.channel == channel && proposals.get(lane.first).is_some_and(|other| other.obeys == one.obeys)
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

    /// When all limits that a proposal obeys have room.
    pub fn frees(&self, proposal: &Proposal) -> Instant {
        let mut frees = Instant(0);
        for row in proposal.obeys.iter().filter_map(|index| self.rows.get(*index)) {
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
        let parts = proposal.parts_at(at).flat_map(|part| &part.counts);
        for (index, weight) in proposal.counts.iter().chain(parts) {
            let Some(row) = self.rows.get_mut(*index) else { continue };
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
