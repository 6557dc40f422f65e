//! What goes together in one instant or one digest.

use crate::language::words::Channel;
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
    let again = context.policy.offer_of(part).is_some_and(|offer| offer.reward.again.get().is_some());
    part.offer.is_some() && part.offer == other.offer && !again || offers_go_together(context, part, other)
}
