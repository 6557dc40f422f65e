//! The facts that conditions and messages may name.

use super::Standing;
use crate::base::locale::language;
use crate::base::sorting::{distinct, sort_by};
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant, ORDERS, cadence};
use crate::language::facts::{Fact, FactPath, Facts, Value};
use crate::request::order::Item;
use std::borrow::Cow;

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
                return self.stable(Cow::Borrowed(path.follow(own(path.fact.name()))));
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
