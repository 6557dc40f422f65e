//! Something was reached: so many orders, so much spent, so many years, a place among the most active.

use super::found::{About, Ask, Found, orders_in_time};
use crate::base::text::{digits, joined};
use crate::calendar::{Anniversary, Instant, LeapDay, Unit};
use crate::policy::details::Goal;
use chrono::Datelike;

/// The order that reached a goal, or the years since the first.
pub(super) fn milestone<'a>(ask: &Ask<'a, '_>, goal: Goal) -> Found<'a> {
    let mut found = Found::default();
    let orders = orders_in_time(ask, &mut found);
    let within = ask.campaign.kind.within;
    let (mut count, mut spent) = (0, 0_i64);
    for (at, order) in &orders {
        count += 1;
        let before = spent;
        spent = spent.saturating_add(order.spent(ask.known));
        let key = match goal {
            Goal::Orders(goal) if count == goal => joined(&["orders-", &digits(goal)]),
            Goal::Spend(goal) if before < goal && goal <= spent => joined(&["spend-", &digits(goal)]),
            _ => continue,
        };
        found.note(ask.at, *at, *at + within, &key, About::Order(order));
    }
    if let (Goal::Years { lead, grace }, Some((first, _)), Some(zone)) = (goal, orders.first(), ask.scene.shop_zone) {
        let first = zone.date(*first);
        let (month, day, leap_day) = (first.month(), first.day(), LeapDay::Feb28);
        let anniversary = Anniversary { month, day, leap_day, lead, grace };
        for window in anniversary.windows(ask.at, &ask.scene.place) {
            if window.on.year() > first.year() {
                let key = digits(i64::from(window.on.year()));
                found.note(ask.at, window.from, window.until, &key, About::Day(window.on, window.over));
            }
        }
    }
    found
}

/// A place among the most active, each calendar unit.
pub(super) fn top_activity<'a>(ask: &Ask<'a, '_>, floor: f64, per: Unit) -> Found<'a> {
    let mut found = Found::default();
    if ask.scene.customer.rest.number("activity").is_some_and(|activity| activity >= floor) {
        each_unit(ask, per, &mut found, |_| true);
    }
    found
}

/// Speaks of the calendar unit around now, and of the next, if it may.
pub(super) fn each_unit(ask: &Ask, per: Unit, found: &mut Found, may: impl Fn(Instant) -> bool) {
    let Some(zone) = ask.scene.shop_zone else { return };
    let (from, to) = per.around(ask.at, zone);
    found.next = to;
    if may(from) {
        found.note(ask.at, from, to, &digits(from.0), About::Nothing);
    }
}
