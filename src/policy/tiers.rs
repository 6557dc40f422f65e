//! `tiers`: the condition for each tier of customers.

use crate::base::compiled::compiled;
use crate::base::problem::Problems;
use crate::base::tree::Tree;
use crate::language::condition::Condition;
use crate::language::scope::{Known, Scope};
use crate::reader::shape::{Shape, fields};

pub(crate) const TIERS: Shape = Shape::Object(
    "Tiers",
    fields! {
        "known" optional Shape::Condition, "the condition for the tier `known`; absent: one good order and no open case";
        "advocate" optional Shape::Condition, "the condition for the tier `advocate`; absent: three good orders, no open case, none solved less than 30 days ago, and a latest rating of 9 or 10";
    },
);

/// The condition for each tier.
#[derive(Clone, Debug)]
pub(crate) struct Tiers {
    pub known: Condition,
    pub advocate: Condition,
}

impl Tiers {
    pub fn read(policy: &Tree, mentioned: &Known, problems: &mut Problems) -> Tiers {
        let good_orders = |least: i64| ("orders.good", Tree::from([("$gte", least.into())]));
        let no_case = ("cases.open", Tree::Number(0.0));
        let known = Tree::from([good_orders(1), no_case.clone()]);
        let recently = Tree::from([("$lt", Tree::Number(30.0))]);
        let no_late_case = ("daysSince.case", Tree::from([("$not", recently)]));
        let advocate = Tree::from([good_orders(3), no_case, ("promoter", true.into()), no_late_case]);
        let tiers = policy.get("tiers").unwrap_or(&Tree::Null);
        problems.key("tiers", |problems| {
            let mut read = |key, default| {
                let condition = tiers.get(key).unwrap_or(default);
                problems.key(key, |problems| Condition::read(condition, Scope::Tier(mentioned), problems))
            };
            Tiers { known: read("known", &known), advocate: read("advocate", &advocate) }
        })
    }
}

compiled! { struct Tiers { known, advocate } }
