//! A draw among the customers, anew each calendar unit.

use super::threshold::{each_unit, unit};
use super::{Found, Occasion};
use crate::base::hash::bucket;
use crate::base::text::{digits, joined};
use crate::calendar::Unit;
use crate::policy::Details;
use crate::reader::shape::{Shape, fields};

/// The unit in which the draw falls on the customer.
pub(crate) const DRAW: Occasion = Occasion {
    name: "draw",
    fields: fields! {
        "share" must Shape::Number { min: 0.0, max: 1.0 }, "of the customers with an id, 0 to 1";
        "per" may Shape::Choice(&["week", "month", "year"]), "how often it is drawn, in the shop's zone; absent: month";
    },
    parameters: &[],
    once_each: true,
    read: |tree, _, _, _| Some(Details::Draw { share: tree.number("share")?, per: unit(tree, Unit::Month) }),
    find: |ask| {
        let mut found = Found::default();
        if let (Details::Draw { share, per }, Some(id)) = (&ask.campaign.details, &ask.scene.customer.id) {
            each_unit(ask, *per, &mut found, |from| {
                bucket(&joined(&[&ask.campaign.id, "/", &digits(from.0)]), id) < *share
            });
        }
        found
    },
};
