//! Reads and writes dates, times and durations.

use super::{DAY, HOUR, MINUTE, SECOND, day_number};
use crate::base::text::{concat, decimal, parse_digits};
use chrono::{Datelike, NaiveDate};

/// A date as `YYYY-MM-DD`.
pub(crate) fn format_date(date: NaiveDate) -> String {
    let mut text = decimal(i64::from(date.year()));
    for part in [date.month(), date.day()] {
        text.push_str(if part < 10 { "-0" } else { "-" });
        text.push_str(&decimal(i64::from(part)));
    }
    text
}

/// The bytes of a text that are still to be read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// Reads a number of exactly so many digits.
    fn number(&mut self, digits: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        parse_digits(digits)
    }

    /// Reads one character, if it is one of these.
    fn sign(&mut self, signs: &[u8]) -> Option<u8> {
        let (next, rest) = self.0.split_first()?;
        self.0 = rest;
        signs.contains(next).then_some(*next)
    }

    /// Reads two numbers of two digits with a character between them: `09:30`.
    fn pair(&mut self, sign: u8) -> Option<(u32, u32)> {
        let first = self.number(2)?;
        self.sign(&[sign])?;
        Some((first, self.number(2)?))
    }

    fn date(&mut self) -> Option<NaiveDate> {
        let year = self.number(4)?;
        self.sign(b"-")?;
        let (month, day) = self.pair(b'-')?;
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    }

    /// Reads `09:30` as milliseconds. 24:00 is refused.
    fn time(&mut self) -> Option<i64> {
        let (hours, minutes) = self.pair(b':')?;
        (hours < 24 && minutes < 60).then_some(i64::from(hours) * HOUR + i64::from(minutes) * MINUTE)
    }

    /// Reads a fraction of a second as milliseconds: `1239` is 123.
    fn fraction(&mut self) -> Option<i64> {
        let (mut fraction, mut unit) = (0, SECOND);
        while let Some(digit) = self.0.first().and_then(|byte| char::from(*byte).to_digit(10)) {
            unit /= 10;
            fraction += i64::from(digit) * unit;
            self.0 = self.0.get(1..)?;
        }
        (unit < SECOND).then_some(fraction)
    }

    /// Succeeds if nothing is left to read.
    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

/// `YYYY-MM-DD`
pub(crate) fn parse_date(text: &str) -> Option<NaiveDate> {
    let mut rest = Rest(text.as_bytes());
    let date = rest.date()?;
    rest.end().map(|()| date)
}

/// `YYYY-MM-DD` or `--MM-DD`: month and day. The year is dropped, because no rule needs the customer's age.
pub(crate) fn parse_birthday(text: &str) -> Option<(u32, u32)> {
    let date = match text.strip_prefix("--") {
        // a leap year, so that 29 February is accepted
        Some(month_day) => parse_date(&concat(&["2000-", month_day])),
        None => parse_date(text),
    };
    date.map(|date| (date.month(), date.day()))
}

/// RFC 3339, as `2026-12-24T18:00:00Z`, to the millisecond. Leap seconds (`:60`) are refused.
pub(crate) fn parse_instant(text: &str) -> Option<i64> {
    let mut rest = Rest(text.as_bytes());
    let date = rest.date()?;
    rest.sign(b"Tt")?;
    let time = rest.time()?;
    rest.sign(b":")?;
    let seconds = rest.number(2).filter(|seconds| *seconds < 60)?;
    let (fraction, zone) = match rest.sign(b".Zz+-")? {
        b'.' => (rest.fraction()?, rest.sign(b"Zz+-")?),
        zone => (0, zone),
    };
    let offset = match zone {
        b'+' => rest.time()?,
        b'-' => -rest.time()?,
        _ => 0,
    };
    rest.end()?;
    Some(day_number(date) * DAY + time + i64::from(seconds) * SECOND + fraction - offset)
}

/// `7d` as milliseconds: a positive whole number and a unit, `s`, `m`, `h`, `d` or `w`.
pub(crate) fn parse_duration(text: &str) -> Option<i64> {
    let unit = match text.bytes().last()? {
        b's' => SECOND,
        b'm' => MINUTE,
        b'h' => HOUR,
        b'd' => DAY,
        b'w' => 7 * DAY,
        _ => return None,
    };
    let number = parse_digits(text.as_bytes().split_last()?.1)?;
    (number > 0).then(|| i64::from(number).saturating_mul(unit))
}

/// A duration of whole days. `0d` is accepted here, unlike in other durations.
pub(crate) fn parse_days(text: &str) -> Option<i64> {
    match text {
        "0d" => Some(0),
        _ => parse_duration(text).filter(|length| length % DAY == 0),
    }
}

/// `HH:MM`, up to `24:00`, as milliseconds since midnight.
pub(crate) fn parse_clock(text: &str) -> Option<i64> {
    let mut rest = Rest(text.as_bytes());
    let (hours, minutes) = rest.pair(b':')?;
    rest.end()?;
    let time = i64::from(hours) * HOUR + i64::from(minutes) * MINUTE;
    (minutes < 60 && time <= DAY).then_some(time)
}
