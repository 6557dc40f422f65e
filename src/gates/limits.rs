//! `limits`: the customer has not been spoken to too often.
//!
//! `limit-full`: a limit is full; of several the one that frees latest: `limit`, `max`, `counted`, `per`.
//!
//! `urgency`: the same of a limit on what is urgent.
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
        let (mut worst, mut until) = (None::<(bool, Instant, Tree)>, Instant(0));
        for limit in &look.scene.policy.limits {
            let Some(obeyed_until) = obeyed_until(limit, look) else {
                continue;
            };
            if let Some((frees, counted)) = full(limit, look) {
                until = until.max(frees.min(obeyed_until));
                if worst.as_ref().is_none_or(|(ordinary, latest, _)| (*ordinary, *latest) < (!limit.urgent, frees)) {
                    let detail = Tree::from([
                        ("limit", (&limit.id).into()),
                        ("max", limit.max.into()),
                        ("counted", counted.into()),
                        ("per", (&limit.per).into()),
                    ]);
                    worst = Some((!limit.urgent, frees, detail));
                }
            }
        }
        let Some((ordinary, _, detail)) = worst else {
            return Ok(());
        };
        Err(Refused { code: if ordinary { "limit-full" } else { "urgency" }, detail, until })
    },
};

/// Until when this campaign obeys a limit with this customer, at least; none if it does not.
fn obeyed_until(limit: &Limit, look: &Look) -> Option<Instant> {
    let campaign = look.campaign;
    let selected = limit.class.is_none_or(|class| class == campaign.class)
        && limit.channel.as_ref().is_none_or(|channel| *channel == campaign.channel)
        && limit.campaign.as_ref().is_none_or(|id| *id == campaign.id)
        && limit.tier.is_none_or(|tier| tier == look.standing.tier)
        && (!limit.urgent || campaign.urgent);
    let when = limit.when.as_ref().map(|when| when.ask(look.standing));
    if !selected || when.is_some_and(|when| !when.holds) {
        return None;
    }
    let tier_until = if limit.tier.is_some() { look.standing.until } else { Instant::NEVER };
    Some(when.map_or(tier_until, |when| when.until.min(tier_until)))
}

/// When a full limit frees, and how many count; none if it has room.
fn full(limit: &Limit, look: &Look) -> Option<(Instant, i64)> {
    let (from, to) = match limit.window {
        Window::Rolling(length) => (look.at + -length, Instant::NEVER),
        Window::Calendar(unit) => {
            let (from, to) = unit.around(look.at, look.scene.shop_zone?);
            (from + -1, to)
        }
    };
    let (mut leaving, mut counted) = (Vec::new(), 0);
    within(look, from, &mut |record| {
        if counts(limit, record) {
            let leaves = match limit.window {
                Window::Rolling(length) => record.runs_from(look.at) + length,
                Window::Calendar(_) => to,
            };
            let weight = if record.is_ignored() { limit.ignored_as } else { 1 };
            counted += weight;
            leaving.push((leaves.min(record.lapses()), weight));
        }
    });
    if counted < limit.max {
        return None;
    }
    sort_by(&mut leaving, Ord::cmp);
    let (mut frees, mut left) = (Instant::NEVER, counted);
    for (leaves, weight) in leaving {
        left -= weight;
        if left < limit.max {
            frees = leaves;
            break;
        }
    }
    Some((frees, counted))
}

fn counts(limit: &Limit, record: &Record) -> bool {
    let class = match limit.class {
        Some(class) => record.class == class,
        None => record.class != Class::Transactional,
    };
    class
        && limit.channel.as_ref().is_none_or(|channel| *channel == record.channel)
        && limit.campaign.as_ref().is_none_or(|campaign| *campaign == record.campaign)
        && (!limit.urgent || record.urgent == Some(true))
        && (limit.campaign.is_some() || !record.is_later_part())
}

/// Tells the records that count as of an instant after `from`.
pub(super) fn within(look: &Look, from: Instant, tell: &mut dyn FnMut(&Record)) {
    let free = |record: &Record| look.scene.policy.free.contains(&record.campaign);
    let mut note = |record: &Record| {
        if !free(record) && record.counts(look.at) && record.effective(look.at) > from {
            tell(record);
        }
    };
    // as of an instant that is never later than its own date
    look.scene.ledger.map_or(&[][..], |ledger| ledger.after(from)).iter().for_each(|record| note(record));
    look.taken.iter().for_each(&mut note);
}
