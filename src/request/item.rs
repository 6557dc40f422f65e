//! An article in an order or a cart.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::reader::shape::{MONEY, QUANTITY, Shape, fields};
use crate::reader::value::thousandths;

pub(crate) const ITEM: Shape = Shape::Object(
    "Item",
    fields! {
        "sku" optional Shape::Name, "the id of the article";
        "family" optional Shape::Name, "the product family";
        "quantity" optional QUANTITY, "how many of it, or how much, as `1.5`; rounded to three decimals; absent: 1";
        "price" optional MONEY, "the price of one, in minor units";
        "deliveredAt" optional Shape::Instant, "when this article was delivered, if not with the rest of the order";
        "returnedAt" optional Shape::Instant, "when this article was returned";
        "returned" optional Shape::Flag, "true: this article was returned, and nobody knows when";
        "gift" optional Shape::Flag, "true: for somebody else, so the customer is neither asked for a review of it nor told that it runs out";
    },
);

#[derive(Clone, Debug, Default, PartialEq, PartialOrd)]
pub(crate) struct Item {
    pub sku: Option<String>,
    pub family: Option<String>,
    /// in thousandths
    quantity: Option<i64>,
    pub price: Option<i64>,
    pub delivered_at: Option<Instant>,
    pub returned_at: Option<Instant>,
    pub gift: Option<bool>,
}

impl Item {
    /// The items of a cart or an order.
    pub fn read_list(tree: &Tree) -> Vec<Item> {
        let mut items = Vec::new();
        tree.list("items").iter().for_each(|item| items.push(Item::read(item)));
        items
    }

    fn read(tree: &Tree) -> Item {
        Item {
            sku: tree.owned("sku"),
            family: tree.owned("family"),
            quantity: tree.number("quantity").map(thousandths),
            price: tree.integer("price"),
            delivered_at: tree.instant("deliveredAt"),
            returned_at: tree.instant("returnedAt").or(tree.flag("returned").filter(|is| *is).map(|_| Instant(0))),
            gift: tree.flag("gift"),
        }
    }

    /// How many of it, or how much, in thousandths.
    pub fn quantity(&self) -> i64 {
        self.quantity.unwrap_or(1_000)
    }

    /// The price of all of it, rounded; none if its price is not known.
    pub fn amount(&self) -> Option<i64> {
        let (price, quantity) = (self.price?, self.quantity());
        // a division of 128 bits would be 1 KB; a price is at most 2^53, so a thousandth part of it times 999 has 63 bits
        let part = price.saturating_mul(quantity % 1_000).saturating_add(500) / 1_000;
        Some(price.saturating_mul(quantity / 1_000).saturating_add(part))
    }

    /// When it was delivered alone.
    pub fn delivered(&self, now: Instant) -> Option<Instant> {
        self.delivered_at.filter(|at| *at <= now)
    }
}
