//! The values of the parameters that a message inserts. `policy/parameter.rs` has the table of parameters.

use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant, format_date};
use crate::candidates::candidate::Candidate;
use crate::candidates::occasions::found::About;
use crate::candidates::offer::{code, offer_ends};
use crate::honesty::proof::{Facts, percent_of};
use crate::language::facts::FactPath;
use crate::policy::parameter::{Inserts, Key, Parameter, ValueType};
use crate::policy::{Benefit, Offer, Variant};
use crate::request::catalog_shape::Due;
use crate::request::item::Item;
use crate::request::order::Order;
use std::borrow::Cow;

/// What the values of parameters are taken from.
#[derive(Clone, Copy)]
pub(super) struct Values<'a, 'c> {
    pub candidate: &'c Candidate<'a>,
    pub facts: &'c Facts<'a>,
}

/// A value that is not written for the message yet, because it may only be asked whether there is one.
enum Value<'a> {
    Text(ValueType, &'a str),
    Plain(ValueType, Tree),
    Fact(ValueType, Cow<'a, Tree>),
    /// an object with its type
    Typed(Tree),
}

impl<'a> Values<'a, '_> {
    /// The value of a parameter with its type, as `{ "type": "money", "value": 2490, "currency": "EUR" }`; none: it is unknown.
    pub fn of(self, parameter: &Parameter, variant: &Variant) -> Option<Tree> {
        Some(match self.value(parameter, variant)? {
            Value::Text(value_type, text) => self.typed(value_type, text.to_owned().into()),
            Value::Plain(value_type, value) => self.typed(value_type, value),
            Value::Fact(value_type, value) => self.typed(value_type, texts_alone(value)),
            Value::Typed(value) => value,
        })
    }

    /// Whether the value of a parameter is known.
    pub fn has(self, parameter: &Parameter, variant: &Variant) -> bool {
        self.value(parameter, variant).is_some()
    }

    fn value(self, parameter: &Parameter, variant: &Variant) -> Option<Value<'a>> {
        let value = match &parameter.inserts {
            Inserts::Named(row) => self.named(row.key, row.value_type)?,
            Inserts::Article(row, _) => self.of_article(row.key, row.value_type, variant)?,
            Inserts::Fact(path, _) => self.fact(path, parameter.plural)?,
        };
        let text = match &value {
            Value::Text(_, text) => Some(*text),
            Value::Fact(_, value) => value.as_text(),
            _ => None,
        };
        // the rest of an address would lead elsewhere: `/{sku}/evil.example` to another host
        let is_no_step = parameter.in_address && matches!(text, Some("" | "." | ".."));
        (!is_no_step).then_some(value)
    }

    /// The value of a parameter that is not a fact, nor of the catalogue.
    fn named(self, key: Key, value_type: ValueType) -> Option<Value<'a>> {
        let context = self.candidate.context;
        let text = |text| Some(Value::Text(value_type, text));
        let plain = match key {
            Key::GivenName => return text(context.customer.given_name.as_deref()?),
            Key::ShopName => return text(&context.policy.shop.name),
            Key::Signer => return text(context.policy.shop.signer.as_deref()?),
            Key::OfferCode => return text(self.offer_code()?),
            Key::OfferPercent => match self.offer()?.benefit {
                Benefit::Percent(percent) => Tree::Number(percent),
                _ => return None,
            },
            Key::OfferAmount => match self.offer()?.benefit {
                Benefit::Amount(amount) => amount.into(),
                _ => return None,
            },
            Key::OfferExpires => return self.offer_expires().map(Value::Typed),
            Key::ItemFamily => return text(self.item()?.family.as_deref()?),
            Key::ItemSku => return text(self.item()?.sku.as_deref()?),
            Key::OrderId => return text(self.order()?.name()?),
            Key::OrderTotal => self.order()?.total?.into(),
            Key::OrderAt => self.order()?.at?.into(),
            Key::Birthday => match self.candidate.occurrence.as_ref()?.about {
                About::Day(day, ..) => format_date(day).into(),
                _ => return None,
            },
            _ => return None,
        };
        Some(Value::Plain(value_type, plain))
    }

    /// The value of a parameter of the catalogue.
    fn of_article(self, key: Key, value_type: ValueType, variant: &Variant) -> Option<Value<'a>> {
        let facts = self.facts;
        let text = |text| Some(Value::Text(value_type, text));
        let plain = match key {
            Key::ProductName => return text(facts.product(variant)?.name.as_ref()?),
            Key::ProductPrice => self.price(variant)?.into(),
            Key::ProductUrl => return text(facts.product(variant)?.url.as_ref()?),
            Key::ProductSku => return text(&facts.product(variant)?.sku),
            Key::ReductionPercent => percent_of(facts.reduction(variant)?.hundredths),
            Key::ReductionFrom => facts.reduction(variant)?.from.into(),
            Key::ReductionTo => facts.reduction(variant)?.to.into(),
            Key::SurchargeAmount => self.surcharge(variant)?.amount.into(),
            Key::SurchargeTotal => (self.surcharge(variant)?.amount + self.price(variant)?).into(),
            Key::SurchargeWhat => return text(self.surcharge(variant)?.what?),
            Key::ShippingAmount => facts.shipping()?.amount.into(),
            Key::ShippingFreeFrom => facts.free_from()?.into(),
            Key::ShippingMissing => self.missing_for_free_shipping()?.into(),
            _ => return None,
        };
        Some(Value::Plain(value_type, plain))
    }

    /// The value of a fact. Only a number can stand in a plural.
    fn fact(self, path: &FactPath, plural: bool) -> Option<Value<'a>> {
        let fact = self.candidate.standing.fact(path).tree;
        let value_type = match &*fact {
            Tree::Number(_) if path.is_money() => ValueType::Money,
            Tree::Number(_) => ValueType::Number,
            Tree::Text(_) if !plural => ValueType::Text,
            Tree::List(elements) if !plural && elements.iter().any(is_text) => ValueType::List,
            _ => return None,
        };
        Some(Value::Fact(value_type, fact))
    }

    /// A value with its type, and what `render` needs to write it: the currency, or the zone of an instant.
    fn typed(self, value_type: ValueType, value: Tree) -> Tree {
        let context = self.candidate.context;
        let (field, needed) = match value_type {
            ValueType::Money => ("currency", &*context.policy.shop.currency),
            // as a date where the customer is; if that is unknown, where the shop is
            ValueType::Date if value.as_text().is_none() => {
                ("zone", context.local_zones.name.unwrap_or(&context.policy.shop.zone))
            }
            _ => return Tree::from([("type", value_type.word().into()), ("value", value)]),
        };
        Tree::from([("type", value_type.word().into()), ("value", value), (field, needed.to_owned().into())])
    }

    fn offer(self) -> Option<&'a Offer> {
        self.candidate.context.policy.offer_of(self.candidate.campaign)
    }

    fn offer_code(self) -> Option<&'a str> {
        let offer = self.offer()?;
        let personal = code(self.candidate, offer).map(|code| code.code.as_str());
        personal.or(offer.code.as_deref())
    }

    /// The last instant of the offer; less than 48 hours before, its hour is told too.
    fn offer_expires(self) -> Option<Tree> {
        let (offer, context) = (self.offer()?, self.candidate.context);
        let ends = offer_ends(self.candidate, offer);
        // a date is the shop's, wherever the reader is
        let ends_with_a_day = offer.ends_with_a_day() && ends == offer.ends(context.shop_zone);
        let (name, zone) = match context.local_zones.name {
            Some(name) if !ends_with_a_day => (name, context.local_zones.offsets.first().copied()),
            _ => (&*context.policy.shop.zone, context.shop_zone),
        };
        // midnight is the first instant of the next day, and would be written as that day
        let is_midnight = zone.is_some_and(|zone| zone.first(zone.date(ends), 0) == ends);
        let hour = !is_midnight && ends - self.candidate.at < 2 * DAY;
        (ends < Instant::NEVER).then(|| {
            Tree::from([
                ("type", ValueType::Date.word().into()),
                ("value", (ends + -i64::from(is_midnight)).into()),
                ("zone", name.to_owned().into()),
                ("hour", hour.then_some(true).into()),
            ])
        })
    }

    fn price(self, variant: &Variant) -> Option<i64> {
        self.facts.product(variant)?.price(self.facts.at)
    }

    /// What is due beside the price.
    fn surcharge(self, variant: &Variant) -> Option<Due<'a>> {
        self.facts.catalog.surcharge(self.facts.destination, self.price(variant))?
    }

    /// How much the cart lacks to free shipping.
    fn missing_for_free_shipping(self) -> Option<i64> {
        let total = self.candidate.standing.fact(&FactPath::named("cart.total")?).tree.as_integer()?;
        Some(self.facts.free_from()? - total).filter(|missing| *missing > 0)
    }

    fn order(self) -> Option<&'a Order> {
        self.candidate.occurrence.as_ref()?.order()
    }

    fn item(self) -> Option<&'a Item> {
        match self.candidate.occurrence.as_ref()?.about {
            About::Article(_, item) => Some(item),
            _ => None,
        }
    }
}

fn is_text(tree: &Tree) -> bool {
    tree.as_text().is_some()
}

/// A value; of a list its texts.
fn texts_alone(value: Cow<Tree>) -> Tree {
    let mut value = value.into_owned();
    if let Tree::List(elements) = &mut value {
        elements.retain(is_text);
    }
    value
}
