//! What the claims of a message are held against.

use crate::candidates::candidate::Look;
use crate::candidates::suggest::suggested;
use crate::honesty::proof::Facts;
use crate::language::words::Class;
use crate::policy::Offer;

impl<'a> Facts<'a> {
    pub fn of(look: &Look<'a>) -> Facts<'a> {
        let (scene, campaign) = (look.scene, look.campaign);
        let offer = campaign.offer.and_then(|place| scene.policy.offers.get(place));
        Facts {
            catalog: scene.catalog,
            destination: scene.customer.destination(),
            at: look.at,
            offer: offer.map(|offer: &Offer| (&offer.benefit, offer.begins(scene.shop_zone).unwrap_or(look.at))),
            only: offer.and_then(|offer| offer.sku.as_ref()),
            product: suggested(look),
            pause: scene.policy.pause,
            promotes: campaign.class == Class::Promotional,
        }
    }
}
