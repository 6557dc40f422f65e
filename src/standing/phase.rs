//! Phases: how far a relation has come. Practice L1.

use super::Standing;
use crate::calendar::{DAY, Instant, parse_duration};
use crate::ledger::words;
use crate::read::{COUNT, Shape, fields};
use crate::tree::Tree;

pub(crate) const PHASES: Shape = Shape::Object(
    "Phases",
    fields! {
        "goodOrders" may COUNT, "how many good orders identification takes; absent: 3";
        "lapsedAfter" may Shape::Duration, "since the latest order; absent: 365d";
        "holdPromotions" may Shape::Flag, "true: nothing promotional in letdown";
    },
);

/// How far a relation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// expectations, and nothing yet to measure them by
    Illusion,
    /// less came than was promised
    Letdown,
    /// was served well
    Trust,
    /// speaks well of the shop
    Identification,
    /// has not come back for long
    Lapsed,
}
words!(Phase, Illusion "illusion", Letdown "letdown", Trust "trust", Identification "identification", Lapsed "lapsed");

impl Phase {
    /// Those in which no less was given than promised.
    pub(crate) const CONTENT: &'static [Phase] = &[Phase::Illusion, Phase::Trust, Phase::Identification, Phase::Lapsed];
    pub(crate) const ALL: &'static [Phase] =
        &[Phase::Illusion, Phase::Letdown, Phase::Trust, Phase::Identification, Phase::Lapsed];
}

/// From which rating on somebody is let down no more, and from which they speak well of the shop.
const CONTENT: f64 = 7.0;
pub(super) const PROMOTER: f64 = 9.0;

/// When a relation is in which phase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phases {
    good_orders: i64,
    /// milliseconds
    lapsed_after: i64,
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

    /// The phase, why, and until when it stands at most.
    pub fn of(&self, standing: &Standing) -> (Phase, &'static str, Instant) {
        let (at, orders) = (standing.at, &standing.orders);
        let rating = standing.last_rating();
        let low = rating.is_some_and(|(given, score)| score < CONTENT && (given.is_none() || orders.delivery <= given));
        let gaps = [
            (standing.open_cases > 0, "case-open"),
            (orders.incidents > 0, "incident"),
            (orders.late > 0, "late"),
            (low, "low-rating"),
        ];
        if let Some((_, code)) = gaps.into_iter().find(|(there, _)| *there) {
            return (Phase::Letdown, code, Instant::NEVER);
        }
        let lapses = orders.last.map_or(Instant::NEVER, |last| last + self.lapsed_after);
        if at >= lapses {
            return (Phase::Lapsed, "long-ago", Instant::NEVER);
        }
        let (phase, code) = if orders.good >= self.good_orders && standing.is_promoter() {
            (Phase::Identification, "promoter")
        } else if orders.good >= 1 {
            (Phase::Trust, "served-well")
        } else {
            (Phase::Illusion, "nothing-yet")
        };
        (phase, code, lapses)
    }

    /// Why a relation is in its phase.
    pub fn because(&self, standing: &Standing) -> Tree {
        let (phase, code, _) = self.of(standing);
        Tree::from([("phase", phase.word().into()), ("code", code.into())])
    }
}
