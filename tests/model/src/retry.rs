//! The earliest later instant at which something holds, found by asking at every instant at which anything could change.

use crate::facts::Look;
use crate::gates;
use crate::ledger::Record;
use crate::occasion::{anniversary, order};
use crate::quiet::{applies, begins_on};
use crate::read::{Campaign, Limit, World};
use crate::refusals::passes;
use crate::time::{DAY, HORIZON, MINUTE, length, unit_begins};
use serde_json::Value;

/// The earliest instant within 400 days at which all gates pass together.
pub fn retry_at(world: &World, ledger: &[Record], campaign: &Campaign) -> Option<i64> {
    let look = Look::at(world, world.now, ledger);
    if is_hopeless(&look, campaign) {
        return None;
    }
    let holds = |at: i64| passes(&Look::at(world, at, ledger), campaign);
    first_instant(&look, ledger, world.now, world.now + HORIZON, holds)
}

/// Where a gate refuses that time cannot change; only to be quick.
fn is_hopeless(look: &Look, campaign: &Campaign) -> bool {
    let word = gates::consent(look, campaign, &nothing()).or_else(|| gates::relevance(look, campaign, &nothing()));
    let event = &look.world.request["event"]["name"];
    let deaf = campaign.event.is_some() && event.as_str() != campaign.event.as_deref();
    let mut own = look.ledger.iter().filter(|record| record.campaign == campaign.id);
    let said = campaign.never_again && own.any(|record| record.state != "reserved" && record.state != "released");
    let no_birthday = campaign.kind == "birthday" && look.world.request["customer"]["birthday"].is_null();
    word.is_some() || deaf || said || no_birthday
}

fn nothing() -> crate::occasion::Occasion {
    crate::occasion::Occasion { occurrence: String::new(), begins: 0, ends: None, spoken: false, day: None }
}

/// The first instant after `from` and not after `to`: near ones first, as most are near.
pub fn first_instant(look: &Look, ledger: &[Record], from: i64, to: i64, holds: impl Fn(i64) -> bool) -> Option<i64> {
    let mut rare = rare_changes(look, ledger, to);
    rare.push(from + 1);
    rare.sort_unstable();
    rare.dedup();
    let mut begin = from;
    for end in [(from + 8 * DAY).min(to), (from + 40 * DAY).min(to), to] {
        let mut instants: Vec<i64> = rare.iter().copied().filter(|at| begin < *at && *at <= end).collect();
        daily_changes(look.world, begin, end, &mut instants);
        instants.sort_unstable();
        instants.dedup();
        let within = instants.into_iter().filter(|at| begin < *at && *at <= end);
        if let Some(found) = within.into_iter().find(|at| holds(*at)) {
            return Some(found);
        }
        begin = end;
    }
    None
}

