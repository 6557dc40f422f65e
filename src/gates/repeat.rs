//! `repeat`: the same is not said again, nor too soon.
//!
//! `already-spoken`: this occurrence was spoken of (`occurrence`), or the campaign speaks once in all. Passes when a
//! reservation lapses or something new is there to speak of.
//! `too-soon`: the campaign spoke at `last`, and may again `gap` milliseconds later.

use super::{Gate, Refused, first};
use crate::calendar::Instant;
use crate::look::Look;
use crate::policy::Repeat;
use crate::tree::Tree;

pub(super) const GATE: Gate = Gate { name: "repeat", check: |look| first([spoken(look), too_soon(look)]) };

/// This occurrence was spoken of, or the campaign speaks once in all.
fn spoken(look: &Look) -> Option<Refused> {
    let occurrence = look.occurrence.as_ref()?;
    let until = if look.campaign.repeat == Repeat::Never {
        look.said.counts_until().max(look.spoken_until(occurrence))
    } else {
        look.spoken_until(occurrence).map(|_| look.next_proposal())
    }?;
    let detail = Tree::from([("occurrence", (&occurrence.key).into())]);
    Some(Refused { code: "already-spoken", detail, until })
}

/// The campaign spoke too recently.
fn too_soon(look: &Look) -> Option<Refused> {
    let gap = match look.campaign.repeat {
        Repeat::After(gap) => gap.max(look.campaign.kind.gap),
        Repeat::Freely | Repeat::Never => look.campaign.kind.gap,
    };
    let (mut last, mut until) = (None, Instant(0));
    look.scene.each_of_kind(look.campaign, look.campaign.kind.once_for_all, look.taken, look.at, &mut |said| {
        said.each_since(look.at + -gap, &mut |record| {
            let effective = record.effective(look.at);
            if look.at - effective < gap {
                last = last.max(Some(effective));
                until = until.max((record.runs_from(look.at) + gap).min(record.lapses()));
            }
        });
    });
    let detail = Tree::from([("last", last?.into()), ("gap", gap.into())]);
    Some(Refused { code: "too-soon", detail, until })
}
