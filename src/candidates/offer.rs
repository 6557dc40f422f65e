//! Whether a customer can have an offer, until when, and with which code.

use crate::calendar::Instant;
use crate::candidates::candidate::{Candidate, id};
use crate::language::destination::Destination;
use crate::policy::{Benefit, Offer};
use crate::request::catalog::Catalog;
use crate::request::personal_code::PersonalCode;

impl Offer {
    /// Whether it can be redeemed at a destination, as far as that is known.
    pub fn reaches(&self, destination: Destination, catalog: &Catalog) -> bool {
        let lies_in = |region: &String| destination.lies_in(region);
        !self.not_to.iter().any(|region| lies_in(region) != Some(false))
            && match &self.to {
                Some(regions) => regions.iter().any(|region| lies_in(region) == Some(true)),
                None => !matches!(self.benefit, Benefit::FreeShipping(_)) || catalog.ships_alike(destination),
            }
    }
}

/// The customer's own code that a contact may carry now: it has not expired and is no other contact's.
pub(crate) fn code<'a>(candidate: &Candidate<'a>, offer: &Offer) -> Option<&'a PersonalCode> {
    let issued = candidate.context.customer.code_for(&offer.id)?;
    let expired = issued.expires_at.is_some_and(|end| end <= candidate.at);
    let own = match (&issued.contact, &candidate.occurrence) {
        (Some(contact), Some(occurrence)) => *contact == id(candidate, occurrence),
        (contact, _) => contact.is_none(),
    };
    (own && !expired).then_some(issued)
}

/// Whether the code that was issued for this very contact has ended, and the present with it.
pub(crate) fn code_ended(candidate: &Candidate, offer: &Offer) -> bool {
    let issued = candidate.context.customer.code_for(&offer.id).zip(candidate.occurrence.as_ref());
    issued.is_some_and(|(code, occurrence)| {
        code.expires_at.is_some_and(|end| end <= candidate.at)
            && code.contact.as_ref().is_some_and(|contact| *contact == id(candidate, occurrence))
    })
}

/// When an offer that is given now ends; never, where nothing ends it.
pub(crate) fn offer_ends(candidate: &Candidate, offer: &Offer) -> Instant {
    let ends = offer.ends(candidate.context.shop_zone);
    let ends = offer.valid_for.map_or(ends, |length| ends.min(candidate.at + length));
    code(candidate, offer).and_then(|code| code.expires_at).map_or(ends, |end| ends.min(end))
}
