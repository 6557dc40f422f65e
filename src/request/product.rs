//! An article of the catalogue: its price, what it cost before, and how much it is reduced.

use crate::base::problem::{ProblemCode, Problems};
use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::language::address::is_address;
use crate::policy::Benefit;
use crate::reader::shape::{PRICE, Shape, fields};
use crate::reader::value::{hundredths, thousandths};

const PRICE_POINT: Shape = Shape::Object(
    "PricePoint",
    fields! {
        "at" optional Shape::Instant, "when the price began; it holds until the next one begins; absent: nothing is known of earlier prices";
        "price" optional PRICE, "in minor units, taxes included; absent: not known";
    },
);

pub(crate) const PRODUCT: Shape = Shape::Object(
    "Product",
    fields! {
        "sku" optional Shape::Name, "the article's own id; an article without it is left out";
        "family" optional Shape::Name, "the product family";
        "name" optional Shape::Text, "the name that customers see";
        "url" optional Shape::Text, "the address of its page: `https://…`, or relative to the pages of the shop as `/cantaro`; another address is not used";
        "price" optional PRICE, "the price now, in minor units, taxes included; absent: the latest of `history`";
        "history" optional Shape::List(&PRICE_POINT), "the prices until now, in any order, at most 1000; a reduction is computed from them";
        "stock" optional Shape::Stock, "how many are in stock; below 0: 0; absent: unknown, which counts as in stock";
        "rating" optional Shape::Number { min: 0.0, max: 10.0 }, "0 to 10, by all customers; absent: unknown";
        "consumable" optional Shape::Flag, "true: it is used up and bought again, so it may be suggested to those who have it";
        "claims" optional Shape::List(&Shape::Name), "facts that messages may claim of it, as `handmade`";
        "with" optional Shape::List(&Shape::Name), "the articles that go with it, by sku; of the articles that could be suggested those come first that go with one the customer has";
    },
);

/// How many prices of an article are read.
const MAX_PRICES: usize = 1_000;
/// A reduction is computed from the lowest price of this long before it.
const PRIOR: i64 = 30 * DAY;

#[derive(Clone, Debug)]
pub(crate) struct Product {
    pub sku: String,
    pub family: Option<String>,
    pub name: Option<String>,
    pub url: Option<String>,
    price: Option<i64>,
    /// oldest first; a price that is the same as the one before is left out
    history: Vec<PricePoint>,
    /// in thousandths
    pub stock: Option<i64>,
    pub rating: Option<f64>,
    pub consumable: Option<bool>,
    pub claims: Vec<String>,
    /// the articles that go with it
    pub with: Vec<String>,
}

/// A price, and since when it holds.
#[derive(Clone, Debug)]
struct PricePoint {
    since: Instant,
    /// none: the shop gives none for this instant, or several, so none of them is known
    price: Option<i64>,
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

impl Product {
    /// Reads an article. If prices are without taxes (`taxed` is false), it has none.
    pub fn read(tree: &Tree, taxed: bool, problems: &mut Problems) -> Product {
        let list = tree.list("history");
        if list.len() > MAX_PRICES {
            problems.add_at(
                "history",
                ProblemCode::TooLarge,
                "more than 1000 prices; those of the last year are enough",
            );
        }
        let mut history = Vec::new();
        for point in list.iter().take(MAX_PRICES).filter(|_| taxed) {
            // of a price that nobody dated, nobody knows which others it was lower than
            let Some(since) = point.instant("at") else {
                history.clear();
                break;
            };
            history.push(PricePoint { since, price: point.integer("price") });
        }
        sort_by(&mut history, |a, b| a.since.cmp(&b.since));
        history.dedup_by(|next, known| {
            let is_same = next.since == known.since;
            if is_same && next.price != known.price {
                known.price = None;
            }
            is_same
        });
        history.dedup_by(|next, known| next.price == known.price);
        Product {
            sku: tree.owned("sku").unwrap_or_default(),
            family: tree.owned("family"),
            name: tree.owned("name"),
            url: tree.owned("url").filter(|url| is_address(url)),
            price: tree.integer("price").filter(|_| taxed),
            history,
            stock: tree.number("stock").map(thousandths),
            rating: tree.number("rating"),
            consumable: tree.flag("consumable"),
            claims: tree.texts("claims"),
            with: tree.texts("with"),
        }
    }

    /// Whether nothing of it is left, as far as that is known.
    pub fn is_sold_out(&self) -> bool {
        self.stock == Some(0)
    }

    /// How many prices of the history have begun at an instant.
    fn begun(&self, at: Instant) -> usize {
        self.history.partition_point(|point| point.since <= at)
    }

    /// The price at an instant; none if `price` and `history` contradict each other, or `history` itself.
    pub fn price(&self, at: Instant) -> Option<i64> {
        match self.begun(at).checked_sub(1).and_then(|index| self.history.get(index)) {
            Some(latest) => latest.price.filter(|latest| self.price.is_none_or(|price| price == *latest)),
            None => self.price,
        }
    }

    /// The reduction of the price at an instant: from the lowest price of the 30 days before the price began. With an offer that
    /// gives `benefit` and began `since`, from the lowest of the 30 days before `since` to the price less the benefit. None if the
    /// history does not reach back 30 days, or a price of them is not known.
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
        let mut lowest = None;
        for (index, point) in self.history.iter().enumerate().take(before) {
            let in_window = self.history.get(index + 1).is_none_or(|next| next.since > window);
            if in_window {
                let price = point.price?;
                if lowest.is_none_or(|(_, lowest)| price <= lowest) {
                    lowest = Some((point.since, price));
                }
            }
        }
        let (lowest_since, from) = lowest?;
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
