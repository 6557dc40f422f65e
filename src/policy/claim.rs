//! What a message may claim, so that it can be checked.

use crate::base::tree::Tree;
use crate::reader::shape::{COUNT, PRICE, Shape, fields};
use std::borrow::Cow;

const REDUCTION: Shape = Shape::Object(
    "ReductionClaim",
    fields! {
        "sku" optional Shape::Name, "the article; absent: the one suggested";
        "percent" optional Shape::Percent, "as the text says it; absent: only `{reduction.percent}` or none is said";
        "offer" optional Shape::Flag, "the campaign's offer is part of it, so it begins when the offer does, else when it is spoken";
    },
);

const PRICED: Shape = Shape::Object(
    "PriceClaim",
    fields! {
        "sku" optional Shape::Name, "the article; absent: the one suggested";
        "amount" optional PRICE, "as the text says it; absent: only `{product.price}` is said";
    },
);

const FACT: Shape = Shape::Object(
    "FactClaim",
    fields! {
        "sku" optional Shape::Name, "the article; absent: the one suggested";
        "is" required Shape::Name, "one of the article's `claims`";
    },
);

const STOCK: Shape = Shape::Object(
    "StockClaim",
    fields! {
        "sku" optional Shape::Name, "the article; absent: the one suggested";
        "atMost" optional COUNT, "how many are left at most, where the text says so";
    },
);

pub(crate) const CLAIM: Shape = Shape::Object(
    "Claim",
    fields! {
        "reduction" optional REDUCTION, "it costs less than it did";
        "price" optional PRICED, "it costs so much";
        "fact" optional FACT, "it is so";
        "stock" optional STOCK, "there is some";
        "freeShippingFrom" optional PRICE, "from this total the parcel costs nothing; 0: always";
        "raffle" optional Shape::Name, "a raffle of the catalogue";
    },
);

/// What some claims say, one by one.
pub(crate) type ClaimFields = [(Cow<'static, str>, Tree)];
