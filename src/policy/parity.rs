//! Offers for new customers are no better than those that existing customers are given. Practice L4.

use crate::base::problem::{Code, Problems};
use crate::language::condition::Condition;
use crate::policy::campaign::Campaign;
use crate::policy::offer::{Benefit, Offer};

/// Refuses offers for new customers that are better than what those are given who are customers, as long as they last
/// and as widely as they reach. Practice L4.
pub(super) fn guard_parity(offers: &[Offer], campaigns: &[Campaign], problems: &mut Problems) {
    #[cfg(test)]
    if crate::base::switch::is_off("parity") {
        return;
    }
    for offer in offers.iter().filter(|offer| offer.reward.acquisition) {
        let matched = |campaign: &Campaign| {
            let given = campaign.offer.and_then(|place| offers.get(place)).filter(|given| !given.reward.acquisition);
            given.is_some_and(|given| {
                is_as_good(&given.benefit, &offer.benefit)
                    && given.outlasts(offer)
                    && campaign.outlasts(offer)
                    && given.covers(offer)
                    && given.reward.budget.is_none_or(|(max, _)| max > 0)
                    && !campaign.audience.as_ref().is_some_and(Condition::is_for_strangers)
            })
        };
        if !campaigns.iter().any(matched) {
            let message = "better than what any campaign gives those who are customers, for as long and as widely; let one be as good, or give less";
            problems.key("offers", |problems| {
                problems.key(&offer.id, |problems| problems.add_at("acquisition", Code::NotAllowed, message));
            });
        }
    }
}

/// Comparable is what gives the same kind of thing.
fn is_as_good(one: &Benefit, other: &Benefit) -> bool {
    match (one, other) {
        (Benefit::Percent(one), Benefit::Percent(other)) => one >= other,
        (Benefit::Amount(one), Benefit::Amount(other)) => one >= other,
        (one, other) => one.word() == other.word(),
    }
}
