//! What goes together in one instant or one digest, and what limits count of it.

use crate::arbitration::holdout::withholds;
use crate::language::words::Channel;
use crate::ledger::record::{Record, State};
use crate::policy::Campaign;
use crate::standing::context::Context;

/// Whether two campaigns can be in one instant: not in one place, not two of a kind that speaks once a decision, and one offer, unless
/// both stack.
pub(super) fn go_together(context: &Context, one: &Campaign, other: &Campaign) -> bool {
    let one_place =
        one.channel == other.channel && (one.channel != Channel::Onsite || one.placement == other.placement);
    let alone = one.kind.one_per_decision && one.kind.name == other.kind.name;
    !one_place && !alone && offers_go_together(context, one, other)
}

/// Whether the offers of two campaigns can be given in one decision.
pub(super) fn offers_go_together(context: &Context, one: &Campaign, other: &Campaign) -> bool {
    let stacks = |campaign| context.policy.offer_of(campaign).map(|offer| offer.reward.stacks == Some(true));
    match (stacks(one), stacks(other)) {
        (Some(one_stacks), Some(other_stacks)) => one_stacks && other_stacks && one.offer != other.offer,
        _ => true,
    }
}

/// Whether the offers of two campaigns go in one digest: they are one that may be given again, or they stack.
pub(super) fn goes_in_digest(context: &Context, part: &Campaign, other: &Campaign) -> bool {
    let again = context.policy.offer_of(part).is_some_and(|offer| offer.reward.again.is_some());
    part.offer.is_some() && part.offer == other.offer && !again || offers_go_together(context, part, other)
}

/// The limits that count a contact of a campaign, and how often. Of a digest's later part some limits ask nothing.
pub(super) fn counts(context: &Context, campaign: &Campaign, is_later_part: bool) -> Vec<(usize, usize)> {
    let record = Record { digest: is_later_part.then(|| campaign.id.clone()), ..record(context, campaign) };
    let mut counts = Vec::new();
    for (index, limit) in context.policy.limits.iter().enumerate() {
        let weight = limit.filter.weigh(context.policy, &record);
        if weight > 0 {
            counts.push((index, usize::try_from(weight).unwrap_or_default()));
        }
    }
    if !is_later_part && context.customer.wishes.less_often.is_some() {
        counts.push((context.policy.limits.len(), 1));
    }
    counts.extend(again_row(context, campaign).map(|row| (row, 1)));
    counts
}

/// Which row of the quota holds an offer that is given again only after some time. The rows are those of the limits, of the wish to hear
/// less often, and of each of these offers.
pub(super) fn again_row(context: &Context, campaign: &Campaign) -> Option<usize> {
    let (policy, index) = (context.policy, campaign.offer?);
    policy.offers.get(index)?.reward.again?;
    let before = policy.offers.iter().take(index).filter(|offer| offer.reward.again.is_some());
    Some(policy.limits.len() + 1 + before.count())
}

fn record(context: &Context, campaign: &Campaign) -> Record {
    Record {
        id: String::new(),
        campaign: campaign.id.clone(),
        class: campaign.class,
        channel: campaign.channel,
        placement: campaign.placement.clone(),
        at: context.now,
        state: if withholds(context, campaign) { State::Ghost } else { State::Delivered },
        lease_until: None,
        seen_at: None,
        occurrence: None,
        offer: None,
        variant: None,
        policy: None,
        reaction: None,
        urgent: Some(campaign.urgent),
        digest: None,
        version_at: context.now,
    }
}
