//! `repeat`: the same is not said again, nor too soon.
//!
//! `already-spoken`: this occurrence was spoken of (`occurrence`), or the campaign speaks once in all. Passes when a
//! reservation lapses or something new is there to speak of.
//! `too-soon`: the campaign spoke at `last`, and may again `gap` milliseconds later.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Look;
use crate::decision::Refused;
use crate::gates::gate::{Gate, first};
use crate::policy::kind::Repeat;

pub(super) const GATE: Gate = Gate { name: "repeat", check: |look| first([spoken(look), too_soon(look)]) };

/// This occurrence was spoken of, or the campaign speaks once in all.
fn spoken(look: &Look) -> Option<Refused> {
    let occurrence = look.occurrence.as_ref()?;
    let once = Some(&look.said).filter(|_| look.campaign.repeat == Repeat::Never);
    let until = once.and_then(|said| said.counts_until());
    let until = until.or_else(|| look.spoken_until(occurrence).map(|_| look.next_proposal()))?;
    let detail = Tree::from([("occurrence", (&occurrence.key).into())]);
    Some(Refused { code: "already-spoken", detail, until })
}

/// The campaign spoke too recently.
fn too_soon(look: &Look) -> Option<Refused> {
    let kind = look.campaign.kind;
    let mut gap = match look.campaign.repeat {
        Repeat::After(gap) => gap.max(kind.gap),
        Repeat::Freely | Repeat::Never => kind.gap,
    };
    let (mut told, mut last, mut until) = (gap, None, Instant(0));
    look.scene.each_of_kind(look.campaign, kind.once_for_all, look.taken, look.at, &mut |said| {
        said.each_since(look.at + -gap, &mut |record| {
            let effective = record.effective(look.at);
            if look.at - effective < gap {
                if Some(effective) > last {
                    (told, last) = (gap, Some(effective));
                }
                until = until.max((record.runs_from(look.at) + gap).min(record.lapses()));
            }
        });
        // its own `repeat` is between its own contacts; those that follow are of others of its kind
        gap = kind.gap;
    });
    let detail = Tree::from([("last", last?.into()), ("gap", told.into())]);
    Some(Refused { code: "too-soon", detail, until })
}
