//! What a message may claim, so that it can be checked.

use crate::base::tree::Tree;
use crate::reader::shape::{COUNT, PRICE, Shape, fields};
use std::borrow::Cow;

const REDUCTION: Shape = Shape::Object(
    "ReductionClaim",
    fields! {
        "sku" may Shape::Name, "the article; absent: the one suggested";
        "percent" may Shape::Percent, "as the text says it; absent: only `{reduction.percent}` or none is said";
        "offer" may Shape::Flag, "the campaign's offer is part of it, so it begins when the offer does, else when it is spoken";
    },
);

const PRICED: Shape = Shape::Object(
    "PriceClaim",
    fields! {
        "sku" may Shape::Name, "the article; absent: the one suggested";
        "amount" may PRICE, "as the text says it; absent: only `{product.price}` is said";
    },
);

const FACT: Shape = Shape::Object(
    "FactClaim",
    fields! {
        "sku" may Shape::Name, "the article; absent: the one suggested";
        "is" must Shape::Name, "one of the article's `claims`";
    },
);

const STOCK: Shape = Shape::Object(
    "StockClaim",
    fields! {
        "sku" may Shape::Name, "the article; absent: the one suggested";
        "atMost" may COUNT, "how many are left at most, where the text says so";
    },
);

pub(crate) const CLAIM: Shape = Shape::Object(
    "Claim",
    fields! {
        "reduction" may REDUCTION, "it costs less than it did";
        "price" may PRICED, "it costs so much";
        "fact" may FACT, "it is so";
        "stock" may STOCK, "there is some";
        "freeShippingFrom" may PRICE, "from this total the parcel costs nothing; 0: always";
        "raffle" may Shape::Name, "a raffle of the catalogue";
    },
);

/// What some claims say, one by one.
pub(crate) type ClaimFields = [(Cow<'static, str>, Tree)];
