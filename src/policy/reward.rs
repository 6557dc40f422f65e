//! What limits an offer: a budget, a share of the margin, a personal code.

use crate::base::compiled::compiled;
use crate::base::parts::{Again, Part, Spending};
use crate::base::tree::Tree;
use crate::calendar::{Unit, parse_duration};
use crate::reader::shape::{COUNT, Shape, fields};

pub(super) const BUDGET: Shape = Shape::Object(
    "Budget",
    fields! {
        "max" required COUNT, "how often the whole shop may give the offer";
        "per" required Shape::Choice(&crate::calendar::UNITS), "in which calendar unit of the shop's zone";
    },
);

/// How often the whole shop may give an offer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    pub max: i64,
    pub per: Unit,
}

/// The conditions under which an offer is given.
#[derive(Clone, Debug)]
pub(crate) struct Reward {
    pub budget: Part<Budget, Spending>,
    /// how many percent of the margin expected of the customer the offer may cost
    pub margin_share: Part<i64, Spending>,
    /// what the offer costs, in minor units, if the benefit does not say it
    pub cost: Option<i64>,
    /// the least milliseconds between two contacts that give the offer to one customer
    pub again: Part<i64, Again>,
    /// whether the customer may use it together with another offer; none: the policy does not say
    pub stacks: Option<bool>,
    /// whether each customer needs a code of their own
    pub personal: bool,
    /// whether it is for new customers
    pub acquisition: bool,
}

impl Reward {
    pub fn read(tree: &Tree) -> Reward {
        Reward {
            budget: tree
                .get("budget")
                .and_then(|tree| Some(Budget { max: tree.integer("max")?, per: Unit::named(tree.text("per")?)? }))
                .into(),
            margin_share: tree.integer("marginShare").into(),
            cost: tree.integer("cost"),
            again: match tree.text("again") {
                Some("never") => Some(i64::MAX),
                again => again.and_then(parse_duration),
            }
            .into(),
            stacks: tree.flag("stacks"),
            personal: tree.flag("personal") == Some(true),
            acquisition: tree.flag("acquisition") == Some(true),
        }
    }
}

compiled! {
    struct Budget { max, per }
    struct Reward { budget, margin_share, cost, again, stacks, personal, acquisition }
}
