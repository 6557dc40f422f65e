//! Calendar windows: the day, week, month or year around an instant, in one zone.

use super::{Instant, Offsets, days_from};
use chrono::{Datelike, NaiveDate};

/// The calendar units a limit may count by.
pub(crate) const UNITS: [&str; 4] = ["day", "week", "month", "year"];

/// A calendar unit. Weeks begin on Monday (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    pub fn named(name: &str) -> Option<Unit> {
        match name {
            "day" => Some(Unit::Day),
            "week" => Some(Unit::Week),
            "month" => Some(Unit::Month),
            "year" => Some(Unit::Year),
            _ => None,
        }
    }

    /// The unit around an instant: from, inclusive, to, exclusive.
    pub fn around(self, at: Instant, zone: &Offsets) -> (Instant, Instant) {
        let longest = match self {
            Unit::Day => 1,
            Unit::Week => 7,
            Unit::Month => 31,
            Unit::Year => 366,
        };
        let from = self.first_day(zone.date(at));
        let to = self.first_day(days_from(from, longest));
        let ends = zone.first(to, 0);
        // where clocks went back over midnight the day that was over is not over
        (zone.first(from, 0), if ends > at { ends } else { zone.last(to, 0) })
    }

    /// The first day of the unit a date lies in.
    fn first_day(self, date: NaiveDate) -> NaiveDate {
        let passed = match self {
            Unit::Day => 0,
            Unit::Week => date.weekday().num_days_from_monday(),
            Unit::Month => date.day0(),
            Unit::Year => date.ordinal0(),
        };
        days_from(date, -i64::from(passed))
    }
}
