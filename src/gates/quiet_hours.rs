//! `quiet-hours`: it is not the hour to disturb anybody.
//!
//! `quiet`: a window is open where the customer is (`zone`; null: unknown, so it must be open nowhere). Passes at its end.
//! Transactional contacts pass.

use super::{Gate, Refused};
use crate::calendar::quiet_until;
use crate::ledger::Class;
use crate::tree::Tree;

pub(super) const GATE: Gate = Gate {
    name: "quiet-hours",
    check: |look| {
        if look.campaign.class == Class::Transactional {
            return Ok(());
        }
        let mut windows = Vec::new();
        for quiet in &look.scene.policy.quiet_hours {
            if quiet.silences(&look.campaign.channel) {
                windows.push(&quiet.window);
            }
        }
        let mut until = None;
        for zone in &look.scene.place.zones {
            until = until.max(quiet_until(&windows, zone, look.at));
        }
        let Some(until) = until else {
            return Ok(());
        };
        let detail = Tree::from([("zone", look.scene.place.name.map(str::to_owned).into()), ("until", until.into())]);
        Err(Refused { code: "quiet", detail, until })
    },
};
