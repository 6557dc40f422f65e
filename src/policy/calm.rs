//! When promotions rest: after a purchase, after silence, after an order that cost somebody a lot.

use crate::base::tree::Tree;
use crate::calendar::parse_duration;
use crate::reader::shape::{Shape, fields};

const BACK_OFF: Shape = Shape::Object(
    "BackOff",
    fields! {
        "ignored" required Shape::Integer { min: 1, max: 1_000 }, "after so many promotional contacts ignored in a row";
        "for" required Shape::Duration, "how long from the latest of them";
    },
);

const BALANCE: Shape = Shape::Object(
    "Balance",
    fields! {
        "promotions" required Shape::Integer { min: 0, max: 1_000 }, "how many promotional contacts for each relational one";
        "per" required Shape::Duration, "in this time";
    },
);

const LARGE_ORDER: Shape = Shape::Object(
    "LargeOrder",
    fields! {
        "percent" required Shape::Integer { min: 100, max: 100_000 }, "of the average of the orders before it, of which there must be two";
        "for" required Shape::Duration, "how long from the order on";
    },
);

pub(crate) const CALM: Shape = Shape::Object(
    "Calm",
    fields! {
        "until" optional Shape::Duration, "no promotion from a purchase until its delivery and this; absent: no such calm";
        "backOff" optional BACK_OFF, "no promotion for a while when they are ignored";
        "balance" optional BALANCE, "no more promotions than what is given in `per` as many relational ones allow";
        "largeOrder" optional LARGE_ORDER, "no promotion for a while after an unusually large order";
    },
);

/// When promotions rest. Lengths in milliseconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calm {
    /// after a delivery
    pub until: Option<i64>,
    /// after so many ignored in a row: how long
    pub back_off: Option<(i64, i64)>,
    /// how many for each relational contact, in how long
    pub balance: Option<(i64, i64)>,
    /// after an order of so many percent of the usual: how long
    pub large_order: Option<(i64, i64)>,
}

impl Calm {
    pub fn read(policy: &Tree) -> Calm {
        let calm = policy.get("calm").unwrap_or(&Tree::Null);
        let length = |tree: &Tree, key: &str| tree.text(key).and_then(parse_duration);
        let pair = |key: &str, count: &str, time: &str| {
            let tree = calm.get(key)?;
            Some((tree.integer(count)?, length(tree, time)?))
        };
        Calm {
            until: length(calm, "until"),
            back_off: pair("backOff", "ignored", "for"),
            balance: pair("balance", "promotions", "per"),
            large_order: pair("largeOrder", "percent", "for"),
        }
    }
}
