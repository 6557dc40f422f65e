//! What giving an offer takes: a budget, a share of the margin, a code of one's own.

use super::{Benefit, Campaign, Offer};
use crate::base::problem::Problems;
use crate::base::tree::Tree;
use crate::calendar::{Unit, parse_duration};
use crate::language::condition::Condition;
use crate::reader::shape::{COUNT, Shape, fields};

pub(super) const BUDGET: Shape = Shape::Object(
    "Budget",
    fields! {
        "max" must COUNT, "how many in the whole shop";
        "per" must Shape::Choice(&crate::calendar::UNITS), "in which unit of the shop's calendar";
    },
);

/// The conditions of giving.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reward {
    /// how many in the whole shop, per unit
    pub budget: Option<(i64, Unit)>,
    /// how many percent of the margin expected of the customer it may cost
    pub margin_share: Option<i64>,
    /// what it costs, in minor units, where the benefit does not say
    pub cost: Option<i64>,
    /// the least milliseconds between two contacts that give it to one customer
    pub again: Option<i64>,
    /// whether it may be given beside another; none: nobody said
    pub stacks: Option<bool>,
    /// whether each customer needs a code of their own
    pub personal: bool,
    /// whether it courts new customers
    acquisition: bool,
}

impl Reward {
    pub fn read(tree: &Tree) -> Reward {
        Reward {
            budget: tree.get("budget").and_then(|tree| Some((tree.integer("max")?, Unit::named(tree.text("per")?)?))),
            margin_share: tree.integer("marginShare"),
            cost: tree.integer("cost"),
            again: match tree.text("again") {
                Some("never") => Some(i64::MAX),
                again => again.and_then(parse_duration),
            },
            stacks: tree.flag("stacks"),
            personal: tree.flag("personal") == Some(true),
            acquisition: tree.flag("acquisition") == Some(true),
        }
    }
}

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
                problems.key(&offer.id, |problems| problems.add_at("acquisition", "not-allowed", message));
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
