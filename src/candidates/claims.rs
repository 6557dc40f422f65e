//! What the claims of a message are held against.

use crate::candidates::candidate::Candidate;
use crate::candidates::suggest::suggested;
use crate::honesty::proof::Facts;
use crate::language::words::Class;
use crate::policy::Offer;

impl<'a> Facts<'a> {
    /// The facts at the candidate's instant.
    pub fn of(candidate: &Candidate<'a>) -> Facts<'a> {
        let (context, campaign) = (candidate.context, candidate.campaign);
        let offer = context.policy.offer_of(campaign);
        Facts {
            catalog: context.catalog,
            destination: context.customer.destination(),
            at: candidate.at,
            offer: offer.map(|offer: &Offer| (&offer.benefit, offer.begins(context.shop_zone).unwrap_or(candidate.at))),
            only: offer.and_then(|offer| offer.sku.as_ref()),
            product: suggested(candidate),
            pause: context.policy.pause,
            promotes: campaign.class == Class::Promotional,
        }
    }
}
