//! The parameters that a message inserts in braces, for example `{givenName}`.
//!
//! To add one: one row in the table below, and its value in `candidates/parameter.rs`.

use crate::base::compiled::{Compiled, Reader, compiled};
use crate::base::parts::{Catalogue, FactTexts};
use crate::base::problem::{ProblemCode, Problems};
use crate::base::sentence::{did_you_mean, shortened};
use crate::base::text::concat;
use crate::language::facts::FactPath;
use crate::language::words::string_enum;

/// Where a parameter's value comes from. It decides which campaigns can have the parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// the customer or the shop
    Always,
    /// `shop.signer`
    Signer,
    /// the campaign's offer
    Offer,
    /// an offer of `percent`
    Percent,
    /// an offer of `amount`
    Amount,
    /// an offer with an end: `validFor`, `until` or a personal code
    Expiry,
    /// the catalogue: the article that the variant is about
    Product,
    /// the catalogue: the reduction that the variant claims
    Reduction,
    /// the catalogue: what shipping to the customer costs
    Shipping,
    /// the order that the campaign speaks of
    Order,
    /// the article of an order that the campaign speaks of
    Item,
    /// the day that the campaign speaks of
    Day,
}

/// How `render` writes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValueType {
    Text,
    Name,
    Code,
    Number,
    Percent,
    Money,
    Date,
    List,
    Url,
}
string_enum!(ValueType, Text "text", Name "name", Code "code", Number "number", Percent "percent", Money "money", Date "date", List "list", Url "url");

/// One row of the table of parameters.
#[derive(Debug, PartialEq)]
pub(crate) struct Row {
    pub key: Key,
    name: &'static str,
    pub source: Source,
    pub value_type: ValueType,
}

macro_rules! parameters {
    ($($name:literal $key:ident $source:ident $value:ident, $doc:literal;)*) => {
        /// A parameter that is not a fact.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Key { $(#[doc = $doc] $key),* }
        const ROWS: &[Row] = &[
            $(Row { key: Key::$key, name: $name, source: Source::$source, value_type: ValueType::$value }),*
        ];
        /// Their names, to suggest one for a misspelt name.
        const NAMES: &[&str] = &[$($name),*];
        /// Every parameter with its source, the type of its value and what it inserts, for the docs and the types.
        #[cfg(not(target_family = "wasm"))]
        pub(crate) const DOCUMENTED: &[(&str, Source, ValueType, &str)] =
            &[$(($name, Source::$source, ValueType::$value, $doc)),*];
    };
}

parameters! {
    "givenName" GivenName Always Name, "the customer's given name";
    "shop.name" ShopName Always Text, "the name of the shop";
    "signer" Signer Signer Name, "the person who signs the message: `shop.signer`";
    "offer.code" OfferCode Offer Code, "the code of the offer, for example `OTOÑO10`";
    "offer.percent" OfferPercent Percent Percent, "the percentage that the offer takes off";
    "offer.amount" OfferAmount Amount Money, "the amount that the offer takes off";
    "offer.expires" OfferExpires Expiry Date, "the last day of the offer, in less than 48 hours with the hour";
    "product.name" ProductName Product Text, "the name of the article";
    "product.price" ProductPrice Product Money, "the price of the article now";
    "product.url" ProductUrl Product Url, "the address of the article's page";
    "product.sku" ProductSku Product Code, "the sku of the article";
    "reduction.percent" ReductionPercent Reduction Percent, "by how many percent the article is reduced";
    "reduction.from" ReductionFrom Reduction Money, "the lowest price of the 30 days before the reduction";
    "reduction.to" ReductionTo Reduction Money, "the reduced price";
    "surcharge.amount" SurchargeAmount Product Money, "what is due beside the price at the customer's address";
    "surcharge.total" SurchargeTotal Product Money, "the price and what is due beside it";
    "surcharge.what" SurchargeWhat Product Text, "what is due beside the price, for example `IGIC`";
    "shipping.amount" ShippingAmount Shipping Money, "what shipping to the customer costs";
    "shipping.freeFrom" ShippingFreeFrom Shipping Money, "the order total from which shipping is free";
    "shipping.missing" ShippingMissing Shipping Money, "how much the cart lacks to that total";
    "item.family" ItemFamily Item Text, "the product family of the article that was ordered";
    "item.sku" ItemSku Item Code, "the sku of the article that was ordered";
    "order.id" OrderId Order Code, "the `number` of the order, else its `id`; unknown for a purchase without both";
    "order.total" OrderTotal Order Money, "the total of the order";
    "order.at" OrderAt Order Date, "the day of the order";
    "birthday" Birthday Day Date, "the day on which the birthday is celebrated";
}

