//! The day, week, month and year around every clock change of every zone.

use super::{changes, day_of, each_table, offsets, years};
use crate::calendar::{DAY, HOUR, Instant, Unit};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

#[test]
fn calendar_windows_begin_when_their_first_day_does() {
    let mut checked = 0;
    each_table(|names, zone, table| {
        let offsets = offsets(table);
        for change in changes(zone, years()) {
            let midnights = (-1..=1).map(|shift| begins(zone, day_of(zone, change.at + shift * DAY)));
            let mut instants: Vec<i64> = midnights.chain([change.at]).flat_map(|at| [at - 1, at]).collect();
            instants.extend([change.at - HOUR, change.at + HOUR]);
            for at in instants {
                let day = day_of(zone, at);
                for (unit, first, next) in units(day) {
                    let (from, to) = unit.around(Instant(at), &offsets);
                    let expected = (begins(zone, first), begins(zone, next));
                    assert_eq!((from.0, to.0), expected, "{unit:?} around {at} in {names:?}");
                    checked += 1;
                }
            }
        }
    });
    println!("{checked} windows");
    assert!(checked > 40_000);
}

/// Each unit with its first day and the first day of the next.
fn units(day: Date) -> [(Unit, Date, Date); 4] {
    let tomorrow = day.tomorrow().unwrap();
    let monday = tomorrow.nth_weekday(-1, Weekday::Monday).unwrap();
    [
        (Unit::Day, day, tomorrow),
        (Unit::Week, monday, day.nth_weekday(1, Weekday::Monday).unwrap()),
        (Unit::Month, day.first_of_month(), day.last_of_month().tomorrow().unwrap()),
        (Unit::Year, day.first_of_year(), day.last_of_year().tomorrow().unwrap()),
    ]
}

fn begins(zone: &TimeZone, day: Date) -> i64 {
    day.to_zoned(zone.clone()).unwrap().timestamp().as_millisecond()
}
