//! Quiet hours, such as 22:00 to 9:00. They are exact on days when clocks change.

use super::{DAY, Holiday, Instant, Offsets, date_of};
use crate::base::compiled::compiled;
use crate::base::steps::{Looked, Steps};

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

/// Whether it is quiet at an instant, and until when that stays so at least.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Silence {
    pub is_quiet: bool,
    pub from: Instant,
    pub until: Instant,
}

impl Silence {
    /// Whether the answer is the same at another instant.
    pub fn holds_at(&self, at: Instant) -> bool {
        self.from <= at && at < self.until
    }
}

impl QuietWindow {
    /// The window that begins on a day, counted from 1970 on, if one does.
    fn on(&self, day: i64, zone: &Offsets) -> Option<(Instant, Instant)> {
        let daily = self.days == 0 && self.dates.is_empty();
        // 1970 began on a Thursday
        let weekday = self.days >> (day + 3).rem_euclid(7) & 1 == 1;
        let is_dated = |date| self.dates.iter().any(|holiday| holiday.is(date));
        if !(daily || weekday || is_dated(date_of(day))) {
            return None;
        }
        let ends = if self.to <= self.from { day + 1 } else { day };
        // 24:00 is 0:00 of the next day; where clocks go back at midnight, it comes twice
        let (ends, to) = if self.to == DAY { (day + 1, 0) } else { (ends, self.to) };
        Some((zone.first_on(day, self.from), zone.last_on(ends, to)))
    }
}

/// The next instant at which a window begins in this zone. `NEVER` if it does not begin within a week.
pub(crate) fn quiet_from(window: &QuietWindow, zone: &Offsets, at: Instant) -> Instant {
    let today = zone.day(at);
    // what begins on a day before has begun
    let mut windows = (0..9).filter_map(|offset| window.on(today + offset, zone));
    windows.find(|(from, _)| *from > at).map_or(Instant::NEVER, |(from, _)| from)
}

/// If one of the windows is open at `at`, the first instant after it at which none is: with 22:00 to 0:00 and 0:00 to 9:00, at 23:00 this is
/// 9:00. If they never all close, it is an instant beyond the `HORIZON`. None if no window is open at `at`.
pub(crate) fn quiet_until(windows: &[&QuietWindow], zone: &Offsets, at: Instant, steps: &Steps) -> Option<Instant> {
    let (end, mut size) = (at + super::HORIZON + DAY, 0);
    windows.iter().for_each(|window| size += 1 + window.dates.len());
    let mut open = at;
    while open < end && steps.take(Looked::Rule, size) {
        let today = zone.day(open);
        let mut until = open;
        for window in windows {
            // A window may have begun yesterday. A zone that crosses the date line skips a day, so look two days back.
            for (from, to) in (-2..2).filter_map(|offset| window.on(today + offset, zone)) {
                if from <= until {
                    until = until.max(to);
                }
            }
        }
        if until == open {
            break;
        }
        open = until;
    }
    (open > at).then_some(open)
}

compiled! { struct QuietWindow { from, to, days, dates } }
