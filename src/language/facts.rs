//! The facts that conditions and messages may name.

use crate::base::problem::{Code, Problems};
use crate::base::sentence::{did_you_mean, shortened};
use crate::base::text::{concat, parse_digits, split_once_at};
use crate::base::tree::Tree;
use crate::calendar::Instant;
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
    pub fact: Fact,
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

/// What a condition is asked of: the facts about a customer at one instant.
pub(crate) trait Facts {
    /// The value of a fact; null where nothing is known.
    fn fact(&self, path: &FactPath) -> Value<'_>;
    /// The instant of the facts.
    fn at(&self) -> Instant;
    /// Whether the facts stay as they are while clocks run on, so that no answer changes by itself.
    fn is_frozen(&self) -> bool;
}

/// Where a condition stands decides which facts it may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// everything is known
    Policy,
    /// in `tiers`: neither the tier nor the segments are known yet
    Tier,
    /// in a segment: the segments are not known yet
    Segment,
    /// inside `$elemMatch`: paths into the element
    Element,
}

fn fact_named(name: &str) -> Option<Fact> {
    FACTS.get(NAMES.iter().position(|known| *known == name)?).copied()
}

impl Fact {
    pub fn name(self) -> &'static str {
        NAMES.get(self as usize).copied().unwrap_or_default()
    }
}

impl FactPath {
    /// The fact of a dotted name.
    pub fn named(name: &str) -> Option<FactPath> {
        if let Some(fact) = fact_named(name) {
            return Some(FactPath { fact, inside: None });
        }
        let (root, rest) = split_once_at(name, b'.')?;
        let fact = fact_named(root).filter(|fact| ROOTS.contains(fact))?;
        Some(FactPath { fact, inside: Some(rest.to_owned()) })
    }

    /// Reads a path in a condition.
    pub fn read(name: &str, scope: Scope, problems: &mut Problems) -> Option<FactPath> {
        let Some(path) = Self::named(name) else {
            problems.add(Code::UnknownFact, || {
                let own = "; the shop's own facts are written `attributes.…`";
                concat(&["`", &shortened(name), "` is no fact", &did_you_mean(name, NAMES), own])
            });
            return None;
        };
        let too_early = match path.fact {
            Fact::Segments => scope != Scope::Policy,
            Fact::Tier => scope == Scope::Tier,
            _ => false,
        };
        if too_early {
            problems.add(Code::NotAllowed, || {
                concat(&["`", name, "` is not known yet where this condition is asked; leave it out"])
            });
            return None;
        }
        Some(path)
    }

    pub fn name(&self) -> String {
        let name = self.fact.name();
        match &self.inside {
            Some(inside) => concat(&[name, ".", inside]),
            None => name.to_owned(),
        }
    }

    /// Follows the way into the fact.
    pub fn follow<'a>(&self, root: &'a Tree) -> &'a Tree {
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

/// Follows a dotted path into a value: keys of objects, indices of lists; null where there is nothing.
pub(crate) fn inside<'a>(tree: &'a Tree, path: &str) -> &'a Tree {
    let mut here = tree;
    let mut rest = Some(path);
    while let Some(path) = rest {
        let (step, further) = split_once_at(path, b'.').map_or((path, None), |(step, further)| (step, Some(further)));
        let next = match here {
            Tree::List(elements) => {
                parse_digits(step.as_bytes()).and_then(|index| elements.get(usize::try_from(index).ok()?))
            }
            _ => here.find(step),
        };
        here = next.unwrap_or(&Tree::Null);
        rest = further;
    }
    here
}
