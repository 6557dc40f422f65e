//! `limits`: the customer has not been spoken to too often.
//!
//! Relational and promotional contacts obey; obligations pass. All but transactional records count, each with the class,
//! channel and campaign it was recorded with. Rolling windows are half-open, `(now − per, now]`.

use super::gate::{Ahead, Gate, Verdict};
use crate::base::steps::Looked;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::decision::codes;
use crate::policy::Limit;
use crate::standing::Standing;
use crate::standing::full_window::FullWindow;

codes! { "limits":
    LIMIT_FULL "limit-full" "A limit is full. If several are full, the figures are of the one that frees latest among those without `urgent`. Ends when no such limit is full; `retryAt` waits for full limits with `urgent` too." {
        "limit" required Shape::Name, "the limit's id";
        "max" required COUNT, "how many contacts it allows";
        "counted" required COUNT, "how many contacts count now; an ignored one counts `ignoredAs` times";
        "per" required Shape::Per, "its window, as the policy writes it";
    }
    URGENCY "urgency" "Only limits with `urgent` are full. If several are, the figures are of the one that frees latest. Ends when none of them is full." {
        "limit" required Shape::Name, "the limit's id";
        "max" required COUNT, "how many urgent contacts it allows";
        "counted" required COUNT, "how many contacts count now; an ignored one counts `ignoredAs` times";
        "per" required Shape::Per, "its window, as the policy writes it";
    }
}

pub(super) const GATE: Gate = Gate {
    #[cfg(not(target_family = "wasm"))]
    codes: CODES,
    is_about_news: false,
    sees_contacts: true,
    ahead: Ahead::Never,
    complete: None,
    check: |candidate| {
        if !candidate.campaign.is_planned() {
            return Verdict::pass(Instant::NEVER);
        }
        check(candidate)
    },
};

/// A full limit.
struct Full<'l> {
    /// whether it is a limit on all contacts, not on urgent ones alone
    is_ordinary: bool,
    frees_at: Instant,
    /// it is full and obeyed at least until then
    until: Instant,
    limit: &'l Limit,
    counted: i64,
}

fn check(candidate: &Candidate) -> Verdict {
    // of the full limits the one whose figures are given: an ordinary one before an urgent one, then the one that frees latest
    let mut worst = None::<Full>;
    // the instant before which one of them is full, and until when no other comes to be obeyed or full
    let (mut not_before, mut others_until) = (Instant(0), candidate.next_record_change());
    let own = &candidate.campaign.limits;
    candidate.context.steps.take(Looked::Rule, own.len());
    for index in own {
        let Some(limit) = candidate.context.policy.limits.get(*index) else { continue };
        let (obeys, obeyed_until) = obeys(limit, candidate.standing);
        let full = || FullWindow::of_limit(candidate.context, candidate.at, candidate.taken, *index);
        let Some(FullWindow { frees_at, counted }) = obeys.then(full).flatten() else {
            others_until = others_until.min(obeyed_until);
            continue;
        };
        let (is_ordinary, until) = (!limit.filter.urgent, frees_at.min(obeyed_until));
        not_before = not_before.max(until);
        if worst.as_ref().is_none_or(|worst| (worst.is_ordinary, worst.frees_at) < (is_ordinary, frees_at)) {
            worst = Some(Full { is_ordinary, frees_at, until, limit, counted });
        }
    }
    let Some(Full { is_ordinary, until, limit, counted, .. }) = worst else {
        return Verdict::pass(others_until);
    };
    // an ordinary limit that comes to be full gives the answer another code
    let (code, until) = if is_ordinary { (&LIMIT_FULL, until) } else { (&URGENCY, until.min(others_until)) };
    let figures = || {
        Tree::from([
            ("limit", (&limit.id).into()),
            ("max", limit.max.into()),
            ("counted", counted.into()),
            ("per", (&limit.per).into()),
        ])
    };
    Verdict::refuse_until(candidate, code, figures, until, not_before)
}

/// Whether the customer obeys a limit, and until when that stays so at least.
pub(crate) fn obeys(limit: &Limit, standing: &Standing) -> (bool, Instant) {
    let (mut obeys, mut until) = (true, Instant::NEVER);
    if let Some(tier) = limit.tier.get() {
        (obeys, until) = (*tier == standing.tier, standing.until);
    }
    if let Some(when) = limit.when.get() {
        let truth = when.ask(standing);
        (obeys, until) = (obeys && truth.holds, until.min(truth.until));
    }
    (obeys, until)
}
