//! The facts that conditions and messages may name.

use super::{Asked, Standing};
use crate::base::locale::{comparable, language, present};
use crate::base::sorting::{distinct, sort_by};
use crate::base::steps::{Looked, Steps};
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant, ORDERS, cadence};
use crate::language::destination::postcode;
use crate::language::facts::{Fact, FactPath, Facts, Value};
use crate::language::words::Reaction;
use crate::reader::value::from_thousandths;
use crate::request::cart::Cart;
use crate::request::item::Item;
use std::borrow::Cow;
use std::cell::Cell;

impl Facts for Standing<'_> {
    fn fact(&self, path: &FactPath) -> Value<'_> {
        Standing::fact(self, path)
    }

    fn at(&self) -> Instant {
        self.at
    }

    fn is_frozen(&self) -> bool {
        self.frozen
    }

    fn steps(&self) -> &Steps {
        self.steps
    }
}

impl<'a> Standing<'a> {
    /// The value of a fact; null where nothing is known.
    pub fn fact(&self, path: &FactPath) -> Value<'_> {
        let (customer, orders) = (self.customer, &self.orders);
        let inside = |tree| Cow::Borrowed(path.follow(tree, self.steps));
        match path.fact {
            Fact::TenureDays => self.days_since(customer.since),
            Fact::SinceFirstOrder => self.days_since(orders.first),
            Fact::SinceOrder => self.days_since(orders.last),
            Fact::SinceDelivery => self.days_since(orders.delivery),
            Fact::SinceCase => self.days_since(self.solved),
            // a contact dated ahead counts as of now
            Fact::SinceContact if self.last_contact > Some(self.at) => self.stable(Cow::Owned(Tree::Number(0.0))),
            Fact::SinceContact => self.days_since(self.last_contact),
            Fact::ContactsCount | Fact::SinceContactOf | Fact::ReactionTo => self.contacts_fact(path),
            Fact::CodeHeld | Fact::CodeEndsIn => self.code_fact(path),
            Fact::Searches => self.searches(),
            Fact::Segments => self.segments(&path.only),
            Fact::Event => Value::fixed(inside(self.event)),
            Fact::Affinity => Value::fixed(inside(customer.affinity.tree())),
            Fact::Attributes => Value::fixed(inside(customer.attributes.tree())),
            Fact::Forms => Value::fixed(inside(customer.forms.tree())),
            // a standing under way has not found them yet
            Fact::Tier => self.stable(Cow::Owned(self.tier.word().into())),
            Fact::Phase => self.stable(Cow::Owned(self.phase.word().into())),
            Fact::CartTotal | Fact::CartCount => Value::fixed(Cow::Owned(self.compute(path.fact))),
            fact => match fact.kept() {
                Some((index, is_fixed)) => {
                    let kept = self.kept.facts.get(index).map(|kept| kept.get_or_init(|| self.compute(fact)));
                    let value = inside(kept.unwrap_or(&Tree::Null));
                    if is_fixed { Value::fixed(value) } else { self.stable(value) }
                }
                None => self.stable(Cow::Owned(self.compute(fact))),
            },
        }
    }

    /// The value of a fact that stays as it is while the standing does.
    fn compute(&self, fact: Fact) -> Tree {
        let (customer, orders) = (self.customer, &self.orders);
        let text = |text: &Option<String>| Tree::from(text.clone());
        match fact {
            Fact::Consent => customer.consent.as_ref().into(),
            Fact::Locale => customer.locale.as_deref().map(comparable).into(),
            Fact::Language => {
                customer.locale.as_ref().map(|locale| present(language(locale)).to_ascii_lowercase()).into()
            }
            Fact::Country => text(&customer.country),
            // as for a destination, a postcode without a digit is not known
            Fact::Postcode => {
                let has_digit = |code: &&str| code.bytes().any(|byte| byte.is_ascii_digit());
                customer.postcode.as_deref().filter(has_digit).map(postcode).into()
            }
            Fact::Promoter => self.is_promoter().into(),
            Fact::OrdersCount => orders.count.into(),
            Fact::OrdersGood => orders.good.into(),
            Fact::OrdersReturned => orders.returned.into(),
            Fact::OrdersValue => exact(orders.value).into(),
            Fact::OrdersAverage => mean(orders.value, orders.count),
            Fact::OrdersMargin => orders.margin.and_then(exact).into(),
            Fact::OrdersCadence => self.cadence().map(|cadence| cadence.div_euclid(DAY)).into(),
            Fact::Families => self.bought(|item| item.family.as_ref()),
            Fact::Skus => self.bought(|item| item.sku.as_ref()),
            Fact::CasesOpen => self.open_cases.into(),
            Fact::Unanswered => self.unanswered.into(),
            Fact::RatingsLast => self.ratings().next().map_or(Tree::Null, |rating| Tree::Number(rating.score)),
            Fact::RatingsAverage => {
                let (mut count, mut sum) = (0.0, 0.0);
                self.steps.take(Looked::Order, self.customer.ratings.list().len());
                self.customer.ratings.list().iter().for_each(|rating| {
                    if rating.at.is_none_or(|given| given <= self.at) {
                        count += 1.0;
                        sum += rating.score;
                    }
                });
                if count > 0.0 { Tree::Number(sum / count) } else { Tree::Null }
            }
            Fact::RatingsCount => self.ratings().count().into(),
            Fact::CartTotal => self.cart_total().into(),
            Fact::CartCount => self.cart().and_then(cart_count).into(),
            Fact::CartFamilies => self.cart().and_then(cart_families).into(),
            _ => Tree::Null,
        }
    }

    /// The total of the cart, as far as it is known.
    pub fn cart_total(&self) -> Option<i64> {
        self.cart().and_then(cart_total)
    }

    fn cart(&self) -> Option<&'a Cart> {
        let items = |cart: &&Cart| self.steps.take(Looked::Order, cart.items().len());
        self.customer.cart.get().filter(items)
    }

    fn stable<'t>(&self, tree: Cow<'t, Tree>) -> Value<'t> {
        Value { tree, since: None, until: self.until }
    }

    fn days_since(&self, instant: Option<Instant>) -> Value<'a> {
        let since = instant.filter(|instant| *instant <= self.at);
        let days = since.map(|since| (self.at - since).div_euclid(DAY));
        Value { tree: Cow::Owned(days.into()), since, until: self.until }
    }

    /// `contacts.<campaign>.*`
    fn contacts_fact(&self, path: &FactPath) -> Value<'_> {
        let Some(contacts) = self.contacts(path.mentioned()) else { return self.stable(Cow::Owned(Tree::Null)) };
        let (mut since, until) = (None, contacts.until);
        let tree = match path.fact {
            Fact::ContactsCount => contacts.count.into(),
            Fact::ReactionTo => contacts.reaction.map(Reaction::word).into(),
            _ => {
                since = contacts.last;
                since.map(|since| (self.at - since).div_euclid(DAY)).into()
            }
        };
        Value { tree: Cow::Owned(tree), since, until }
    }

    /// `codes.<offer>.*`
    fn code_fact(&self, path: &FactPath) -> Value<'_> {
        let code = self.customer.code_for(path.mentioned());
        let ends = code.map(|code| code.expires_at.unwrap_or(Instant::NEVER)).filter(|ends| self.at < *ends);
        let days = ends.filter(|ends| *ends < Instant::NEVER).map(|ends| (ends - self.at).div_euclid(DAY));
        let (tree, until) = match path.fact {
            Fact::CodeHeld => (ends.is_some().into(), ends),
            // the last of its whole days ends with this instant; after the last of all there is no code
            _ => (days.into(), ends.zip(days).map(|(ends, days)| ends.min(ends + (1 - days * DAY)))),
        };
        Value { tree: Cow::Owned(tree), since: None, until: self.until.min(until.unwrap_or(Instant::NEVER)) }
    }

    fn searches(&self) -> Value<'_> {
        let (tree, from, until) = self.kept.searches.get_or_init(|| self.find_searches());
        if (*from..*until).contains(&self.at) {
            return Value { tree: Cow::Borrowed(tree), since: None, until: self.until.min(*until) };
        }
        let (tree, _, until) = self.find_searches();
        Value { tree: Cow::Owned(tree), since: None, until: self.until.min(until) }
    }

    /// The words of the searches, since when these are known, and until when they are the same.
    fn find_searches(&self) -> (Tree, Instant, Instant) {
        let (mut words, mut until) = (Vec::new(), Instant::NEVER);
        for search in self.customer.searches.list() {
            // they are copied and sorted
            if self.steps.take(Looked::Element, 16 + 16 * search.size()) {
                search.recent(self.at, &mut words, &mut until);
            }
        }
        (self.customer.searches.get().map(|_| distinct(words)).into(), self.at, until)
    }

    /// The segments, or only those at some places. Many campaigns ask for the same, so each is asked once as long as its answer holds.
    fn segments(&self, only: &[usize]) -> Value<'_> {
        let (mut names, mut until) = (Vec::new(), self.until);
        let kept = self.kept.segments.get_or_init(|| vec![Cell::default(); self.segments.len()]);
        let (mut all, mut some) = (0..kept.len(), only.iter().copied());
        let places: &mut dyn Iterator<Item = usize> = if only.is_empty() { &mut all } else { &mut some };
        for place in places {
            let Some(((name, condition), kept)) = self.segments.get(place).zip(kept.get(place)) else { continue };
            if !self.steps.take(Looked::Element, 1) {
                break;
            }
            let holds =
                |known: &Asked| known.frozen == self.frozen && (known.from..known.truth.until).contains(&self.at);
            let asked = kept.get().filter(holds).unwrap_or_else(|| Asked {
                frozen: self.frozen,
                from: self.at,
                truth: condition.ask(self),
            });
            kept.set(Some(asked));
            until = until.min(asked.truth.until);
            if asked.truth.holds {
                names.push(Tree::from(name));
            }
        }
        Value { tree: Cow::Owned(Tree::List(names)), since: None, until }
    }

    /// The median of the times between the orders.
    fn cadence(&self) -> Option<i64> {
        let mut instants = Vec::new();
        self.steps.take(Looked::Order, self.placed.len());
        self.placed.iter().for_each(|order| instants.extend(order.stands(self.at)));
        sort_by(&mut instants, Ord::cmp);
        cadence(instants, ORDERS)
    }

    fn bought(&self, name: fn(&Item) -> Option<&String>) -> Tree {
        let mut names = Vec::new();
        for order in self.placed {
            if order.was_placed(self.at) && self.steps.take(Looked::Order, 1 + order.items.len()) {
                for name in order.items.iter().filter_map(name) {
                    // most buy the same again
                    if names.last() != Some(&name) {
                        names.push(name);
                    }
                }
            }
        }
        sort_by(&mut names, Ord::cmp);
        names.dedup();
        names.into_iter().collect()
    }
}

