//! Instants and civil dates. They have different types, since `2026-12-24` begins at another instant in Madrid than in Las Palmas. Only a
//! zone's table of offsets converts one to the other.

mod anniversary;
mod business;
mod cadence;
mod instant;
mod offsets;
mod quiet;
mod text;
mod units;

compiled_as!(NaiveDate as i64, |date| day_number(*date), date_of);

#[cfg(test)]
mod tests;

pub(crate) use anniversary::{Anniversary, LeapDay};
pub(crate) use business::{BusinessHours, BusinessSpan, Holiday};
pub(crate) use cadence::{ORDERS, cadence, lasts};
pub use instant::Instant;
pub(crate) use offsets::{LocalZones, Offsets, Zones};
pub(crate) use quiet::{QuietWindow, Silence, quiet_from, quiet_until};
pub(crate) use text::{
    format_date, parse_birthday, parse_clock, parse_date, parse_days, parse_duration, parse_instant,
};
pub(crate) use units::{UNITS, Unit};

use crate::base::compiled::compiled_as;
use chrono::{Datelike, NaiveDate, TimeDelta};

pub(crate) const SECOND: i64 = 1_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const HOUR: i64 = 60 * MINUTE;
/// 24 hours. A civil day has 23 or 25 when clocks change.
pub(crate) const DAY: i64 = 24 * HOUR;
/// The longest duration that a document may give.
pub(crate) const LONGEST: i64 = 36_525 * DAY;
/// How far ahead `retryAt` is searched for.
pub(crate) const HORIZON: i64 = 400 * DAY;

/// Days since 1970-01-01: 1 for 1970-01-02.
pub(crate) fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce() - 719_163)
}

/// The reverse of `day_number`.
pub(crate) fn date_of(day_number: i64) -> NaiveDate {
    days_from(NaiveDate::default(), day_number)
}

/// The date `days` days later. Beyond the range of `NaiveDate`, which no instant of a document reaches, it is the last date.
pub(crate) fn days_from(date: NaiveDate, days: i64) -> NaiveDate {
    TimeDelta::try_days(days).and_then(|delta| date.checked_add_signed(delta)).unwrap_or(NaiveDate::MAX)
}
