//! Real time zones with their rules of today.

use crate::time::{DAY, HOUR, MINUTE, civil_date, weekday};
use serde_json::{Value, json};

/// A clock change: the month, which of its weekdays (1: the first, 0: the last), the weekday (0: Monday), and the time
/// after midnight UTC. `(3, 0, 6, HOUR)` is the last Sunday in March at 01:00 UTC.
type Change = (u32, i64, usize, i64);

/// The name, the minutes east of UTC in winter and in summer, and the changes to and from summer time.
type Rule = (&'static str, i64, i64, Option<(Change, Change)>);

const EUROPE: Option<(Change, Change)> = Some(((3, 0, 6, HOUR), (10, 0, 6, HOUR)));

/// The hour or half hour that clocks skip or repeat lies at midnight in some zones and at two or three in others.
pub const RULES: [Rule; 12] = [
    ("Europe/Madrid", 60, 120, EUROPE),
    ("Atlantic/Canary", 0, 60, EUROPE),
    ("Atlantic/Azores", -60, 0, EUROPE),
    ("America/New_York", -300, -240, Some(((3, 2, 6, 7 * HOUR), (11, 1, 6, 6 * HOUR)))),
    ("America/Havana", -300, -240, Some(((3, 2, 6, 5 * HOUR), (11, 1, 6, 5 * HOUR)))),
    ("Asia/Beirut", 120, 180, Some(((3, 0, 6, -2 * HOUR), (10, 0, 6, -3 * HOUR)))),
    ("Africa/Cairo", 120, 180, Some(((4, 0, 4, -2 * HOUR), (10, 0, 3, 21 * HOUR)))),
    ("Australia/Lord_Howe", 630, 660, Some(((10, 1, 6, -8 * HOUR - 30 * MINUTE), (4, 1, 6, -9 * HOUR)))),
    ("Pacific/Auckland", 720, 780, Some(((9, 0, 6, -10 * HOUR), (4, 1, 6, -10 * HOUR)))),
    ("Asia/Kathmandu", 345, 345, None),
    ("Pacific/Kiritimati", 840, 840, None),
    ("Etc/UTC", 0, 0, None),
];

/// The offsets of a zone from 2025 to 2029.
pub fn table(name: &str) -> Value {
    let (_, winter, summer, changes) = *RULES.iter().find(|rule| rule.0 == name).unwrap();
    let Some((spring, autumn)) = changes else { return json!([[0, winter]]) };
    let mut rows: Vec<(i64, i64)> =
        (2025..2030).flat_map(|year| [(instant(year, spring), summer), (instant(year, autumn), winter)]).collect();
    rows.sort_unstable();
    json!(rows)
}

fn instant(year: i32, (month, nth, day, later): Change) -> i64 {
    let first = civil_date(year, month, 1).unwrap();
    let next = if month == 12 { civil_date(year + 1, 1, 1) } else { civil_date(year, month + 1, 1) }.unwrap();
    let dates: Vec<i64> = (first..next).filter(|date| weekday(*date) == day).collect();
    let date = if nth == 0 { *dates.last().unwrap() } else { dates[nth as usize - 1] };
    date * DAY + later
}
