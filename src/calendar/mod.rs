//! Time. An instant is not a civil day: the types differ, and only an offset table turns one into the other.

mod anniversary;
mod business;
mod cadence;
mod instant;
mod offsets;
mod quiet;
mod text;
mod units;

#[cfg(test)]
mod tests;

pub(crate) use anniversary::{Anniversary, LeapDay};
pub(crate) use business::BusinessHours;
pub(crate) use cadence::{ORDERS, cadence};
pub use instant::Instant;
pub(crate) use offsets::{LocalZones, Offsets, Zones};
pub(crate) use quiet::{QuietWindow, quiet_from, quiet_until};
pub(crate) use text::{
    format_date, parse_birthday, parse_clock, parse_date, parse_days, parse_duration, parse_instant,
};
pub(crate) use units::{UNITS, Unit};

use chrono::{Datelike, NaiveDate, TimeDelta};

pub(crate) const SECOND: i64 = 1_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const HOUR: i64 = 60 * MINUTE;
/// Twenty-four hours; a civil day may have twenty-three.
pub(crate) const DAY: i64 = 24 * HOUR;
/// How long a duration may be.
pub(crate) const LONGEST: i64 = 36_525 * DAY;
/// How far ahead a retry is looked for.
pub(crate) const HORIZON: i64 = 400 * DAY;

/// The days from 1970-01-01 to a date.
pub(crate) fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce() - 719_163)
}

/// The date so many days from 1970-01-01.
pub(crate) fn date_of(day_number: i64) -> NaiveDate {
    days_from(NaiveDate::default(), day_number)
}

/// The date so many days after another; the last of all where the calendar would be left, which no instant's year comes near.
pub(crate) fn days_from(date: NaiveDate, days: i64) -> NaiveDate {
    TimeDelta::try_days(days).and_then(|delta| date.checked_add_signed(delta)).unwrap_or(NaiveDate::MAX)
}
