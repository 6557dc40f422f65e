//! Birthdays and other yearly dates.

use super::{DAY, Instant, LocalZones, days_from};
use crate::base::compiled::compiled;
use chrono::{Datelike, NaiveDate};

/// The date on which 29 February is kept in years without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeapDay {
    Feb28,
    Mar1,
}

/// A yearly date, and the days around it on which a campaign may speak.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Anniversary {
    pub month: u32,
    pub day: u32,
    pub leap_day: LeapDay,
    /// whole days before the date, in milliseconds, included
    pub lead: i64,
    /// whole days after the date, in milliseconds, included
    pub grace: i64,
}

/// The window of one year: `from ≤ t < until`. Before `begins` the date is to come in every zone, from `over` on it is past in every zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub on: NaiveDate,
    pub from: Instant,
    pub begins: Instant,
    pub over: Instant,
    pub until: Instant,
}

impl Anniversary {
    /// The date of one year: 28 February 2027 for 29 February.
    pub fn observed(&self, year: i32) -> NaiveDate {
        let (month, day) = match self.leap_day {
            LeapDay::Feb28 => (2, 28),
            LeapDay::Mar1 => (3, 1),
        };
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, month, day))
            .unwrap_or(NaiveDate::MAX)
    }

    /// The windows of last year, this year and the next two that end after an instant, the earliest first.
    pub fn windows(&self, at: Instant, zones: &LocalZones) -> Vec<Window> {
        let mut windows = Vec::new();
        if let Some(zone) = zones.offsets.first() {
            let year = zone.date(at).year();
            for offset in -1..3 {
                windows.extend(self.window(year + offset, zones).filter(|window| at < window.until));
            }
        }
        windows
    }

    /// The window of one year: the instants at which the date lies in it in every zone. None if there is no such instant, as in zones more
    /// than 24 hours apart.
    fn window(&self, year: i32, zones: &LocalZones) -> Option<Window> {
        let on = self.observed(year);
        let (first, next, after) =
            (days_from(on, -self.lead / DAY), days_from(on, 1), days_from(on, self.grace / DAY + 1));
        let (early, late) = (Instant(i64::MIN), Instant::NEVER);
        let mut window = Window { on, from: early, begins: late, over: early, until: late };
        for zone in &zones.offsets {
            window.from = window.from.max(zone.first(first, 0));
            window.begins = window.begins.min(zone.first(on, 0));
            window.over = window.over.max(zone.first(next, 0));
            window.until = window.until.min(zone.first(after, 0));
        }
        (window.from < window.until).then_some(window)
    }
}

compiled! { enum LeapDay { Feb28, Mar1 } }
