use super::Verdict;
use crate::context::Context;
use crate::ledger::Record;
use crate::occasions::Occasion;
use crate::read::{Campaign, Limit};
use crate::time::{DAY, unit_begins};
use serde_json::{Value, json};

/// Refuses when one of the limits that apply is full. Transactional and service campaigns and obligations always pass.
pub fn limits(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    if campaign.is_obligation() || campaign.class == "transactional" || campaign.class == "service" {
        return None;
    }
    let full: Vec<&Limit> = context
        .input
        .limits
        .iter()
        .filter(|limit| applies(context, campaign, limit) && is_full(context, limit))
        .collect();
    let first = full.first()?;
    // a limit without `urgent` is reported before one with it
    let urgency = full.iter().all(|limit| limit.urgent);
    if context.brief {
        return Some(("limit-full", Value::Null));
    }
    let mut reported = *first;
    if full.len() > 1 {
        // report the limit that stays full longest
        let candidates = full.into_iter().filter(|limit| limit.urgent == urgency);
        let latest = |limit: &&Limit| frees_at(context, limit).unwrap_or(i64::MAX);
        reported = candidates.rev().max_by_key(latest).unwrap();
    }
    let detail = context.detail(|| json!({ "limit": reported.id, "max": reported.max, "counted": counted(context, reported), "per": reported.per }));
    Some((if urgency { "urgency" } else { "limit-full" }, detail))
}

/// Whether a limit applies to a campaign: all its selectors match, and its `tier` and `when` hold.
fn applies(context: &Context, campaign: &Campaign, limit: &Limit) -> bool {
    limit.class.as_ref().is_none_or(|class| *class == campaign.class)
        && limit.channel.as_ref().is_none_or(|channel| *channel == campaign.channel)
        && limit.campaigns.as_ref().is_none_or(|ids| ids.contains(&campaign.id))
        && limit.topic.as_ref().is_none_or(|topic| campaign.topic.as_ref() == Some(topic))
        && limit.placement.as_ref().is_none_or(|placement| campaign.placement.as_ref() == Some(placement))
        && (!limit.urgent || campaign.urgent)
        && limit.tier.as_ref().is_none_or(|tier| *tier == context.tier())
        && context.holds(&limit.when)
}

/// Whether a limit's selectors match a record. Without `class`, all classes except transactional match. A later part of
/// a digest matches only limits with `campaign`: a digest is one contact.
fn matches(context: &Context, limit: &Limit, record: &Record) -> bool {
    !costs_no_slot(context, record)
        && (match &limit.class {
            Some(class) => *class == record.class,
            None => record.class != "transactional",
        })
        && limit.channel.as_ref().is_none_or(|channel| *channel == record.channel)
        && limit.campaigns.as_ref().is_none_or(|ids| ids.contains(&record.campaign))
        && limit.topic.as_ref().is_none_or(|topic| topic_of(context, record) == Some(topic))
        && limit.placement.as_ref().is_none_or(|placement| record.placement.as_ref() == Some(placement))
        && (!limit.urgent || record.urgent)
        && (limit.campaigns.is_some() || limit.topic.is_some() || !record.is_later_part())
}

/// The topic of the record's campaign, if the policy still has it.
fn topic_of<'a>(context: &'a Context, record: &Record) -> Option<&'a String> {
    context.input.campaigns.iter().find(|one| one.id == record.campaign)?.topic.as_ref()
}

/// Whether the record is of a campaign whose contacts never count.
fn costs_no_slot(context: &Context, record: &Record) -> bool {
    context.input.campaigns.iter().any(|one| one.id == record.campaign && one.costs_no_slot())
}

/// A duration: the window is `(now − per, now]`. A calendar unit: the window begins with the unit in the shop's zone.
fn in_window(context: &Context, limit: &Limit, at: i64) -> bool {
    match limit.duration() {
        Some(per) => context.now - per < at,
        None => {
            let zone = context.input.shop_zone.as_ref().unwrap();
            zone.start_of_date(unit_begins(&limit.per, zone.date(context.now), 0)) <= at
        }
    }
}

fn is_counted(context: &Context, limit: &Limit, record: &Record) -> bool {
    record.counts(context.now)
        && matches(context, limit, record)
        && in_window(context, limit, record.as_of(context.now))
}

/// A contact that was shown and neither clicked nor converted counts as `ignoredAs` contacts.
fn weight(limit: &Limit, record: &Record) -> u64 {
    if record.was_shown() && !record.was_welcome() { limit.ignored_as } else { 1 }
}

fn counted(context: &Context, limit: &Limit) -> u64 {
    context.ledger.iter().filter(|record| is_counted(context, limit, record)).map(|record| weight(limit, record)).sum()
}

fn is_full(context: &Context, limit: &Limit) -> bool {
    counted(context, limit) >= limit.max
}

/// When enough records have left the window for the limit to have room. A reserved record leaves at the latest when its lease ends.
fn frees_at(context: &Context, limit: &Limit) -> Option<i64> {
    let leaves = |record: &Record| {
        let window_passes = match limit.duration() {
            Some(per) => record.dated() + per,
            None => {
                let zone = context.input.shop_zone.as_ref().unwrap();
                let (first, last) = zone.instants_showing(unit_begins(&limit.per, zone.date(context.now), 1) * DAY);
                if first > context.now { first } else { last }
            }
        };
        if record.state == "reserved" { window_passes.min(record.lease_ends()) } else { window_passes }
    };
    let counting: Vec<&Record> = context.ledger.iter().filter(|record| is_counted(context, limit, record)).collect();
    let mut instants: Vec<i64> = counting.iter().map(|record| leaves(record)).collect();
    instants.sort_unstable();
    let left = |at: i64| -> u64 {
        counting.iter().filter(|record| leaves(record) > at).map(|record| weight(limit, record)).sum()
    };
    instants.into_iter().find(|at| left(*at) < limit.max)
}

/// The date of the latest record that would count for a limit without selectors.
pub fn last_counted_contact(context: &Context) -> Option<i64> {
    let counts = context.ledger.iter().filter(|record| record.counts(context.now));
    let counts = counts.filter(|record| record.class != "transactional" && !record.is_later_part());
    let counts = counts.filter(|record| !costs_no_slot(context, record));
    counts.map(|record| record.as_of(context.now)).max()
}
