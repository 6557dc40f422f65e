//! Business hours, as Monday to Friday from 9:00 to 18:00.

use super::{Instant, Offsets, days_from};
use chrono::{Datelike, NaiveDate};

/// How many days are searched for business hours before giving up.
const MAX_DAYS: i64 = 4_000;

#[derive(Clone, Debug)]
pub(crate) struct BusinessHours {
    /// milliseconds since the local day began
    pub from: i64,
    pub to: i64,
    /// one bit for each weekday; the lowest is Monday
    pub days: u8,
    /// dates on which the shop is closed
    pub closed: Vec<NaiveDate>,
}

impl BusinessHours {
    /// The instant at which `length` milliseconds of business hours have passed: with hours from 9:00 to 18:00, Friday at 17:00 plus two
    /// hours is Monday at 10:00. None if they do not pass within `MAX_DAYS`.
    pub fn after(&self, at: Instant, length: i64, zone: &Offsets) -> Option<Instant> {
        let (first, mut left) = (zone.date(at), length);
        for day in 0..MAX_DAYS {
            let date = days_from(first, day);
            let is_workday = self.days >> date.weekday().num_days_from_monday() & 1 == 1;
            if !is_workday || self.closed.contains(&date) {
                continue;
            }
            let (opens, closes) = (zone.first(date, self.from).max(at), zone.first(date, self.to));
            let open = (closes - opens).max(0);
            if left <= open {
                return Some(opens + left);
            }
            left -= open;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;
    use crate::base::problem::Problems;
    use crate::base::tree::Tree;
    use crate::calendar::{HOUR, MINUTE, Zones};

    /// The same, found slowly: counts the open minutes one by one.
    fn by_minutes(hours: &BusinessHours, at: Instant, length: i64, zone: &Offsets) -> Instant {
        let (mut now, mut left) = (at, length);
        while left > 0 {
            let date = zone.date(now);
            let is_workday =
                hours.days >> date.weekday().num_days_from_monday() & 1 == 1 && !hours.closed.contains(&date);
            let open = zone.first(date, hours.from) <= now && now < zone.first(date, hours.to);
            left -= if is_workday && open { MINUTE } else { 0 };
            now = now + MINUTE;
        }
        now
    }

    #[test]
    fn business_hours_are_the_same_as_counted_minute_by_minute() {
        let rows = Tree::List(
            [(0, 60), (1_774_746_000_000, 120), (1_792_890_000_000, 60)]
                .map(|(from, minutes): (i64, i64)| Tree::List(vec![from.into(), minutes.into()]))
                .into(),
        );
        let tables = Zones::read(&[("Europe/Madrid".into(), rows)], None, &mut Problems::default());
        let zone = tables.get("Europe/Madrid").unwrap();
        let closed = vec![NaiveDate::from_ymd_opt(2026, 10, 26).unwrap()];
        for (from, to) in [(9, 18), (0, 24), (2, 4), (23, 24)] {
            let hours = BusinessHours { from: from * HOUR, to: to * HOUR, days: 0b101_1111, closed: closed.clone() };
            // in Madrid the clocks change on 2026-03-29 and 2026-10-25
            for start in [1_774_573_200_000, 1_792_717_200_000] {
                for step in 0..96 {
                    let at = Instant(start + step * 37 * MINUTE);
                    for length in [MINUTE, HOUR, 9 * HOUR, 20 * HOUR] {
                        let due = hours.after(at, length, zone).unwrap();
                        assert_eq!(due, by_minutes(&hours, at, length, zone), "{from}–{to}, {at:?} + {length}");
                    }
                }
            }
        }
        let never = BusinessHours { from: 0, to: HOUR, days: 0, closed };
        assert_eq!(never.after(Instant(0), 1, zone), None);
    }
}
