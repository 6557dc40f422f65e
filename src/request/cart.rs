//! The cart of a customer.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::reader::shape::{MONEY, QUANTITY, Shape, fields};
use crate::reader::value::thousandths;
use crate::request::item::{ITEM, Item};

pub(crate) const CART: Shape = Shape::Object(
    "Cart",
    fields! {
        "total" optional MONEY, "in minor units; absent: the sum of the items, where the price of each is known";
        "count" optional QUANTITY, "how many articles; absent: the sum of the items";
        "families" optional Shape::List(&Shape::Name), "the product families in the cart; absent: those of the items";
        "items" optional Shape::List(&ITEM), "the articles in the cart";
        "at" optional Shape::Instant, "when the customer last changed the cart";
    },
);

/// The cart of a customer.
#[derive(Clone, Debug)]
pub(crate) struct Cart {
    /// as the shop gives it; else it is computed from the items
    pub total: Option<i64>,
    /// in thousandths
    pub count: Option<i64>,
    pub families: Option<Vec<String>>,
    pub items: Option<Vec<Item>>,
    pub at: Option<Instant>,
}

impl Cart {
    pub(super) fn read(tree: &Tree) -> Cart {
        Cart {
            total: tree.integer("total"),
            count: tree.number("count").map(thousandths),
            families: tree.get("families").map(|_| tree.texts("families")),
            items: tree.get("items").map(|_| Item::read_list(tree)),
            at: tree.instant("at"),
        }
    }

    /// The items; none if the shop does not give them.
    pub fn items(&self) -> &[Item] {
        self.items.as_deref().unwrap_or_default()
    }
}
