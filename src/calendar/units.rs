//! Calendar windows: the day, week, month or year in which an instant lies, in one zone.

use super::{Instant, Offsets, days_from};
use crate::base::compiled::compiled;
use chrono::{Datelike, NaiveDate};

/// What `per` may be, beside a duration.
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

    /// The beginning of the unit in which an instant lies, and of the next: for `Month`, 1 November and 1 December.
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
        // where clocks go back across midnight, midnight comes twice: the day ends at the second
        (zone.first(from, 0), if ends > at { ends } else { zone.last(to, 0) })
    }

    /// The first day of the unit in which a date lies: the Monday of its week.
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

compiled! { enum Unit { Day, Week, Month, Year } }
