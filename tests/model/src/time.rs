//! Instants are epoch milliseconds, civil dates are days since 1970-01-01, a zone is its table of offsets.

use chrono::{DateTime, Datelike, NaiveDate};

/// Milliseconds.
pub const MINUTE: i64 = 60_000;
/// Milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// Milliseconds.
pub const DAY: i64 = 24 * HOUR;
/// How far ahead `retryAt` looks.
pub const HORIZON: i64 = 400 * DAY;

/// A time zone. Before its first row, the first offset holds; after its last row, the last.
#[derive(Clone, Debug)]
pub struct Zone {
    /// Its name in the request, for example `Europe/Madrid`.
    pub name: String,
    /// Instants, ascending, each with the milliseconds east of UTC from then on.
    pub rows: Vec<(i64, i64)>,
}

impl Zone {
    /// What the wall clock shows at an instant, as milliseconds since 1970-01-01T00:00 local time.
    pub fn wall(&self, at: i64) -> i64 {
        let mut offset = self.rows[0].1;
        for (from, next) in &self.rows {
            if *from <= at {
                offset = *next;
            }
        }
        at + offset
    }

    /// The local date at an instant.
    pub fn date(&self, at: i64) -> i64 {
        self.wall(at).div_euclid(DAY)
    }

    /// The first and the last instant at which the wall clock shows a time. For a time that is skipped, both are the
    /// end of the gap.
    pub fn instants_showing(&self, wall: i64) -> (i64, i64) {
        let (mut first, mut last) = (None, None);
        for (index, (from, offset)) in self.rows.iter().enumerate() {
            let begins = if index == 0 { i64::MIN } else { *from };
            let ends = self.rows.get(index + 1).map_or(i64::MAX, |next| next.0);
            let at = wall - offset;
            if begins <= at && at < ends {
                first = first.or(Some(at));
                last = Some(at);
            }
        }
        if let (Some(first), Some(last)) = (first, last) {
            return (first, last);
        }
        for pair in self.rows.windows(2) {
            let change = pair[1].0;
            if change + pair[0].1 <= wall && wall < change + pair[1].1 {
                return (change, change);
            }
        }
        panic!("no instant shows {wall} in {}", self.name)
    }

    /// The first instant of a local date.
    pub fn start_of_date(&self, date: i64) -> i64 {
        self.instants_showing(date * DAY).0
    }
}

fn civil(date: i64) -> NaiveDate {
    NaiveDate::from_epoch_days(i32::try_from(date).unwrap()).unwrap()
}

/// A civil date, if the month has that day.
pub fn civil_date(year: i32, month: u32, day: u32) -> Option<i64> {
    NaiveDate::from_ymd_opt(year, month, day).map(|date| i64::from(date.to_epoch_days()))
}

/// A date such as `2026-12-25`.
pub fn parse_date(text: &str) -> i64 {
    i64::from(text.parse::<NaiveDate>().unwrap().to_epoch_days())
}

/// A date as `2026-12-25`.
pub fn date_text(date: i64) -> String {
    civil(date).to_string()
}

/// The year of a date.
pub fn year(date: i64) -> i32 {
    civil(date).year()
}

/// The month and the day of a date.
pub fn month_and_day(date: i64) -> (u32, u32) {
    (civil(date).month(), civil(date).day())
}

/// The weekday of a date; 0 is Monday.
pub fn weekday(date: i64) -> usize {
    civil(date).weekday().num_days_from_monday() as usize
}

/// The first date of the calendar unit with a date, or of the unit that many units later.
pub fn unit_begins(unit: &str, date: i64, later: i64) -> i64 {
    let civil = civil(date);
    match unit {
        "day" => date + later,
        "week" => date - i64::try_from(weekday(date)).unwrap() + 7 * later,
        "month" => {
            let months = i64::from(civil.year()) * 12 + i64::from(civil.month0()) + later;
            let month = u32::try_from(months.rem_euclid(12)).unwrap();
            civil_date(i32::try_from(months.div_euclid(12)).unwrap(), month + 1, 1).unwrap()
        }
        _ => civil_date(civil.year() + i32::try_from(later).unwrap(), 1, 1).unwrap(),
    }
}

/// A duration such as `7d`, in milliseconds.
pub fn parse_duration(text: &str) -> Option<i64> {
    let (number, unit) = text.split_at(text.len() - 1);
    let unit = match unit {
        "s" => 1_000,
        "m" => MINUTE,
        "h" => HOUR,
        "d" => DAY,
        "w" => 7 * DAY,
        _ => return None,
    };
    Some(number.parse::<i64>().ok()? * unit)
}

/// An RFC 3339 instant, as epoch milliseconds.
pub fn parse_instant(text: &str) -> i64 {
    DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
}

/// A time of day such as `22:30`, in milliseconds since midnight.
pub fn parse_time(text: &str) -> i64 {
    let (hours, minutes) = text.split_once(':').unwrap();
    hours.parse::<i64>().unwrap() * HOUR + minutes.parse::<i64>().unwrap() * MINUTE
}
