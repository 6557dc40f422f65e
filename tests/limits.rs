//! Limits: how many contacts count, and when the limit has room again. Up to six contacts are put around the edge of the window in
//! every combination, and the engine's answer is compared with a simple count.
//!
//! `PROVE=1 cargo test --test limits` tries all combinations; it takes too long for every run.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use jiff::civil::{Weekday, date};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan, Zoned};
use querencia::{Engine, Tree};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const PERS: [&str; 7] = ["1h", "24h", "7d", "day", "week", "month", "year"];

/// Where contacts lie.
const POSITIONS: [Position; 6] =
    [Position::Before, Position::Edge, Position::After, Position::Inside, Position::Outside, Position::Future];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Position {
    /// One millisecond before the edge of the window.
    Before,
    /// At the edge.
    Edge,
    /// One millisecond after the edge.
    After,
    /// Between the edge and now.
    Inside,
    /// An hour or more before the edge.
    Outside,
    /// After now.
    Future,
}

/// Whether the contact counts.
#[derive(Clone, Copy, Debug)]
enum Weight {
    Counts,
    /// Until its lease ends.
    Leased,
    Never,
}

#[derive(Debug)]
struct Record {
    at: i64,
    state: &'static str,
    lease: Option<i64>,
    seen: Option<i64>,
}

/// A limit's window at an instant.
struct Window {
    now: i64,
    per: &'static str,
    /// `per` in milliseconds, unless it is a calendar unit.
    length: Option<i64>,
    zone: TimeZone,
}

#[test]
fn a_limit_counts_and_has_room_again_as_a_simple_count_says() {
    let proving = std::env::var_os("PROVE").is_some();
    let zone = TimeZoneDatabase::bundled().get("Europe/Madrid").unwrap();
    // the days on which an hour is skipped or comes twice, and a week with a new year in it
    let nows = [date(2026, 3, 29).at(12, 0, 0, 0), date(2026, 10, 25).at(12, 0, 0, 0), date(2027, 1, 1).at(9, 0, 0, 0)]
        .map(|wall| wall.to_zoned(zone.clone()).unwrap().timestamp().as_millisecond());
    let mut ledgers: Vec<Vec<(Position, Weight)>> = Vec::new();
    let counting: Vec<_> = POSITIONS.iter().map(|position| (*position, Weight::Counts)).collect();
    let with_states: Vec<_> = [Weight::Counts, Weight::Leased, Weight::Never]
        .iter()
        .flat_map(|weight| POSITIONS.iter().map(|position| (*position, *weight)))
        .collect();
    multisets(&counting, 6, &mut Vec::new(), &mut ledgers);
    multisets(&with_states, if proving { 6 } else { 4 }, &mut Vec::new(), &mut ledgers);

    let (mut now_free, mut later, mut never) = (0, 0, 0);
    for max in 0..=3 {
        for per in PERS {
            let engine = engine(max, per);
            for (index, ledger) in ledgers.iter().enumerate() {
                for now in if proving { &nows[..] } else { &nows[index % 3..][..1] } {
                    let length = match per {
                        "1h" => Some(HOUR),
                        "24h" => Some(DAY),
                        "7d" => Some(7 * DAY),
                        _ => None,
                    };
                    let window = Window { now: *now, per, length, zone: zone.clone() };
                    let records = window.records(ledger, index);
                    match window.check(&engine, max, &records) {
                        None => now_free += 1,
                        Some(Some(_)) => later += 1,
                        Some(None) => never += 1,
                    }
                }
            }
        }
    }
    println!("{} ledgers: room now {now_free} times, later {later} times, never {never} times", ledgers.len());
    assert!(now_free > 50_000 && later > 50_000 && never > 50_000);
}

/// All multisets of up to `most` elements.
fn multisets<T: Copy>(from: &[T], most: usize, taken: &mut Vec<T>, into: &mut Vec<Vec<T>>) {
    into.push(taken.clone());
    if most > 0 {
        for start in 0..from.len() {
            taken.push(from[start]);
            multisets(&from[start..], most - 1, taken, into);
            taken.pop();
        }
    }
}

fn engine(max: usize, per: &str) -> Engine {
    let policy = json!({
        "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
        "limits": [{ "id": "limit", "max": max, "per": per }],
        "campaigns": [{ "id": "a", "kind": "announcement", "channel": "onsite", "placement": "home", "message": "m", "repeat": "1s" }],
        "messages": { "m": { "es": [{ "body": "Hola" }] } },
    });
    Engine::new(tree(policy)).unwrap()
}

fn tree(value: Value) -> Tree {
    serde_json::from_value(value).unwrap()
}

impl Window {
    /// How many records count at an instant.
    fn counted(&self, records: &[Record], at: i64) -> usize {
        let begins = self.begins(at);
        let counts = |record: &&Record| match record.state {
            "released" => false,
            "reserved" => record.lease.unwrap_or(record.at + 15 * MINUTE) > at,
            _ => true,
        };
        // a record dated after now counts as of now; if it is more than five minutes after its `seenAt`, as of that
        let wrong = |record: &Record, seen: &i64| record.at > seen + 5 * MINUTE;
        let dated = |record: &Record| record.seen.filter(|seen| wrong(record, seen)).unwrap_or(record.at).min(at);
        records.iter().filter(counts).filter(|record| dated(record) >= begins).count()
    }

