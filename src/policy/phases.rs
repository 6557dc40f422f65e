//! `phases`: which customers are in which phase of their relation with the shop.

use crate::base::compiled::compiled;
use crate::base::tree::Tree;
use crate::calendar::{DAY, parse_duration};
use crate::reader::shape::{COUNT, Shape, fields};

pub(crate) const PHASES: Shape = Shape::Object(
    "Phases",
    fields! {
        "goodOrders" optional COUNT, "how many good orders a customer needs for the phase `identification`; absent: 3";
        "lapsedAfter" optional Shape::Duration, "a customer whose latest order is older than this is in the phase `lapsed`; absent: 365d";
        "settle" optional Shape::Duration, "an order that was delivered less than this ago is a reason for the phase `letdown` until the customer gives a rating of 7 or more after it: ask before selling; absent: no such reason";
        "holdPromotions" optional Shape::Flag, "true: customers in the phase `letdown` get no promotional contacts";
    },
);

/// Which customers are in which phase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phases {
    /// how many the phase `identification` needs
    pub good_orders: i64,
    /// milliseconds since the latest order
    pub lapsed_after: i64,
    /// milliseconds after a delivery in which the shop asks before it sells
    pub settle: Option<i64>,
    /// whether customers in the phase `letdown` get no promotional contacts
    pub hold_promotions: bool,
}

impl Phases {
    pub fn read(policy: &Tree) -> Phases {
        let phases = policy.get("phases").unwrap_or(&Tree::Null);
        Phases {
            good_orders: phases.integer("goodOrders").unwrap_or(3),
            settle: phases.text("settle").and_then(parse_duration),
            hold_promotions: phases.flag("holdPromotions") == Some(true),
            lapsed_after: phases.text("lapsedAfter").and_then(parse_duration).unwrap_or(365 * DAY),
        }
    }
}

compiled! { struct Phases { good_orders, lapsed_after, settle, hold_promotions } }
