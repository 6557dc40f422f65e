//! A draw among the customers, anew each calendar unit.

use super::found::{Ask, Found};
use super::threshold::each_unit;
use crate::base::hash::bucket;
use crate::base::text::{digits, joined};
use crate::calendar::Unit;

/// The unit in which the draw falls on the customer.
pub(super) fn draw<'a>(ask: &Ask<'a, '_>, share: f64, per: Unit) -> Found<'a> {
    let mut found = Found::default();
    if let Some(id) = &ask.scene.customer.id {
        each_unit(ask, per, &mut found, |from| bucket(&joined(&[&ask.campaign.id, "/", &digits(from.0)]), id) < share);
    }
    found
}
