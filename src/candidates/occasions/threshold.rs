//! Something was reached: so many orders, so much spent, so many years, a place among the most active.

use super::anniversary::check_window;
use super::{About, Ask, Found, Occasion, in_order};
use crate::base::text::{digits, joined};
use crate::base::tree::Tree;
use crate::calendar::{Anniversary, Instant, LeapDay, Unit};
use crate::policy::{Details, days_field};
use crate::reader::shape::{MONEY, Shape, fields};
use chrono::Datelike;

/// What a milestone is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    Orders(i64),
    Spend(i64),
    /// milliseconds before and after
    Years {
        lead: i64,
        grace: i64,
    },
}

/// The order that reached a goal, or the years since the first.
pub(crate) const MILESTONE: Occasion = Occasion {
    name: "milestone",
    fields: fields! {
        "orders" may Shape::Integer { min: 1, max: 1_000_000 }, "which order; one of `orders`, `spend` and `years`";
        "spend" may MONEY, "what their orders come to, in minor units, without what came back";
        "years" may Shape::Flag, "true: each anniversary of the first order";
        "lead" may Shape::Days, "with `years`: civil days before, inclusive; absent: none";
        "grace" may Shape::Days, "with `years`: civil days after, inclusive; absent: none";
    },
    parameters: &[],
    once_each: true,
    read: |tree, _, _, problems| {
        check_window(tree, problems);
        let years = Goal::Years { lead: days_field(tree, "lead"), grace: days_field(tree, "grace") };
        let goals = [
            ("orders", tree.integer("orders").map(Goal::Orders)),
            ("spend", tree.integer("spend").map(Goal::Spend)),
            ("years", tree.flag("years").filter(|years| *years).map(|_| years)),
        ];
        let mut goal = None;
        for (key, named) in goals {
            if goal.is_some() && named.is_some() {
                problems.add_at(key, "not-allowed", "a second goal; make another campaign of it");
            }
            goal = goal.or(named);
        }
        if goal.is_none() {
            problems.add_at("orders", "missing-field", "say what is reached: `orders`, `spend` or `years`");
        }
        goal.map(Details::Milestone)
    },
    find: |ask| {
        let mut found = Found::default();
        let Details::Milestone(goal) = ask.campaign.details else {
            return found;
        };
        let orders = in_order(ask, &mut found);
        let within = ask.campaign.kind.timing.1;
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
        if let (Goal::Years { lead, grace }, Some((first, _)), Some(zone)) = (goal, orders.first(), ask.scene.shop_zone)
        {
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
    },
};

/// A place among the most active, each calendar unit.
pub(crate) const TOP_ACTIVITY: Occasion = Occasion {
    name: "activity",
    fields: fields! {
        "floor" may Shape::Number { min: 0.0, max: 100.0 }, "the least `activity` of the customer, a percentile; absent: 95";
        "per" may Shape::Choice(&["month", "year"]), "how often, in the shop's zone; absent: year";
    },
    parameters: &[],
    once_each: true,
    read: |tree, _, _, _| {
        Some(Details::TopActivity { floor: tree.number("floor").unwrap_or(95.0), per: unit(tree, Unit::Year) })
    },
    find: |ask| {
        let mut found = Found::default();
        if let Details::TopActivity { floor, per } = ask.campaign.details
            && ask.scene.customer.rest.number("activity").is_some_and(|activity| activity >= floor)
        {
            each_unit(ask, per, &mut found, |_| true);
        }
        found
    },
};

/// The unit of a field `per`.
pub(super) fn unit(tree: &Tree, absent: Unit) -> Unit {
    tree.text("per").and_then(Unit::named).unwrap_or(absent)
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
