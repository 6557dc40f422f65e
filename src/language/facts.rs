//! The facts that conditions and messages may name, as `orders.count`.

use crate::base::compiled::{Compiled, Reader, compiled};
use crate::base::steps::{Looked, Steps};
use crate::base::text::{concat, parse_digits, split_once_at};
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::words::Channel;
use std::borrow::Cow;
use std::cell::OnceCell;

macro_rules! facts {
    ($($name:literal $fact:ident, $doc:literal;)*) => {
        /// A fact about a customer, as the engine computes it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Fact { $(#[doc = $doc] $fact),* }
        const FACTS: &[Fact] = &[$(Fact::$fact),*];
        /// The names, in the order of `FACTS`.
        pub(super) const NAMES: &[&str] = &[$($name),*];
        /// Each name with its description, for the schema and the docs.
        #[cfg(not(target_family = "wasm"))]
        pub(crate) const DOCUMENTED: &[(&str, &str)] = &[$(($name, $doc)),*];
    };
}

facts! {
    "tier" Tier, "how well the customer knows the shop: unknown, known or advocate";
    "phase" Phase, "the phase of the customer: illusion, letdown, trust, identification or lapsed";
    "locale" Locale, "the locale in which the customer reads, as es-ES";
    "language" Language, "the language of the locale, as es";
    "country" Country, "the country to which parcels are sent, ISO 3166, as ES";
    "postcode" Postcode, "the postcode to which parcels are sent";
    "tenureDays" TenureDays, "for how many whole days the customer has been one";
    "promoter" Promoter, "whether the customer's latest rating is 9 or 10";
    "segments" Segments, "the names of the policy's segments to which the customer belongs; a segment may not use it";
    "orders.count" OrdersCount, "number of orders that were not cancelled";
    "orders.good" OrdersGood, "number of these that were delivered, were neither returned nor refunded, and are named by no open complaint; with `care.lowScore`, also by no rating that is a case";
    "orders.returned" OrdersReturned, "number of these that were returned";
    "orders.value" OrdersValue, "the sum of these orders, in minor units";
    "orders.average" OrdersAverage, "the average amount of one of these orders, in minor units";
    "orders.margin" OrdersMargin, "the sum of the margins of these orders, where the shop gives them, in minor units";
    "orders.cadence" OrdersCadence, "the median of the whole days between two orders; null with fewer than three orders";
    "daysSince.firstOrder" SinceFirstOrder, "whole days since the first order";
    "daysSince.order" SinceOrder, "whole days since the latest order";
    "daysSince.delivery" SinceDelivery, "whole days since the latest delivery";
    "daysSince.contact" SinceContact, "whole days since the last contact";
    "daysSince.case" SinceCase, "whole days since a complaint was solved, the latest of those that are solved now; low ratings and incidents do not count";
    "contacts.<campaign>.count" ContactsCount, "how often a campaign has spoken to the customer; null without a ledger";
    "contacts.<campaign>.daysSince" SinceContactOf, "whole days since a campaign last spoke to the customer";
    "contacts.<campaign>.reaction" ReactionTo, "what the customer did with the latest contact of a campaign: dismissed, clicked or converted";
    "codes.<offer>.held" CodeHeld, "whether the customer has a personal code of an offer that can still be used";
    "codes.<offer>.endsInDays" CodeEndsIn, "in how many whole days that code ends; null if it does not";
    "searches" Searches, "the words that the customer searched for in the last 30 days, in small letters; empty unless `consent.forms` is true";
    "families" Families, "the product families the customer bought";
    "skus" Skus, "the articles the customer bought";
    "cases.open" CasesOpen, "number of open complaints; with `care.lowScore`, also ratings that are so low";
    "conversations.unanswered" Unanswered, "number of conversations the shop has not answered";
    "ratings.last" RatingsLast, "the customer's latest rating, 0 to 10";
    "ratings.average" RatingsAverage, "the average of the customer's ratings";
    "ratings.count" RatingsCount, "number of the customer's ratings";
    "cart.total" CartTotal, "the total of the cart, in minor units; null if `consent.cart` is false";
    "cart.count" CartCount, "number of articles in the cart; null if `consent.cart` is false";
    "cart.families" CartFamilies, "the product families in the cart; null if `consent.cart` is false";
    "event" Event, "what just happened: `event.name`, and the data sent with it";
    "consent" Consent, "`consent.email` and the other channels: true (given), false (withdrawn) or null (never asked)";
    "affinity" Affinity, "`affinity.tea` and other topics: 0 to 100, as the shop computes it";
    "attributes" Attributes, "`attributes.*`: facts of the shop's own, as `attributes.club`";
    "forms" Forms, "`forms.*`: what the customer filled in, if `consent.forms` is true";
}

