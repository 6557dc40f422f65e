//! The catalogue: articles with their prices and stock, what is due beside a price at a destination, shipping costs, raffles.

use crate::base::problem::{ProblemCode, Problems};
use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::language::destination::{ByRegion, Destination, check_region};
use crate::request::catalog_shape::{Due, Raffle, ShippingCost};
use crate::request::count::Count;
use crate::request::product::Product;

/// The catalogue of a request; empty if there is none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalog {
    /// in the shop's order
    pub products: Vec<Product>,
    /// indices into `products`, by sku
    by_sku: Vec<usize>,
    surcharges: Vec<ByRegion<Surcharge>>,
    /// none: a cost that the shop does not give
    shipping: Vec<ByRegion<Option<ShippingCost>>>,
    pub raffles: Vec<Raffle>,
    not_as_described: Vec<Count>,
}

/// A tax or duty as the catalogue gives it.
#[derive(Clone, Debug)]
struct Surcharge {
    amount: Option<i64>,
    /// in hundredths of a percent
    percent: Option<i64>,
    what: Option<String>,
}

impl Catalog {
    /// Reads a catalogue whose shape was checked.
    pub fn read(tree: Option<&Tree>, problems: &mut Problems) -> Catalog {
        let tree = tree.unwrap_or(&Tree::Null);
        let mut catalog = Catalog::default();
        catalog.read_products(tree, problems);
        check_regions(tree, problems);
        for (region, tree) in tree.entries("surcharges") {
            let value = Surcharge {
                amount: tree.integer("amount"),
                percent: tree.integer("percent"),
                what: tree.owned("what"),
            };
            catalog.surcharges.push(ByRegion { region: region.to_ascii_uppercase(), value });
        }
        for (region, tree) in tree.entries("shipping") {
            let value = tree.integer("amount").map(|amount| {
                let free_from = if amount == 0 { Some(0) } else { tree.integer("freeFrom") };
                ShippingCost { amount, free_from }
            });
            catalog.shipping.push(ByRegion { region: region.to_ascii_uppercase(), value });
        }
        for raffle in tree.list("raffles") {
            catalog.raffles.push(Raffle {
                id: raffle.owned("id").unwrap_or_default(),
                terms: raffle.owned("terms"),
                prize: raffle.owned("prize"),
                draw_at: raffle.instant("drawAt"),
                winner: raffle.owned("winner"),
            });
        }
        catalog.not_as_described = Count::read_map(tree, "notAsDescribed", Tree::as_integer);
        catalog
    }

    /// Reads the articles. Two with one sku are a problem of the second.
    fn read_products(&mut self, tree: &Tree, problems: &mut Problems) {
        let taxed = tree.flag("taxIncluded") != Some(false);
        let Catalog { products, by_sku, .. } = self;
        problems.key("products", |problems| {
            for (index, tree) in tree.list("products").iter().enumerate() {
                let product = problems.index(index, |problems| Product::read(tree, taxed, problems));
                if !product.sku.is_empty() {
                    by_sku.push(index);
                }
                products.push(product);
            }
            let sku = |index: &usize| products.get(*index).map(|product| &product.sku);
            sort_by(by_sku, |a, b| sku(a).cmp(&sku(b)));
            for pair in by_sku.windows(2) {
                if let [first, second] = pair
                    && sku(first) == sku(second)
                {
                    let sentence = "an earlier article has the same sku; give each article its own";
                    problems.index(*second, |problems| problems.add_at("sku", ProblemCode::DuplicateId, sentence));
                }
            }
        });
    }

    /// How many entries its lists have in which something is looked up one by one.
    pub fn size_of_lists(&self) -> usize {
        self.surcharges.len() + self.shipping.len() + self.raffles.len()
    }

    pub fn product(&self, sku: &str) -> Option<&Product> {
        self.products.get(self.index_of(sku)?)
    }

