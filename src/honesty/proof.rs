//! Checks what a message or a page claims against the catalogue, for one destination at one instant. What the catalogue does not
//! know is not true. www/docs/what-to-say.md has the rules and where they come from.

use super::codes::{CLAIM_UNPROVEN, NOT_AS_DESCRIBED, OUT_OF_STOCK, RAFFLE_UNPROVEN, SURCHARGE_UNSTATED};
use crate::base::steps::{Looked, Steps};
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::decision::RefusalCode;
use crate::language::destination::Destination;
use crate::policy::claim::{ArticleClaim, Claim};
use crate::policy::parameter::{Key, Parameter, inserts};
use crate::policy::{Benefit, Variant};
use crate::reader::value::from_thousandths;
use crate::request::catalog::Catalog;
use crate::request::catalog_shape::ShippingCost;
use crate::request::product::{Product, Reduction};

/// To find an article by its sku is as much as to look at so many.
const FOUND: usize = 16;

/// The result of a check: if it fails, a code and its figures.
pub(crate) type Proof = Result<(), (&'static RefusalCode, Tree)>;

/// What claims are checked against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    pub catalog: &'a Catalog,
    pub destination: Destination<'a>,
    pub at: Instant,
    /// what the campaign's offer gives, and when it began
    pub offer: Option<(&'a Benefit, Instant)>,
    /// the only article that the offer is valid for
    pub only: Option<&'a String>,
    /// the article that a claim without `sku` is about
    pub product: Option<&'a Product>,
    /// whether that is the article that the campaign speaks of, not one that it suggests
    pub is_spoken_of: bool,
    /// the country of the shop
    pub home: Option<&'a str>,
    /// promotions of a product family pause from this number of `notAsDescribed` on
    pub pause: i64,
    /// whether every claim about an article promotes the article
    pub promotes: bool,
    pub steps: &'a Steps,
}

impl<'a> Facts<'a> {
    /// The article that a claim is about.
    fn article(&self, sku: Option<&String>) -> Option<&'a Product> {
        match sku {
            Some(sku) if self.steps.take(Looked::Order, FOUND) => self.catalog.product(sku),
            Some(_) => None,
            None => self.product,
        }
    }

    /// Whether the lists of the catalogue may be looked through: regions and raffles.
    fn may_look(&self) -> bool {
        self.steps.take(Looked::Order, self.catalog.size_of_lists())
    }

    /// What shipping costs.
    pub fn shipping(&self) -> Option<ShippingCost> {
        if self.may_look() { self.catalog.shipping(self.destination) } else { None }
    }

    /// The article that a variant names: the one suggested, else the one of the first claim with a `sku`, else the one that the
    /// campaign speaks of.
    pub fn product(&self, variant: &Variant) -> Option<&'a Product> {
        let suggested = self.product.filter(|_| !self.is_spoken_of);
        let claimed = || self.article(Some(variant.claims().iter().find_map(Claim::sku)?));
        suggested.or_else(claimed).or(self.product)
    }

    /// The reduction that a variant claims, if there is one.
    pub fn reduction(&self, variant: &Variant) -> Option<Reduction> {
        for claim in variant.claims() {
            if let Claim::Article(sku, ArticleClaim::Reduction { with_offer, .. }) = claim {
                let reduction = self.reduction_of(self.article(sku.as_ref())?, *with_offer);
                return reduction.filter(|reduction| reduction.hundredths > 0);
            }
        }
        None
    }

    fn reduction_of(&self, product: &Product, with_offer: bool) -> Option<Reduction> {
        match with_offer {
            true if self.only.is_some_and(|sku| *sku != product.sku) => None,
            true => product.reduction(self.at, Some(self.offer?)),
            false => product.reduction(self.at, None),
        }
    }

    /// Fails if promotions of the article's product family pause, because too many of its articles were not as described.
    pub fn pauses(&self, product: &Product) -> Proof {
        let count = self.catalog.not_as_described(product.family.as_ref());
        if count < self.pause {
            return Ok(());
        }
        let figures =
            [("family", product.family.clone().into()), ("count", count.into()), ("pause", self.pause.into())];
        Err((&NOT_AS_DESCRIBED, Tree::from(figures)))
    }

    /// Fails if the article is out of stock. If the stock is unknown, the article counts as in stock.
    pub fn in_stock(&self, product: &Product) -> Proof {
        if product.is_sold_out() {
            return Err((&OUT_OF_STOCK, Tree::from([("sku", (&product.sku).into())])));
        }
        Ok(())
    }

    /// Checks claims. A figure that the text inserts as a parameter is always the true one, so the claimed figure is ignored.
    pub fn prove(&self, claims: &[Claim], parameters: &[Parameter]) -> Proof {
        for claim in claims {
            match claim {
                Claim::Article(sku, claim) => self.prove_about_article(sku.as_ref(), claim, parameters)?,
                Claim::FreeShippingFrom(total) => self.prove_free_shipping(*total, parameters)?,
                Claim::Raffle(id) => self.prove_raffle(id)?,
            }
        }
        Ok(())
    }

    fn prove_about_article(&self, sku: Option<&String>, claim: &ArticleClaim, parameters: &[Parameter]) -> Proof {
        let product = self.article(sku);
        if let Some(product) = product {
            if self.promotes || matches!(claim, ArticleClaim::Reduction { .. }) {
                self.pauses(product)?;
            }
            if !matches!(claim, ArticleClaim::Fact(_)) {
                self.in_stock(product)?;
            }
        }
        let mut reduction = None;
        let (mut holds, mut allowed) = (false, Tree::Null);
        let claimed = match claim {
            ArticleClaim::Reduction { percent, with_offer } => {
                reduction = product.and_then(|product| self.reduction_of(product, *with_offer));
                let hundredths = reduction.map(|reduction| reduction.hundredths);
                let least = percent.filter(|_| !inserts(parameters, Key::ReductionPercent)).unwrap_or(0);
                holds = hundredths >= Some(least.max(1));
                allowed = hundredths.map(percent_of).into();
                percent.map(percent_of).into()
            }
            ArticleClaim::Price(claimed) => {
                let price = product.and_then(|product| product.price(self.at));
                let is_free = claimed.is_none() || inserts(parameters, Key::ProductPrice);
                holds = price.is_some() && (is_free || *claimed == price);
                allowed = price.into();
                (*claimed).into()
            }
            ArticleClaim::Fact(word) => {
                let facts = product.map_or(0, |product| product.claims.len());
                if let Some(product) = product.filter(|_| self.steps.take(Looked::Order, facts)) {
                    holds = product.claims.contains(word);
                    allowed = product.claims.clone().into();
                }
                word.into()
            }
            ArticleClaim::Stock(at_most) => {
                let stock = product.and_then(|product| product.stock);
                holds = stock.is_some_and(|stock| at_most.is_none_or(|most| stock <= most.saturating_mul(1_000)));
                allowed = stock.map(from_thousandths).into();
                (*at_most).into()
            }
        };
        if holds {
            return Ok(());
        }
        let sku = product.map(|product| &product.sku).or(sku);
        unproven(claim.word(), sku, claimed, allowed, reduction)
    }

    fn prove_free_shipping(&self, total: i64, parameters: &[Parameter]) -> Proof {
        let free_from = self.free_from();
        let is_inserted = inserts(parameters, Key::ShippingFreeFrom);
        if free_from.is_some_and(|from| is_inserted || from <= total) {
            return Ok(());
        }
        unproven("freeShippingFrom", None, total.into(), free_from.into(), None)
    }

    /// The order total from which shipping to the customer is free.
    pub fn free_from(&self) -> Option<i64> {
        match self.offer {
            Some((Benefit::FreeShipping(_), _)) => Some(0),
            _ => self.shipping()?.free_from,
        }
    }

    /// Whether shipping costs nothing anyway: to the destination, or for the cart.
    pub fn ships_free_already(&self, cart: Option<i64>) -> bool {
        let free_from = self.shipping().and_then(|cost| cost.free_from);
        free_from.is_some_and(|from| from == 0 || cart >= Some(from))
    }

    /// Checks that a raffle has terms, a prize and a draw in the future, and that the winner of every earlier raffle is published.
    fn prove_raffle(&self, id: &str) -> Proof {
        let (mut missing, mut without_winner) = (vec!["terms", "prize", "drawAt"], Vec::new());
        let raffles = if self.may_look() { &self.catalog.raffles[..] } else { &[] };
        for raffle in raffles {
            let is_drawn = raffle.draw_at.is_some_and(|at| at <= self.at);
            if is_drawn && raffle.winner.is_none() {
                without_winner.push(raffle.id.clone());
            }
            if raffle.id == id {
                missing.retain(|key| match *key {
                    "terms" => raffle.terms.is_none(),
                    "prize" => raffle.prize.is_none(),
                    _ => is_drawn || raffle.draw_at.is_none(),
                });
            }
        }
        if missing.is_empty() && without_winner.is_empty() {
            return Ok(());
        }
        let missing = missing.into_iter().collect();
        let figures =
            [("raffle", id.to_owned().into()), ("missing", missing), ("withoutWinner", without_winner.into())];
        Err((&RAFFLE_UNPROVEN, Tree::from(figures)))
    }

    /// Checks a variant: its claims hold, its offer is valid for its article, and if it shows the price of an article it also names
    /// what is due beside the price at the destination.
    pub fn honest(&self, variant: &Variant) -> Proof {
        self.prove(variant.claims(), &variant.parameters)?;
        if let Some((product, sku)) = self.product.zip(self.only)
            && product.sku != *sku
            && (!self.is_spoken_of || variant.names_article())
        {
            let figures = [("claim", "offer".into()), ("sku", (&product.sku).into()), ("allowed", sku.into())];
            return Err((&CLAIM_UNPROVEN, Tree::from(figures)));
        }
        let prices = [Key::ProductPrice, Key::SurchargeTotal];
        let shows_price =
            variant.claims().iter().any(Claim::is_article_price) || prices.iter().any(|key| variant.inserts(*key));
        if !shows_price {
            return Ok(());
        }
        let unstated = |what: Option<String>| Err((&SURCHARGE_UNSTATED, Tree::from([("what", what.into())])));
        if !self.may_look() {
            return Ok(());
        }
        // any price will do: the question is whether something is due
        let due = self.catalog.surcharge(self.destination, Some(0));
        if !variant.names_surcharge() && due.is_none_or(|due| due.is_some()) {
            return unstated(due.flatten().and_then(|due| due.what).map(str::to_owned));
        }
        let is_free = matches!(self.offer, Some((Benefit::FreeShipping(_), _)));
        let price = self.product(variant).and_then(|product| product.price(self.at));
        let is_dearer = self.catalog.ships_dearer(self.destination, self.home, price);
        if !is_free && !variant.names_shipping() && is_dearer != Some(false) {
            return unstated(is_dearer.map(|_| "shipping".to_owned()));
        }
        Ok(())
    }

    /// The next instant at which a check of the variant may give another result.
    pub fn next_change(&self, variant: &Variant) -> Instant {
        let change = |product: Option<&Product>| product.map_or(Instant::NEVER, |product| product.next_change(self.at));
        let mut next = change(self.product);
        for claim in variant.claims() {
            match claim {
                Claim::Article(sku, _) => {
                    next = next.min(change(sku.as_ref().and_then(|sku| self.article(Some(sku)))));
                }
                Claim::Raffle(_) if self.may_look() => {
                    for draw in self.catalog.raffles.iter().filter_map(|raffle| raffle.draw_at) {
                        if draw > self.at {
                            next = next.min(draw);
                        }
                    }
                }
                Claim::Raffle(_) | Claim::FreeShippingFrom(_) => {}
            }
        }
        next
    }
}

/// The failure of a claim, with the figure claimed and the figure that is true.
fn unproven(
    claim: &'static str,
    sku: Option<&String>,
    claimed: Tree,
    allowed: Tree,
    reduction: Option<Reduction>,
) -> Proof {
    let figures = [
        ("claim", claim.into()),
        ("sku", sku.cloned().into()),
        ("claimed", claimed),
        ("allowed", allowed),
        ("lowest", reduction.map(|reduction| reduction.from).into()),
        ("since", reduction.map(|reduction| reduction.lowest_since).into()),
    ];
    Err((&CLAIM_UNPROVEN, Tree::from(figures)))
}

/// Hundredths of a percent as percent: 1250 is 12.5.
pub(crate) fn percent_of(hundredths: i64) -> Tree {
    match Tree::from(hundredths) {
        Tree::Number(number) => Tree::Number(number / 100.0),
        other => other,
    }
}
