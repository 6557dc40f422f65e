//! A draw among the customers, in each calendar unit.

use super::found::{Found, Query};
use super::threshold::each_unit;
use crate::base::hash::bucket;
use crate::base::text::{concat, decimal};
use crate::calendar::Unit;

/// The unit in which the draw falls on the customer.
pub(super) fn draw<'a>(query: &Query<'a, '_>, share: f64, per: Unit) -> Found<'a> {
    let mut found = Found::default();
    if let Some(id) = &query.context.customer.id {
        each_unit(query, per, &mut found, |from| {
            bucket(&concat(&[&query.campaign.id, "/", &decimal(from.0)]), id) < share
        });
    }
    found
}
