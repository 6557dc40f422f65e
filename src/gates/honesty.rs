//! `honesty`: every claim of the message holds, and every value it inserts is known. www/docs/what-to-say.md has the rules.

use super::gate::{Ahead, Gate, Verdict, first};
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::candidates::message::{Unsaid, choose, surely_said_until};
use crate::candidates::suggest::{check_wanted, suggestions};
use crate::honesty::codes::{NOTHING_TO_SUGGEST, OFFER_NOT_LIVE};
use crate::honesty::proof::{Facts, Proof};
use crate::policy::Benefit;

pub(super) const GATE: Gate = Gate {
    #[cfg(not(target_family = "wasm"))]
    codes: crate::honesty::codes::CODES,
    is_about_news: false,
    sees_contacts: true,
    ahead: Ahead::Always,
    complete: None,
    check: |candidate| first(candidate, &[offer_is_live, something_to_suggest, something_to_say]),
};

/// The offer is what this customer can have now.
pub(super) fn offer_is_live(candidate: &Candidate) -> Verdict {
    let context = candidate.context;
    let Some(offer) = context.policy.offer_of(candidate.campaign) else {
        return Verdict::pass(Instant::NEVER);
    };
    let refuse = |reason: &'static str, until: Instant| {
        let detail = || Tree::from([("offer", (&offer.id).into()), ("reason", reason.into())]);
        Verdict::refuse(candidate, &OFFER_NOT_LIVE, detail, until)
    };
    let ends = offer.ends(context.shop_zone);
    if let Some(begins) = offer.begins(context.shop_zone).filter(|begins| candidate.at < *begins) {
        return refuse("begins", begins);
    }
    if candidate.at >= ends {
        return refuse("over", Instant::NEVER);
    }
    if !offer.reaches(context.customer.destination(), context.catalog) {
        return refuse("destination", Instant::NEVER);
    }
    let facts = Facts::of(candidate);
    if matches!(offer.benefit, Benefit::FreeShipping(_)) && facts.ships_free_already(candidate.standing.cart_total()) {
        return refuse("free", Instant::NEVER);
    }
    let Some(sku) = offer.sku() else {
        return Verdict::pass(ends);
    };
    let Some(product) = context.catalog.product(sku) else {
        // where nothing is known of any article, nothing is known against this one
        return if context.catalog.products.is_empty() {
            Verdict::pass(ends)
        } else {
            refuse("unknown", Instant::NEVER)
        };
    };
    let changes = product.next_change(candidate.at);
    if offer.benefit.is_discount() && product.price(candidate.at) == Some(0) {
        return refuse("free", changes);
    }
    let proof: Proof = facts.in_stock(product).and_then(|()| facts.pauses(product));
    let until = candidate.standing.until;
    match proof.and_then(|()| check_wanted(candidate, sku)) {
        Ok(()) => Verdict::pass(ends.min(until).min(changes)),
        Err((code, detail)) => Verdict::refuse(candidate, code, || detail, until),
    }
}

/// If the campaign suggests an article, the catalogue has one that this customer could want.
fn something_to_suggest(candidate: &Candidate) -> Verdict {
    if candidate.campaign.suggest.get().is_none() {
        return Verdict::pass(Instant::NEVER);
    }
    let until = candidate.standing.until;
    match suggestions(candidate).is_empty() {
        false => Verdict::pass(until),
        true => Verdict::refuse(candidate, &NOTHING_TO_SUGGEST, || Tree::from([]), until),
    }
}

/// A variant of the message can be said.
fn something_to_say(candidate: &Candidate) -> Verdict {
    if let Some(until) = surely_said_until(candidate) {
        return Verdict::pass(until);
    }
    match choose(candidate) {
        Ok(choice) => Verdict::pass(choice.until),
        Err(Unsaid { code, detail, until }) => {
            Verdict { refusal: Some(code.refusal(detail)), until, not_before: until }
        }
    }
}