    /// The first instant of the window that ends now. A record exactly `per` old no longer counts.
    fn begins(&self, at: i64) -> i64 {
        self.length.map_or_else(|| self.unit(at).timestamp().as_millisecond(), |length| at - length + 1)
    }

    /// The beginning of the day, week, month or year with an instant.
    fn unit(&self, at: i64) -> Zoned {
        let day = Timestamp::from_millisecond(at).unwrap().to_zoned(self.zone.clone()).date();
        let first = match self.per {
            "week" => day.tomorrow().unwrap().nth_weekday(-1, Weekday::Monday).unwrap(),
            "month" => day.first_of_month(),
            "year" => day.first_of_year(),
            _ => day,
        };
        first.to_zoned(self.zone.clone()).unwrap()
    }

    /// The instants after now at which the count can change.
    fn changes(&self, records: &[Record]) -> Vec<i64> {
        let mut changes = Vec::new();
        for record in records {
            for at in [Some(record.at), record.seen, record.lease].into_iter().flatten() {
                changes.extend([at, at - 5 * MINUTE, at + 15 * MINUTE]);
                changes.extend(self.length.map(|length| at + length));
            }
        }
        if self.length.is_none() {
            let unit = match self.per {
                "week" => 1.week(),
                "month" => 1.month(),
                "year" => 1.year(),
                _ => 1.day(),
            };
            let mut begins = self.unit(self.now);
            for _ in 0..3 {
                begins = begins.checked_add(unit).unwrap().start_of_day().unwrap();
                changes.push(begins.timestamp().as_millisecond());
            }
        }
        changes.retain(|at| *at > self.now);
        changes.sort_unstable();
        changes
    }

    /// Records at these positions. `variation` picks among dates and states that should make no difference.
    fn records(&self, ledger: &[(Position, Weight)], variation: usize) -> Vec<Record> {
        let first = self.begins(self.now);
        // a record exactly at the edge of a rolling window no longer counts
        let edge = if self.length.is_some() { first - 1 } else { first };
        let now = self.now;
        let mut records = Vec::new();
        for (index, (position, weight)) in ledger.iter().enumerate() {
            let variation = variation + index;
            let (at, seen) = match position {
                Position::Before => (edge - 1, None),
                Position::Edge => (edge, None),
                Position::After => (edge + 1, None),
                Position::Inside => ([now, (edge + now) / 2, now - 1][variation % 3], None),
                Position::Outside => (edge - [HOUR, 40 * DAY][variation % 2], None),
                Position::Future => [
                    (now + 1, None),
                    (now + 5 * MINUTE, Some(now)),
                    (now + 5 * MINUTE + 1, Some(now)),
                    (now + MINUTE, Some(edge - HOUR)),
                    (now + 2 * HOUR, None),
                    (now + 2 * HOUR, Some(now - MINUTE)),
                    (now + 400 * DAY, Some(edge)),
                    (now + 400 * DAY, Some(now + HOUR)),
                ][variation % 7],
            };
            let (state, lease) = match weight {
                Weight::Counts => (["delivered", "armed", "ghost"][variation % 3], None),
                Weight::Leased => {
                    ("reserved", [Some(now + 1), None, Some(now + 90 * MINUTE), Some(now + 60 * DAY)][variation % 4])
                }
                Weight::Never => {
                    [("released", None), ("reserved", Some(now)), ("released", Some(now + DAY))][variation % 3]
                }
            };
            records.push(Record { at, state, lease, seen });
        }
        records
    }

    /// Compares the engine with the simple count: `None` if there is room now, else when there is.
    fn check(&self, engine: &Engine, max: usize, records: &[Record]) -> Option<Option<i64>> {
        let ledger = records.iter().enumerate().map(|(index, record)| {
            json!({ "id": index.to_string(), "campaign": "other", "class": "relational", "channel": "email", "at": record.at,
                    "state": record.state, "leaseUntil": record.lease, "seenAt": record.seen })
        });
        let zones = json!({ "Europe/Madrid": [["2025-10-26T01:00:00Z", 60], ["2026-03-29T01:00:00Z", 120],
            ["2026-10-25T01:00:00Z", 60], ["2027-03-28T01:00:00Z", 120], ["2027-10-31T01:00:00Z", 60]] });
        let request = json!({ "now": self.now, "zone": "Europe/Madrid", "zones": zones, "customer": { "id": "ana" },
                              "ledger": ledger.collect::<Vec<_>>() });
        let decision = engine.decide(tree(request)).unwrap();
        let counted = self.counted(records, self.now);
        let label = || format!("{max} per {} at {}: {records:?}", self.per, self.now);
        if counted < max {
            assert_eq!(decision.contacts.len(), 1, "{}", label());
            return None;
        }
        let room_at = self.changes(records).into_iter().find(|at| self.counted(records, *at) < max);
        let room_at = room_at.filter(|at| *at <= self.now + 400 * DAY);
        let refusal = &decision.refused[0];
        assert_eq!((refusal.gate, refusal.code), ("limits", "limit-full"), "{}", label());
        assert_eq!(refusal.detail.integer("counted"), i64::try_from(counted).ok(), "{}", label());
        assert_eq!(refusal.retry_at.map(|at| at.0), room_at, "{}", label());
        Some(room_at)
    }
}
