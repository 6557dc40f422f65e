//! In place of `proof.rs` in a build for policies that ask nothing of the catalogue: nothing is claimed, so everything is honest.

use crate::base::steps::Steps;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::decision::RefusalCode;
use crate::language::destination::Destination;
use crate::policy::{Benefit, Variant};
use crate::request::catalog::Catalog;
use crate::request::catalog_shape::ShippingCost;
use crate::request::product::{Product, Reduction};

pub(crate) type Proof = Result<(), (&'static RefusalCode, Tree)>;

/// What claims would be checked against.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "proof.rs has the same fields")]
pub(crate) struct Facts<'a> {
    pub catalog: &'a Catalog,
    pub destination: Destination<'a>,
    pub at: Instant,
    pub offer: Option<(&'a Benefit, Instant)>,
    pub only: Option<&'a String>,
    pub product: Option<&'a Product>,
    pub is_spoken_of: bool,
    pub home: Option<&'a str>,
    pub pause: i64,
    pub promotes: bool,
    pub steps: &'a Steps,
}

#[allow(clippy::unused_self, reason = "proof.rs has the same functions")]
impl<'a> Facts<'a> {
    pub fn shipping(&self) -> Option<ShippingCost> {
        None
    }

    pub fn product(&self, _: &Variant) -> Option<&'a Product> {
        None
    }

    pub fn reduction(&self, _: &Variant) -> Option<Reduction> {
        None
    }

    pub fn pauses(&self, _: &Product) -> Proof {
        Ok(())
    }

    pub fn in_stock(&self, _: &Product) -> Proof {
        Ok(())
    }

    pub fn free_from(&self) -> Option<i64> {
        None
    }

    pub fn ships_free_already(&self, _: Option<i64>) -> bool {
        false
    }

    pub fn honest(&self, _: &Variant) -> Proof {
        Ok(())
    }

    pub fn next_change(&self, _: &Variant) -> Instant {
        Instant::NEVER
    }
}

pub(crate) fn percent_of(_: i64) -> Tree {
    Tree::Null
}
