//! What a campaign may give.

use crate::calendar::parse_duration;
use crate::problem::Problems;
use crate::read::{MONEY, Shape, fields};
use crate::tree::Tree;
use std::borrow::Cow;

pub(crate) const OFFER: Shape = Shape::Object(
    "Offer",
    fields! {
        "percent" may Shape::Number { min: 0.01, max: 100.0 }, "off, 10 is 10 %";
        "amount" may MONEY, "off, in minor units";
        "shipping" may Shape::Choice(&["free"]), "what shipping costs";
        "access" may Shape::Name, "what it opens";
        "validFor" may Shape::Duration, "from the contact on";
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

/// Something a campaign may give.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub id: String,
    pub benefit: Benefit,
    /// milliseconds from the contact on
    pub valid_for: Option<i64>,
    pub code: Option<String>,
}

pub(crate) fn read_all(entries: &[(Cow<'static, str>, Tree)], problems: &mut Problems) -> Vec<Offer> {
    let read = |(id, tree): &(Cow<str>, Tree)| problems.key(id, |problems| Offer::read(id, tree, problems));
    entries.iter().filter_map(read).collect()
}

impl Offer {
    fn read(id: &str, tree: &Tree, problems: &mut Problems) -> Option<Offer> {
        let said: Vec<&str> = BENEFITS.into_iter().filter(|benefit| tree.get(benefit).is_some()).collect();
        match (said.as_slice(), tree) {
            ([_], _) => {}
            ([], Tree::Object(_)) => {
                problems.add("missing-field", "an offer gives one of `percent`, `amount`, `shipping`, `access`".into());
            }
            ([_, second, ..], _) => {
                problems.add_at(second, "not-allowed", "an offer gives one thing; make a second offer of this".into());
            }
            _ => {}
        }
        let percent = match tree.get("percent") {
            Some(Tree::Number(percent)) => Some(Benefit::Percent(*percent)),
            _ => None,
        };
        let amount = || tree.integer("amount").map(Benefit::Amount);
        let shipping = || tree.text("shipping").map(|_| Benefit::FreeShipping);
        let access = || tree.text("access").map(|_| Benefit::Access);
        Some(Offer {
            id: id.to_owned(),
            benefit: percent.or_else(amount).or_else(shipping).or_else(access)?,
            valid_for: tree.text("validFor").and_then(parse_duration),
            code: tree.text("code").map(str::to_owned),
        })
    }
}
