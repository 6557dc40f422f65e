//! Quiet hours: spans of the local day, overnight ones included, exact where clocks jump.

use super::{DAY, Instant, Offsets, days_from};
use crate::base::sorting::sort_by;
use chrono::{Datelike, NaiveDate};

/// A span of local time in which some channels are silent: `from` inclusive, `to` exclusive, over midnight if `to` is earlier.
#[derive(Clone, Debug)]
pub(crate) struct QuietWindow {
    /// milliseconds since the local day began
    pub from: i64,
    pub to: i64,
    /// bits of the weekdays on which it begins, Monday first
    pub days: u8,
    /// dates on which it begins
    pub dates: Vec<NaiveDate>,
}

impl QuietWindow {
    /// The window that begins on a date, if one does.
    fn on(&self, date: NaiveDate, zone: &Offsets) -> Option<(Instant, Instant)> {
        let daily = self.days == 0 && self.dates.is_empty();
        let weekday = self.days >> date.weekday().num_days_from_monday() & 1 == 1;
        if !(daily || weekday || self.dates.contains(&date)) {
            return None;
        }
        let ends = if self.to <= self.from { days_from(date, 1) } else { date };
        // 24:00 is the next day's beginning, and comes twice when that does
        let (ends, to) = if self.to == DAY { (days_from(date, 1), 0) } else { (ends, self.to) };
        Some((zone.first(date, self.from), zone.last(ends, to)))
    }
}

/// The next instant at which a window begins in this zone, if that is within the week.
pub(crate) fn quiet_from(window: &QuietWindow, zone: &Offsets, at: Instant) -> Instant {
    let mut next = Instant::NEVER;
    for shift in -2..9 {
        if let Some((from, _)) = window.on(days_from(zone.date(at), shift), zone)
            && from > at
        {
            next = next.min(from);
        }
    }
    next
}

/// The instant from which on none of these windows is open in this zone, or none if `at` is not quiet (or is quiet to the
/// horizon and beyond: then the horizon's end).
pub(crate) fn quiet_until(windows: &[&QuietWindow], zone: &Offsets, at: Instant) -> Option<Instant> {
    let end = at + super::HORIZON + DAY;
    let mut open = at;
    while open < end {
        let (today, before) = (zone.date(open), open);
        let mut spans = Vec::new();
        for window in windows {
            // A window may have begun the day before; a jump of the date line may hide a day.
            for shift in -2..2 {
                spans.extend(window.on(days_from(today, shift), zone));
            }
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
        if open == before {
            break;
        }
    }
    (open > at).then_some(open)
}
