//! `repeat`: the campaign does not repeat itself, and does not speak again too soon.

use super::gate::{Ahead, Gate, Verdict, first};
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::decision::codes;
use crate::policy::kind::Repeat;

codes! { "repeat":
    ALREADY_SPOKEN "already-spoken" "A contact was already made about this occasion, or the campaign speaks only once to each customer and has done so. Ends when an unused reservation runs out, or when there is a new occasion." {
        "occurrence" required Shape::Name, "the key of the occasion, as in the contact; of a campaign without occasions of its own, as `announcement`, the instant of its last contact";
    }
    TOO_SOON "too-soon" "Less time than the campaign's `repeat`, or than its kind's own gap, has passed since the last contact. Ends when that time has passed." {
        "last" required MILLISECONDS, "the time of the last contact";
        "gap" required COUNT, "the least time between two contacts, in milliseconds";
    }
}

pub(super) const GATE: Gate = Gate {
    #[cfg(not(target_family = "wasm"))]
    codes: CODES,
    is_about_news: true,
    sees_contacts: true,
    ahead: Ahead::Always,
    complete: None,
    check: |candidate| first(candidate, &[not_yet_spoken, long_enough_ago]),
};

fn not_yet_spoken(candidate: &Candidate) -> Verdict {
    let Some(occurrence) = &candidate.occurrence else {
        return Verdict::pass(Instant::NEVER);
    };
    let once = candidate.campaign.repeat == Repeat::Never;
    let once_until = if once { candidate.history.counts_until() } else { None };
    // once it ends another is proposed, which may be unspoken if this one is the event's
    let this_until = || occurrence.spoken_until.map(|_| candidate.next_proposal().min(occurrence.until));
    match once_until.or_else(this_until) {
        Some(until) => Verdict::refuse(
            candidate,
            &ALREADY_SPOKEN,
            || Tree::from([("occurrence", (&occurrence.key).into())]),
            until,
        ),
        None => Verdict::pass(candidate.proposes_until),
    }
}

fn long_enough_ago(candidate: &Candidate) -> Verdict {
    let (kind, at) = (candidate.campaign.kind, candidate.at);
    let mut gap = match candidate.campaign.repeat {
        Repeat::After(gap) => gap.max(kind.gap),
        Repeat::Freely | Repeat::Never => kind.gap,
    };
    let (mut obeyed, mut last, mut until) = (gap, None, Instant(0));
    let all = kind.once_across_campaigns;
    candidate.each_of_kind(all, &mut |history| {
        history.each_since(at, &mut |record| {
            let effective = record.effective(at);
            if at - effective < gap {
                if Some(effective) > last {
                    (obeyed, last) = (gap, Some(effective));
                }
                until = until.max((record.counts_from() + gap).min(record.lapses()));
            }
        });
        // `repeat` is between a campaign's own contacts; between those of its kind there is the kind's gap alone
        gap = kind.gap;
    });
    match last {
        Some(last) => {
            Verdict::refuse(candidate, &TOO_SOON, || Tree::from([("last", last.into()), ("gap", obeyed.into())]), until)
        }
        None => Verdict::pass(candidate.next_record_change()),
    }
}
