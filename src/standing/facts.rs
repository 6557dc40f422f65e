//! The facts that conditions and messages may name.

use super::Standing;
use crate::base::locale::language;
use crate::base::problem::Problems;
use crate::base::sentence::{brief, nearest};
use crate::base::sorting::{distinct, sort_by};
use crate::base::text::{cut, joined};
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant, ORDERS, cadence};
use crate::language::condition::{Setting, inside};
use crate::request::order::Item;
use std::borrow::Cow;

macro_rules! facts {
    ($($name:literal $fact:ident, $doc:literal;)*) => {
        /// A fact the engine knows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Fact { $(#[doc = $doc] $fact),* }
        const FACTS: &[Fact] = &[$(Fact::$fact),*];
        /// Their names, in the same order.
        const NAMES: &[&str] = &[$($name),*];
        /// Every fact with what it means, for the documentation.
        #[cfg(not(target_family = "wasm"))]
        pub(crate) const DOCUMENTED: &[(&str, &str)] = &[$(($name, $doc)),*];
    };
}

facts! {
    "tier" Tier, "unknown, known or advocate";
    "phase" Phase, "illusion, letdown, trust, identification or lapsed";
    "locale" Locale, "the locale the customer reads";
    "language" Language, "its language, as es";
    "country" Country, "where parcels go, ISO 3166";
    "postcode" Postcode, "where parcels go";
    "tenureDays" TenureDays, "whole days since they are a customer";
    "promoter" Promoter, "whether their latest rating is 9 or 10";
    "segments" Segments, "the names of the segments that hold";
    "orders.count" OrdersCount, "orders that were not cancelled";
    "orders.good" OrdersGood, "of those: delivered, neither returned nor refunded, after the last complaint";
    "orders.returned" OrdersReturned, "of those: returned";
    "orders.value" OrdersValue, "what they came to, in minor units";
    "orders.average" OrdersAverage, "what one came to on average";
    "orders.margin" OrdersMargin, "what they earned, where that is known";
    "orders.cadence" OrdersCadence, "the median of the whole days between them, of which there must be three";
    "daysSince.firstOrder" SinceFirstOrder, "whole days since the first order";
    "daysSince.order" SinceOrder, "whole days since the latest order";
    "daysSince.delivery" SinceDelivery, "whole days since the latest delivery";
    "daysSince.contact" SinceContact, "whole days since somebody last spoke to them";
    "families" Families, "product families they bought";
    "skus" Skus, "articles they bought";
    "cases.open" CasesOpen, "complaints that are not solved, and with `care.lowScore` ratings that low";
    "conversations.unanswered" Unanswered, "conversations that nobody answered";
    "ratings.last" RatingsLast, "their latest rating, 0 to 10";
    "ratings.average" RatingsAverage, "their average rating";
    "ratings.count" RatingsCount, "how often they rated";
    "cart.total" CartTotal, "what the basket comes to, in minor units";
    "cart.count" CartCount, "how many articles are in it";
    "cart.families" CartFamilies, "product families in it";
    "event" Event, "what just happened: event.name and what came with it";
    "consent" Consent, "consent.email, …: true, false or null";
    "affinity" Affinity, "affinity.tea, …: 0 to 100, from the shop";
    "attributes" Attributes, "attributes.*: the shop's own facts";
    "forms" Forms, "forms.*: what they filled in, if `consent.forms` is true";
}

/// The facts with free names below them.
const ROOTS: [Fact; 5] = [Fact::Event, Fact::Consent, Fact::Affinity, Fact::Attributes, Fact::Forms];

/// A fact, and the way into it where it has an inside.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FactPath {
    fact: Fact,
    inside: Option<String>,
}

/// A fact's value, and how it changes by itself.
#[derive(Debug)]
pub(crate) struct Value<'a> {
    pub tree: Cow<'a, Tree>,
    /// it is the count of whole days since then
    pub since: Option<Instant>,
    /// it is the same until then, growth by the day aside
    pub until: Instant,
}

fn fact_named(name: &str) -> Option<Fact> {
    FACTS.get(NAMES.iter().position(|known| *known == name)?).copied()
}

