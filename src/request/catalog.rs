//! What the shop knows of its articles: prices and what they were, stock, places with costs of their own, raffles.

use crate::base::problem::{Code, Problems};
use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::language::destination::{Destination, check_region};
use crate::policy::Benefit;
use crate::reader::shape::{COUNT, PRICE, Shape, fields};
use crate::reader::value::hundredths;
use std::borrow::Cow;

const PRICED: Shape = Shape::Object(
    "PricePoint",
    fields! {
        "at" required Shape::Instant, "since when; until the next one";
        "price" required PRICE, "in minor units, taxes included";
    },
);

pub(crate) const PRODUCT: Shape = Shape::Object(
    "Product",
    fields! {
        "sku" required Shape::Name, "the article";
        "family" optional Shape::Name, "the product family";
        "name" optional Shape::Text, "as customers know it";
        "price" optional PRICE, "now, in minor units, taxes included; absent: the latest of `history`";
        "history" optional Shape::List(&PRICED), "the prices it had and has, in any order; at most 1000";
        "stock" optional COUNT, "how many there are; absent: unknown";
        "rating" optional Shape::Number { min: 0.0, max: 10.0 }, "0 to 10; absent: unknown";
        "consumable" optional Shape::Flag, "whether it is used up and bought again";
        "claims" optional Shape::List(&Shape::Name), "what is true of it, as `handmade`";
    },
);

const SURCHARGE: Shape = Shape::Object(
    "Surcharge",
    fields! {
        "amount" optional PRICE, "in minor units";
        "percent" optional Shape::Percent, "of the price";
        "what" required Shape::Text, "what it is, as `IGIC`";
    },
);

const SHIPPING: Shape = Shape::Object(
    "ShippingCost",
    fields! {
        "amount" required PRICE, "in minor units, taxes included";
        "freeFrom" optional PRICE, "the total from which it is free there; absent: never";
    },
);

const RAFFLE: Shape = Shape::Object(
    "Raffle",
    fields! {
        "id" required Shape::Name, "the raffle";
        "terms" optional Shape::Text, "where its terms are";
        "prize" optional Shape::Text, "what is won";
        "drawAt" optional Shape::Instant, "when it is drawn";
        "winner" optional Shape::Text, "as published";
    },
);

pub(crate) const CATALOG: Shape = Shape::Object(
    "Catalog",
    fields! {
        "products" optional Shape::List(&PRODUCT), "the articles, those to suggest first first";
        "surcharges" optional Shape::Map(&SURCHARGE), "what is due beside the price, by country or country-postcode as `ES-35`; `*`: all others";
        "shipping" optional Shape::Map(&SHIPPING), "what a parcel costs, by place";
        "taxIncluded" optional Shape::Flag, "false: prices are without taxes, so none can be told to a consumer; absent: true";
        "raffles" optional Shape::List(&RAFFLE), "those to come and those that were";
        "notAsDescribed" optional Shape::Map(&COUNT), "by family: how many returns and incidents said so";
    },
);

/// How many prices of an article are read.
const MOST: usize = 1_000;
/// For how long before a reduction the lowest price counts.
const PRIOR: i64 = 30 * DAY;

/// What the shop knows; nothing, where it says nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalog {
    /// in the shop's order
    pub products: Vec<Product>,
    /// their places, by sku
    by_sku: Vec<usize>,
    /// the rest as it came
    rest: Tree,
}

#[derive(Clone, Debug)]
pub(crate) struct Product {
    pub sku: String,
    pub family: Option<String>,
    pub name: Option<String>,
    price: Option<i64>,
    /// oldest first, of one instant the lowest first
    history: Vec<(Instant, i64)>,
    pub stock: Option<i64>,
    pub rating: Option<f64>,
    pub consumable: Option<bool>,
    pub claims: Vec<String>,
}

/// A reduction, as it may be announced.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reduction {
    /// the lowest price before
    pub from: i64,
    pub to: i64,
    /// in hundredths of a percent, rounded down; 0 where there is none
    pub hundredths: i64,
    /// since when the lowest price was the price
    pub lowest_since: Instant,
}

