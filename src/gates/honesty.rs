//! `honesty`: the message says nothing that is not so, nor anything it cannot know. www/docs/honesty.md has the rules.
//!
//! - `offer-not-live`: the offer cannot be redeemed now by this customer: `offer`, and as `reason` that it has not begun, is over,
//!   does not reach them, or is for an article that is not among those listed (`begins`, `over`, `destination`, `unknown`)
//! - `out-of-stock`: `sku`
//! - `not-as-described`: the promotions of a `family` pause: `count`, `pause`
//! - `unwanted`: what a kind should offer that offers something else, this customer has or would not want: `sku`
//! - `nothing-to-suggest`: no article of the catalogue is one this customer could want
//! - `claim-unproven`, `surcharge-unstated`, `raffle-unproven`: no variant is left without a claim that does not hold; figures
//!   of the first: `claim`, `sku`, `claimed`, `allowed`, `lowest`, `since`; `what`; `raffle`, `missing`, `withoutWinner`
//! - `parameter-missing`: every variant inserts something that is unknown for this customer: `parameters`

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Look;
use crate::candidates::message;
use crate::candidates::suggest::check_wanted;
use crate::decision::Refused;
use crate::gates::gate::{Gate, first};
use crate::honesty::proof::{Facts, Proof};

pub(super) const GATE: Gate = Gate {
    name: "honesty",
    check: |look| first(vec![offer_is_not_live(look), nothing_to_suggest(look), message::choose(look).err()]),
};

/// The offer is not what this customer can have now.
fn offer_is_not_live(look: &Look) -> Option<Refused> {
    let scene = look.scene;
    let offer = scene.policy.offers.get(look.campaign.offer?)?;
    let destination = scene.customer.destination();
    let begins = offer.begins(scene.shop_zone).filter(|begins| look.at < *begins);
    let (reason, until) = if let Some(begins) = begins {
        ("begins", begins)
    } else if look.at >= offer.ends(scene.shop_zone) {
        ("over", Instant::NEVER)
    } else if !offer.reaches(destination, scene.catalog) {
        ("destination", Instant::NEVER)
    } else if let Some(product) = scene.catalog.product(offer.sku.as_ref()?) {
        let facts = Facts::of(look);
        let proof: Proof = facts.in_stock(product).and_then(|()| facts.pauses(product));
        let proof = proof.and_then(|()| check_wanted(look, product));
        return proof.err().map(|(code, detail)| Refused { code, detail, until: look.standing.until });
    } else if scene.catalog.products.is_empty() {
        return None;
    } else {
        ("unknown", Instant::NEVER)
    };
    let detail = Tree::from([("offer", (&offer.id).into()), ("reason", reason.into())]);
    Some(Refused { code: "offer-not-live", detail, until })
}

/// There is no article this customer could want.
fn nothing_to_suggest(look: &Look) -> Option<Refused> {
    let nothing = look.campaign.suggest.is_some() && crate::candidates::suggest::suggested(look).is_none();
    nothing.then(|| Refused { code: "nothing-to-suggest", detail: Tree::from([]), until: look.standing.until })
}
