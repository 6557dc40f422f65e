//! A day of the year comes back: the birthday.

use super::{About, Found, Occasion, Occurrence};
use crate::calendar::{Anniversary, DAY, Instant, LeapDay};
use crate::policy::{Details, days_field};
use crate::read::{Shape, fields};
use chrono::Datelike;

/// How many days lead and grace may come to: two windows of one day of the year must not meet.
const MAX_DAYS: i64 = 300;

/// The customer's birthday, from `lead` civil days before to `grace` after.
pub(crate) const ANNIVERSARY: Occasion = Occasion {
    name: "birthday",
    fields: fields! {
        "lead" may Shape::Days, "civil days before, inclusive; absent: none; with `grace` under 300";
        "grace" may Shape::Days, "civil days after, inclusive; absent: none";
        "leapDay" may Shape::Choice(&["feb-28", "mar-1"]), "when 29 February is observed in other years; absent: feb-28";
        "belated" may Shape::Name, "the message after the day; absent: the same";
    },
    parameters: &["birthday"],
    dated: true,
    once_each: true,
    read: |tree, belated, problems| {
        let (lead, grace) = (days_field(tree, "lead"), days_field(tree, "grace"));
        if lead + grace >= MAX_DAYS * DAY {
            let key = if tree.get("grace").is_some() { "grace" } else { "lead" };
            problems.add_at(
                key,
                "out-of-range",
                "with `lead` and `grace` together under 300 days, no two birthdays meet",
            );
        }
        let leap_day = if tree.text("leapDay") == Some("mar-1") { LeapDay::Mar1 } else { LeapDay::Feb28 };
        Some(Details::Anniversary { lead, grace, leap_day, belated })
    },
    find: |scene, campaign, at, _| {
        let mut found = Found { now: Vec::new(), next: Instant::NEVER };
        if let (Some((month, day)), Details::Anniversary { lead, grace, leap_day, .. }) =
            (scene.customer.birthday, &campaign.details)
        {
            let anniversary = Anniversary { month, day, leap_day: *leap_day, lead: *lead, grace: *grace };
            for window in anniversary.windows(at, &scene.place) {
                if window.from <= at {
                    let about = About::Day(window.on, window.over);
                    found.now.push(Occurrence {
                        key: i64::from(window.on.year()).to_string(),
                        until: window.until,
                        about,
                    });
                } else {
                    found.next = found.next.min(window.from);
                }
            }
        }
        found
    },
};
