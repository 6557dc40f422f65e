//! The catalogue: articles with their prices and stock, what is due beside a price at a destination, shipping costs, raffles.

use crate::base::problem::{Code, Problems};
use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::language::destination::{ByRegion, Destination, check_region};
use crate::policy::Benefit;
use crate::reader::shape::{COUNT, PRICE, Shape, fields};
use crate::reader::value::hundredths;

const PRICE_POINT: Shape = Shape::Object(
    "PricePoint",
    fields! {
        "at" required Shape::Instant, "when the price began; it holds until the next one begins";
        "price" required PRICE, "in minor units, taxes included";
    },
);

pub(crate) const PRODUCT: Shape = Shape::Object(
    "Product",
    fields! {
        "sku" required Shape::Name, "the article's own id";
        "family" optional Shape::Name, "the product family";
        "name" optional Shape::Text, "the name that customers see";
        "price" optional PRICE, "the price now, in minor units, taxes included; absent: the latest of `history`";
        "history" optional Shape::List(&PRICE_POINT), "the prices until now, in any order, at most 1000; a reduction is computed from them";
        "stock" optional COUNT, "how many are in stock; absent: unknown, which counts as in stock";
        "rating" optional Shape::Number { min: 0.0, max: 10.0 }, "0 to 10, by all customers; absent: unknown";
        "consumable" optional Shape::Flag, "true: it is used up and bought again, so it may be suggested to those who have it";
        "claims" optional Shape::List(&Shape::Name), "facts that messages may claim of it, as `handmade`";
    },
);

const SURCHARGE: Shape = Shape::Object(
    "Surcharge",
    fields! {
        "amount" optional PRICE, "in minor units";
        "percent" optional Shape::Percent, "of the price; added to `amount` if both are given";
        "what" required Shape::Text, "the name of the tax or duty, as `IGIC`";
    },
);

const SHIPPING: Shape = Shape::Object(
    "ShippingCost",
    fields! {
        "amount" required PRICE, "in minor units, taxes included";
        "freeFrom" optional PRICE, "the order total from which shipping is free; absent: never";
    },
);

const RAFFLE: Shape = Shape::Object(
    "Raffle",
    fields! {
        "id" required Shape::Name, "the raffle's own id";
        "terms" optional Shape::Text, "the address of its terms";
        "prize" optional Shape::Text, "the prize";
        "drawAt" optional Shape::Instant, "when the winner is drawn";
        "winner" optional Shape::Text, "the winner, as published; while a past raffle has none, no raffle may be announced";
    },
);

pub(crate) const CATALOG: Shape = Shape::Object(
    "Catalog",
    fields! {
        "products" optional Shape::List(&PRODUCT), "the articles; suggestions follow this order";
        "surcharges" optional Shape::Map(&SURCHARGE), "taxes and duties due beside the price, by region: a country or country-postcode as `ES-35`; `*`: all others";
        "shipping" optional Shape::Map(&SHIPPING), "what shipping a parcel costs, by region";
        "taxIncluded" optional Shape::Flag, "false: prices are without taxes, so messages to consumers show no price; absent: true";
        "raffles" optional Shape::List(&RAFFLE), "raffles to come and past ones";
        "notAsDescribed" optional Shape::Map(&COUNT), "by product family: how many returns and incidents said that the article was not as described";
    },
);

/// How many prices of an article are read.
const MAX_PRICES: usize = 1_000;
/// A reduction is computed from the lowest price of this long before it.
const PRIOR: i64 = 30 * DAY;

/// The catalogue of a request; empty if there is none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalog {
    /// in the shop's order
    pub products: Vec<Product>,
    /// indices into `products`, by sku
    by_sku: Vec<usize>,
    surcharges: Vec<ByRegion<Surcharge>>,
    shipping: Vec<ByRegion<ShippingCost>>,
    pub raffles: Vec<Raffle>,
    not_as_described: Vec<Count>,
}

#[derive(Clone, Debug)]
pub(crate) struct Product {
    pub sku: String,
    pub family: Option<String>,
    pub name: Option<String>,
    price: Option<i64>,
    /// oldest first; a price that is the same as the one before is left out
    history: Vec<PricePoint>,
    pub stock: Option<i64>,
    pub rating: Option<f64>,
    pub consumable: Option<bool>,
    pub claims: Vec<String>,
}

/// A price, and since when it holds.
#[derive(Clone, Debug)]
struct PricePoint {
    since: Instant,
    price: i64,
}

