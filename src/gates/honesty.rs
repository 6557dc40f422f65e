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
use crate::candidates::candidate::Candidate;
use crate::candidates::message;
use crate::candidates::suggest::check_wanted;
use crate::decision::Refused;
use crate::gates::gate::{Gate, first};
use crate::honesty::proof::{Facts, Proof};

pub(super) const GATE: Gate = Gate {
    name: "honesty",
    check: |candidate| {
        first(vec![offer_is_not_live(candidate), nothing_to_suggest(candidate), message::choose(candidate).err()])
    },
};

/// The offer is not what this customer can have now.
fn offer_is_not_live(candidate: &Candidate) -> Option<Refused> {
    let context = candidate.context;
    let offer = context.policy.offers.get(candidate.campaign.offer?)?;
    let destination = context.customer.destination();
    let begins = offer.begins(context.shop_zone).filter(|begins| candidate.at < *begins);
    let (reason, until) = if let Some(begins) = begins {
        ("begins", begins)
    } else if candidate.at >= offer.ends(context.shop_zone) {
        ("over", Instant::NEVER)
    } else if !offer.reaches(destination, context.catalog) {
        ("destination", Instant::NEVER)
    } else if let Some(product) = context.catalog.product(offer.sku.as_ref()?) {
        let facts = Facts::of(candidate);
        let proof: Proof = facts.in_stock(product).and_then(|()| facts.pauses(product));
        let proof = proof.and_then(|()| check_wanted(candidate, product));
        return proof.err().map(|(code, detail)| Refused { code, detail, until: candidate.standing.until });
    } else if context.catalog.products.is_empty() {
        return None;
    } else {
        ("unknown", Instant::NEVER)
    };
    let detail = Tree::from([("offer", (&offer.id).into()), ("reason", reason.into())]);
    Some(Refused { code: "offer-not-live", detail, until })
}

/// There is no article this customer could want.
fn nothing_to_suggest(candidate: &Candidate) -> Option<Refused> {
    let nothing = candidate.campaign.suggest.is_some() && crate::candidates::suggest::suggested(candidate).is_none();
    nothing.then(|| Refused { code: "nothing-to-suggest", detail: Tree::from([]), until: candidate.standing.until })
}
