//! How often: all limits that match hold together.

use crate::facts::Look;
use crate::gates::Word;
use crate::ledger::Record;
use crate::occasion::Occasion;
use crate::read::{Campaign, Limit};
use crate::time::{DAY, unit_begins};
use serde_json::json;

/// Transactional and service contacts and obligations pass; the others obey.
pub fn limits(look: &Look, campaign: &Campaign, _: &Occasion) -> Word {
    if campaign.is_obligation() || campaign.class == "transactional" || campaign.class == "service" {
        return None;
    }
    let full: Vec<&Limit> =
        look.world.limits.iter().filter(|limit| obeys(look, campaign, limit) && is_full(look, limit)).collect();
    let first = full.first()?;
    // full limits of the other kind come before the urgency budget
    let urgency = full.iter().all(|limit| limit.urgent);
    let mut told = *first;
    if full.len() > 1 {
        // the limit that frees latest
        let candidates = full.into_iter().filter(|limit| limit.urgent == urgency);
        let latest = |limit: &&Limit| frees(look, limit).unwrap_or(i64::MAX);
        told = candidates.rev().max_by_key(latest).unwrap();
    }
    let detail = json!({ "limit": told.id, "max": told.max, "counted": counted(look, told), "per": told.per });
    Some((if urgency { "urgency" } else { "limit-full" }, detail))
}

/// `class`, `channel`, `campaign` and `urgent` choose who obeys and what counts; `tier` and `when` choose who obeys.
fn obeys(look: &Look, campaign: &Campaign, limit: &Limit) -> bool {
    limit.class.as_ref().is_none_or(|class| *class == campaign.class)
        && limit.channel.as_ref().is_none_or(|channel| *channel == campaign.channel)
        && limit.campaign.as_ref().is_none_or(|id| *id == campaign.id)
        && (!limit.urgent || campaign.urgent)
        && limit.tier.as_ref().is_none_or(|tier| *tier == look.tier())
        && look.holds(&limit.when)
}

/// Without a class all but transactional count; a later part of a digest only for limits with `campaign`.
fn concerns(limit: &Limit, record: &Record) -> bool {
    (match &limit.class {
        Some(class) => *class == record.class,
        None => record.class != "transactional",
    }) && limit.channel.as_ref().is_none_or(|channel| *channel == record.channel)
        && limit.campaign.as_ref().is_none_or(|id| *id == record.campaign)
        && (!limit.urgent || record.urgent)
        && (limit.campaign.is_some() || !record.is_later_part())
}

/// Half-open `(now − per, now]`, or since the calendar unit began in the shop's zone.
fn in_window(look: &Look, limit: &Limit, at: i64) -> bool {
    match limit.length() {
        Some(per) => look.now - per < at,
        None => {
            let zone = look.world.shop_zone.as_ref().unwrap();
            zone.begins(unit_begins(&limit.per, zone.date(look.now), 0)) <= at
        }
    }
}

fn is_counted(look: &Look, limit: &Limit, record: &Record) -> bool {
    record.counts(look.now) && concerns(limit, record) && in_window(look, limit, record.as_of(look.now))
}

/// A record counts as `ignoredAs` contacts while it is ignored.
fn weight(limit: &Limit, record: &Record) -> u64 {
    if record.was_shown() && !record.was_welcome() { limit.ignored_as } else { 1 }
}

fn counted(look: &Look, limit: &Limit) -> u64 {
    look.ledger.iter().filter(|record| is_counted(look, limit, record)).map(|record| weight(limit, record)).sum()
}

fn is_full(look: &Look, limit: &Limit) -> bool {
    counted(look, limit) >= limit.max
}

/// When so many have left the window that what is left is less than `max`; a reserved record leaves when its lease ends.
fn frees(look: &Look, limit: &Limit) -> Option<i64> {
    let leaves = |record: &Record| {
        let window_passes = match limit.length() {
            Some(per) => record.will_count_as_of(look.now) + per,
            None => {
                let zone = look.world.shop_zone.as_ref().unwrap();
                let (first, last) = zone.shows(unit_begins(&limit.per, zone.date(look.now), 1) * DAY);
                if first > look.now { first } else { last }
            }
        };
        if record.state == "reserved" { window_passes.min(record.lease_ends()) } else { window_passes }
    };
    let counting: Vec<&Record> = look.ledger.iter().filter(|record| is_counted(look, limit, record)).collect();
    let mut instants: Vec<i64> = counting.iter().map(|record| leaves(record)).collect();
    instants.sort_unstable();
    let left = |at: i64| -> u64 {
        counting.iter().filter(|record| leaves(record) > at).map(|record| weight(limit, record)).sum()
    };
    instants.into_iter().find(|at| left(*at) < limit.max)
}

/// The latest record that counts for a limit without selectors.
pub fn last_counted(look: &Look) -> Option<i64> {
    let counts = look.ledger.iter().filter(|record| record.counts(look.now));
    let counts = counts.filter(|record| record.class != "transactional" && !record.is_later_part());
    counts.map(|record| record.as_of(look.now)).max()
}
