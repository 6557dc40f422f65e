//! A day of the year comes back: the birthday.

use super::found::{About, Found, Query};
use crate::base::text::decimal;
use crate::calendar::{Anniversary, LeapDay};
use crate::request::customer::Birthday;
use chrono::Datelike;

/// The customer's birthday, from `lead` civil days before to `grace` after.
pub(super) fn birthday<'a>(query: &Query<'a, '_>, lead: i64, grace: i64, leap_day: LeapDay) -> Found<'a> {
    let mut found = Found::default();
    if let Some(Birthday { month, day }) = query.context.customer.birthday {
        let anniversary = Anniversary { month, day, leap_day, lead, grace };
        for window in anniversary.windows(query.at, &query.context.local_zones) {
            let key = decimal(i64::from(window.on.year()));
            found.note(query.at, window.from, window.until, &key, About::Day(window.on, window.begins, window.over));
        }
    }
    found
}
