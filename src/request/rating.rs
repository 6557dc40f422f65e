//! A rating of an order or an article.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::reader::shape::{Shape, fields};
use crate::request::merge::unite;
use crate::request::order_names::OrderNames;

pub(crate) const RATING: Shape = Shape::Object(
    "Rating",
    fields! {
        "orderId" optional Shape::Name, "the order that is rated";
        "sku" optional Shape::Name, "the article that is rated";
        "score" optional Shape::Number { min: 0.0, max: 10.0 }, "0 to 10; absent: it is no rating yet";
        "at" optional Shape::Instant, "when the customer gave it";
    },
);

/// A rating of an order or an article.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub(crate) struct Rating {
    pub at: Option<Instant>,
    pub score: f64,
    pub order_id: Option<String>,
    pub sku: Option<String>,
}

impl Rating {
    fn read(tree: &Tree) -> Option<Rating> {
        Some(Rating {
            at: tree.instant("at"),
            score: tree.number("score")?,
            order_id: tree.owned("orderId"),
            sku: tree.owned("sku"),
        })
    }
}

/// The ratings of a customer, oldest first.
pub(super) fn read_ratings(customer: &Tree, orders: &OrderNames) -> Vec<Rating> {
    let mut ratings = Vec::new();
    for mut rating in customer.list("ratings").iter().filter_map(Rating::read) {
        orders.resolve(&mut rating.order_id);
        ratings.push(rating);
    }
    unite(&mut ratings, |_| None, |_, _| {});
    ratings
}