impl Fact {
    /// Which of the facts it is that cost more than a look at a field, so that a standing computes each once; and whether it stays as it
    /// is, whatever time it is.
    pub fn kept(self) -> Option<(usize, bool)> {
        match self {
            Fact::Locale => Some((0, true)),
            Fact::Language => Some((1, true)),
            Fact::Country => Some((2, true)),
            Fact::Postcode => Some((3, true)),
            Fact::Consent => Some((4, true)),
            Fact::CartFamilies => Some((5, true)),
            Fact::Families => Some((6, false)),
            Fact::Skus => Some((7, false)),
            Fact::OrdersCadence => Some((8, false)),
            _ => None,
        }
    }
}

/// What a standing has computed of them.
pub(crate) type Kept = [OnceCell<Tree>; 9];

/// The facts below which the shop chooses the names, as `attributes.club`.
const ROOTS: [Fact; 5] = [Fact::Event, Fact::Consent, Fact::Affinity, Fact::Attributes, Fact::Forms];

/// A fact, and the path inside it: `attributes.club.level` is the fact `attributes` and `club.level`, `contacts.news.count` the fact
/// `contacts.<campaign>.count` and `news`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FactPath {
    pub fact: Fact,
    pub(super) inside: Option<String>,
    /// of `segments`: the places in the policy of those that matter to the test; empty: all
    pub only: Vec<usize>,
}

/// A fact's value, and when it changes although nothing happens.
#[derive(Debug)]
pub(crate) struct Value<'a> {
    pub tree: Cow<'a, Tree>,
    /// the value is the number of whole days since then
    pub since: Option<Instant>,
    /// the value stays the same until then, apart from the growth of `since`
    pub until: Instant,
}

