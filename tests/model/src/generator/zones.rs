//! Real zones with the rules they follow today.

use crate::time::{DAY, HOUR, MINUTE, days, weekday};
use serde_json::{Value, json};

/// A change of the clocks: in this month, on the nth (0: the last) of that weekday (0: Monday), so long after midnight UTC.
type Change = (u32, i64, usize, i64);

/// A name, minutes east of UTC without and with summer time, and the changes to and from it.
type Rule = (&'static str, i64, i64, Option<(Change, Change)>);

const EUROPE: Option<(Change, Change)> = Some(((3, 0, 6, HOUR), (10, 0, 6, HOUR)));

/// With gaps and folds of an hour and of half an hour, at midnight and at two.
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
    let first = days(year, month, 1).unwrap();
    let next = if month == 12 { days(year + 1, 1, 1) } else { days(year, month + 1, 1) }.unwrap();
    let dates: Vec<i64> = (first..next).filter(|date| weekday(*date) == day).collect();
    let date = if nth == 0 { *dates.last().unwrap() } else { dates[nth as usize - 1] };
    date * DAY + later
}
