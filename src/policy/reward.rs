//! What giving an offer takes: a budget, a share of the margin, a code of one's own.

use crate::base::tree::Tree;
use crate::calendar::{Unit, parse_duration};
use crate::reader::shape::{COUNT, Shape, fields};

pub(super) const BUDGET: Shape = Shape::Object(
    "Budget",
    fields! {
        "max" required COUNT, "how many in the whole shop";
        "per" required Shape::Choice(&crate::calendar::UNITS), "in which unit of the shop's calendar";
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
    pub acquisition: bool,
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
