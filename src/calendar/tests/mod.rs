//! Date rules over all there is, not by luck: against a library that does its own arithmetic on its own zone database.
//!
//! `PROVE=1 cargo test --lib calendar` takes in also what lasts too long for the gate.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

mod anniversary;
mod quiet;

use super::{Offsets, Zones};
use crate::problem::Problems;
use crate::tree::Tree;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use std::ops::RangeInclusive;

/// Whether there is time for everything.
fn proving() -> bool {
    std::env::var_os("PROVE").is_some()
}

/// A change of a zone's offset from UTC.
struct Change {
    at: i64,
    before: Offset,
    after: Offset,
}

/// The changes of some years.
fn changes(zone: &TimeZone, years: RangeInclusive<i16>) -> Vec<Change> {
    let new_year = |year| Date::constant(year, 1, 1).to_zoned(TimeZone::UTC).unwrap().timestamp();
    let from = new_year(*years.start());
    let mut before = zone.to_offset(from);
    let mut changes = Vec::new();
    for change in zone.following(from).take_while(|change| change.timestamp() < new_year(years.end() + 1)) {
        // some change no more than the zone's abbreviation
        if change.offset() != before {
            changes.push(Change { at: change.timestamp().as_millisecond(), before, after: change.offset() });
            before = change.offset();
        }
    }
    changes
}

/// A zone's table, as a request has it: minutes east of UTC from each instant on.
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

/// What the engine reads of a table.
fn offsets(table: &Table) -> Offsets {
    let rows = table.iter().map(|(from, minutes)| Tree::List(vec![(*from).into(), (*minutes).into()])).collect();
    let mut problems = Problems::default();
    let zones = Zones::read(&[("here".into(), Tree::List(rows))], None, &mut problems);
    assert!(problems.is_empty());
    zones.get("here").unwrap().clone()
}

/// A zone of the library's database.
fn zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).unwrap()
}
