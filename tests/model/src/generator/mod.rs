//! Makes a valid policy and request from a seed. Dates often lie at an edge: exactly one of the policy's durations
//! before `now`, or one millisecond earlier or later; `now` lies at clock changes, midnights and leap days.

mod campaign;
mod condition;
mod customer;
mod ledger;
mod order;
mod policy;
mod request;
mod rng;
pub mod zones;

pub use rng::Rng;

use crate::time::{DAY, HOUR, MINUTE, parse_duration, parse_instant};
use serde_json::Value;

/// A policy and a request.
#[derive(Clone, Debug)]
pub struct Case {
    /// A valid policy.
    pub policy: Value,
    /// A valid request.
    pub request: Value,
}

/// What the parts of a case have in common.
pub struct CaseProfile {
    now: i64,
    /// The durations of the policy, in milliseconds.
    durations: Vec<i64>,
    /// How long before `now` an order must have arrived for an occasion to begin or end now.
    arrivals: Vec<i64>,
    /// Little is refused, so that several campaigns pass the gates and compete.
    few_refusals: bool,
    /// Many campaigns with windows of days compete for the few contacts that one limit leaves.
    is_market: bool,
}

impl CaseProfile {
    /// Like `Rng::one_in`, but four times as rare if little is to be refused.
    fn one_in(&self, of: u64, rng: &mut Rng) -> bool {
        rng.one_in(if self.few_refusals { of * 4 } else { of })
    }

    /// An instant before now, often exactly one of the policy's durations before it.
    fn past(&self, rng: &mut Rng) -> i64 {
        let offset = rng.pick(&[0, 0, 0, 0, 1, -1]);
        let back = match rng.below(6) {
            0..=2 => rng.pick(&self.durations),
            3 => rng.below(48) as i64 * HOUR,
            4 => rng.below(60) as i64 * DAY,
            _ => rng.below(72 * 60) as i64 * MINUTE,
        };
        self.now - back + offset
    }

    /// When an order arrived, often so that an occasion begins or ends now or soon.
    fn arrival(&self, rng: &mut Rng) -> i64 {
        let soon = rng.pick(&[0, 0, 0, 1, -1, HOUR, DAY, 3 * DAY, 8 * DAY, -2 * DAY]);
        self.now - rng.pick(&self.arrivals) + soon
    }

    /// An instant, mostly before now.
    fn date(&self, rng: &mut Rng) -> i64 {
        if !rng.one_in(8) {
            return self.past(rng);
        }
        let ahead = [0, 1, MINUTE, 5 * MINUTE, 5 * MINUTE + 1, HOUR, DAY, 3 * DAY, 40 * DAY];
        self.now + rng.pick(&ahead)
    }
}

/// Clock changes, turns of the year, leap days and ordinary instants.
const INSTANTS: [&str; 12] = [
    "2026-10-24T22:00:00Z",
    "2026-10-25T01:00:00Z",
    "2027-03-28T01:00:00Z",
    "2026-11-01T06:00:00Z",
    "2026-10-03T15:30:00Z",
    "2026-12-31T23:00:00Z",
    "2027-02-28T12:00:00Z",
    "2028-02-28T23:00:00Z",
    "2028-02-29T10:00:00Z",
    "2026-05-12T10:00:00Z",
    "2026-10-29T21:00:00Z",
    "2027-03-01T00:00:00Z",
];

/// The case of a seed.
pub fn case(seed: u64) -> Case {
    let rng = &mut Rng(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x51ed);
    let now = parse_instant(rng.pick(&INSTANTS))
        + rng.pick(&[0, 0, 0, 1, -1, HOUR, -HOUR, 2 * HOUR, 12 * HOUR, DAY, -DAY, -3 * DAY, 90 * MINUTE]);
    let is_market = rng.one_in(4);
    let few_refusals = is_market || rng.one_in(2);
    let durations = vec![7 * DAY, 30 * DAY, 15 * MINUTE, HOUR, DAY];
    let mut profile = CaseProfile { now, few_refusals, is_market, durations, arrivals: vec![7 * DAY, 37 * DAY] };
    let policy = policy::policy(&profile, rng);
    for campaign in policy["campaigns"].as_array().unwrap() {
        let days_of =
            |key: &str, default: i64| campaign[key].as_str().and_then(parse_duration).unwrap_or(default * DAY);
        let (after, within) = match campaign["kind"].as_str().unwrap() {
            "survey" => (7, 30),
            "content" => (1, 30),
            "howTo" => (0, 14),
            _ => continue,
        };
        let begins = days_of("after", after);
        profile.arrivals.extend([begins, begins, begins + days_of("within", within)]);
    }
    durations_in(&policy, &mut profile.durations);
    profile.durations.retain(|duration| *duration <= 420 * DAY);
    let request = request::request(&profile, &policy, rng);
    Case { policy, request }
}

/// The texts that are durations; and the numbers, as days.
fn durations_in(value: &Value, found: &mut Vec<i64>) {
    match value {
        Value::String(text) if text.len() < 6 && text.is_ascii() && !text.is_empty() => {
            found.extend(parse_duration(text))
        }
        Value::Number(number) => found.extend(number.as_i64().map(|days| days * DAY)),
        Value::Array(list) => list.iter().for_each(|one| durations_in(one, found)),
        Value::Object(object) => object.values().for_each(|one| durations_in(one, found)),
        _ => {}
    }
}