    /// The place of an article in the catalogue.
    pub fn index_of(&self, sku: &str) -> Option<usize> {
        let sku_at = |index: &usize| self.products.get(*index).map_or("", |product| &product.sku);
        let found = self.by_sku.binary_search_by(|index| sku_at(index).cmp(sku));
        self.by_sku.get(found.ok()?).copied()
    }

    /// What is due beside a price at a destination. The outer none: it is not known whether something is due, or how much. The
    /// inner none: nothing is due.
    pub fn surcharge(&self, destination: Destination, price: Option<i64>) -> Option<Option<Due<'_>>> {
        let Some(found) = destination.find(&self.surcharges)? else {
            return Some(None);
        };
        let Surcharge { amount, percent, what } = &found.value;
        let part = match percent {
            // rounded up, so that a message never shows less than what is due
            Some(percent) => (price? * percent + 9_999) / 10_000,
            None => 0,
        };
        amount.or(*percent)?;
        Some(Some(Due { amount: amount.unwrap_or(0) + part, what: what.as_deref() }))
    }

    /// What shipping to a destination costs; none if it is not known. A cost for a country is not used in a part of it that has a
    /// surcharge of its own: with `shipping.ES` and `surcharges.ES-35`, the cost to Las Palmas is not known.
    pub fn shipping(&self, destination: Destination) -> Option<ShippingCost> {
        let found = destination.find(&self.shipping)??;
        let surcharge = destination.find(&self.surcharges)?;
        surcharge.is_none_or(|surcharge| surcharge.precision() <= found.precision()).then_some(found.value)?
    }

    /// Whether a parcel to a destination costs more than one to the shop's own country; without a cost for that, more than one
    /// anywhere. Not where the price alone makes it free. None if that is not known because the destination is not. Nothing is said of
    /// costs that the shop does not give.
    pub fn ships_dearer(&self, destination: Destination, home: Option<&str>, price: Option<i64>) -> Option<bool> {
        let of = |region: &str| self.shipping.iter().find(|cost| cost.region == region);
        let own = home.and_then(of).or_else(|| of("*")).and_then(|cost| cost.value);
        let costs = || self.shipping.iter().filter_map(|cost| cost.value);
        let Some(usual) = own.map(|cost| cost.amount).or(costs().map(|cost| cost.amount).min()) else {
            return Some(false);
        };
        match destination.find(&self.shipping) {
            Some(found) => Some(found.and_then(|found| found.value).is_some_and(|cost| {
                let is_free = cost.free_from.is_some_and(|from| price >= Some(from));
                cost.amount > usual && !is_free
            })),
            None => costs().all(|cost| cost.amount <= usual).then_some(false),
        }
    }

    /// Whether a parcel to a destination is an ordinary one of the shop: no surcharge is due there, and no shipping cost is given for
    /// a part of its country that it lies in or may lie in. If the shop gives no shipping costs, only surcharges matter.
    pub fn ships_alike(&self, destination: Destination) -> bool {
        let may_lie_in = |region: &str| region.len() > 2 && destination.lies_in(region) != Some(false);
        (self.shipping.is_empty() || self.shipping(destination).is_some())
            && !self.shipping.iter().any(|cost| may_lie_in(&cost.region))
            && self.surcharge(destination, Some(0)).is_some_and(|due| due.is_none())
    }

    /// How often articles of a family were said not to be as described.
    pub fn not_as_described(&self, family: Option<&String>) -> i64 {
        family.map_or(0, |family| Count::of(&self.not_as_described, family))
    }

    /// The families that were not as described at least `pause` times.
    pub fn pausing(&self, pause: i64) -> impl Iterator<Item = &str> {
        self.not_as_described.iter().filter(move |family| family.count >= pause).map(|family| family.name.as_str())
    }
}

/// Refuses keys that name no region.
fn check_regions(catalog: &Tree, problems: &mut Problems) {
    for table in ["surcharges", "shipping"] {
        problems.key(table, |problems| {
            for (region, _) in catalog.entries(table) {
                problems.key(region, |problems| check_region(&region.to_ascii_uppercase(), problems));
            }
        });
    }
}
