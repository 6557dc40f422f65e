//! Holdout: a share of the customers is not spoken to, so that what speaking does can be measured.
//! The share is GrowthBook's hashing version 2, so both draw the same customers (ids outside ASCII aside:
//! here the hash is over UTF-8).

use crate::base::hash::bucket;
use crate::language::words::Class;
use crate::policy::Campaign;
use crate::standing::context::Context;

/// Whether a campaign's contacts are withheld from the customer. A guest's never are, nor is what is owed to everybody:
/// obligations, transactional and service contacts.
pub(crate) fn withholds(context: &Context, campaign: &Campaign) -> bool {
    if campaign.kind.obligation || campaign.class < Class::Relational {
        return false;
    }
    let (Some((share, salt)), Some(id)) = (&context.policy.holdout, &context.customer.id) else {
        return false;
    };
    bucket(salt, id) < *share
}
