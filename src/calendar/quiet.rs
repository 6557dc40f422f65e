//! Quiet hours, such as 22:00 to 9:00. They are exact on days when clocks change.

use super::{DAY, Holiday, Instant, Offsets, days_from};
use crate::base::sorting::sort_by;
use chrono::{Datelike, NaiveDate};

/// `from ≤ time < to` in the customer's zone. If `to` is not later than `from`, the window ends on the next day.
#[derive(Clone, Debug)]
pub(crate) struct QuietWindow {
    /// milliseconds since the local day began
    pub from: i64,
    pub to: i64,
    /// the weekdays on which it begins, one bit for each; the lowest is Monday
    pub days: u8,
    /// dates on which it begins
    pub dates: Vec<Holiday>,
}

impl QuietWindow {
    /// The window that begins on a date, if one does.
    fn on(&self, date: NaiveDate, zone: &Offsets) -> Option<(Instant, Instant)> {
        let daily = self.days == 0 && self.dates.is_empty();
        let weekday = self.days >> date.weekday().num_days_from_monday() & 1 == 1;
        if !(daily || weekday || self.dates.iter().any(|day| day.is(date))) {
            return None;
        }
        let ends = if self.to <= self.from { days_from(date, 1) } else { date };
        // 24:00 is 0:00 of the next day; where clocks go back at midnight, it comes twice
        let (ends, to) = if self.to == DAY { (days_from(date, 1), 0) } else { (ends, self.to) };
        Some((zone.first(date, self.from), zone.last(ends, to)))
    }
}

/// The next instant at which a window begins in this zone. `NEVER` if it does not begin within a week.
pub(crate) fn quiet_from(window: &QuietWindow, zone: &Offsets, at: Instant) -> Instant {
    let today = zone.date(at);
    // what begins on a day before has begun
    let mut windows = (0..9).filter_map(|offset| window.on(days_from(today, offset), zone));
    windows.find(|(from, _)| *from > at).map_or(Instant::NEVER, |(from, _)| from)
}

/// If one of the windows is open at `at`, the first instant after it at which none is: with 22:00 to 0:00 and 0:00 to 9:00, at 23:00 this is
/// 9:00. If they never all close, it is an instant beyond the `HORIZON`. None if no window is open at `at`.
pub(crate) fn quiet_until(windows: &[&QuietWindow], zone: &Offsets, at: Instant) -> Option<Instant> {
    let end = at + super::HORIZON + DAY;
    let mut open = at;
    while open < end {
        let today = zone.date(open);
        let mut spans = Vec::new();
        for window in windows {
            // A window may have begun yesterday. A zone that crosses the date line skips a day, so look two days back.
            for offset in -2..2 {
                spans.extend(window.on(days_from(today, offset), zone).filter(|(_, until)| *until > open));
            }
        }
        if spans.iter().all(|(from, _)| *from > open) {
            break;
        }
        sort_by(&mut spans, Ord::cmp);
        let mut next = open;
        for (from, until) in spans {
            if from > open {
                open = next;
                if from > open || open >= end {
                    break;
                }
            }
            next = next.max(until);
        }
        open = next;
    }
    (open > at).then_some(open)
}
