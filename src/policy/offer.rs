//! What a campaign may give.

use super::reward::{BUDGET, Reward};
use crate::calendar::parse_duration;
use crate::problem::Problems;
use crate::read::{MONEY, Shape, fields};
use crate::tree::Tree;

pub(crate) const OFFER: Shape = Shape::Object(
    "Offer",
    fields! {
        "percent" may Shape::Number { min: 0.01, max: 100.0 }, "off, 10 is 10 %";
        "amount" may MONEY, "off, in minor units";
        "shipping" may Shape::Choice(&["free"]), "what shipping costs";
        "access" may Shape::Name, "what it opens";
        "validFor" may Shape::Duration, "from the contact on";
        "personal" may Shape::Flag, "true: each customer needs a code of their own, which the server issues";
        "budget" may BUDGET, "how many in the whole shop; absent: any number";
        "again" may Shape::Repeat, "the least time until one customer is given it again, or `never`; absent: any";
        "marginShare" may Shape::Integer { min: 0, max: 1_000 }, "percent of the margin expected of the customer that it may cost";
        "cost" may MONEY, "what it costs, for `marginShare`; absent: the amount, or the percentage of the average order";
        "stacks" may Shape::Flag, "false: never given beside another offer";
        "acquisition" may Shape::Flag, "true: for those who are no customers yet; must not be better than the others";
        "code" may Shape::Text, "one that everybody may know; a personal one is issued by the server and comes with the customer";
    },
);

/// The ways to give; an offer is exactly one.
const BENEFITS: [&str; 4] = ["percent", "amount", "shipping", "access"];

/// What is given.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Benefit {
    Percent(f64),
    Amount(i64),
    FreeShipping,
    Access,
}

impl Benefit {
    /// The field of an offer that says it.
    pub fn word(&self) -> &'static str {
        match self {
            Benefit::Percent(_) => "percent",
            Benefit::Amount(_) => "amount",
            Benefit::FreeShipping => "shipping",
            Benefit::Access => "access",
        }
    }
}

/// Something a campaign may give.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub id: String,
    pub benefit: Benefit,
    /// milliseconds from the contact on
    pub valid_for: Option<i64>,
    pub code: Option<String>,
    /// what giving it takes
    pub reward: Reward,
}

impl Offer {
    pub fn read(id: &str, tree: &Tree, problems: &mut Problems) -> Option<Offer> {
        let mut said = BENEFITS.iter().filter(|benefit| tree.get(benefit).is_some());
        match (said.next(), said.next()) {
            (None, _) if matches!(tree, Tree::Object(_)) => {
                problems.add("missing-field", "an offer gives one of `percent`, `amount`, `shipping`, `access`");
            }
            (_, Some(second)) => {
                problems.add_at(second, "not-allowed", "an offer gives one thing; make a second offer of this");
            }
            _ => {}
        }
        let benefit = if let Some(percent) = tree.number("percent") {
            Benefit::Percent(percent)
        } else if let Some(amount) = tree.integer("amount") {
            Benefit::Amount(amount)
        } else if tree.text("shipping").is_some() {
            Benefit::FreeShipping
        } else {
            tree.text("access").map(|_| Benefit::Access)?
        };
        Some(Offer {
            id: id.to_owned(),
            benefit,
            valid_for: tree.text("validFor").and_then(parse_duration),
            code: tree.owned("code"),
            reward: Reward::read(tree),
        })
    }
}
