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
        let of_channel = look.scene.policy.quiet_hours.iter().filter(|quiet| quiet.silences(&look.campaign.channel));
        let windows = of_channel.map(|quiet| &quiet.window);
        let zones = look.scene.place.zones.iter();
        let until = zones.filter_map(|zone| quiet_until(windows.clone(), zone, look.at)).max();
        let Some(until) = until else {
            return Ok(());
        };
        let detail = Tree::from([("zone", look.scene.place.name.map(str::to_owned).into()), ("until", until.into())]);
        Err(Refused { code: "quiet", detail, until })
    },
};
