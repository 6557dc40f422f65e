//! When a relation is in which phase.

use crate::base::tree::Tree;
use crate::calendar::{DAY, parse_duration};
use crate::reader::shape::{COUNT, Shape, fields};

pub(crate) const PHASES: Shape = Shape::Object(
    "Phases",
    fields! {
        "goodOrders" optional COUNT, "how many good orders identification takes; absent: 3";
        "lapsedAfter" optional Shape::Duration, "since the latest order; absent: 365d";
        "holdPromotions" optional Shape::Flag, "true: nothing promotional in letdown";
    },
);

/// When a relation is in which phase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phases {
    pub good_orders: i64,
    /// milliseconds
    pub lapsed_after: i64,
    /// whether letdown holds what is promotional
    pub hold_promotions: bool,
}

impl Phases {
    pub fn read(policy: &Tree) -> Phases {
        let phases = policy.get("phases").unwrap_or(&Tree::Null);
        Phases {
            good_orders: phases.integer("goodOrders").unwrap_or(3),
            hold_promotions: phases.flag("holdPromotions") == Some(true),
            lapsed_after: phases.text("lapsedAfter").and_then(parse_duration).unwrap_or(365 * DAY),
        }
    }
}