impl<'a> Value<'a> {
    /// A value that time does not change.
    pub fn fixed(tree: Cow<'a, Tree>) -> Value<'a> {
        Value { tree, since: None, until: Instant::NEVER }
    }
}

/// The facts about one customer at one instant. `standing/` computes them; conditions and messages ask for them.
pub(crate) trait Facts {
    /// Null if the value is not known.
    fn fact(&self, path: &FactPath) -> Value<'_>;
    fn at(&self) -> Instant;
    /// Whether the facts are those of one fixed moment, so that answers do not change with time.
    fn is_frozen(&self) -> bool;
    /// what was looked at so far
    fn steps(&self) -> &Steps;
}

/// What stands before and after the part of a fact's name that the policy fills in: `contacts.` and `.count` of
/// `contacts.<campaign>.count`.
pub(crate) fn ends(name: &str) -> Option<(&str, &str)> {
    let (before, rest) = split_once_at(name, b'<')?;
    Some((before, split_once_at(rest, b'>')?.1))
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
    /// The fact called `orders.count`, or the path `attributes.club`.
    pub fn named(name: &str) -> Option<FactPath> {
        if let Some(fact) = fact_named(name).filter(|_| ends(name).is_none()) {
            return Some(FactPath { fact, inside: None, only: Vec::new() });
        }
        for (fact, pattern) in FACTS.iter().zip(NAMES) {
            if let Some((before, after)) = ends(pattern)
                && let Some(middle) = name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after))
            {
                return Some(FactPath { fact: *fact, inside: Some(middle.to_owned()), only: Vec::new() });
            }
        }
        let (root, rest) = split_once_at(name, b'.')?;
        let fact = fact_named(root).filter(|fact| ROOTS.contains(fact))?;
        if fact == Fact::Consent && !["cart", "forms"].contains(&rest) && Channel::named(rest).is_none() {
            return None;
        }
        Some(FactPath { fact, inside: Some(rest.to_owned()), only: Vec::new() })
    }

    pub fn name(&self) -> String {
        let name = self.fact.name();
        match (&self.inside, ends(name)) {
            (Some(inside), Some((before, after))) => concat(&[before, inside, after]),
            (Some(inside), None) => concat(&[name, ".", inside]),
            (None, _) => name.to_owned(),
        }
    }

    /// The campaign or the offer that it mentions.
    pub fn mentioned(&self) -> &str {
        self.inside.as_deref().unwrap_or_default()
    }

    /// The value at the path inside the fact.
    pub fn follow<'a>(&self, root: &'a Tree, steps: &Steps) -> &'a Tree {
        self.inside.as_ref().map_or(root, |path| inside(root, path, steps))
    }

    /// Whether a contact changes it.
    pub fn is_of_contacts(&self) -> bool {
        matches!(self.fact, Fact::SinceContact | Fact::ContactsCount | Fact::SinceContactOf | Fact::ReactionTo)
    }

    /// Whether it is a rating, or may depend on one. With `cases`, low scores count as open cases (`care.lowScore`).
    pub fn is_rating(&self, cases: bool) -> bool {
        let own = matches!(self.fact, Fact::Promoter | Fact::RatingsLast | Fact::RatingsAverage | Fact::RatingsCount);
        own || matches!(self.fact, Fact::Tier | Fact::Phase | Fact::Segments)
            || (cases && matches!(self.fact, Fact::CasesOpen | Fact::OrdersGood))
    }

    /// The least value it has of who has ordered and was served well, if it tells that from who has not.
    pub fn least_after_order(&self) -> Option<i64> {
        match self.fact {
            Fact::OrdersCount | Fact::OrdersGood => Some(1),
            Fact::SinceOrder | Fact::SinceFirstOrder | Fact::SinceDelivery => Some(0),
            _ => None,
        }
    }

    /// Whether it is an amount of money.
    pub fn is_money(&self) -> bool {
        matches!(self.fact, Fact::OrdersValue | Fact::OrdersAverage | Fact::OrdersMargin | Fact::CartTotal)
    }
}

/// The value at a dotted path: `items.0.sku` is a key, an index and a key. Null if there is none.
pub(crate) fn inside<'a>(tree: &'a Tree, path: &str, steps: &Steps) -> &'a Tree {
    let mut current = tree;
    let mut rest = Some(path);
    while let Some(path) = rest {
        let (step, further) = split_once_at(path, b'.').map_or((path, None), |(step, further)| (step, Some(further)));
        let next = match current {
            Tree::List(elements) => {
                parse_digits(step.as_bytes()).and_then(|index| elements.get(usize::try_from(index).ok()?))
            }
            Tree::Object(entries) if !steps.take(Looked::Element, entries.len()) => None,
            _ => current.find(step),
        };
        current = next.unwrap_or(&Tree::Null);
        rest = further;
    }
    current
}

compiled! { struct FactPath { fact, inside, only } }

/// The index in `FACTS`.
impl Compiled for Fact {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut crate::base::compiled::Writer) {
        (*self as usize).write(out);
    }

    fn read(input: &mut Reader) -> Fact {
        let fact = FACTS.get(usize::read(input));
        if fact.is_none() {
            input.fail();
        }
        fact.copied().unwrap_or(Fact::Tier)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::{DOCUMENTED, FactPath, fact_named};

    #[test]
    fn every_amount_is_money_and_every_fact_of_ratings_is_a_rating() {
        for (name, doc) in DOCUMENTED {
            let path = FactPath { fact: fact_named(name).unwrap(), inside: None, only: Vec::new() };
            assert_eq!(path.is_money(), doc.contains("in minor units"), "`{name}` in `FactPath::is_money`");
            assert!(path.is_rating(false) || !name.starts_with("ratings."), "`{name}` in `FactPath::is_rating`");
        }
    }
}
