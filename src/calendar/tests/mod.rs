//! Date rules compared with jiff, a library with its own arithmetic and its own zone database, over all zones and days.
//!
//! `PROVE=1 cargo test calendar` adds the cases that take too long for every commit.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod anniversary;
mod quiet;
mod units;

use super::{DAY, Offsets, Zones};
use crate::base::problem::Problems;
use crate::base::tree::Tree;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

fn proving() -> bool {
    std::env::var_os("PROVE").is_some()
}

/// The years whose clock changes are tested. Before 1973 some offsets were not whole minutes, which a table cannot have.
fn years() -> RangeInclusive<i16> {
    if proving() { 1973..=2037 } else { 2020..=2037 }
}

/// Calls `check` for each zone of the database. Zones with the same table are the same to the engine, so they are tested once.
fn each_table(mut check: impl FnMut(&[String], &TimeZone, &Table)) {
    let known = *years().start()..=years().end() + 4;
    let mut zones: BTreeMap<Table, Vec<String>> = BTreeMap::new();
    for name in TimeZoneDatabase::bundled().available() {
        zones.entry(table(&zone(name.as_str()), known.clone())).or_default().push(name.to_string());
    }
    let names: usize = zones.values().map(Vec::len).sum();
    println!("{names} zones, {} tables", zones.len());
    assert!(names > 590);
    for (table, names) in &zones {
        check(names, &zone(&names[0]), table);
    }
}

/// The date in a zone.
fn day_of(zone: &TimeZone, at: i64) -> Date {
    zone.to_datetime(Timestamp::from_millisecond(at).unwrap()).date()
}

/// Days since 1970-01-01.
fn number(day: Date) -> i64 {
    day.to_zoned(TimeZone::UTC).unwrap().timestamp().as_millisecond() / DAY
}

/// One change of the clocks in a zone.
struct Change {
    at: i64,
    before: Offset,
    after: Offset,
}

fn changes(zone: &TimeZone, years: RangeInclusive<i16>) -> Vec<Change> {
    let new_year = |year| Date::constant(year, 1, 1).to_zoned(TimeZone::UTC).unwrap().timestamp();
    let from = new_year(*years.start());
    let mut before = zone.to_offset(from);
    let mut changes = Vec::new();
    for change in zone.following(from).take_while(|change| change.timestamp() < new_year(years.end() + 1)) {
        // some transitions change only the abbreviation of the zone's name
        if change.offset() != before {
            changes.push(Change { at: change.timestamp().as_millisecond(), before, after: change.offset() });
            before = change.offset();
        }
    }
    changes
}

/// A zone's table as in a request: rows of an instant and the minutes east of UTC from then on.
type Table = Vec<(i64, i64)>;

fn table(zone: &TimeZone, years: RangeInclusive<i16>) -> Table {
    let from = Date::constant(*years.start(), 1, 1).to_zoned(TimeZone::UTC).unwrap().timestamp();
    let minutes = |offset: Offset| {
        assert_eq!(offset.seconds() % 60, 0, "a table has whole minutes");
        i64::from(offset.seconds() / 60)
    };
    let mut rows = vec![(from.as_millisecond(), minutes(zone.to_offset(from)))];
    rows.extend(changes(zone, years).iter().map(|change| (change.at, minutes(change.after))));
    rows
}

/// A table as the engine reads it.
fn offsets(table: &Table) -> Offsets {
    let rows = table.iter().map(|(from, minutes)| Tree::List(vec![(*from).into(), (*minutes).into()])).collect();
    let mut problems = Problems::default();
    let zones = Zones::read(&[("here".into(), Tree::List(rows))], None, &mut problems);
    assert!(problems.is_empty());
    zones.get("here").unwrap().clone()
}

fn zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).unwrap()
}
