//! The fields of a catalogue, and what it says of one destination.

use crate::calendar::Instant;
use crate::reader::shape::{COUNT, PRICE, Shape, fields};
use crate::request::product::PRODUCT;

const SURCHARGE: Shape = Shape::Object(
    "Surcharge",
    fields! {
        "amount" optional PRICE, "in minor units";
        "percent" optional Shape::Percent, "of the price; added to `amount` if both are given";
        "what" optional Shape::Text, "the name of the tax or duty, as `IGIC`; absent: no message can name it";
    },
);

const SHIPPING: Shape = Shape::Object(
    "ShippingCost",
    fields! {
        "amount" optional PRICE, "in minor units, taxes included; absent: not known";
        "freeFrom" optional PRICE, "the order total from which shipping is free; absent: never";
    },
);

const RAFFLE: Shape = Shape::Object(
    "Raffle",
    fields! {
        "id" optional Shape::Name, "the raffle's own id; absent: no message can be about it";
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

/// What is due beside a price at a destination.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Due<'a> {
    pub amount: i64,
    /// the name of the tax or duty
    pub what: Option<&'a str>,
}

/// What shipping a parcel costs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ShippingCost {
    pub amount: i64,
    /// the order total from which it is free
    pub free_from: Option<i64>,
}

/// A raffle.
#[derive(Clone, Debug)]
pub(crate) struct Raffle {
    pub id: String,
    pub terms: Option<String>,
    pub prize: Option<String>,
    pub draw_at: Option<Instant>,
    pub winner: Option<String>,
}
