//! `kind`: what the campaign's kind demands of the customer is true.
//!
//! `not-allowed`: it is not; `demand` says what, `since` from when it counts (null: unknown), `days` how long it takes.

use super::{Gate, Refused};
use crate::calendar::{DAY, Instant};
use crate::campaigns::Demand;
use crate::look::Look;
use crate::tree::Tree;

pub(super) const GATE: Gate = Gate {
    name: "kind",
    check: |look| {
        let demands = look.campaign.kind.demands.iter();
        let unmet: Vec<(Instant, Tree)> = demands.filter_map(|demand| unmet(*demand, look)).collect();
        let until = unmet.iter().map(|(until, _)| *until).max();
        match (unmet.into_iter().next(), until) {
            (Some((_, detail)), Some(until)) => Err(Refused { code: "not-allowed", detail, until }),
            _ => Ok(()),
        }
    },
};

/// A demand that is not met: before when it cannot be, and its figures.
fn unmet(demand: Demand, look: &Look) -> Option<(Instant, Tree)> {
    let customer = look.scene.customer;
    let (name, length, since, earlier) = match demand {
        Demand::BirthdayKnown(length) => {
            ("birthday-known", length, customer.birthday_since.or(customer.since), Instant::NEVER)
        }
        // a good order may come before the days are full
        Demand::Tenure(length) if look.standing.orders.good == 0 => {
            ("tenure", length, customer.since, look.standing.until)
        }
        Demand::Tenure(_) => return None,
    };
    let met = since.map_or(Instant::NEVER, |since| since + length);
    let detail = Tree::from([("demand", name.into()), ("since", since.into()), ("days", (length / DAY).into())]);
    (look.at < met).then_some((met.min(earlier), detail))
}
