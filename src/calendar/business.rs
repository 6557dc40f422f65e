//! Business hours, as Monday to Friday from 9:00 to 14:00 and from 17:00 to 20:00.

use super::{Instant, Offsets, days_from};
use crate::base::compiled::compiled;
use crate::base::steps::{Looked, Steps};
use chrono::{Datelike, NaiveDate};

/// How many days are searched for business hours before giving up.
const MAX_DAYS: i64 = 4_000;

/// The times at which somebody answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct BusinessHours {
    /// the one that begins earliest in the day first; they may overlap
    pub spans: Vec<BusinessSpan>,
    /// dates on which the shop is closed
    pub closed: Vec<Holiday>,
}

/// A time of the day on some weekdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BusinessSpan {
    /// milliseconds since the local day began
    pub from: i64,
    pub to: i64,
    /// one bit for each weekday; the lowest is Monday
    pub days: u8,
}

/// A date, or a day of every year.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holiday {
    On(NaiveDate),
    /// month and day; 29 February is one of leap years alone
    EveryYear(u32, u32),
}

impl Holiday {
    pub fn is(self, date: NaiveDate) -> bool {
        match self {
            Holiday::On(on) => on == date,
            Holiday::EveryYear(month, day) => (month, day) == (date.month(), date.day()),
        }
    }
}

impl BusinessHours {
    /// The instant at which `length` milliseconds of business hours have passed: with hours from 9:00 to 18:00, Friday at 17:00 plus two
    /// hours is Monday at 10:00. None if they do not pass within `MAX_DAYS`.
    pub fn after(&self, at: Instant, length: i64, zone: &Offsets, steps: &Steps) -> Option<Instant> {
        let (first, mut left) = (zone.date(at), length);
        for day in 0..MAX_DAYS {
            let date = days_from(first, day);
            if !steps.take(Looked::Rule, self.closed.len() + self.spans.len()) {
                break;
            }
            if self.closed.iter().any(|closed| closed.is(date)) {
                continue;
            }
            // time that two spans share counts once
            let mut counted = at;
            for span in &self.spans {
                if span.days >> date.weekday().num_days_from_monday() & 1 == 1 {
                    let (opens, closes) = (zone.first(date, span.from).max(counted), zone.first(date, span.to));
                    let open = (closes - opens).max(0);
                    if left <= open {
                        return Some(opens + left);
                    }
                    left -= open;
                    counted = counted.max(closes);
                }
            }
        }
        None
    }
}

compiled! {
    struct BusinessHours { spans, closed }
    struct BusinessSpan { from, to, days }
}
compiled! { enum Holiday { On(date), EveryYear(month, day) } }

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
            let is_open = |span: &BusinessSpan| {
                let is_workday = span.days >> date.weekday().num_days_from_monday() & 1 == 1;
                is_workday && zone.first(date, span.from) <= now && now < zone.first(date, span.to)
            };
            let is_closed = hours.closed.iter().any(|closed| closed.is(date));
            left -= if !is_closed && hours.spans.iter().any(is_open) { MINUTE } else { 0 };
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
        let closed = vec![Holiday::On(NaiveDate::from_ymd_opt(2026, 10, 26).unwrap()), Holiday::EveryYear(3, 30)];
        let whole_week: &[&[(i64, i64)]] =
            &[&[(9, 18)], &[(0, 24)], &[(2, 4)], &[(23, 24)], &[(9, 14), (17, 20)], &[(1, 3), (2, 4), (22, 24)]];
        for clocks in whole_week {
            let days = 0b101_1111;
            let span = |(from, to): &(i64, i64)| BusinessSpan { from: from * HOUR, to: to * HOUR, days };
            let hours = BusinessHours { spans: clocks.iter().map(span).collect(), closed: closed.clone() };
            // in Madrid the clocks change on 2026-03-29 and 2026-10-25
            for start in [1_774_573_200_000, 1_792_717_200_000] {
                for step in 0..96 {
                    let at = Instant(start + step * 37 * MINUTE);
                    for length in [MINUTE, HOUR, 9 * HOUR, 20 * HOUR] {
                        let due = hours.after(at, length, zone, &Steps::default()).unwrap();
                        assert_eq!(due, by_minutes(&hours, at, length, zone), "{clocks:?}, {at:?} + {length}");
                    }
                }
            }
        }
        let never = BusinessHours { spans: vec![BusinessSpan { from: 0, to: HOUR, days: 0 }], closed };
        assert_eq!(never.after(Instant(0), 1, zone, &Steps::default()), None);
    }
}