impl FactPath {
    /// The fact of a dotted name.
    pub fn named(name: &str) -> Option<FactPath> {
        if let Some(fact) = fact_named(name) {
            return Some(FactPath { fact, inside: None });
        }
        let (root, rest) = cut(name, b'.')?;
        let fact = fact_named(root).filter(|fact| ROOTS.contains(fact))?;
        Some(FactPath { fact, inside: Some(rest.to_owned()) })
    }

    /// Reads a path in a condition.
    pub fn read(name: &str, setting: Setting, problems: &mut Problems) -> Option<FactPath> {
        let Some(path) = Self::named(name) else {
            problems.add("unknown-fact", || {
                let own = "; the shop's own facts are written `attributes.…`";
                joined(&["`", &brief(name), "` is no fact", &nearest(name, NAMES), own])
            });
            return None;
        };
        let too_early = match path.fact {
            Fact::Segments => setting != Setting::Policy,
            Fact::Tier => setting == Setting::Tier,
            _ => false,
        };
        if too_early {
            problems.add("not-allowed", || {
                joined(&["`", name, "` is not known yet where this condition is asked; leave it out"])
            });
            return None;
        }
        Some(path)
    }

    pub fn name(&self) -> String {
        let name = NAMES.get(self.fact as usize).copied().unwrap_or_default();
        match &self.inside {
            Some(inside) => joined(&[name, ".", inside]),
            None => name.to_owned(),
        }
    }

    /// Follows the way into the fact.
    fn follow<'a>(&self, root: &'a Tree) -> &'a Tree {
        self.inside.as_ref().map_or(root, |path| inside(root, path))
    }

    /// Whether it tells what they thought of what they bought, or may depend on it; cases do where low scores are `cases`.
    pub fn is_rating(&self, cases: bool) -> bool {
        let own = matches!(self.fact, Fact::Promoter | Fact::RatingsLast | Fact::RatingsAverage | Fact::RatingsCount);
        own || matches!(self.fact, Fact::Tier | Fact::Phase | Fact::Segments) || (cases && self.fact == Fact::CasesOpen)
    }

    pub fn is_order_count(&self) -> bool {
        self.fact == Fact::OrdersCount
    }

    /// Whether it is an amount of money.
    pub fn is_money(&self) -> bool {
        matches!(self.fact, Fact::OrdersValue | Fact::OrdersAverage | Fact::OrdersMargin | Fact::CartTotal)
    }
}

