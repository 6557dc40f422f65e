//! Date rules, not by luck: every day, every birthday, every minute around a clock change, compared with a naive reading.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use chrono::{Datelike, Days, NaiveDate};
use querencia::{Decision, Engine, Tree};
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn tree(value: Value) -> Tree {
    serde_json::from_value(value).unwrap()
}

fn engine(campaign: Value, more: Value) -> Engine {
    let mut policy = json!({
        "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
        "campaigns": [campaign],
        "messages": { "m": { "es": [{ "body": "Hola" }] } },
    });
    policy.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Engine::new(tree(policy)).unwrap()
}

fn decide(engine: &Engine, now: i64, birthday: &str, zones: &Value) -> Decision {
    let zone = zones.as_object().unwrap().keys().next().unwrap();
    let customer = json!({ "id": "ana", "birthday": birthday, "since": 0, "consent": { "email": true } });
    engine
        .decide(tree(json!({ "now": now, "zone": zone, "zones": zones, "customer": customer, "ledger": [] })))
        .unwrap()
}

fn midnight(date: NaiveDate) -> i64 {
    date.and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp_millis()
}

/// Every day of 2023–2032 and every birthday, with windows that cross the new year and February: the day a naive reading
/// allows is the day the engine speaks, and `retryAt` is the first instant of the next such day.
#[test]
fn a_birthday_is_kept_on_its_days_and_on_no_other() {
    let utc = json!({ "UTC": [[0, 0]] });
    let birthdays: Vec<(u32, u32)> = (0..366)
        .map(|day| NaiveDate::from_yo_opt(2024, day + 1).unwrap())
        .map(|date| (date.month(), date.day()))
        .collect();
    let first = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap();
    let mut checked = 0;
    for (lead, grace, leap_day) in
        [(0, 0, "feb-28"), (0, 0, "mar-1"), (3, 7, "feb-28"), (7, 3, "mar-1"), (150, 149, "feb-28")]
    {
        let engine = engine(
            json!({ "id": "b", "kind": "birthday", "channel": "onsite", "placement": "home", "message": "m",
                    "lead": format!("{lead}d"), "grace": format!("{grace}d"), "leapDay": leap_day }),
            json!({}),
        );
        // every birthday on every third day and, around itself, on every day
        for (index, (month, day)) in birthdays.iter().enumerate() {
            let observed = |year| {
                let fallback = if leap_day == "mar-1" { (3, 1) } else { (2, 28) };
                NaiveDate::from_ymd_opt(year, *month, *day)
                    .unwrap_or_else(|| NaiveDate::from_ymd_opt(year, fallback.0, fallback.1).unwrap())
            };
            let allowed = |date: NaiveDate| {
                (date.year() - 1..=date.year() + 1).find(|year| {
                    let distance = (date - observed(*year)).num_days();
                    -lead <= distance && distance <= grace
                })
            };
            for offset in 0..3_652_u64 {
                let date = first + Days::new(offset);
                let near = (-1..=1).any(|year| (date - observed(date.year() + year)).num_days().abs() <= 9);
                if !near && !(usize::try_from(offset).unwrap() + index).is_multiple_of(61) {
                    continue;
                }
                let birthday = format!("--{month:02}-{day:02}");
                let decision = decide(&engine, midnight(date), &birthday, &utc);
                let spoken = decision.contacts.first().map(|contact| contact.occurrence.clone());
                assert_eq!(
                    spoken,
                    allowed(date).map(|year| year.to_string()),
                    "{birthday} on {date}, -{lead} +{grace}"
                );
                if spoken.is_none() {
                    let next = (1..).map(|days| date + Days::new(days)).find(|date| allowed(*date).is_some()).unwrap();
                    let within = (next - date).num_days() <= 400;
                    let retry = decision.refused[0].retry_at.map(|at| at.0);
                    assert_eq!(retry, within.then(|| midnight(next)), "{birthday} on {date}");
                }
                checked += 1;
            }
        }
    }
    println!("{checked} days checked");
    assert!(checked > 250_000);
}

/// Around both clock changes of 2026 in Madrid, for every window of whole and half hours near them: the engine is quiet in
/// exactly the minutes in which a naive clock says so, and frees at the first minute that is not.
#[test]
fn quiet_hours_are_exact_across_clock_changes() {
    let zones = json!({ "Europe/Madrid": [["2025-10-26T01:00:00Z", 60], ["2026-03-29T01:00:00Z", 120], ["2026-10-25T01:00:00Z", 60]] });
    let spring = midnight(NaiveDate::from_ymd_opt(2026, 3, 29).unwrap()) + HOUR;
    let autumn = midnight(NaiveDate::from_ymd_opt(2026, 10, 25).unwrap()) + HOUR;
    let times = ["00:30", "01:30", "02:00", "02:30", "03:00", "03:30", "22:00"];
    for change in [spring, autumn] {
        let (before, after) = if change == spring { (60, 120) } else { (120, 60) };
        let wall = |at: i64| at + 60_000 * if at < change { before } else { after };
        for from in times {
            for to in times.into_iter().filter(|to| *to != from) {
                let engine = engine(
                    json!({ "id": "a", "kind": "announcement", "channel": "email", "message": "m", "repeat": "1s" }),
                    json!({ "quietHours": [{ "from": from, "to": to }] }),
                );
                let minutes: Vec<i64> = (-300..300).map(|minute| change + minute * 60_000).collect();
                // the instants at which the wall clock shows a time, first and last; where it is skipped, the change
                let shown = |date: i64, time: &str| {
                    let wanted = date * DAY + clock(time);
                    let near: Vec<i64> = (-3_000..3_000)
                        .map(|minute| change + minute * 60_000)
                        .filter(|at| wall(*at) == wanted)
                        .collect();
                    (near.first().copied().unwrap_or(change), near.last().copied().unwrap_or(change))
                };
                let today = wall(change).div_euclid(DAY);
                let windows: Vec<(i64, i64)> = (today - 1..=today + 1)
                    .map(|date| {
                        (shown(date, from).0, shown(if clock(to) <= clock(from) { date + 1 } else { date }, to).1)
                    })
                    .collect();
                let quiet = |at: i64| windows.iter().any(|(from, to)| *from <= at && at < *to);
                for at in &minutes {
                    let decision = decide(&engine, *at, "--01-01", &zones);
                    assert_eq!(decision.contacts.is_empty(), quiet(*at), "{from}–{to} at {at}");
                    if let Some(refusal) = decision.refused.first() {
                        let retry = refusal.retry_at.unwrap().0;
                        let next = (*at..).step_by(60_000).find(|at| !quiet(*at)).unwrap();
                        assert_eq!(retry, next, "{from}–{to} at {at}");
                    }
                }
            }
        }
    }
}

fn clock(time: &str) -> i64 {
    let (hours, minutes) = time.split_once(':').unwrap();
    hours.parse::<i64>().unwrap() * HOUR + minutes.parse::<i64>().unwrap() * 60_000
}
