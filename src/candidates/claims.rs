//! What the claims of a message are held against.

use crate::candidates::candidate::Candidate;
use crate::candidates::occasions::found::About;
use crate::honesty::proof::Facts;
use crate::language::words::Class;
use crate::policy::Offer;
use crate::policy::details::{Details, Timing};
use crate::policy::kind::Occasion;
use crate::request::cart::Cart;
use crate::request::item::Item;
use crate::request::product::Product;

impl<'a> Facts<'a> {
    /// The facts at the candidate's instant. Which article a campaign suggests, `choose` decides.
    pub fn of(candidate: &Candidate<'a>) -> Facts<'a> {
        let (context, campaign) = (candidate.context, candidate.campaign);
        let offer = context.policy.offer_of(campaign);
        let is_spoken_of = campaign.suggest.get().is_none() || campaign.kind.names_its_article();
        Facts {
            catalog: context.catalog,
            destination: context.customer.destination(),
            at: candidate.at,
            offer: offer.map(|offer: &Offer| (&offer.benefit, offer.begins(context.shop_zone).unwrap_or(candidate.at))),
            only: offer.and_then(Offer::sku),
            product: if is_spoken_of { spoken_of(candidate) } else { None },
            is_spoken_of,
            home: context.policy.shop.country.as_deref(),
            pause: context.policy.pause,
            promotes: campaign.class == Class::Promotional,
            steps: &context.steps,
        }
    }
}

/// The article that a candidate speaks of: its own, or the first of its order or of the cart that the catalogue lists. Neither one that
/// was sent back, nor one of another family than the campaign's, nor one in the cart that is sold out.
fn spoken_of<'a>(candidate: &Candidate<'a>) -> Option<&'a Product> {
    let Candidate { context, campaign, standing, .. } = candidate;
    let product = |item: &'a Item| context.catalog.product(item.sku.as_ref()?);
    let timing = match &campaign.details {
        Details::Orders(_, timing, _) => Some(timing),
        _ => None,
    };
    let is_meant = |item: &&Item| {
        item.returned_at.is_none_or(|at| at > standing.at)
            && timing.is_none_or(|timing: &Timing| timing.is_about(item.family.as_deref()))
    };
    match &candidate.occurrence.as_ref()?.about {
        _ if !campaign.kind.speaks_of_article() => None,
        About::Article(_, item) => product(item),
        About::Order(order) => order.items.iter().filter(is_meant).find_map(product),
        _ if campaign.kind.occasion == Occasion::Cart => {
            let items = context.customer.cart.get().map_or(&[][..], Cart::items);
            items.iter().filter_map(product).find(|product| !product.is_sold_out())
        }
        _ => None,
    }
}