impl Catalog {
    /// Reads a catalogue whose shape was checked.
    pub fn read(tree: Option<&Tree>, problems: &mut Problems) -> Catalog {
        let tree = tree.unwrap_or(&Tree::Null);
        let mut catalog = Catalog::default();
        let taxed = tree.flag("taxIncluded") != Some(false);
        problems.key("products", |problems| {
            for (index, tree) in tree.list("products").iter().enumerate() {
                catalog.by_sku.push(index);
                catalog.products.push(problems.index(index, |problems| Product::read(tree, taxed, problems)));
            }
            let Catalog { products, by_sku, .. } = &mut catalog;
            let sku = |place: &usize| products.get(*place).map(|product| &product.sku);
            sort_by(by_sku, |a, b| sku(a).cmp(&sku(b)));
            for pair in by_sku.windows(2) {
                if let [first, twin] = pair
                    && sku(first) == sku(twin)
                {
                    let told = "the sku of another article before; give each its own";
                    problems.index(*twin, |problems| problems.add_at("sku", Code::DuplicateId, told));
                }
            }
        });
        for table in ["surcharges", "shipping"] {
            problems.key(table, |problems| {
                tree.entries(table)
                    .iter()
                    .for_each(|(place, _)| problems.key(place, |problems| check_region(place, problems)));
            });
        }
        problems.key("surcharges", |problems| {
            for (place, tree) in tree.entries("surcharges") {
                if tree.get("amount").or(tree.get("percent")).is_none() {
                    let told = "a surcharge is an `amount`, a `percent` of the price, or both";
                    problems.add_at(place, Code::MissingField, told);
                }
            }
        });
        let mut rest = Vec::new();
        for key in ["surcharges", "shipping", "raffles", "notAsDescribed"] {
            rest.extend(tree.get(key).map(|value| (Cow::Borrowed(key), value.clone())));
        }
        Catalog { rest: Tree::Object(rest), ..catalog }
    }

    pub fn product(&self, sku: &str) -> Option<&Product> {
        let of = |place: &usize| self.products.get(*place);
        let place = self.by_sku.binary_search_by(|place| of(place).map_or("", |product| &product.sku).cmp(sku));
        of(self.by_sku.get(place.ok()?)?)
    }

    /// What is due at a destination beside a price, and what it is. The outer none: it is not known; the inner: nothing is.
    pub fn surcharge(&self, destination: Destination, price: Option<i64>) -> Option<Option<(i64, &str)>> {
        let Some((_, said)) = destination.find(self.rest.entries("surcharges"))? else {
            return Some(None);
        };
        let part = match said.integer("percent") {
            // what is due is not told lower than it is
            Some(percent) => (price? * percent + 9_999) / 10_000,
            None => 0,
        };
        Some(Some((said.integer("amount").unwrap_or(0) + part, said.text("what")?)))
    }

    /// What a parcel costs to a destination, and the total from which it costs nothing, if there is one. What is said of a
    /// country is not said of its part of which surcharges speak.
    pub fn shipping(&self, destination: Destination) -> Option<(i64, Option<i64>)> {
        let (place, said) = destination.find(self.rest.entries("shipping"))??;
        destination.find(self.rest.entries("surcharges"))?.is_none_or(|(apart, _)| apart <= place).then_some(())?;
        let amount = said.integer("amount")?;
        Some((amount, if amount == 0 { Some(0) } else { said.integer("freeFrom") }))
    }

    /// Whether a parcel to a destination is like any other of the shop: nothing is due there beside the price, and what it costs
    /// is not said of a part of its country. Where nobody says what parcels cost, they are alike.
    pub fn ships_alike(&self, destination: Destination) -> bool {
        let places = self.rest.entries("shipping");
        let apart = |place: &str| place.len() > 2 && destination.lies_in(place) != Some(false);
        (places.is_empty() || self.shipping(destination).is_some())
            && !places.iter().any(|(place, _)| apart(place))
            && self.surcharge(destination, Some(0)) == Some(None)
    }

