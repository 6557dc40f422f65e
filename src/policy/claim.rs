//! The claims of a message or a page: statements that are checked against the catalogue, for example "20 % off".

use crate::base::compiled::compiled;
use crate::base::tree::Tree;
use crate::reader::shape::{COUNT, PRICE, Shape, fields};

const REDUCTION: Shape = Shape::Object(
    "ReductionClaim",
    fields! {
        "sku" optional Shape::Name, "the article; absent: the article that the campaign suggests";
        "percent" optional Shape::Percent, "the percentage that the text names, for example 20; absent: the text names none, or inserts `{reduction.percent}`";
        "offer" optional Shape::Flag, "true: the campaign's offer is part of the reduction, which then starts with the offer, or with the contact if the offer has no `from`";
    },
);

const PRICED: Shape = Shape::Object(
    "PriceClaim",
    fields! {
        "sku" optional Shape::Name, "the article; absent: the article that the campaign suggests";
        "amount" optional PRICE, "the price that the text names, in minor units; absent: the text inserts `{product.price}`";
    },
);

const FACT: Shape = Shape::Object(
    "FactClaim",
    fields! {
        "sku" optional Shape::Name, "the article; absent: the article that the campaign suggests";
        "is" required Shape::Name, "one of the article's `claims` in the catalogue, for example `handmade`";
    },
);

const STOCK: Shape = Shape::Object(
    "StockClaim",
    fields! {
        "sku" optional Shape::Name, "the article; absent: the article that the campaign suggests";
        "atMost" optional COUNT, "the number that the text names, for example 5 in `only 5 left`; absent: the text says that the article is in stock";
    },
);

pub(crate) const CLAIM: Shape = Shape::Object(
    "Claim",
    fields! {
        "reduction" optional REDUCTION, "the article costs less than before";
        "price" optional PRICED, "the article costs this much";
        "fact" optional FACT, "the article has a property";
        "stock" optional STOCK, "the article is in stock";
        "freeShippingFrom" optional PRICE, "shipping is free from this order total on, in minor units; 0: always";
        "raffle" optional Shape::Name, "the id of a raffle in the catalogue";
    },
);

/// One statement that is checked against the catalogue.
#[derive(Clone, Debug)]
pub(crate) enum Claim {
    /// about the article with this sku; without a sku: about the article that the campaign suggests
    Article(Option<String>, ArticleClaim),
    /// shipping is free for orders of at least this total
    FreeShippingFrom(i64),
    /// there is a raffle with this id
    Raffle(String),
}

/// A statement about one article.
#[derive(Clone, Debug)]
pub(crate) enum ArticleClaim {
    Reduction {
        /// in hundredths of a percent
        percent: Option<i64>,
        /// the campaign's offer is part of the reduction
        with_offer: bool,
    },
    /// the price that the text names
    Price(Option<i64>),
    /// a word from the article's `claims`, for example `handmade`
    Fact(String),
    /// at most this many are left
    Stock(Option<i64>),
}

impl Claim {
    /// Reads the claims of one object, in its order. It may make several: `{ "price": {…}, "stock": {…} }`.
    pub fn read(tree: &Tree, claims: &mut Vec<Claim>) {
        if let Tree::Object(entries) = tree {
            for (name, tree) in entries {
                if let Some(claim) = Claim::read_one(name, tree) {
                    claims.push(claim);
                }
            }
        }
    }

    fn read_one(name: &str, tree: &Tree) -> Option<Claim> {
        // a value of a wrong type was reported; the claim stays what it is, so that nothing else is reported of it
        let article = match name {
            "freeShippingFrom" => return Some(Claim::FreeShippingFrom(tree.as_integer().unwrap_or(0))),
            "raffle" => return Some(Claim::Raffle(tree.as_text().unwrap_or_default().to_owned())),
            "reduction" => ArticleClaim::Reduction {
                percent: tree.integer("percent"),
                with_offer: tree.flag("offer") == Some(true),
            },
            "price" => ArticleClaim::Price(tree.integer("amount")),
            "fact" => ArticleClaim::Fact(tree.owned("is").unwrap_or_default()),
            "stock" => ArticleClaim::Stock(tree.integer("atMost")),
            _ => return None,
        };
        let names_sku = tree.get("sku").is_some() || !matches!(tree, Tree::Object(_));
        Some(Claim::Article(names_sku.then(|| tree.owned("sku").unwrap_or_default()), article))
    }

    /// The sku that the claim names.
    pub fn sku(&self) -> Option<&String> {
        match self {
            Claim::Article(sku, _) => sku.as_ref(),
            _ => None,
        }
    }

    /// Whether the claim is about the article that the campaign suggests.
    pub fn is_about_suggestion(&self) -> bool {
        matches!(self, Claim::Article(None, _))
    }

    pub fn is_reduction(&self) -> bool {
        matches!(self, Claim::Article(_, ArticleClaim::Reduction { .. }))
    }

    /// The percentage of a reduction that the claim names, in hundredths.
    #[cfg(feature = "sentences")]
    pub fn percent(&self) -> Option<i64> {
        match self {
            Claim::Article(_, ArticleClaim::Reduction { percent, .. }) => *percent,
            _ => None,
        }
    }

    /// Whether the claim names what an article costs now or cost before.
    pub fn is_article_price(&self) -> bool {
        matches!(self, Claim::Article(_, ArticleClaim::Reduction { .. } | ArticleClaim::Price(_)))
    }

    /// Whether the claim shows a price, so that the message is advertising.
    pub fn shows_price(&self) -> bool {
        self.is_article_price() || matches!(self, Claim::FreeShippingFrom(_))
    }
}

impl ArticleClaim {
    /// The field that makes the claim.
    pub fn word(&self) -> &'static str {
        match self {
            ArticleClaim::Reduction { .. } => "reduction",
            ArticleClaim::Price(_) => "price",
            ArticleClaim::Fact(_) => "fact",
            ArticleClaim::Stock(_) => "stock",
        }
    }
}

compiled! {
    enum Claim { Article(sku, claim), FreeShippingFrom(total), Raffle(id) }
    enum ArticleClaim { Reduction { percent, with_offer }, Price(amount), Fact(word), Stock(most) }
}
