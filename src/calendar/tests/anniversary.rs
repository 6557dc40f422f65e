//! All birthdays on all days of ten years, with windows of different lengths.

use super::{day_of, number, offsets, proving, table, zone};
use crate::calendar::{Anniversary, DAY, Instant, LeapDay, LocalZones, Offsets};
use chrono::Datelike;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

/// The beginning of 2033.
const END: i64 = 1_988_150_400_000;
/// Days before and after the birthday; together under 300, as the engine demands.
const AROUND: [(i64, i64); 9] = [(0, 0), (1, 0), (0, 1), (3, 7), (30, 0), (0, 59), (150, 149), (299, 0), (0, 299)];

const ZONES: &[&[&str]] = &[
    &["UTC"],
    &["Europe/Madrid"],
    // where clocks change at midnight, so that one day of the year begins at 1:00
    &["America/Santiago"],
    // the customer's zone is not known: the date must be right in both
    &["Atlantic/Canary", "Europe/Madrid"],
    // 25 hours apart, so never on the same date
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
                // `leap_day` matters only on 29 February, and other zones differ only in when a day begins, so every tenth day is enough
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

/// An instant at which a new day begins in one of the zones, and the date in each zone.
struct Moment {
    at: i64,
    days: Vec<i64>,
}

/// The moments from 2023 to 2034.
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

/// Goes through the moments backwards, so that the beginning of the next window is always known.
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
        // the first and the last millisecond of the date
        let last = after.map(|(at, _)| at - 1);
        for at in [Some(moment.at), last].into_iter().flatten().filter(|at| *at < END) {
            let windows = anniversary.windows(Instant(at), local);
            let (open, ahead) = windows.split_at(windows.partition_point(|window| window.from.0 <= at));
            let case = || format!("{anniversary:?} at {at}");
            assert!(open.len() <= 1, "{}", case());
            assert_eq!(open.first().map(|window| window.on.year()), year, "{}", case());
            assert_eq!(ahead.first().map(|window| window.from.0), next, "{}", case());
            if let (Some(window), Some((_, on))) = (open.first(), kept) {
                assert_eq!(window.begins.0 <= at, moment.days.iter().any(|day| day >= on), "{}", case());
                assert_eq!(window.over.0 <= at, moment.days.iter().all(|day| day > on), "{}", case());
            }
            checked += 1;
        }
        after = Some((moment.at, year));
    }
    checked
}
