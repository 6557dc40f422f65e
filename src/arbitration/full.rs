//! Whether an instant has room for a proposal beside others.

use crate::arbitration::proposal::Proposal;
use crate::arbitration::together::go_together;
use crate::calendar::Instant;
use crate::standing::context::Context;

/// Why an instant has no room for a proposal beside others.
pub(super) enum Full<'a> {
    /// the place or the offer is taken, by this campaign
    By(&'a str),
    /// nobody more may speak
    Up,
}

/// Whether an instant is full for a proposal beside those that speak in it. `held` says by index who holds the place of a proposal now.
pub(super) fn full_by<'a>(
    context: &Context,
    held: &[Option<&'a str>],
    proposals: &[Proposal<'a>],
    here: &[usize],
    index: usize,
    at: Instant,
) -> Option<Full<'a>> {
    if let Some(Some(first)) = held.get(index).filter(|_| at == context.now) {
        return Some(Full::By(first));
    }
    let campaign = proposals.get(index)?.rank.campaign;
    for other in here.iter().filter_map(|other| proposals.get(*other)) {
        if !other.campaigns(at).all(|other| go_together(context, campaign, other)) {
            return Some(Full::By(&other.rank.campaign.id));
        }
    }
    (here.len() >= context.policy.contacts).then_some(Full::Up)
}