/// Dates, and dates plus every length the policy has for them, each with the millisecond before and after.
fn rare_changes(look: &Look, ledger: &[Record], to: i64) -> Vec<i64> {
    let world = look.world;
    let policy = &world.policy;
    let customer = &world.request["customer"];
    let of = |value: &Value| value.as_str().and_then(length);
    let days = day_counts(world);
    let mut found: Vec<i64> = vec![];
    let mut add = |date: Option<i64>, lengths: &[i64]| {
        found.extend(date);
        found.extend(date.iter().flat_map(|date| lengths.iter().map(move |length| date + length)));
    };

    let mut lengths: Vec<i64> = world.limits.iter().filter_map(Limit::length).collect();
    lengths.extend(world.campaigns.iter().filter_map(|campaign| campaign.repeat));
    lengths.extend(of(&customer["wishes"]["lessOften"]));
    lengths.extend(of(&policy["calm"]["backOff"]["for"]));
    lengths.extend(of(&policy["calm"]["balance"]["per"]));
    lengths.extend(&days);
    for record in ledger {
        add(Some(record.at), &lengths);
        add(record.seen_at, &lengths);
        add(Some(record.lease_ends()), &[]);
        add(Some(record.at - 5 * MINUTE), &lengths);
    }

    let until = of(&policy["calm"]["until"]).unwrap_or(0);
    let large = of(&policy["calm"]["largeOrder"]["for"]).unwrap_or(0);
    let (mut since_placed, mut since_arrived) = (vec![7 * DAY, 30 * DAY, 30 * DAY + until, large], vec![until]);
    for campaign in &world.campaigns {
        let (begins, ends) = order::span(campaign);
        let lengths = if order::is_anchored(campaign) { &mut since_arrived } else { &mut since_placed };
        lengths.extend([begins, ends]);
    }
    since_placed.extend(&days);
    since_arrived.extend(&days);
    let usual_days = order::usual_days(world);
    for order in &world.orders {
        add(order.at, &since_placed);
        add(order.delivered_at, &since_arrived);
        for item in &order.items {
            add(item.delivered_at, &since_arrived);
            add(item.returned_at, &[]);
        }
        add(order.shipped_at, &[]);
        add(order.shipped_at.map(|at| at + usual_days), &since_arrived);
        order.incidents.iter().for_each(|one| [one.at, one.resolved_at].into_iter().for_each(|date| add(date, &[])));
        [order.cancelled_at, order.returned_at, order.refunded_at].into_iter().for_each(|date| add(date, &[]));
    }
    for conversation in &world.conversations {
        add(conversation.at, &[]);
        add(conversation.answered_at, &[]);
        add(conversation.reopened_at, &[]);
        add(conversation.solved_at, &[of(&policy["care"]["coolDown"]).unwrap_or(0)]);
    }
    world.ratings.iter().for_each(|one| add(one.at, &[90 * DAY]));
    add(crate::read::instant(customer, "since"), &[30 * DAY]);
    add(crate::read::instant(customer, "since"), &days);
    add(crate::read::instant(customer, "birthdaySince"), &[30 * DAY]);

    for campaign in &world.campaigns {
        let begins = |date: Option<i64>| date.map(|date| world.shop_zone.as_ref().unwrap().begins(date));
        add(begins(campaign.from), &[]);
        add(begins(campaign.until.map(|date| date + 1)), &[]);
        let mut anniversaries =
            if campaign.kind == "birthday" { anniversary::birthdays(look, campaign) } else { vec![] };
        if campaign.years {
            // each may be the first when those before it are cancelled
            let orders = world.orders.iter().filter_map(|order| order.at);
            anniversaries.extend(orders.flat_map(|at| anniversary::years_since(look, campaign, at)));
        }
        for one in anniversaries {
            add(Some(one.begins), &[]);
            add(one.ends, &[]);
            world.zones.iter().for_each(|zone| add(Some(zone.begins(one.day.unwrap() + 1)), &[]));
        }
    }
    world.zones.iter().flat_map(|zone| &zone.rows).for_each(|row| add(Some(row.0), &[]));
    found.retain(|at| world.now - 2 < *at && *at < to + 2);
    found.sort_unstable();
    found.dedup();
    found.into_iter().flat_map(|at| [at - 1, at, at + 1]).collect()
}

/// Whole days after which a fact that counts days passes a number the policy names; none where it names no such fact.
fn day_counts(world: &World) -> Vec<i64> {
    let policy = world.policy.to_string();
    if !policy.contains("daysSince.") && !policy.contains("tenureDays") {
        return vec![];
    }
    let mut numbers = vec![0.0];
    numbers_in(&world.policy, &mut numbers);
    let mut days: Vec<i64> = numbers.iter().filter(|number| **number < 401.0).map(|number| *number as i64).collect();
    days.extend(days.clone().iter().map(|number| number + 1));
    days.sort_unstable();
    days.dedup();
    days.iter().map(|number| number * DAY).collect()
}

fn numbers_in(value: &Value, found: &mut Vec<f64>) {
    match value {
        Value::Number(number) => found.extend(number.as_f64()),
        Value::String(text) => found.extend(text.parse::<f64>()),
        Value::Array(list) => list.iter().for_each(|one| numbers_in(one, found)),
        Value::Object(object) => object.values().for_each(|one| numbers_in(one, found)),
        _ => {}
    }
}

/// Edges of quiet hours in every zone that matters, and the beginnings of calendar units in the shop's.
fn daily_changes(world: &World, from: i64, to: i64, found: &mut Vec<i64>) {
    for zone in &world.zones {
        for window in world.quiet.iter().chain(&world.wish_quiet) {
            if world.campaigns.iter().any(|campaign| applies(window, &campaign.channel)) {
                let edges = (zone.date(from) - 2..=zone.date(to) + 1).filter_map(|date| begins_on(window, zone, date));
                found.extend(edges.flat_map(|(begins, ends)| [begins, ends]));
            }
        }
    }
    for limit in world.limits.iter().filter(|limit| limit.length().is_none()) {
        let zone = world.shop_zone.as_ref().unwrap();
        let next = |later| zone.shows(unit_begins(&limit.per, zone.date(from), later) * DAY);
        // where clocks go back over midnight, a unit begins twice
        found.extend((0..).map(next).take_while(|(first, _)| *first <= to).flat_map(|(first, last)| [first, last]));
    }
}
