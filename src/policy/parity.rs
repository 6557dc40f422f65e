//! An offer for new customers must not be better than every offer that existing customers can get. Practice L4.

use crate::base::problem::{ProblemCode, Problems};
use crate::base::steps::Looked;
use crate::language::condition::Condition;
use crate::language::strangers::Customers;
use crate::policy::campaign::Campaign;
use crate::policy::offer::{Benefit, Offer};

/// Refuses an offer for new customers unless campaigns give existing customers an offer that is as good at each of its instants and is
/// valid for the same articles and places. For example, 20 % for new customers needs 20 % or more for existing ones. An offer is for
/// new customers if it says so (`acquisition`), or if only campaigns for people without an order give it.
pub(super) fn check_parity(
    offers: &[Offer],
    campaigns: &[Campaign],
    segments: &[(String, Condition)],
    problems: &mut Problems,
) {
    #[cfg(test)]
    if crate::base::switch::is_off("parity") {
        return;
    }
    let steps = problems.steps.clone();
    let customers = Customers::of(segments, &steps);
    let is_for_strangers =
        |campaign: &Campaign| campaign.audience.get().is_some_and(|audience| customers.are_excluded_by(audience));
    // each is asked once; by offer, whether only strangers are given it
    let (mut strangers, mut others, mut for_strangers) = (Vec::new(), Vec::new(), vec![None; offers.len()]);
    for campaign in campaigns.iter().filter(|campaign| !campaign.paused) {
        let Some(only) = campaign.offer.and_then(|index| for_strangers.get_mut(index)) else { continue };
        let is_for_strangers = is_for_strangers(campaign);
        *only = Some(*only != Some(false) && is_for_strangers);
        if is_for_strangers { strangers.push(campaign) } else { others.push(campaign) }
    }
    for (index, (offer, only)) in offers.iter().zip(for_strangers).enumerate() {
        let is_acquisition = offer.reward.acquisition || only == Some(true);
        // eight campaigns are asked in a step
        if !is_acquisition || !steps.take(Looked::Rule, campaigns.len() / 8) {
            continue;
        }
        // for each campaign that gives it, at the time at which that gives it
        let mut lives = Vec::new();
        let givers = strangers.iter().chain(&others).filter(|campaign| campaign.offer == Some(index));
        givers.for_each(|campaign| lives.push(campaign.life_of(offer)));
        if lives.is_empty() {
            lives.push(offer.life());
        }
        let is_matched = lives.iter().all(|life| {
            let mut matching = Vec::new();
            for campaign in &others {
                let other = campaign.offer_in(offers).filter(|other| {
                    !other.reward.acquisition
                        && is_as_good(&other.benefit, &offer.benefit)
                        && steps.take(Looked::Element, other.size_beside(offer))
                        && other.covers(offer)
                        && other.reward.budget.get().is_none_or(|budget| budget.max > 0)
                });
                matching.extend(other.map(|other| campaign.life_of(other)));
            }
            life.is_covered(matching, &steps)
        });
        if !is_matched {
            let sentence = "better than any offer that a campaign gives existing customers for the same time, articles and places; give them one that is as good, or make this one smaller";
            problems.key("offers", |problems| {
                problems.key(&offer.id, |problems| match offer.reward.acquisition {
                    true => problems.add_at("acquisition", ProblemCode::NotAllowed, sentence),
                    false => problems.add(ProblemCode::NotAllowed, sentence),
                });
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