/// A sum, unless it is beyond 2^53 − 1: nobody could write it exactly, so nobody is told it.
fn exact(sum: i64) -> Option<i64> {
    Some(sum).filter(|sum| sum.unsigned_abs() <= 9_007_199_254_740_991)
}

fn mean(sum: i64, count: i64) -> Tree {
    #[allow(clippy::cast_precision_loss, reason = "an exact sum is within 2^53")]
    match exact(sum) {
        Some(sum) if count > 0 => Tree::Number(sum as f64 / count as f64),
        _ => Tree::Null,
    }
}

/// The `total` of the cart, else the sum of its items' prices; none if one of them is not known.
fn cart_total(cart: &Cart) -> Option<i64> {
    cart.total.or_else(|| sum(cart, Item::amount))
}

/// The `count` of the cart, else the sum of its items' quantities.
fn cart_count(cart: &Cart) -> Option<Tree> {
    cart.count.or_else(|| sum(cart, |item| Some(item.quantity()))).map(from_thousandths)
}

/// A sum over the items of a cart; none if the shop does not give them, or not what is summed up.
fn sum(cart: &Cart, of: fn(&Item) -> Option<i64>) -> Option<i64> {
    let mut sum = 0_i64;
    for item in cart.items.as_ref()? {
        sum = sum.saturating_add(of(item)?);
    }
    exact(sum)
}

/// The `families` of the cart, else those of its items.
fn cart_families(cart: &Cart) -> Option<Vec<String>> {
    if let Some(families) = &cart.families {
        return Some(families.clone());
    }
    let mut names = Vec::new();
    cart.items.as_ref()?.iter().for_each(|item| names.extend(item.family.clone()));
    Some(distinct(names))
}
