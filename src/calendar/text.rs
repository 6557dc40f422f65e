//! How times and dates are written.

use super::{DAY, HOUR, MINUTE, SECOND, day_number};
use chrono::{Datelike, NaiveDate};

/// A date as `YYYY-MM-DD`.
pub(crate) fn written(date: NaiveDate) -> String {
    let mut text = date.year().to_string();
    for part in [date.month(), date.day()] {
        text.push_str(if part < 10 { "-0" } else { "-" });
        text.push_str(&part.to_string());
    }
    text
}

/// `YYYY-MM-DD`
pub(crate) fn parse_date(text: &str) -> Option<NaiveDate> {
    let (year, month_day) = (text.get(..4)?, text.get(4..)?.strip_prefix('-')?);
    let (month, day) = two_numbers(month_day, '-')?;
    NaiveDate::from_ymd_opt(i32::try_from(digits(year)?).ok()?, month, day)
}

/// `YYYY-MM-DD` or `--MM-DD`: month and day; the year is nobody's business.
pub(crate) fn parse_birthday(text: &str) -> Option<(u32, u32)> {
    match text.strip_prefix("--") {
        Some(month_day) => {
            let (month, day) = two_numbers(month_day, '-')?;
            // a leap year, so that 29 February is a day
            NaiveDate::from_ymd_opt(2_000, month, day).map(|_| (month, day))
        }
        None => parse_date(text).map(|date| (date.month(), date.day())),
    }
}

/// RFC 3339, to the millisecond; a leap second is no instant here.
pub(crate) fn parse_instant(text: &str) -> Option<i64> {
    let date = parse_date(text.get(..10)?)?;
    let (time, zone) = match text.get(10..)?.strip_prefix(['T', 't'])? {
        rest if rest.ends_with(['Z', 'z']) => (rest.get(..rest.len() - 1)?, 0),
        rest => {
            let (time, offset) = rest.split_at_checked(rest.len().checked_sub(6)?)?;
            let sign = if offset.starts_with('+') { 1 } else { -1 };
            let (hours, minutes) = two_numbers(offset.strip_prefix(['+', '-'])?, ':')?;
            (hours < 24 && minutes < 60).then_some((time, sign * (i64::from(hours) * HOUR + i64::from(minutes) * MINUTE)))?
        }
    };
    let (hours, minutes) = two_numbers(time.get(..5)?, ':')?;
    let seconds = time.get(5..)?.strip_prefix(':')?;
    let (seconds, fraction) = match seconds.split_once('.') {
        Some((seconds, fraction)) => (seconds, milliseconds(fraction)?),
        None => (seconds, 0),
    };
    let seconds = (seconds.len() == 2).then(|| digits(seconds))??;
    (hours < 24 && minutes < 60 && seconds < 60).then_some(
        day_number(date) * DAY
            + i64::from(hours) * HOUR
            + i64::from(minutes) * MINUTE
            + i64::from(seconds) * SECOND
            + fraction
            - zone,
    )
}

/// The milliseconds of a fraction of a second; what is finer is cut off.
fn milliseconds(fraction: &str) -> Option<i64> {
    digits(fraction.get(..fraction.len().min(9))?)?;
    let all = fraction.bytes().all(|byte| byte.is_ascii_digit());
    let padded = [fraction, "00"].concat();
    all.then(|| digits(padded.get(..3)?)).flatten().map(i64::from)
}

/// A positive whole number with a unit: the milliseconds.
pub(crate) fn parse_duration(text: &str) -> Option<i64> {
    let unit = match text.bytes().last()? {
        b's' => SECOND,
        b'm' => MINUTE,
        b'h' => HOUR,
        b'd' => DAY,
        b'w' => 7 * DAY,
        _ => return None,
    };
    let number = digits(text.get(..text.len() - 1)?)?;
    (number > 0).then(|| i64::from(number).saturating_mul(unit))
}

/// A duration of whole days; unlike others it may be none.
pub(crate) fn parse_days(text: &str) -> Option<i64> {
    match text {
        "0d" => Some(0),
        _ => parse_duration(text).filter(|length| length % DAY == 0),
    }
}

/// `HH:MM`, up to `24:00`: the milliseconds since the day began.
pub(crate) fn parse_clock(text: &str) -> Option<i64> {
    let (hours, minutes) = two_numbers(text, ':')?;
    let time = i64::from(hours) * HOUR + i64::from(minutes) * MINUTE;
    (minutes < 60 && time <= DAY).then_some(time)
}

/// `12-31`, `22:00`: two digits, a sign, two digits.
fn two_numbers(text: &str, sign: char) -> Option<(u32, u32)> {
    let (first, second) = text.split_once(sign)?;
    (first.len() == 2 && second.len() == 2).then(|| Some((digits(first)?, digits(second)?)))?
}

/// A number written in digits alone, so that neither `+7` nor ` 7` passes.
fn digits(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}
