//! Every day of ten years and every birthday, in every kind of window.

use super::{day_of, number, offsets, proving, table, zone};
use crate::calendar::{Anniversary, DAY, Instant, LeapDay, LocalZones, Offsets};
use chrono::Datelike;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

/// 2033 begins.
const END: i64 = 1_988_150_400_000;
/// Days before and after; together under 300.
const AROUND: [(i64, i64); 9] = [(0, 0), (1, 0), (0, 1), (3, 7), (30, 0), (0, 59), (150, 149), (299, 0), (0, 299)];

const ZONES: &[&[&str]] = &[
    &["UTC"],
    &["Europe/Madrid"],
    // one day of the year begins at one o'clock
    &["America/Santiago"],
    // the customer's zone is not known: it must be the day in all of them
    &["Atlantic/Canary", "Europe/Madrid"],
    // it is never the same day here and there
    &["Pacific/Kiritimati", "Pacific/Pago_Pago"],
];

#[test]
fn every_birthday_is_kept_on_its_days_and_on_no_other() {
    let mut checked = 0;
    for names in ZONES {
        let zones: Vec<TimeZone> = names.iter().map(|name| zone(name)).collect();
        let offsets: Vec<Offsets> = zones.iter().map(|zone| offsets(&table(zone, 2020..=2040))).collect();
        let local = LocalZones { name: None, offsets: offsets.iter().collect() };
        let moments = moments(&zones);
        for birthday in date(2024, 1, 1).series(1.day()).take(366) {
            for leap_day in [LeapDay::Feb28, LeapDay::Mar1] {
                let leaps = (birthday.month(), birthday.day()) == (2, 29);
                // the choice matters to no other day, and the zones differ by when a day begins: every tenth will do
                let asked = leap_day == LeapDay::Feb28 && (*names == ["UTC"] || birthday.day_of_year() % 10 == 1);
                if leaps || asked || proving() {
                    checked += check((birthday.month(), birthday.day()), leap_day, &local, &moments);
                }
            }
        }
    }
    println!("{checked} questions");
    assert!(checked > 30_000_000);
}

/// An instant at which the day is a new one somewhere, and the day it is in each zone, by its number.
struct Moment {
    at: i64,
    days: Vec<i64>,
}

/// All of 2023 to 2034.
fn moments(zones: &[TimeZone]) -> Vec<Moment> {
    let days = || date(2022, 12, 31).series(1.day()).take_while(|day| day.year() < 2035);
    let mut starts: Vec<i64> = zones
        .iter()
        .flat_map(|zone| days().map(|day| day.to_zoned(zone.clone()).unwrap().timestamp().as_millisecond()))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let days = |at| zones.iter().map(|zone| number(day_of(zone, at))).collect();
    starts.into_iter().map(|at| Moment { at, days: days(at) }).collect()
}

fn check((month, day): (i8, i8), leap_day: LeapDay, local: &LocalZones, moments: &[Moment]) -> u64 {
    let fallback = |year| if leap_day == LeapDay::Mar1 { date(year, 3, 1) } else { date(year, 2, 28) };
    let observed = |year| Date::new(year, month, day).unwrap_or_else(|_| fallback(year));
    let observed: Vec<(i32, i64)> = (2021..=2036).map(|year| (year.into(), number(observed(year)))).collect();
    let mut checked = 0;
    for (lead, grace) in AROUND {
        let anniversary = Anniversary {
            month: month.unsigned_abs().into(),
            day: day.unsigned_abs().into(),
            leap_day,
            lead: lead * DAY,
            grace: grace * DAY,
        };
        checked += walk(&anniversary, (lead, grace), &observed, local, moments);
    }
    checked
}

/// Walks through the years backwards, so that the next day to speak is always known.
fn walk(
    anniversary: &Anniversary,
    (lead, grace): (i64, i64),
    observed: &[(i32, i64)],
    local: &LocalZones,
    moments: &[Moment],
) -> u64 {
    let (mut next, mut after, mut checked) = (None, None::<(i64, Option<i32>)>, 0);
    for moment in moments.iter().rev() {
        let keeps = |on: i64| moment.days.iter().all(|day| -lead <= day - on && day - on <= grace);
        let kept = observed.iter().find(|(_, on)| keeps(*on));
        let year = kept.map(|(year, _)| *year);
        if let Some((at, Some(later))) = after
            && year != Some(later)
        {
            next = Some(at);
        }
        // when the day begins, and a millisecond before the next does
        let last = after.map(|(at, _)| at - 1);
        for at in [Some(moment.at), last].into_iter().flatten().filter(|at| *at < END) {
            let windows = anniversary.windows(Instant(at), local);
            let (open, ahead) = windows.split_at(windows.partition_point(|window| window.from.0 <= at));
            let told = || format!("{anniversary:?} at {at}");
            assert!(open.len() <= 1, "{}", told());
            assert_eq!(open.first().map(|window| window.on.year()), year, "{}", told());
            assert_eq!(ahead.first().map(|window| window.from.0), next, "{}", told());
            if let (Some(window), Some((_, on))) = (open.first(), kept) {
                assert_eq!(window.over.0 <= at, moment.days.iter().all(|day| day > on), "{}", told());
            }
            checked += 1;
        }
        after = Some((moment.at, year));
    }
    checked
}