    pub fn raffles(&self) -> &[Tree] {
        self.rest.list("raffles")
    }

    /// How often articles of a family were said not to be as described.
    pub fn not_as_described(&self, family: Option<&String>) -> i64 {
        let said = family.and_then(|family| self.rest.get("notAsDescribed")?.integer(family));
        said.unwrap_or(0)
    }

    /// The families of which so many, or more, were not as described.
    pub fn pausing(&self, pause: i64) -> impl Iterator<Item = &str> {
        let pauses = move |count: &Tree| count.as_integer().is_some_and(|count| count >= pause);
        self.rest.entries("notAsDescribed").iter().filter(move |(_, count)| pauses(count)).map(|(family, _)| &**family)
    }
}

impl Product {
    /// Reads an article; where prices are without taxes, they are none for a consumer.
    pub fn read(tree: &Tree, taxed: bool, problems: &mut Problems) -> Product {
        let list = tree.list("history");
        if list.len() > MOST {
            problems.add_at("history", Code::TooLarge, "more than 1000 prices; those of the last year are enough");
        }
        let mut history = Vec::new();
        for point in list.iter().take(MOST) {
            history.extend(point.instant("at").zip(point.integer("price")).filter(|_| taxed));
        }
        sort_by(&mut history, Ord::cmp);
        history.dedup_by(|next, known| next.1 == known.1);
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

    /// How many prices there were up to an instant.
    fn known(&self, at: Instant) -> usize {
        self.history.partition_point(|(since, _)| *since <= at)
    }

    /// The price at an instant; none where `price` and `history` contradict each other.
    pub fn price(&self, at: Instant) -> Option<i64> {
        let told = self.known(at).checked_sub(1).and_then(|place| self.history.get(place)).map(|(_, price)| *price);
        match (self.price, told) {
            (Some(price), Some(told)) if price != told => None,
            (price, told) => told.or(price),
        }
    }

    /// How the price at an instant was reduced: from the lowest of the 30 days before it began. With an offer that gives
    /// `benefit` and began `since`, it is the price less that. None: it is not known.
    pub fn reduction(&self, at: Instant, offer: Option<(&Benefit, Instant)>) -> Option<Reduction> {
        let price = self.price(at)?;
        let count = self.known(at);
        let (to, began, before) = match offer {
            Some((benefit, since)) => (price - benefit.off(price)?, since, count),
            None => {
                let before = count.checked_sub(1)?;
                (price, self.history.get(before)?.0, before)
            }
        };
        let window = began + -PRIOR;
        // whoever does not know the whole time does not know the lowest
        self.history.first().filter(|(first, _)| *first <= window)?;
        let mut lowest = None;
        for (place, (since, price)) in self.history.iter().enumerate().take(before) {
            let counts = self.history.get(place + 1).is_none_or(|(ended, _)| *ended > window);
            if counts && lowest.is_none_or(|(_, lowest)| *price <= lowest) {
                lowest = Some((*since, *price));
            }
        }
        let (lowest_since, from) = lowest?;
        let hundredths = ((from - to).max(0) * 10_000).checked_div(from).unwrap_or(0);
        Some(Reduction { from, to, hundredths, lowest_since })
    }

    /// The next instant at which its price, or the lowest before, may be another.
    pub fn next_change(&self, at: Instant) -> Instant {
        let mut next = Instant::NEVER;
        for (since, _) in &self.history {
            for change in [*since, *since + PRIOR] {
                if change > at {
                    next = next.min(change);
                }
            }
        }
        next
    }
}

impl Benefit {
    /// What is taken off a price, rounded down; none where it is no price that is reduced.
    fn off(&self, price: i64) -> Option<i64> {
        match self {
            Benefit::Percent(percent) => Some(price * hundredths(*percent)? / 10_000),
            Benefit::Amount(amount) => Some(price.min(*amount)),
            _ => None,
        }
    }
}