/// A tax or duty as the catalogue gives it.
#[derive(Clone, Debug)]
struct Surcharge {
    amount: i64,
    /// in hundredths of a percent
    percent: Option<i64>,
    what: String,
}

/// What is due beside a price at a destination.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Due<'a> {
    pub amount: i64,
    /// the name of the tax or duty
    pub what: &'a str,
}

/// What shipping a parcel costs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ShippingCost {
    pub amount: i64,
    /// the order total from which it is free
    pub free_from: Option<i64>,
}

/// A raffle. A text of spaces alone is read as absent.
#[derive(Clone, Debug)]
pub(crate) struct Raffle {
    pub id: String,
    pub terms: Option<String>,
    pub prize: Option<String>,
    pub draw_at: Option<Instant>,
    pub winner: Option<String>,
}

/// How many there are of something that has a name.
#[derive(Clone, Debug)]
pub(crate) struct Count {
    name: String,
    count: i64,
}

/// A reduction, as a message may announce it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reduction {
    /// the lowest price of the 30 days before
    pub from: i64,
    pub to: i64,
    /// in hundredths of a percent, rounded down; 0 if the price is not lower
    pub hundredths: i64,
    /// when the lowest price began
    pub lowest_since: Instant,
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
                amount: tree.integer("amount").unwrap_or(0),
                percent: tree.integer("percent"),
                what: tree.owned("what").unwrap_or_default(),
            };
            catalog.surcharges.push(ByRegion { region: region.to_string(), value });
        }
        for (region, tree) in tree.entries("shipping") {
            let amount = tree.integer("amount").unwrap_or(0);
            let free_from = if amount == 0 { Some(0) } else { tree.integer("freeFrom") };
            let value = ShippingCost { amount, free_from };
            catalog.shipping.push(ByRegion { region: region.to_string(), value });
        }
        for raffle in tree.list("raffles") {
            catalog.raffles.push(Raffle {
                id: raffle.owned("id").unwrap_or_default(),
                terms: raffle.non_blank("terms"),
                prize: raffle.non_blank("prize"),
                draw_at: raffle.instant("drawAt"),
                winner: raffle.non_blank("winner"),
            });
        }
        catalog.not_as_described = Count::read_map(tree, "notAsDescribed");
        catalog
    }

    /// Reads the articles. Two with one sku are a problem of the second.
    fn read_products(&mut self, tree: &Tree, problems: &mut Problems) {
        let taxed = tree.flag("taxIncluded") != Some(false);
        let Catalog { products, by_sku, .. } = self;
        problems.key("products", |problems| {
            for (index, tree) in tree.list("products").iter().enumerate() {
                by_sku.push(index);
                products.push(problems.index(index, |problems| Product::read(tree, taxed, problems)));
            }
            let sku = |index: &usize| products.get(*index).map(|product| &product.sku);
            sort_by(by_sku, |a, b| sku(a).cmp(&sku(b)));
            for pair in by_sku.windows(2) {
                if let [first, second] = pair
                    && sku(first) == sku(second)
                {
                    let sentence = "an earlier article has the same sku; give each article its own";
                    problems.index(*second, |problems| problems.add_at("sku", Code::DuplicateId, sentence));
                }
            }
        });
    }

    pub fn product(&self, sku: &str) -> Option<&Product> {
        let at = |index: &usize| self.products.get(*index);
        let found = self.by_sku.binary_search_by(|index| at(index).map_or("", |product| &product.sku).cmp(sku));
        at(self.by_sku.get(found.ok()?)?)
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
        Some(Some(Due { amount: amount + part, what }))
    }

    /// What shipping to a destination costs; none if it is not known. A cost for a country is not used in a part of it that has a
    /// surcharge of its own: with `shipping.ES` and `surcharges.ES-35`, the cost to Las Palmas is not known.
    pub fn shipping(&self, destination: Destination) -> Option<ShippingCost> {
        let found = destination.find(&self.shipping)??;
        let surcharge = destination.find(&self.surcharges)?;
        surcharge.is_none_or(|surcharge| surcharge.precision() <= found.precision()).then_some(found.value)
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

/// Refuses keys that name no region, and surcharges without an amount.
fn check_regions(catalog: &Tree, problems: &mut Problems) {
    for table in ["surcharges", "shipping"] {
        problems.key(table, |problems| {
            for (region, _) in catalog.entries(table) {
                problems.key(region, |problems| check_region(region, problems));
            }
        });
    }
    problems.key("surcharges", |problems| {
        for (region, tree) in catalog.entries("surcharges") {
            if tree.get("amount").or(tree.get("percent")).is_none() {
                let sentence = "a surcharge needs an `amount`, a `percent` of the price, or both";
                problems.add_at(region, Code::MissingField, sentence);
            }
        }
    });
}

impl Count {
    /// Reads an object of counts by name.
    pub fn read_map(tree: &Tree, key: &str) -> Vec<Count> {
        let mut counts = Vec::new();
        for (name, count) in tree.entries(key) {
            counts.extend(count.as_integer().map(|count| Count { name: name.to_string(), count }));
        }
        counts
    }

    /// The count of a name; 0 if the list does not have it.
    pub fn of(counts: &[Count], name: &str) -> i64 {
        counts.iter().find(|count| count.name == name).map_or(0, |count| count.count)
    }
}

impl Product {
    /// Reads an article. If prices are without taxes (`taxed` is false), it has none.
    pub fn read(tree: &Tree, taxed: bool, problems: &mut Problems) -> Product {
        let list = tree.list("history");
        if list.len() > MAX_PRICES {
            problems.add_at("history", Code::TooLarge, "more than 1000 prices; those of the last year are enough");
        }
        let mut history = Vec::new();
        for point in list.iter().take(MAX_PRICES).filter(|_| taxed) {
            if let (Some(since), Some(price)) = (point.instant("at"), point.integer("price")) {
                history.push(PricePoint { since, price });
            }
        }
        sort_by(&mut history, |a, b| (a.since, a.price).cmp(&(b.since, b.price)));
        history.dedup_by(|next, known| next.price == known.price);
        Product {
            sku: tree.owned("sku").unwrap_or_default(),
            family: tree.owned("family"),
            name: tree.owned("name"),
            price: tree.integer("price").filter(|_| taxed),
            history,
            stock: tree.integer("stock"),
            rating: tree.number("rating"),
            consumable: tree.flag("consumable"),
            claims: tree.texts("claims"),
        }
    }

    /// How many prices of the history have begun at an instant.
    fn begun(&self, at: Instant) -> usize {
        self.history.partition_point(|point| point.since <= at)
    }

    /// The price at an instant; none if `price` and `history` contradict each other.
    pub fn price(&self, at: Instant) -> Option<i64> {
        let latest = self.begun(at).checked_sub(1).and_then(|index| self.history.get(index)).map(|point| point.price);
        match (self.price, latest) {
            (Some(price), Some(latest)) if price != latest => None,
            (price, latest) => latest.or(price),
        }
    }

    /// The reduction of the price at an instant: from the lowest price of the 30 days before the price began. With an offer that
    /// gives `benefit` and began `since`, from the lowest of the 30 days before `since` to the price less the benefit. None if the
    /// history does not reach back 30 days.
    ///
    /// Example: 20 € on 1 October, 25 € on 20 October, 15 € on 10 November is a reduction from 20 € to 15 €, 25 %.
    pub fn reduction(&self, at: Instant, offer: Option<(&Benefit, Instant)>) -> Option<Reduction> {
        let price = self.price(at)?;
        let count = self.begun(at);
        let (to, began, before) = match offer {
            Some((benefit, since)) => (price - benefit.off(price)?, since, count),
            None => {
                let before = count.checked_sub(1)?;
                (price, self.history.get(before)?.since, before)
            }
        };
        let window = began + -PRIOR;
        self.history.first().filter(|first| first.since <= window)?;
        let mut lowest = None::<&PricePoint>;
        for (index, point) in self.history.iter().enumerate().take(before) {
            let in_window = self.history.get(index + 1).is_none_or(|next| next.since > window);
            if in_window && lowest.is_none_or(|lowest| point.price <= lowest.price) {
                lowest = Some(point);
            }
        }
        let PricePoint { since: lowest_since, price: from } = *lowest?;
        let hundredths = ((from - to).max(0) * 10_000).checked_div(from).unwrap_or(0);
        Some(Reduction { from, to, hundredths, lowest_since })
    }

    /// The next instant at which the price, or the lowest price of the 30 days before, may change.
    pub fn next_change(&self, at: Instant) -> Instant {
        let mut next = Instant::NEVER;
        for point in &self.history {
            for change in [point.since, point.since + PRIOR] {
                if change > at {
                    next = next.min(change);
                }
            }
        }
        next
    }
}

impl Benefit {
    /// How much the benefit takes off a price, rounded down; none if it does not reduce a price, as free shipping.
    fn off(&self, price: i64) -> Option<i64> {
        match self {
            Benefit::Percent(percent) => Some(price * hundredths(*percent)? / 10_000),
            Benefit::Amount(amount) => Some(price.min(*amount)),
            _ => None,
        }
    }
}
