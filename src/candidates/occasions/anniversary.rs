//! A day of the year comes back: the birthday.

use super::{About, Found, Occasion};
use crate::base::problem::Problems;
use crate::base::text::digits;
use crate::base::tree::Tree;
use crate::calendar::{Anniversary, DAY, LeapDay};
use crate::policy::{Details, days_field};
use crate::reader::shape::{Shape, fields};
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
    once_each: true,
    read: |tree, _, belated, problems| {
        check_window(tree, problems);
        let (lead, grace) = (days_field(tree, "lead"), days_field(tree, "grace"));
        let leap_day = if tree.text("leapDay") == Some("mar-1") { LeapDay::Mar1 } else { LeapDay::Feb28 };
        Some(Details::Anniversary { lead, grace, leap_day, belated })
    },
    find: |ask| {
        let mut found = Found::default();
        if let (Some((month, day)), Details::Anniversary { lead, grace, leap_day, .. }) =
            (ask.scene.customer.birthday, &ask.campaign.details)
        {
            let anniversary = Anniversary { month, day, leap_day: *leap_day, lead: *lead, grace: *grace };
            for window in anniversary.windows(ask.at, &ask.scene.place) {
                let key = digits(i64::from(window.on.year()));
                found.note(ask.at, window.from, window.until, &key, About::Day(window.on, window.over));
            }
        }
        found
    },
};

/// Refuses windows of two years that would meet.
pub(super) fn check_window(tree: &Tree, problems: &mut Problems) {
    if days_field(tree, "lead") + days_field(tree, "grace") >= MAX_DAYS * DAY {
        let key = if tree.get("grace").is_some() { "grace" } else { "lead" };
        problems.add_at(key, "out-of-range", "with `lead` and `grace` together under 300 days, no two of them meet");
    }
}
