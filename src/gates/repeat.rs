//! `repeat`: the same is not said again, nor too soon.
//!
//! `already-spoken`: this occurrence was spoken of (`occurrence`), or the campaign speaks once in all. Passes when a
//! reservation lapses or something new is there to speak of.
//! `too-soon`: the campaign spoke at `last`, and may again `gap` milliseconds later.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::decision::Refused;
use crate::gates::gate::{Gate, first};
use crate::policy::kind::Repeat;

pub(super) const GATE: Gate =
    Gate { name: "repeat", check: |candidate| first([spoken(candidate), too_soon(candidate)]) };

/// This occurrence was spoken of, or the campaign speaks once in all.
fn spoken(candidate: &Candidate) -> Option<Refused> {
    let occurrence = candidate.occurrence.as_ref()?;
    let once = Some(&candidate.said).filter(|_| candidate.campaign.repeat == Repeat::Never);
    let until = once.and_then(|said| said.counts_until());
    let until = until.or_else(|| candidate.spoken_until(occurrence).map(|_| candidate.next_proposal()))?;
    let detail = Tree::from([("occurrence", (&occurrence.key).into())]);
    Some(Refused { code: "already-spoken", detail, until })
}

/// The campaign spoke too recently.
fn too_soon(candidate: &Candidate) -> Option<Refused> {
    let kind = candidate.campaign.kind;
    let mut gap = match candidate.campaign.repeat {
        Repeat::After(gap) => gap.max(kind.gap),
        Repeat::Freely | Repeat::Never => kind.gap,
    };
    let (mut told, mut last, mut until) = (gap, None, Instant(0));
    candidate.context.each_of_kind(
        candidate.campaign,
        kind.once_across_campaigns,
        candidate.taken,
        candidate.at,
        &mut |said| {
            said.each_since(candidate.at + -gap, &mut |record| {
                let effective = record.effective(candidate.at);
                if candidate.at - effective < gap {
                    if Some(effective) > last {
                        (told, last) = (gap, Some(effective));
                    }
                    until = until.max((record.runs_from(candidate.at) + gap).min(record.lapses()));
                }
            });
            // its own `repeat` is between its own contacts; those that follow are of others of its kind
            gap = kind.gap;
        },
    );
    let detail = Tree::from([("last", last?.into()), ("gap", told.into())]);
    Some(Refused { code: "too-soon", detail, until })
}
