//! Calendar windows: the day, week, month or year around an instant, in one zone.

use super::{Instant, Offsets, days_from};
use chrono::{Datelike, Months, NaiveDate};

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
        let date = zone.date(at);
        let from = match self {
            Unit::Day => date,
            Unit::Week => days_from(date, -i64::from(date.weekday().num_days_from_monday())),
            Unit::Month => date.with_day(1).unwrap_or(date),
            Unit::Year => NaiveDate::from_yo_opt(date.year(), 1).unwrap_or(date),
        };
        let to = match self {
            Unit::Day => days_from(from, 1),
            Unit::Week => days_from(from, 7),
            Unit::Month => from.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX),
            Unit::Year => from.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX),
        };
        (zone.first(from, 0), zone.first(to, 0))
    }
}
