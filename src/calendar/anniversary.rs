//! A day of the year that comes back.

use super::{DAY, Instant, LocalZones, days_from};
use chrono::{Datelike, NaiveDate};

/// On which day one born on 29 February celebrates in a year that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeapDay {
    Feb28,
    Mar1,
}

/// A yearly day and the civil days around it in which it may be spoken of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Anniversary {
    pub month: u32,
    pub day: u32,
    pub leap_day: LeapDay,
    /// civil days before and after, inclusive
    pub lead: i64,
    pub grace: i64,
}

/// One year's window: `from ≤ t < until`; the day itself is over at `over`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub on: NaiveDate,
    pub from: Instant,
    pub over: Instant,
    pub until: Instant,
}

impl Anniversary {
    /// The day on which it is observed in a year.
    pub fn observed(&self, year: i32) -> NaiveDate {
        let (month, day) = match self.leap_day {
            LeapDay::Feb28 => (2, 28),
            LeapDay::Mar1 => (3, 1),
        };
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, month, day))
            .unwrap_or(NaiveDate::MAX)
    }

    /// The windows that end after an instant, soonest first: those of this year, the one before and the two after.
    pub fn windows(&self, at: Instant, zones: &LocalZones) -> Vec<Window> {
        let mut windows = Vec::new();
        if let Some(zone) = zones.offsets.first() {
            let year = zone.date(at).year();
            for shift in -1..3 {
                windows.extend(self.window(year + shift, zones).filter(|window| at < window.until));
            }
        }
        windows
    }

    /// The window of one year: the instants that lie in it in every zone; none if there is no such instant.
    fn window(&self, year: i32, zones: &LocalZones) -> Option<Window> {
        let on = self.observed(year);
        let (first, next, after) =
            (days_from(on, -self.lead / DAY), days_from(on, 1), days_from(on, self.grace / DAY + 1));
        let mut window = Window { on, from: Instant(i64::MIN), over: Instant(i64::MIN), until: Instant::NEVER };
        for zone in &zones.offsets {
            window.from = window.from.max(zone.first(first, 0));
            window.over = window.over.max(zone.first(next, 0));
            window.until = window.until.min(zone.first(after, 0));
        }
        (window.from < window.until).then_some(window)
    }
}
