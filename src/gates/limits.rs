//! `limits`: the customer has not been spoken to too often.
//!
//! Relational and promotional contacts obey; obligations pass. All but transactional records count, each with the class,
//! channel and campaign it was recorded with. Rolling windows are half-open, `(now − per, now]`.

use super::gate::{Gate, Verdict};
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::decision::codes;
use crate::language::words::Class;
use crate::ledger::totals::Counter;
use crate::policy::Limit;
use crate::standing::window_count::FullWindow;

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
    name: "limits",
    #[cfg(not(target_family = "wasm"))]
    codes: CODES,
    is_about_news: false,
    complete: None,
    check: |candidate| {
        if candidate.campaign.kind.obligation || candidate.campaign.class < Class::Relational {
            return Verdict::pass(Instant::NEVER);
        }
        check(candidate)
    },
};

/// A full limit: when it frees, and its figures.
type Full = (Instant, Tree);

fn check(candidate: &Candidate) -> Verdict {
    // of ordinary limits and of those on what is urgent: the full one that frees latest, and until when one at least is full
    let mut full = [None::<Full>, None];
    let mut full_until = [Instant(0); 2];
    // until when no other limit comes to be obeyed or full
    let mut quiet_until = candidate.next_record_change();
    for (index, limit) in candidate.context.policy.limits.iter().enumerate() {
        if !selects(limit, candidate) {
            continue;
        }
        let (obeys, obeyed_until) = obeys(limit, candidate);
        let count = if obeys { candidate.window_count(Counter::Limit(index), limit.window) } else { None };
        let Some(FullWindow { frees_at: frees, counted }) = count.and_then(|count| count.full(limit.max)) else {
            quiet_until = quiet_until.min(obeyed_until);
            continue;
        };
        let [ordinary, urgent] = &mut full;
        let [ordinary_until, urgent_until] = &mut full_until;
        let (worst, until) = if limit.filter.urgent { (urgent, urgent_until) } else { (ordinary, ordinary_until) };
        *until = (*until).max(frees.min(obeyed_until));
        if worst.as_ref().is_none_or(|(latest, _)| *latest < frees) {
            let detail = Tree::from([
                ("limit", (&limit.id).into()),
                ("max", limit.max.into()),
                ("counted", counted.into()),
                ("per", (&limit.per).into()),
            ]);
            *worst = Some((frees, detail));
        }
    }
    let [ordinary_until, urgent_until] = full_until;
    let not_before = ordinary_until.max(urgent_until);
    match full {
        [Some((_, detail)), _] => Verdict::refuse_until(&LIMIT_FULL, detail, ordinary_until, not_before),
        [None, Some((_, detail))] => Verdict::refuse_until(&URGENCY, detail, urgent_until.min(quiet_until), not_before),
        [None, None] => Verdict::pass(quiet_until),
    }
}

/// Whether a limit is about the campaign, whoever the customer is.
fn selects(limit: &Limit, candidate: &Candidate) -> bool {
    let (campaign, filter) = (candidate.campaign, &limit.filter);
    filter.class.is_none_or(|class| class == campaign.class)
        && filter.channel.is_none_or(|channel| channel == campaign.channel)
        && filter.campaign.as_ref().is_none_or(|id| *id == campaign.id)
        && (!filter.urgent || campaign.urgent)
}

/// Whether the customer obeys a limit, and until when that stays so at least.
fn obeys(limit: &Limit, candidate: &Candidate) -> (bool, Instant) {
    let standing = candidate.standing;
    let (mut obeys, mut until) = (true, Instant::NEVER);
    if let Some(tier) = limit.tier {
        (obeys, until) = (tier == standing.tier, standing.until);
    }
    if let Some(when) = &limit.when {
        let truth = when.ask(standing);
        (obeys, until) = (obeys && truth.holds, until.min(truth.until));
    }
    (obeys, until)
}
