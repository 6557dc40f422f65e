//! Occasions about something that was reached: a number of orders, an amount spent, a number of years, a place among the most active.

use super::found::{About, Found, Query, orders_in_time};
use crate::base::text::{concat, decimal};
use crate::calendar::{Anniversary, Instant, LeapDay, Unit};
use crate::policy::details::Goal;
use chrono::Datelike;

/// The order that reached the goal, or each anniversary of the first order.
pub(super) fn milestone<'a>(query: &Query<'a, '_>, goal: Goal) -> Found<'a> {
    let mut found = Found::default();
    let orders = orders_in_time(query, &mut found);
    let within = query.campaign.kind.within;
    let (mut count, mut spent) = (0, 0_i64);
    for (at, order) in &orders {
        count += 1;
        let before = spent;
        spent = spent.saturating_add(order.spent(query.known));
        let key = match goal {
            Goal::Orders(goal) if count == goal => concat(&["orders-", &decimal(goal)]),
            Goal::Spend(goal) if before < goal && goal <= spent => concat(&["spend-", &decimal(goal)]),
            _ => continue,
        };
        found.note(query.at, *at, *at + within, &key, About::Order(order));
    }
    if let (Goal::Years { lead, grace }, Some((first, _)), Some(zone)) = (goal, orders.first(), query.context.shop_zone)
    {
        let first = zone.date(*first);
        let (month, day, leap_day) = (first.month(), first.day(), LeapDay::Feb28);
        let anniversary = Anniversary { month, day, leap_day, lead, grace };
        for window in anniversary.windows(query.at, &query.context.local_zones) {
            if window.on.year() > first.year() {
                let key = decimal(i64::from(window.on.year()));
                found.note(
                    query.at,
                    window.from,
                    window.until,
                    &key,
                    About::Day(window.on, window.begins, window.over),
                );
            }
        }
    }
    found
}

/// The calendar unit around now, for a customer among the most active.
pub(super) fn top_activity<'a>(query: &Query<'a, '_>, floor: f64, per: Unit) -> Found<'a> {
    let mut found = Found::default();
    if query.context.customer.activity.is_some_and(|activity| activity >= floor) {
        each_unit(query, per, &mut found, |_| true);
    }
    found
}

/// Adds the calendar unit around now if `may` allows it, and notes when the next begins.
pub(super) fn each_unit(query: &Query, per: Unit, found: &mut Found, may: impl Fn(Instant) -> bool) {
    let Some(zone) = query.context.shop_zone else { return };
    let (from, to) = per.around(query.at, zone);
    found.next = to;
    if may(from) {
        found.note(query.at, from, to, &decimal(from.0), About::Nothing);
    }
}
