//! Tables of a zone's offsets from UTC. The request brings them, so that the engine needs no zone database.

use super::{DAY, Instant, MINUTE, date_of, day_number};
use crate::base::problem::{ProblemCode, Problems};
use crate::base::tree::Tree;
use chrono::NaiveDate;
use std::borrow::Cow;

/// The rows of a zone: the zones of the world have some hundreds until the year 2100.
const MAX_ROWS: usize = 10_000;

/// The offsets of one zone in milliseconds east of UTC, each with the instant from which it holds. The first also holds before its instant,
/// the last for ever.
#[derive(Clone, Debug)]
pub(crate) struct Offsets(Vec<(Instant, i64)>);

impl Offsets {
    /// What a clock in the zone shows at an instant, as milliseconds since 1970 on that clock.
    fn wall(&self, at: Instant) -> i64 {
        let segment = self.0.get(self.rows_until(at).saturating_sub(1));
        at.0 + segment.map_or(0, |(_, offset)| *offset)
    }

    /// How many rows begin until an instant.
    fn rows_until(&self, at: Instant) -> usize {
        self.0.partition_point(|(from, _)| *from <= at)
    }

    /// The civil date at an instant.
    pub fn date(&self, at: Instant) -> NaiveDate {
        date_of(self.day(at))
    }

    /// The civil day at an instant, counted from 1970 on.
    pub fn day(&self, at: Instant) -> i64 {
        self.wall(at).div_euclid(DAY)
    }

    /// The first instant at which a clock in the zone shows this time of this date, or a later one. When clocks go back, 2:30 comes twice: this
    /// is the first. When they go forward, 2:30 is skipped: this is the instant of the change.
    pub fn first(&self, date: NaiveDate, time: i64) -> Instant {
        self.first_on(day_number(date), time)
    }

    /// The same of a day that is counted from 1970 on.
    pub fn first_on(&self, day: i64, time: i64) -> Instant {
        let wall = day * DAY + time;
        let last = self.0.len().saturating_sub(1);
        // an offset is less than a day, so what ended a day before is over
        let start = self.rows_until(Instant(wall - DAY)).saturating_sub(1);
        for (index, (from, offset)) in self.0.iter().enumerate().skip(start) {
            let until = self.0.get(index + 1).map_or(Instant::NEVER, |(until, _)| *until);
            let from = if index == 0 { Instant(i64::MIN) } else { *from };
            let at = Instant(wall - offset).max(from);
            if at < until || index == last {
                return at;
            }
        }
        Instant(wall)
    }

    /// The last instant at which a clock in the zone shows this time of this date. When clocks go back, this is the second 2:30. When they go
    /// forward, this is the instant of the change.
    pub fn last(&self, date: NaiveDate, time: i64) -> Instant {
        self.last_on(day_number(date), time)
    }

    /// The same of a day that is counted from 1970 on.
    pub fn last_on(&self, day: i64, time: i64) -> Instant {
        let wall = day * DAY + time;
        // what begins a day later has not begun
        let count = self.rows_until(Instant(wall + DAY)).max(1);
        let mut until = self.0.get(count).map_or(Instant::NEVER, |(from, _)| *from);
        for (index, (from, offset)) in self.0.iter().enumerate().take(count).rev() {
            let at = Instant(wall - offset);
            if index == 0 || at >= *from {
                return at.min(until);
            }
            until = *from;
        }
        Instant(wall)
    }
}

/// The tables of a request, by the name of the zone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Zones(Vec<(String, Offsets)>);

impl Zones {
    /// Reads `zones`. The first row of a table must not be later than `now`, or the offset of now would be unknown.
    pub fn read(entries: &[(Cow<'static, str>, Tree)], now: Option<Instant>, problems: &mut Problems) -> Zones {
        let mut zones = Vec::new();
        problems.key("zones", |problems| {
            for (name, table) in entries {
                if let Some(offsets) = problems.key(name, |problems| read_table(table, now, problems)) {
                    zones.push((name.to_string(), offsets));
                }
            }
        });
        Zones(zones)
    }

    pub fn get(&self, name: &str) -> Option<&Offsets> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, offsets)| offsets)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The zones in which a customer may be: their own, or every zone of the request if their own is not known.
    pub fn local<'a>(&'a self, zone: Option<&'a str>) -> LocalZones<'a> {
        let mut local = LocalZones { name: zone.filter(|zone| self.get(zone).is_some()), offsets: Vec::new() };
        for (name, offsets) in &self.0 {
            if local.name.is_none_or(|known| known == name) {
                local.offsets.push(offsets);
            }
        }
        local
    }
}

/// The zones in which a customer may be. A rule about dates or times of day must pass in all of them.
#[derive(Clone, Debug)]
pub(crate) struct LocalZones<'a> {
    /// the name of the customer's zone, if it is known
    pub name: Option<&'a str>,
    pub offsets: Vec<&'a Offsets>,
}

fn read_table(table: &Tree, now: Option<Instant>, problems: &mut Problems) -> Option<Offsets> {
    let Tree::List(rows) = table else {
        problems.add(ProblemCode::ZoneTable, "expected a list of rows such as `[1711846800000, 120]`");
        return None;
    };
    if rows.len() > MAX_ROWS {
        problems.add(ProblemCode::TooLarge, "more than 10000 rows; give those from `now` on");
        return None;
    }
    let mut offsets: Vec<(Instant, i64)> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let (from, minutes) = match row {
            Tree::List(pair) => match pair.as_slice() {
                [from, minutes] => (read_from(from), minutes.as_integer().filter(|minutes| minutes.abs() < 24 * 60)),
                _ => (None, None),
            },
            _ => (None, None),
        };
        let problem = match (from, minutes) {
            (None, _) | (_, None) => {
                "expected an instant and the minutes east of UTC from then on, such as `[1711846800000, 120]`"
            }
            (Some(from), _) if offsets.last().is_some_and(|(before, _)| *before >= from) => {
                "not later than the row before it; order the rows by instant"
            }
            (Some(from), _) if index == 0 && now.is_some_and(|now| from > now) => {
                "later than `now`; the first row must give the offset that holds at `now`"
            }
            (Some(from), Some(minutes)) => {
                offsets.push((from, minutes * MINUTE));
                continue;
            }
        };
        problems.index(index, |problems| problems.add(ProblemCode::ZoneTable, problem));
        return None;
    }
    if offsets.is_empty() {
        problems.add(ProblemCode::ZoneTable, "the table is empty; give at least one row");
        return None;
    }
    Some(Offsets(offsets))
}

fn read_from(tree: &Tree) -> Option<Instant> {
    let at = tree.as_integer().or_else(|| super::parse_instant(tree.as_text()?))?;
    Instant::RANGE.contains(&at).then_some(Instant(at))
}
