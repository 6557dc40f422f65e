//! The holdout: a share of the customers is not spoken to, so that the shop can measure what its messages do. The share is drawn as
//! the GrowthBook SDKs draw theirs, so that both name the same customers (for ids in ASCII).

use crate::base::hash::bucket;
use crate::policy::Campaign;
use crate::standing::context::Context;

/// Whether the contacts of a campaign are withheld from the customer and become ghosts. Guests hear everything, and so does everybody
/// hear obligations, transactional and service contacts.
pub(crate) fn withholds(context: &Context, campaign: &Campaign) -> bool {
    if !campaign.is_planned() {
        return false;
    }
    let (Some(holdout), Some(id)) = (context.policy.holdout.get(), &context.customer.id) else {
        return false;
    };
    bucket(&holdout.salt, id) < holdout.share
}
