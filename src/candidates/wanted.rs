//! Which articles a customer has, and which they would not want. Practice P5.

use crate::base::sorting::sort_by;
use crate::base::steps::{Looked, Steps};
use crate::calendar::Instant;
use crate::request::cart::Cart;
use crate::request::catalog::Catalog;
use crate::request::product::Product;
use crate::standing::context::Context;

/// An article rated lower than this is poorly rated.
const POOR: f64 = 6.0;

/// How far an article can be from what they own.
pub(super) const FARTHEST: u8 = 2;

/// What a customer has, and would not want.
#[derive(Debug, Default)]
pub(crate) struct Wanted<'a> {
    owned: Vec<&'a str>,
    /// the families of what they own
    liked: Vec<&'a str>,
    returned: Vec<&'a str>,
    cart: Vec<&'a str>,
    /// articles of orders that were complained about, or were not as described
    accused: Vec<&'a str>,
    /// the families of those articles, families complained about, and families whose promotions pause
    shunned: Vec<&'a str>,
    /// the customer's ratings by article, the latest first
    rated: Vec<(&'a str, f64)>,
}

impl<'a> Wanted<'a> {
    pub fn of(context: &'a Context<'a>, known: Instant) -> Wanted<'a> {
        let (mut wanted, customer) = (Wanted::default(), context.customer);
        let size = context.size_of_orders + customer.conversations.len() + customer.ratings.list().len();
        if !context.steps.take(Looked::Order, size) {
            return wanted;
        }
        let complaints = || customer.conversations.iter().filter(|case| case.complaint && case.has_begun(known));
        wanted.shunned.extend(complaints().filter_map(|case| case.family.as_deref()));
        wanted.shunned.extend(context.catalog.pausing(context.policy.pause));
        let mut complained = Vec::new();
        complained.extend(complaints().filter_map(|case| case.order_id.as_deref()));
        sort_by(&mut complained, Ord::cmp);
        let items = customer.cart.get().map_or(&[][..], Cart::items);
        wanted.cart.extend(items.iter().filter_map(|item| item.sku.as_deref()));
        for order in context.orders.iter().filter(|order| order.was_placed(known)) {
            let accused =
                order.was_not_as_described(known) || order.id.as_ref().is_some_and(|id| contains(&complained, id));
            for item in &order.items {
                let back = order.came_back(known) || item.returned_at.is_some_and(|at| at <= known);
                let list = match (accused, back) {
                    (true, _) => &mut wanted.accused,
                    (_, true) => &mut wanted.returned,
                    _ => &mut wanted.owned,
                };
                list.extend(item.sku.as_deref());
                let listed = || item.sku.as_ref().and_then(|sku| context.catalog.product(sku)?.family.as_ref());
                let families = match (accused, back) {
                    (true, _) => &mut wanted.shunned,
                    (_, true) => continue,
                    _ => &mut wanted.liked,
                };
                families.extend(item.family.as_ref().or_else(listed).map(String::as_str));
            }
        }
        let Wanted { owned, liked, returned, cart, accused, shunned, .. } = &mut wanted;
        [owned, liked, returned, cart, accused, shunned].into_iter().for_each(|list| sort_by(list, Ord::cmp));
        for rating in customer.ratings.list().iter().rev().filter(|rating| rating.at.is_none_or(|at| at <= known)) {
            wanted.rated.extend(rating.sku.as_deref().map(|sku| (sku, rating.score)));
        }
        sort_by(&mut wanted.rated, |a, b| a.0.cmp(b.0));
        wanted
    }

    /// What goes with the articles they own, by the catalogue: sorted skus.
    pub fn companions(&self, catalog: &'a Catalog, steps: &Steps) -> Vec<&'a str> {
        let mut companions = Vec::new();
        for articles in self.owned.chunk_by(|a, b| a == b) {
            let product = articles.first().and_then(|sku| catalog.product(sku));
            let with = product.map_or(&[][..], |product| &product.with);
            if steps.take(Looked::Order, with.len()) {
                companions.extend(with.iter().map(String::as_str));
            }
        }
        sort_by(&mut companions, Ord::cmp);
        companions
    }

    /// How far an article is from what they own: 0 goes with it, 1 is of the same family, 2 is anything else.
    pub fn distance(&self, product: &Product, companions: &[&str]) -> u8 {
        let goes_with = || product.with.iter().any(|sku| contains(&self.owned, sku));
        if contains(companions, &product.sku) || goes_with() {
            0
        } else {
            FARTHEST - u8::from(product.family.as_ref().is_some_and(|family| contains(&self.liked, family)))
        }
    }

    /// Whether an article can be offered: it is in stock, and neither it nor its family was complained about or pauses.
    pub fn is_offerable(&self, sku: Option<&String>, family: Option<&String>, product: Option<&Product>) -> bool {
        let family = family.or(product.and_then(|product| product.family.as_ref()));
        !sku.is_some_and(|sku| contains(&self.accused, sku))
            && !product.is_some_and(Product::is_sold_out)
            && !family.is_some_and(|family| contains(&self.shunned, family))
    }

    /// Whether an article is neither in the cart nor rated poorly by this customer.
    pub fn is_not_in_cart_nor_disliked(&self, sku: &str) -> bool {
        let index = self.rated.partition_point(|(rated, _)| *rated < sku);
        let poor = self.rated.get(index).is_some_and(|(rated, score)| *rated == sku && *score < POOR);
        !poor && !contains(&self.cart, sku)
    }

    /// Whether an article can be suggested: it is new to the customer, or is used up and bought again, was never sent back, and is not
    /// poorly rated by anybody.
    pub fn is_suggestable(&self, product: &Product) -> bool {
        let sku = &product.sku;
        (product.consumable == Some(true) || !contains(&self.owned, sku))
            && !contains(&self.returned, sku)
            && product.rating.is_none_or(|rating| rating >= POOR)
            && self.is_not_in_cart_nor_disliked(sku)
            && self.is_offerable(Some(sku), product.family.as_ref(), Some(product))
    }
}

/// Whether a name is in a sorted list.
fn contains(list: &[&str], name: &str) -> bool {
    list.binary_search(&name).is_ok()
}
