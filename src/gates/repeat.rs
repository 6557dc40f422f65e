//! `repeat`: the same is not said again, nor too soon.
//!
//! `already-spoken`: this occurrence was spoken of (`occurrence`), or the campaign speaks once in all. Passes when a
//! reservation lapses or something new is there to speak of.
//! `too-soon`: the campaign spoke at `last`, and may again `gap` milliseconds later.

use super::{Gate, Refused};
use crate::calendar::Instant;
use crate::look::Look;
use crate::occasions::spoken_until;
use crate::policy::Repeat;
use crate::tree::Tree;

pub(super) const GATE: Gate = Gate {
    name: "repeat",
    check: |look| {
        let (spoken, soon) = (spoken(look), too_soon(look));
        let until = spoken.iter().chain(&soon).map(|refused| refused.until).max();
        match (spoken.or(soon), until) {
            (Some(refused), Some(until)) => Err(Refused { until, ..refused }),
            _ => Ok(()),
        }
    },
};

/// This occurrence was spoken of, or the campaign speaks once in all.
fn spoken(look: &Look) -> Option<Refused> {
    let occurrence = look.occurrence.as_ref()?;
    let until = if look.campaign.repeat == Repeat::Never {
        look.counting().map(|record| record.lapses()).max()
    } else {
        spoken_until(occurrence, look.campaign, look.at, &look.records).map(|_| look.next_proposal())
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
    let recent = || look.counting().filter(|record| look.at - record.effective(look.at) < gap);
    let last = recent().map(|record| record.effective(look.at)).max()?;
    let until = recent().map(|record| (record.runs_from(look.at) + gap).min(record.lapses())).max().unwrap_or(Instant::NEVER);
    let detail = Tree::from([("last", last.into()), ("gap", gap.into())]);
    Some(Refused { code: "too-soon", detail, until })
}
