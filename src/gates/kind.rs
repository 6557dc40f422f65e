//! `kind`: what the campaign's kind demands of the customer is true.
//!
//! `not-allowed`: it is not; `demand` says what, `since` from when it counts (null: unknown), `days` how long it takes.

use super::{Gate, Refused, first};
use crate::calendar::{DAY, Instant};
use crate::campaigns::Demand;
use crate::look::Look;
use crate::tree::Tree;

pub(super) const GATE: Gate = Gate {
    name: "kind",
    check: |look| {
        let mut unmet_demands = Vec::new();
        look.campaign.kind.demands.iter().for_each(|demand| unmet_demands.push(unmet(*demand, look)));
        first(unmet_demands)
    },
};

/// A demand that is not met.
fn unmet(demand: Demand, look: &Look) -> Option<Refused> {
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
    if look.at >= met {
        return None;
    }
    let detail = Tree::from([("demand", name.into()), ("since", since.into()), ("days", (length / DAY).into())]);
    Some(Refused { code: "not-allowed", detail, until: met.min(earlier) })
}
