//! `quiet-hours`: it is not the hour to disturb anybody. Transactional contacts pass.

use super::gate::{Ahead, Gate, Verdict};
use crate::base::steps::Looked;
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant, Silence, quiet_from, quiet_until};
use crate::candidates::candidate::Candidate;
use crate::decision::{RefusalCode, codes};
use crate::language::words::Class;
use crate::policy::QuietHours;
use std::cell::Cell;

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
    ahead: Ahead::Always,
    complete: None,
    check: |candidate| {
        if candidate.campaign.class == Class::Transactional {
            return Verdict::pass(Instant::NEVER);
        }
        not_quiet(candidate)
    },
};

/// No window of the policy is open for the campaign's channel, where the customer is.
fn not_quiet(candidate: &Candidate) -> Verdict {
    let context = candidate.context;
    let known = context.silences.get(candidate.campaign.channel as usize);
    // most campaigns of a channel ask at the same instant
    let silence = known.and_then(Cell::get).filter(|known| known.holds_at(candidate.at));
    let silence = silence.unwrap_or_else(|| look(&context.policy.quiet_hours, candidate));
    if let Some(known) = known {
        known.set(Some(silence));
    }
    answer(silence, &QUIET, candidate)
}

/// No window of a wish is open for the campaign's channel, where the customer is.
pub(super) fn not_wished(quiet_hours: &[QuietHours], code: &'static RefusalCode, candidate: &Candidate) -> Verdict {
    answer(look(quiet_hours, candidate), code, candidate)
}

fn answer(Silence { is_quiet, until, .. }: Silence, code: &'static RefusalCode, candidate: &Candidate) -> Verdict {
    if !is_quiet {
        return Verdict::pass(until);
    }
    let zone = candidate.context.local_zones.name;
    let detail = || Tree::from([("zone", zone.map(str::to_owned).into()), ("until", until.into())]);
    Verdict::refuse(candidate, code, detail, until)
}

/// Whether a window is open for the campaign's channel, where the customer is, and until when that stays so at least.
fn look(quiet_hours: &[QuietHours], candidate: &Candidate) -> Silence {
    let (zones, steps, at) = (&candidate.context.local_zones, &candidate.context.steps, candidate.at);
    let destination = candidate.context.customer.destination();
    let (mut windows, mut size) = (Vec::new(), 0);
    for quiet in quiet_hours {
        size += quiet.size();
        if quiet.silences(candidate.campaign.channel, destination) {
            windows.push(&quiet.window);
        }
    }
    let silence = |is_quiet, until| Silence { is_quiet, from: at, until };
    if !steps.take(Looked::Rule, size) || windows.is_empty() {
        return silence(false, Instant::NEVER);
    }
    let mut until = None;
    for zone in &zones.offsets {
        until = until.max(quiet_until(&windows, zone, at, steps));
    }
    if let Some(until) = until {
        return silence(true, until);
    }
    let mut until = at + AHEAD;
    for zone in &zones.offsets {
        let may_look = steps.take(Looked::Rule, size);
        for window in windows.iter().filter(|_| may_look) {
            until = until.min(quiet_from(window, zone, at));
        }
    }
    silence(false, until)
}
