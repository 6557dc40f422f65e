//! What may be said: every claim is held against the catalogue, for one destination at one instant. What is not known is not
//! true. www/docs/what-to-say.md has the rules and where they come from.

use super::codes::{CLAIM_UNPROVEN, NOT_AS_DESCRIBED, OUT_OF_STOCK, RAFFLE_UNPROVEN, SURCHARGE_UNSTATED};
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::decision::RefusalCode;
use crate::language::destination::Destination;
use crate::policy::claim::ClaimFields;
use crate::policy::{Benefit, Variant};
use crate::request::catalog::{Catalog, Product, Reduction};

/// A claim that does not hold: a code and its figures.
pub(crate) type Proof = Result<(), (&'static RefusalCode, Tree)>;

/// What a claim is held against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    pub catalog: &'a Catalog,
    pub destination: Destination<'a>,
    pub at: Instant,
    /// what the offer takes off, and since when
    pub offer: Option<(&'a Benefit, Instant)>,
    /// the article the offer is for, if not for any
    pub only: Option<&'a String>,
    /// the article that claims without a sku are about
    pub product: Option<&'a Product>,
    /// from so many articles that are not as described a family's promotions pause
    pub pause: i64,
    /// whether all that is said of an article promotes it
    pub promotes: bool,
}

impl<'a> Facts<'a> {
    /// The article a claim is about.
    fn subject(&self, sku: Option<&str>) -> Option<&'a Product> {
        sku.map_or(self.product, |sku| self.catalog.product(sku))
    }

    /// The article a variant is about: the one suggested, else that of its first claim.
    pub fn product(&self, variant: &Variant) -> Option<&'a Product> {
        let first = variant.claims.iter().find(|(_, said)| said.get("sku").is_some());
        self.product.or_else(|| self.subject(first?.1.text("sku")))
    }

    /// The reduction a variant announces.
    pub fn reduction(&self, variant: &Variant) -> Option<Reduction> {
        let (_, said) = variant.claims.iter().find(|(what, _)| what == "reduction")?;
        self.reduced(said, self.subject(said.text("sku"))?).filter(|reduction| reduction.hundredths > 0)
    }

    fn reduced(&self, said: &Tree, product: &Product) -> Option<Reduction> {
        match said.flag("offer") {
            Some(true) if self.only.is_some_and(|sku| *sku != product.sku) => None,
            Some(true) => product.reduction(self.at, Some(self.offer?)),
            _ => product.reduction(self.at, None),
        }
    }

    /// Whether promotions of an article pause, because it or its like were not as described.
    pub fn pauses(&self, product: &Product) -> Proof {
        let count = self.catalog.not_as_described(product.family.as_ref());
        if count < self.pause {
            return Ok(());
        }
        let figures =
            [("family", product.family.clone().into()), ("count", count.into()), ("pause", self.pause.into())];
        Err((&NOT_AS_DESCRIBED, Tree::from(figures)))
    }

    /// Whether there is some of an article; where nobody counts, there is.
    pub fn in_stock(&self, product: &Product) -> Proof {
        match product.stock {
            Some(0) => Err((&OUT_OF_STOCK, Tree::from([("sku", (&product.sku).into())]))),
            _ => Ok(()),
        }
    }

    /// Holds claims against what is known. A figure that is `inserted` is written as it is, so it cannot be wrong.
    pub fn prove(&self, claims: &ClaimFields, inserted: &dyn Fn(&str) -> bool) -> Proof {
        for (what, said) in claims {
            if what == "raffle" {
                self.drawn(said.as_text().unwrap_or_default())?;
                continue;
            }
            let (what, (figure, parameter)) = match &**what {
                "reduction" => ("reduction", ("percent", "reduction.percent")),
                "price" => ("price", ("amount", "product.price")),
                "fact" => ("fact", ("is", "")),
                "stock" => ("stock", ("atMost", "")),
                _ => ("freeShippingFrom", ("", "shipping.freeFrom")),
            };
            let told = said.find(figure).unwrap_or(if figure.is_empty() { said } else { &Tree::Null });
            let claimed = told.as_integer().filter(|_| !inserted(parameter));
            let sku = said.text("sku");
            let product = if figure.is_empty() { None } else { self.subject(sku) };
            if let Some(product) = product {
                if self.promotes || what == "reduction" {
                    self.pauses(product)?;
                }
                if what != "fact" {
                    self.in_stock(product)?;
                }
            }
            let mut reduction = None;
            let (holds, allowed) = match (what, product) {
                ("freeShippingFrom", _) => {
                    let from = self.free_from();
                    (from.is_some_and(|from| claimed.is_none_or(|claimed| from <= claimed)), from.into())
                }
                (_, None) => (false, Tree::Null),
                ("reduction", Some(product)) => {
                    reduction = self.reduced(said, product);
                    let allowed = reduction.map(|reduction| reduction.hundredths);
                    (allowed >= Some(claimed.unwrap_or(0).max(1)), allowed.map(percent_of).into())
                }
                ("price", Some(product)) => {
                    let price = product.price(self.at);
                    (price.is_some() && (claimed.is_none() || claimed == price), price.into())
                }
                ("fact", Some(product)) => {
                    let told = told.as_text();
                    (product.claims.iter().any(|claim| Some(claim.as_str()) == told), product.claims.clone().into())
                }
                (_, Some(product)) => {
                    let stock = product.stock;
                    (stock.is_some_and(|stock| claimed.is_none_or(|most| stock <= most)), stock.into())
                }
            };
            if !holds {
                let percent = told.as_integer().filter(|_| what == "reduction").map(percent_of);
                return Err((
                    &CLAIM_UNPROVEN,
                    Tree::from([
                        ("claim", what.into()),
                        ("sku", product.map(|product| product.sku.as_str()).or(sku).map(str::to_owned).into()),
                        ("claimed", percent.unwrap_or_else(|| told.clone())),
                        ("allowed", allowed),
                        ("lowest", reduction.map(|reduction| reduction.from).into()),
                        ("since", reduction.map(|reduction| reduction.lowest_since).into()),
                    ]),
                ));
            }
        }
        Ok(())
    }

    /// The total from which a parcel to the customer costs nothing.
    pub fn free_from(&self) -> Option<i64> {
        match self.offer {
            Some((Benefit::FreeShipping, _)) => Some(0),
            _ => self.catalog.shipping(self.destination)?.free_from,
        }
    }

    /// A raffle has terms, a prize and a draw that is to come; and of every raffle that was drawn, the winner is published.
    fn drawn(&self, id: &str) -> Proof {
        let (mut missing, mut silent) = (vec!["terms", "prize", "drawAt"], Vec::new());
        for raffle in &self.catalog.raffles {
            let drawn = raffle.draw_at.is_some_and(|at| at <= self.at);
            if drawn && raffle.winner.is_none() {
                silent.push(raffle.id.clone());
            }
            if raffle.id == id {
                missing.retain(|key| match *key {
                    "terms" => raffle.terms.is_none(),
                    "prize" => raffle.prize.is_none(),
                    _ => drawn || raffle.draw_at.is_none(),
                });
            }
        }
        if missing.is_empty() && silent.is_empty() {
            return Ok(());
        }
        let missing = missing.into_iter().collect();
        let figures = [("raffle", id.to_owned().into()), ("missing", missing), ("withoutWinner", silent.into())];
        Err((&RAFFLE_UNPROVEN, Tree::from(figures)))
    }

    /// Whether a variant says nothing but what is so: its claims hold, and where it speaks of a price it tells what else is
    /// due at the destination.
    pub fn honest(&self, variant: &Variant) -> Proof {
        self.prove(&variant.claims, &|name| variant.inserts(name))?;
        if let Some((product, sku)) = self.product.zip(self.only)
            && product.sku != *sku
        {
            let figures = [("claim", "offer".into()), ("sku", (&product.sku).into()), ("allowed", sku.into())];
            return Err((&CLAIM_UNPROVEN, Tree::from(figures)));
        }
        let priced = variant.claims.iter().any(|(what, _)| what == "reduction" || what == "price");
        let states =
            variant.states_surcharge || variant.inserts("surcharge.amount") || variant.inserts("surcharge.total");
        if !states && (priced || variant.inserts("product.price")) {
            // with any price: what is asked is whether something is due
            let due = self.catalog.surcharge(self.destination, Some(0));
            if due.is_none_or(|due| due.is_some()) {
                let what = due.flatten().map(|due| due.what.to_owned());
                return Err((&SURCHARGE_UNSTATED, Tree::from([("what", what.into())])));
            }
        }
        Ok(())
    }

    /// The next instant at which what may be said of a variant's articles may change.
    pub fn next_change(&self, variant: &Variant) -> Instant {
        let change = |product: Option<&Product>| product.map_or(Instant::NEVER, |product| product.next_change(self.at));
        let mut next = change(self.product);
        for (what, said) in &variant.claims {
            next = next.min(change(said.text("sku").and_then(|sku| self.catalog.product(sku))));
            for draw in self.catalog.raffles.iter().filter_map(|raffle| raffle.draw_at) {
                if what == "raffle" && draw > self.at {
                    next = next.min(draw);
                }
            }
        }
        next
    }
}

/// Hundredths of a percent as percent.
pub(crate) fn percent_of(hundredths: i64) -> Tree {
    match Tree::from(hundredths) {
        Tree::Number(number) => Tree::Number(number / 100.0),
        other => other,
    }
}
