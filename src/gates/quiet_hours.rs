//! `quiet-hours`: it is not the hour to disturb anybody.
//!
//! `quiet`: a window is open where the customer is (`zone`; null: unknown, so it must be open nowhere). Passes at its end.
//! Transactional contacts pass.

use crate::base::tree::Tree;
use crate::calendar::{Instant, QuietWindow, quiet_until};
use crate::candidates::candidate::Candidate;
use crate::decision::Refused;
use crate::gates::gate::Gate;
use crate::language::words::Class;
use crate::policy::QuietHours;

pub(super) const GATE: Gate = Gate {
    name: "quiet-hours",
    check: |candidate| {
        if candidate.campaign.class == Class::Transactional {
            return Ok(());
        }
        match silence(candidate, &candidate.context.policy.quiet_hours) {
            Some((until, detail)) => Err(Refused { code: "quiet", detail, until }),
            None => Ok(()),
        }
    },
};

/// Until when windows keep the campaign's channel silent where the customer is, and the figures; none if they do not.
pub(super) fn silence(candidate: &Candidate, quiet_hours: &[QuietHours]) -> Option<(Instant, Tree)> {
    let place = &candidate.context.place;
    let windows = windows(quiet_hours, &candidate.campaign.channel);
    let mut until = None;
    for zone in &place.zones {
        until = until.max(quiet_until(&windows, zone, candidate.at));
    }
    let until = until?;
    Some((until, Tree::from([("zone", place.name.map(str::to_owned).into()), ("until", until.into())])))
}

/// The windows that concern a channel.
pub(super) fn windows<'a>(quiet_hours: &'a [QuietHours], channel: &str) -> Vec<&'a QuietWindow> {
    let mut windows = Vec::new();
    for quiet in quiet_hours {
        if quiet.silences(channel) {
            windows.push(&quiet.window);
        }
    }
    windows
}
