//! `calm`: when promotional contacts pause: after a purchase, when they are ignored, after an unusually large order.

use crate::base::compiled::compiled;
use crate::base::tree::Tree;
use crate::calendar::parse_duration;
use crate::reader::shape::{Shape, fields};

const BACK_OFF: Shape = Shape::Object(
    "BackOff",
    fields! {
        "ignored" required Shape::Integer { min: 1, max: 1_000 }, "how many promotional contacts in a row the customer ignored";
        "for" required Shape::Duration, "how long the pause lasts, counted from the latest of them";
    },
);

const BALANCE: Shape = Shape::Object(
    "Balance",
    fields! {
        "promotions" required Shape::Integer { min: 0, max: 1_000 }, "how many promotional contacts are allowed for each relational contact";
        "per" required Shape::Duration, "the time in which contacts are counted, for example `30d`";
    },
);

const LARGE_ORDER: Shape = Shape::Object(
    "LargeOrder",
    fields! {
        "percent" required Shape::Integer { min: 100, max: 100_000 }, "an order is large from this percentage of the average of the earlier orders on, for example 300; at least two earlier orders are needed";
        "for" required Shape::Duration, "how long the pause lasts, counted from the order";
    },
);

pub(crate) const CALM: Shape = Shape::Object(
    "Calm",
    fields! {
        "until" optional Shape::Duration, "promotional contacts pause from a purchase until this time after its delivery; absent: no pause";
        "backOff" optional BACK_OFF, "promotional contacts pause when the customer ignores them; absent: no pause";
        "balance" optional BALANCE, "promotional contacts are limited by the number of relational ones; absent: no such limit";
        "largeOrder" optional LARGE_ORDER, "promotional contacts pause after an unusually large order; absent: no pause";
    },
);

/// When promotional contacts pause. Durations are in milliseconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calm {
    /// the pause after a delivery
    pub after_delivery: Option<i64>,
    pub back_off: Option<BackOff>,
    pub balance: Option<Balance>,
    pub large_order: Option<LargeOrder>,
}

/// The pause after promotional contacts that were ignored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BackOff {
    /// how many in a row
    pub ignored: i64,
    pub pause: i64,
}

/// How many promotional contacts are allowed beside relational ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Balance {
    /// for each relational contact
    pub promotions: i64,
    /// the rolling window
    pub per: i64,
}

/// The pause after an unusually large order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LargeOrder {
    /// of the average of the earlier orders
    pub percent: i64,
    pub pause: i64,
}

impl Calm {
    pub fn read(policy: &Tree) -> Calm {
        let calm = policy.get("calm").unwrap_or(&Tree::Null);
        let duration = |tree: &Tree, key: &str| tree.text(key).and_then(parse_duration);
        let pair = |key: &str, count: &str, time: &str| {
            let tree = calm.get(key)?;
            Some((tree.integer(count)?, duration(tree, time)?))
        };
        Calm {
            after_delivery: duration(calm, "until"),
            back_off: pair("backOff", "ignored", "for").map(|(ignored, pause)| BackOff { ignored, pause }),
            balance: pair("balance", "promotions", "per").map(|(promotions, per)| Balance { promotions, per }),
            large_order: pair("largeOrder", "percent", "for").map(|(percent, pause)| LargeOrder { percent, pause }),
        }
    }
}

compiled! {
    struct Calm { after_delivery, back_off, balance, large_order }
    struct BackOff { ignored, pause }
    struct Balance { promotions, per }
    struct LargeOrder { percent, pause }
}