/// What a parameter inserts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Inserts {
    Named(&'static Row),
    /// of an article of the catalogue, or of what shipping costs
    Article(&'static Row, Catalogue),
    Fact(FactPath, FactTexts),
}

/// A parameter of a variant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    pub name: String,
    /// the first field that inserts it: `title`, `body`, `action.to`, …
    pub field: &'static str,
    /// whether it stands in an address, so that its value must not be empty
    pub in_address: bool,
    /// whether it stands in a plural, so that its value must be a number
    pub plural: bool,
    pub inserts: Inserts,
}

impl Row {
    /// Whether it shows a price or a reduction of the catalogue. `{offer.amount}` does not: an offer is promotional anyway.
    fn shows_price(&self) -> bool {
        matches!(self.source, Source::Product | Source::Reduction | Source::Shipping)
            && matches!(self.value_type, ValueType::Money | ValueType::Percent)
    }
}

impl Inserts {
    fn of(row: &'static Row) -> Inserts {
        match row.source {
            Source::Product | Source::Reduction | Source::Shipping => Inserts::Article(row, Catalogue::here()),
            _ => Inserts::Named(row),
        }
    }

    /// Its row in the table of parameters, unless it is a fact.
    pub fn row(&self) -> Option<&'static Row> {
        match self {
            Inserts::Named(row) | Inserts::Article(row, _) => Some(row),
            Inserts::Fact(..) => None,
        }
    }
}

impl Parameter {
    /// The fact that it inserts.
    #[cfg(feature = "whole")]
    pub fn fact(&self) -> Option<&FactPath> {
        if let Inserts::Fact(path, _) = &self.inserts { Some(path) } else { None }
    }

    /// Adds a parameter that a template inserts, unless the variant has it already.
    pub fn read(
        name: String,
        plural: bool,
        (field, in_address): (&'static str, bool),
        known: &mut Vec<Parameter>,
        problems: &mut Problems,
    ) {
        let named = ROWS.iter().find(|row| row.name == name).map(Inserts::of);
        let Some(inserts) = named.or_else(|| FactPath::named(&name).map(|path| Inserts::Fact(path, FactTexts::here())))
        else {
            return problems.add(ProblemCode::UnknownReference, || {
                concat(&["no parameter and no fact is called `", &shortened(&name), "`", &did_you_mean(&name, NAMES)])
            });
        };
        let is_number = inserts.row().is_none_or(|row| row.key == Key::OfferPercent);
        if plural && !is_number {
            return problems.add(ProblemCode::InvalidValue, || {
                concat(&["`", &shortened(&name), "` is not a number, so it has no plural"])
            });
        }
        match known.iter_mut().find(|parameter| parameter.name == name) {
            Some(known) => {
                known.plural |= plural;
                known.in_address |= in_address;
            }
            None => known.push(Parameter { name, field, in_address, plural, inserts }),
        }
    }

    /// Whether it is this parameter.
    pub fn is(&self, key: Key) -> bool {
        self.inserts.row().is_some_and(|row| row.key == key)
    }

    /// Whether it is about an article of the catalogue.
    pub fn is_of_article(&self) -> bool {
        matches!(self.inserts, Inserts::Article(row, _) if row.source == Source::Product)
    }

    pub fn shows_price(&self) -> bool {
        matches!(self.inserts, Inserts::Article(row, _) if row.shows_price())
    }
}

/// Whether one of the parameters is this one.
pub(crate) fn inserts(parameters: &[Parameter], key: Key) -> bool {
    parameters.iter().any(|parameter| parameter.is(key))
}

compiled! { struct Parameter { name, field, in_address, plural, inserts } }
compiled! { enum Inserts { Named(row), Article [Catalogue] (row, part), Fact [FactTexts] (path, part) } }

/// The index in the table.
impl Compiled for &'static Row {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut crate::base::compiled::Writer) {
        (self.key as usize).write(out);
    }

    fn read(input: &mut Reader) -> &'static Row {
        static FIRST: Row = Row { key: Key::GivenName, name: "", source: Source::Always, value_type: ValueType::Name };
        let row = ROWS.get(usize::read(input));
        if row.is_none() {
            input.fail();
        }
        row.unwrap_or(&FIRST)
    }
}