impl<'a> Standing<'a> {
    /// The value of a fact; null where nothing is known.
    pub fn fact(&self, path: &FactPath) -> Value<'a> {
        let (customer, orders) = (self.customer, &self.orders);
        let text = |text: &Option<String>| Tree::from(text.clone());
        let own = |key| customer.rest.get(key).unwrap_or(&Tree::Null);
        let tree = match path.fact {
            Fact::TenureDays => return self.days_since(customer.since),
            Fact::SinceFirstOrder => return self.days_since(orders.first),
            Fact::SinceOrder => return self.days_since(orders.last),
            Fact::SinceDelivery => return self.days_since(orders.delivery),
            // a contact dated ahead is of now
            Fact::SinceContact if self.last_contact > Some(self.at) => Tree::Number(0.0),
            Fact::SinceContact => return self.days_since(self.last_contact),
            Fact::Segments => return self.segments(),
            Fact::Event => return self.stable(Cow::Borrowed(path.follow(self.event))),
            Fact::Consent | Fact::Affinity | Fact::Attributes | Fact::Forms => {
                let name = NAMES.get(path.fact as usize).copied().unwrap_or_default();
                return self.stable(Cow::Borrowed(path.follow(own(name))));
            }
            Fact::Tier => self.tier.word().into(),
            Fact::Phase => self.phase.word().into(),
            Fact::Locale => text(&customer.locale),
            Fact::Language => customer.locale.as_ref().map(|locale| language(locale).to_ascii_lowercase()).into(),
            Fact::Country => text(&customer.country),
            Fact::Postcode => text(&customer.postcode),
            Fact::Promoter => self.is_promoter().into(),
            Fact::OrdersCount => orders.count.into(),
            Fact::OrdersGood => orders.good.into(),
            Fact::OrdersReturned => orders.returned.into(),
            Fact::OrdersValue => orders.value.into(),
            Fact::OrdersAverage => mean(orders.value, orders.count),
            Fact::OrdersMargin => orders.margin.into(),
            Fact::OrdersCadence => self.cadence().map(|cadence| cadence.div_euclid(DAY)).into(),
            Fact::Families => self.bought(|item| item.family.as_ref()),
            Fact::Skus => self.bought(|item| item.sku.as_ref()),
            Fact::CasesOpen => self.open_cases.into(),
            Fact::Unanswered => self.unanswered.into(),
            Fact::RatingsLast => self.last_rating().map_or(Tree::Null, |(_, score)| Tree::Number(score)),
            Fact::RatingsAverage => {
                let (count, sum) = self.ratings();
                if count > 0.0 { Tree::Number(sum / count) } else { Tree::Null }
            }
            Fact::RatingsCount => Tree::Number(self.ratings().0),
            Fact::CartTotal => cart_fact(own("cart"), "total", price),
            Fact::CartCount => cart_fact(own("cart"), "count", quantity),
            Fact::CartFamilies => cart_families(own("cart")),
        };
        self.stable(Cow::Owned(tree))
    }

    fn stable<'t>(&self, tree: Cow<'t, Tree>) -> Value<'t> {
        Value { tree, since: None, until: self.until }
    }

    fn days_since(&self, instant: Option<Instant>) -> Value<'a> {
        let since = instant.filter(|instant| *instant <= self.at);
        let days = since.map(|since| (self.at - since).div_euclid(DAY));
        Value { tree: Cow::Owned(days.into()), since, until: self.until }
    }

    fn segments(&self) -> Value<'a> {
        let mut until = self.until;
        let mut names = Vec::new();
        for (name, condition) in self.segments {
            let truth = condition.ask(self);
            until = until.min(truth.until);
            if truth.holds {
                names.push(Tree::from(name));
            }
        }
        Value { tree: Cow::Owned(Tree::List(names)), since: None, until }
    }

    /// How many ratings there are, and what they come to.
    fn ratings(&self) -> (f64, f64) {
        let (mut count, mut sum) = (0.0, 0.0);
        for rating in &self.customer.ratings {
            if rating.at.is_none_or(|given| given <= self.at) {
                count += 1.0;
                sum += rating.score;
            }
        }
        (count, sum)
    }

    /// The median of the times between the orders.
    fn cadence(&self) -> Option<i64> {
        let mut instants = Vec::new();
        self.placed.iter().for_each(|order| instants.extend(order.stands(self.at)));
        sort_by(&mut instants, Ord::cmp);
        cadence(instants, ORDERS)
    }

    fn bought(&self, name: fn(&Item) -> Option<&String>) -> Tree {
        let mut names = Vec::new();
        for order in self.placed {
            if order.was_placed(self.at) {
                for item in &order.items {
                    if let Some(name) = name(item) {
                        names.push(name.clone());
                    }
                }
            }
        }
        distinct(names).into()
    }
}

fn mean(sum: i64, count: i64) -> Tree {
    #[allow(clippy::cast_precision_loss, reason = "sums of the contract stay within 2^53")]
    if count > 0 { Tree::Number(sum as f64 / count as f64) } else { Tree::Null }
}

/// Whatever the cart says itself; else what its items come to.
fn cart_fact(cart: &Tree, key: &str, each: fn(&Tree) -> i64) -> Tree {
    match (cart.get(key), cart.get("items")) {
        (Some(said), _) => said.clone(),
        (None, Some(Tree::List(items))) => {
            let mut sum = 0_i64;
            items.iter().for_each(|item| sum = sum.saturating_add(each(item)));
            sum.into()
        }
        _ => Tree::Null,
    }
}

fn quantity(item: &Tree) -> i64 {
    item.integer("quantity").unwrap_or(1)
}

fn price(item: &Tree) -> i64 {
    item.integer("price").unwrap_or(0).saturating_mul(quantity(item))
}

fn cart_families(cart: &Tree) -> Tree {
    match (cart.get("families"), cart.get("items")) {
        (Some(said), _) => said.clone(),
        (None, Some(Tree::List(items))) => {
            let mut names = Vec::new();
            for item in items {
                if let Some(family) = item.owned("family") {
                    names.push(family);
                }
            }
            distinct(names).into()
        }
        _ => Tree::Null,
    }
}
