//! Quiet hours around every clock change of every zone: windows that begin and end before the change, at it, after it, and in the time
//! that it skips or repeats.

use super::{Change, changes, each_table, number, offsets, years};
use crate::base::steps::Steps;
use crate::calendar::business::Holiday;
use crate::calendar::{DAY, HORIZON, Instant, Offsets, QuietWindow, date_of, quiet_until};
use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Span, Timestamp};

const MINUTE: i64 = 60_000;
/// How many days before and after the change jiff computes the windows.
const AROUND: i64 = 7;

#[test]
fn quiet_hours_are_exact_across_every_change_of_every_zone() {
    let (mut seen, mut checked) = (0, 0);
    each_table(|names, zone, table| {
        let offsets = offsets(table);
        for change in changes(zone, years()) {
            seen += 1;
            checked += Context { names, zone, offsets: &offsets, change: &change }.check();
        }
    });
    println!("{seen} changes, {checked} questions");
    assert!(seen > 1_250 && checked > 10_000_000);
}

/// One change of one zone.
struct Context<'a> {
    names: &'a [String],
    zone: &'a TimeZone,
    offsets: &'a Offsets,
    change: &'a Change,
}

/// A window, for the engine and as jiff computes it.
struct Window {
    name: String,
    engine: QuietWindow,
    /// from, inclusive, to, exclusive
    spans: Vec<(i64, i64)>,
}

impl Context<'_> {
    fn check(&self) -> u64 {
        let windows = self.windows();
        let mut checked = 0;
        for (index, window) in windows.iter().enumerate() {
            checked += self.ask(&[window]);
            // together with another window, chosen by index
            checked += self.ask(&[window, &windows[(index * 7 + 3) % windows.len()]]);
        }
        checked
    }

    /// Windows between times around the change, every day, on its weekday, on its date and on the day after.
    fn windows(&self) -> Vec<Window> {
        let wall = |offset| TimeZone::fixed(offset).to_datetime(self.timestamp());
        let (one, other) = (wall(self.change.before), wall(self.change.after));
        let (low, high) = (one.min(other), one.max(other));
        let first = i64::from(low.hour()) * 60 + i64::from(low.minute());
        let end = first + low.duration_until(high).as_mins();
        let mut times = vec![0, 720, 1320];
        for time in [first - 30, first, first + 1, (first + end) / 2, end - 1, end, end + 30] {
            times.push(time.rem_euclid(1440));
        }
        times.sort_unstable();
        times.dedup();
        let day = low.date();
        let mut windows = Vec::new();
        for from in &times {
            for to in times.iter().chain(&[1440]).filter(|to| *to != from) {
                for days in
                    [Days::All, Days::Weekday(day), Days::Date(day), Days::Date(high.date().tomorrow().unwrap())]
                {
                    windows.push(self.window(*from, *to, days, day));
                }
            }
        }
        windows
    }

    fn window(&self, from: i64, to: i64, days: Days, around: Date) -> Window {
        let mut engine = QuietWindow { from: from * MINUTE, to: to * MINUTE, days: 0, dates: Vec::new() };
        match days {
            Days::All => {}
            Days::Weekday(day) => engine.days = 1 << day.weekday().to_monday_zero_offset(),
            Days::Date(day) => engine.dates.push(Holiday::On(date_of(number(day)))),
        }
        let mut spans = Vec::new();
        for shift in -AROUND..=AROUND {
            let day = plus(around, shift);
            if days.contain(day) {
                let ends = if to <= from { plus(day, 1) } else { day };
                let (ends, to) = if to == 1440 { (plus(day, 1), 0) } else { (ends, to) };
                spans.push((self.pass(day, from, false), self.pass(ends, to, true)));
            }
        }
        Window { name: format!("{from}–{to} min {days:?}"), engine, spans }
    }

    /// The first or last instant at which a clock in the zone shows a time; the instant of the change if it skips that time.
    fn pass(&self, day: Date, minute: i64, last: bool) -> i64 {
        let time = Time::midnight() + SignedDuration::from_mins(minute);
        let wall = day.to_datetime(time);
        let at = |offset: Offset| offset.to_timestamp(wall).unwrap();
        match self.zone.to_ambiguous_timestamp(wall).offset() {
            AmbiguousOffset::Unambiguous { offset } => at(offset).as_millisecond(),
            AmbiguousOffset::Fold { before, after } => at(if last { after } else { before }).as_millisecond(),
            AmbiguousOffset::Gap { after, .. } => {
                self.zone.following(at(after)).next().unwrap().timestamp().as_millisecond()
            }
        }
    }

    /// Compares the engine with jiff at the edges of the windows and of the change, and a millisecond before them.
    fn ask(&self, windows: &[&Window]) -> u64 {
        let now = self.change.at;
        let mut edges = vec![now];
        for (from, to) in windows.iter().flat_map(|window| &window.spans) {
            edges.extend([from, to, &((from + to) / 2)].into_iter().filter(|at| (*at - now).abs() < 36 * 60 * MINUTE));
        }
        edges.sort_unstable();
        edges.dedup();
        let engine: Vec<&QuietWindow> = windows.iter().map(|window| &window.engine).collect();
        for at in edges.iter().flat_map(|edge| [edge - 1, *edge]) {
            let found = quiet_until(&engine, self.offsets, Instant(at), &Steps::default()).map(|until| until.0);
            let expected = united(windows, at);
            // windows that stay open as far as jiff computed them never close
            let end = now + (AROUND - 2) * DAY;
            let same = match (found, expected) {
                (Some(found), Some(expected)) if expected > end => found >= at + HORIZON,
                (found, expected) => found == expected,
            };
            assert!(
                same,
                "{:?} at {at}, change at {now}: {found:?}, expected {expected:?}, {:?}",
                self.names,
                windows.iter().map(|window| &window.name).collect::<Vec<_>>()
            );
        }
        edges.len() as u64 * 2
    }

    fn timestamp(&self) -> Timestamp {
        Timestamp::from_millisecond(self.change.at).unwrap()
    }
}

/// The days on which a window begins.
#[derive(Clone, Copy, Debug)]
enum Days {
    All,
    Weekday(Date),
    Date(Date),
}

impl Days {
    fn contain(self, day: Date) -> bool {
        match self {
            Days::All => true,
            Days::Weekday(other) => other.weekday() == day.weekday(),
            Days::Date(other) => other == day,
        }
    }
}

/// The end of the quiet time in which an instant lies, from jiff's windows.
fn united(windows: &[&Window], at: i64) -> Option<i64> {
    let mut until = at;
    loop {
        let spans = windows.iter().flat_map(|window| &window.spans);
        let open = spans.filter(|(from, to)| *from <= until && until < *to).map(|(_, to)| *to).max();
        match open {
            Some(to) => until = to,
            None => return (until > at).then_some(until),
        }
    }
}

fn plus(day: Date, days: i64) -> Date {
    day.checked_add(Span::new().days(days)).unwrap()
}
