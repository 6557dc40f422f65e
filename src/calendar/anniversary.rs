//! A day of the year that comes back.

use super::{DAY, Instant, Offsets, Place, days_from};
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
    pub fn windows(&self, at: Instant, place: &Place) -> impl Iterator<Item = Window> {
        let year = place.zones.first().map_or(1970, |zone| zone.date(at).year());
        (year - 1..=year + 2).filter_map(move |year| self.window(year, place)).filter(move |window| at < window.until)
    }

    /// The window of one year: the instants that lie in it in every zone; none if there is no such instant.
    fn window(&self, year: i32, place: &Place) -> Option<Window> {
        let on = self.observed(year);
        let (first, after) = (days_from(on, -self.lead / DAY), days_from(on, self.grace / DAY + 1));
        let begins = |date: NaiveDate| place.zones.iter().map(move |zone: &&Offsets| zone.first(date, 0));
        let (from, until) = (begins(first).max()?, begins(after).min()?);
        let over = begins(days_from(on, 1)).max()?;
        (from < until).then_some(Window { on, from, over, until })
    }
}
