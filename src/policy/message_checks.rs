//! What is checked of messages once offers, campaigns and messages are all read.

use super::message::Variant;
use super::parameter::{Inserts, Parameter, Source};
use super::{Benefit, Campaign, Message, Offer, Shop};
use crate::base::problem::{ProblemCode, Problems};
use crate::base::sentence::shortened;
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::language::scope::Known;

/// Checks the parts of the policy that its field `honesty` makes required.
pub(super) fn check_honesty(honesty: &Tree, shop: &Shop, messages: &[Message], problems: &mut Problems) {
    let requires = |key| honesty.flag(key) == Some(true);
    #[cfg(test)]
    let requires = |key| requires(key) && !crate::base::switch::is_off(key);
    if requires("benefit") {
        check_benefits(messages, problems);
    }
    if requires("signer") && shop.signer.is_none() {
        let sentence = "`honesty.signer` is true, so the shop must name the person who signs its messages";
        problems.add_at("shop.signer", ProblemCode::MissingField, sentence);
    }
}

/// Requires the field `benefit` of every variant. Practice D3.
pub(super) fn check_benefits(messages: &[Message], problems: &mut Problems) {
    for message in messages {
        each_variant(message, problems, &mut |variant, problems| {
            if variant.benefit.is_none() {
                let sentence =
                    "`honesty.benefit` is true, so each variant must say why the message is useful to the reader";
                problems.add_at("benefit", ProblemCode::MissingField, sentence);
            }
        });
    }
}

/// Calls a function for each variant of a message, with the variant's path.
pub(super) fn each_variant(message: &Message, problems: &mut Problems, check: &mut dyn FnMut(&Variant, &mut Problems)) {
    for translation in &message.translations {
        problems.key(&concat(&["messages.", &message.id, ".", &translation.locale]), |problems| {
            for (index, variant) in translation.variants.iter().enumerate() {
                problems.index(index, |problems| check(variant, problems));
            }
        });
    }
}

/// Refuses parameters and claims that a campaign with the message can never have.
pub(super) fn check_parameters(
    campaigns: &[Campaign],
    messages: &[Message],
    (offers, known): (&[Offer], &Known),
    has_signer: bool,
    problems: &mut Problems,
) {
    for (index, message) in messages.iter().enumerate() {
        let uses = |campaign: &Campaign| campaign.uses(index);
        each_variant(message, problems, &mut |variant, problems| {
            let suggests_nothing = |campaign: &Campaign| {
                uses(campaign) && campaign.suggest.get().is_none() && !campaign.kind.names_its_article()
            };
            if variant.claims().iter().any(|claim| claim.is_about_suggestion())
                && campaigns.iter().any(suggests_nothing)
            {
                let sentence = "a claim without `sku` is about the article that the campaign suggests, but a campaign with this message has no `suggest`; name the `sku`";
                problems.add_at("claims", ProblemCode::MissingField, sentence);
            }
            for parameter in &variant.parameters {
                if let Inserts::Fact(path, _) = &parameter.inserts {
                    problems.key(parameter.field, |problems| path.check_mention(known, problems));
                }
                let impossible = |campaign: &&Campaign| {
                    uses(campaign) && !is_possible(parameter, campaign, variant, offers, has_signer)
                };
                if let Some(campaign) = campaigns.iter().find(impossible) {
                    problems.add_at(parameter.field, ProblemCode::UnknownReference, || {
                        let (id, name) = (shortened(&campaign.id), shortened(&parameter.name));
                        let mend = "`; remove it from this text, or give the campaign a message of its own";
                        concat(&["the campaign `", &id, "` has no `", &name, mend])
                    });
                }
            }
        });
    }
}

/// Whether a campaign can ever have a parameter of its message.
fn is_possible(
    parameter: &Parameter,
    campaign: &Campaign,
    variant: &Variant,
    offers: &[Offer],
    has_signer: bool,
) -> bool {
    let Some(row) = parameter.inserts.row() else { return true };
    let offer = campaign.offer_in(offers);
    match row.source {
        Source::Always | Source::Shipping => true,
        Source::Signer => has_signer,
        Source::Product => {
            campaign.suggest.get().is_some()
                || campaign.kind.speaks_of_article()
                || variant.claims().iter().any(|claim| claim.sku().is_some())
        }
        Source::Reduction => variant.claims().iter().any(|claim| claim.is_reduction()),
        Source::Offer => offer.is_some(),
        Source::Percent => offer.is_some_and(|offer| matches!(offer.benefit, Benefit::Percent(_))),
        Source::Amount => offer.is_some_and(|offer| matches!(offer.benefit, Benefit::Amount(_))),
        Source::Expiry => offer.is_some_and(Offer::expires),
        Source::Order | Source::Item | Source::Day => campaign.kind.occasion.sources().contains(&row.source),
    }
}
