//! `limits`: the customer has not been spoken to too often.
//!
//! `limit-full`: a limit is full; of several the one that frees latest: `limit`, `max`, `counted`, `per`.
//!
//! Relational and promotional contacts obey; obligations pass. All but transactional records count, each with the class,
//! channel and campaign it was recorded with. Rolling windows are half-open, `(now − per, now]`.

use super::{Gate, Refused};
use crate::calendar::Instant;
use crate::ledger::{Class, Record};
use crate::look::Look;
use crate::policy::{Limit, Window};
use crate::sorting::sort_by;
use crate::tree::Tree;

pub(super) const GATE: Gate = Gate {
    name: "limits",
    check: |look| {
        if look.campaign.kind.obligation || look.campaign.class < Class::Relational {
            return Ok(());
        }
        let (mut latest, mut until) = (None::<(Instant, Tree)>, Instant(0));
        for limit in &look.scene.policy.limits {
            let Some(obeyed_until) = obeyed_until(limit, look) else {
                continue;
            };
            if let Some((frees, counted)) = full(limit, look) {
                until = until.max(frees.min(obeyed_until));
                if latest.as_ref().is_none_or(|(latest, _)| *latest < frees) {
                    let detail = Tree::from([
                        ("limit", (&limit.id).into()),
                        ("max", limit.max.into()),
                        ("counted", counted.into()),
                        ("per", (&limit.per).into()),
                    ]);
                    latest = Some((frees, detail));
                }
            }
        }
        latest.map_or(Ok(()), |(_, detail)| Err(Refused { code: "limit-full", detail, until }))
    },
};

/// Until when this campaign obeys a limit with this customer, at least; none if it does not.
fn obeyed_until(limit: &Limit, look: &Look) -> Option<Instant> {
    let campaign = look.campaign;
    let selected = limit.class.is_none_or(|class| class == campaign.class)
        && limit.channel.as_ref().is_none_or(|channel| *channel == campaign.channel)
        && limit.campaign.as_ref().is_none_or(|id| *id == campaign.id)
        && limit.tier.is_none_or(|tier| tier == look.standing.tier);
    let when = limit.when.as_ref().map(|when| when.ask(look.standing));
    if !selected || when.is_some_and(|when| !when.holds) {
        return None;
    }
    let tier_until = if limit.tier.is_some() { look.standing.until } else { Instant::NEVER };
    Some(when.map_or(tier_until, |when| when.until.min(tier_until)))
}

/// When a full limit frees, and how many count; none if it has room.
fn full(limit: &Limit, look: &Look) -> Option<(Instant, usize)> {
    let at = look.at;
    let (from, to) = match limit.window {
        Window::Rolling(length) => (at + -length, Instant::NEVER),
        Window::Calendar(unit) => {
            let (from, to) = unit.around(at, look.scene.shop_zone?);
            (from + -1, to)
        }
    };
    // an effective instant is never later than the record's own, so older records cannot count
    let mut leaving = Vec::new();
    let mut note = |record: &Record| {
        if counts(limit, record) && record.counts(at) && record.effective(at) > from {
            let leaves = match limit.window {
                Window::Rolling(length) => record.runs_from(at) + length,
                Window::Calendar(_) => to,
            };
            leaving.push(leaves.min(record.lapses()));
        }
    };
    look.scene.ledger.map_or(&[][..], |ledger| ledger.after(from)).iter().for_each(|record| note(record));
    look.taken.iter().for_each(&mut note);
    sort_by(&mut leaving, Ord::cmp);
    let too_many = leaving.len().checked_sub(limit.max)?;
    let frees = if limit.max == 0 { Instant::NEVER } else { *leaving.get(too_many)? };
    Some((frees, leaving.len()))
}

fn counts(limit: &Limit, record: &Record) -> bool {
    let class = match limit.class {
        Some(class) => record.class == class,
        None => record.class != Class::Transactional,
    };
    class
        && limit.channel.as_ref().is_none_or(|channel| *channel == record.channel)
        && limit.campaign.as_ref().is_none_or(|campaign| *campaign == record.campaign)
}
