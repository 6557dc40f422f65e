//! `quiet-hours`: it is not the hour to disturb anybody. Transactional contacts pass.

use super::gate::{Gate, Verdict};
use crate::base::steps::Looked;
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant, quiet_from, quiet_until};
use crate::candidates::candidate::Candidate;
use crate::decision::{RefusalCode, codes};
use crate::language::words::Class;
use crate::policy::QuietHours;

codes! { "quiet-hours":
    QUIET "quiet" "It is a quiet time of the policy (`quietHours`) for the campaign's channel, where the customer is. Ends when that time is over." {
        "zone" optional Shape::Name, "the customer's zone; null: it is unknown, so the message waits while it is quiet in any zone of the request";
        "until" required MILLISECONDS, "the end of the quiet time";
    }
}

/// How far the beginning of a window is looked for. What does not begin by then is looked for again.
const AHEAD: i64 = 7 * DAY;

pub(super) const GATE: Gate = Gate {
    #[cfg(not(target_family = "wasm"))]
    codes: CODES,
    is_about_news: false,
    sees_contacts: false,
    complete: None,
    check: |candidate| {
        if candidate.campaign.class == Class::Transactional {
            return Verdict::pass(Instant::NEVER);
        }
        not_in(&candidate.context.policy.quiet_hours, &QUIET, candidate)
    },
};

/// No window of a list is open for the campaign's channel, where the customer is.
pub(super) fn not_in(quiet_hours: &[QuietHours], code: &'static RefusalCode, candidate: &Candidate) -> Verdict {
    let (zones, steps) = (&candidate.context.local_zones, &candidate.context.steps);
    let destination = candidate.context.customer.destination();
    let (mut windows, mut size) = (Vec::new(), 0);
    for quiet in quiet_hours {
        size += quiet.size();
        if quiet.silences(candidate.campaign.channel, destination) {
            windows.push(&quiet.window);
        }
    }
    if !steps.take(Looked::Rule, size) || windows.is_empty() {
        return Verdict::pass(Instant::NEVER);
    }
    let mut until = None;
    for zone in &zones.offsets {
        until = until.max(quiet_until(&windows, zone, candidate.at, steps));
    }
    if let Some(until) = until {
        let detail = || Tree::from([("zone", zones.name.map(str::to_owned).into()), ("until", until.into())]);
        return Verdict::refuse(candidate, code, detail, until);
    }
    let mut until = candidate.at + AHEAD;
    for zone in &zones.offsets {
        steps.take(Looked::Rule, windows.len());
        for window in &windows {
            until = until.min(quiet_from(window, zone, candidate.at));
        }
    }
    Verdict::pass(until)
}
