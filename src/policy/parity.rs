//! An offer for new customers must not be better than every offer that existing customers can get. Practice L4.

use crate::base::problem::{ProblemCode, Problems};
use crate::language::condition::Condition;
use crate::policy::campaign::Campaign;
use crate::policy::offer::{Benefit, Offer};

/// Refuses an `acquisition` offer unless some campaign gives existing customers an offer that is as good, lasts as long and is
/// valid for the same articles and places. For example, 20 % for new customers needs 20 % or more for existing ones.
pub(super) fn check_parity(offers: &[Offer], campaigns: &[Campaign], problems: &mut Problems) {
    #[cfg(test)]
    if crate::base::switch::is_off("parity") {
        return;
    }
    for offer in offers.iter().filter(|offer| offer.reward.acquisition) {
        let matches = |campaign: &Campaign| {
            let other = campaign.offer_in(offers).filter(|other| !other.reward.acquisition);
            other.is_some_and(|other| {
                is_as_good(&other.benefit, &offer.benefit)
                    && other.outlasts(offer)
                    && campaign.outlasts(offer)
                    && other.covers(offer)
                    && other.reward.budget.is_none_or(|budget| budget.max > 0)
                    && !campaign.audience.as_ref().is_some_and(Condition::is_for_strangers)
            })
        };
        if !campaigns.iter().any(matches) {
            let sentence = "better than any offer that a campaign gives existing customers for the same time, articles and places; give them one that is as good, or make this one smaller";
            problems.key("offers", |problems| {
                problems.key(&offer.id, |problems| problems.add_at("acquisition", ProblemCode::NotAllowed, sentence));
            });
        }
    }
}

/// Whether one benefit is as good as another of the same kind; 10 % and 5 € cannot be compared.
fn is_as_good(one: &Benefit, other: &Benefit) -> bool {
    match (one, other) {
        (Benefit::Percent(one), Benefit::Percent(other)) => one >= other,
        (Benefit::Amount(one), Benefit::Amount(other)) => one >= other,
        (one, other) => one.word() == other.word(),
    }
}
