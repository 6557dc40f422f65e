//! Seeded cases that like edges: dates lie exactly a policy's length before now, or a millisecond beside it; now lies at clock
//! changes, midnights, leap days.

mod policy;
mod request;
mod wanted;
pub mod zones;

use crate::time::{DAY, HOUR, MINUTE, length, parse_instant};
use serde_json::Value;

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, good enough to choose.
pub struct Dice(pub u64);

impl Dice {
    /// Any number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 on.
    pub fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    /// One of a list.
    pub fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize].clone()
    }

    /// Now and then.
    pub fn one_in(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }

    /// Each with that chance, in order.
    pub fn some<T: Clone>(&mut self, list: &[T]) -> Vec<T> {
        list.iter().filter(|_| self.one_in(3)).cloned().collect()
    }
}

/// What a decision is made of.
#[derive(Clone, Debug)]
pub struct Case {
    /// Valid.
    pub policy: Value,
    /// Valid.
    pub request: Value,
}

/// The moment, and the lengths of time the policy names.
pub struct Setting {
    now: i64,
    lengths: Vec<i64>,
    /// How long before now orders arrived whose occasions begin or end now.
    arrivals: Vec<i64>,
    /// Little is refused, so that those who pass meet each other.
    gentle: bool,
}

impl Setting {
    /// Now and then, and seldom where little is refused.
    fn one_in(&self, of: u64, dice: &mut Dice) -> bool {
        dice.one_in(if self.gentle { of * 4 } else { of })
    }

    /// A date before now, often exactly one of the policy's lengths before.
    fn past(&self, dice: &mut Dice) -> i64 {
        let beside = dice.pick(&[0, 0, 0, 0, 1, -1]);
        let back = match dice.below(6) {
            0..=2 => dice.pick(&self.lengths),
            3 => dice.below(48) as i64 * HOUR,
            4 => dice.below(60) as i64 * DAY,
            _ => dice.below(72 * 60) as i64 * MINUTE,
        };
        self.now - back + beside
    }

    /// When an order arrived: often so that something begins or ends now, or soon.
    fn arrival(&self, dice: &mut Dice) -> i64 {
        let soon = dice.pick(&[0, 0, 0, 1, -1, HOUR, DAY, 3 * DAY, 8 * DAY, -2 * DAY]);
        self.now - dice.pick(&self.arrivals) + soon
    }

    /// A date, mostly before now.
    fn date(&self, dice: &mut Dice) -> i64 {
        if !dice.one_in(8) {
            return self.past(dice);
        }
        let ahead = [0, 1, MINUTE, 5 * MINUTE, 5 * MINUTE + 1, HOUR, DAY, 3 * DAY, 40 * DAY];
        self.now + dice.pick(&ahead)
    }
}

const MOMENTS: [&str; 12] = [
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
    let dice = &mut Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x51ed);
    let now = parse_instant(dice.pick(&MOMENTS))
        + dice.pick(&[0, 0, 0, 1, -1, HOUR, -HOUR, 2 * HOUR, 12 * HOUR, DAY, -DAY, -3 * DAY, 90 * MINUTE]);
    let gentle = dice.one_in(2);
    let lengths = vec![7 * DAY, 30 * DAY, 15 * MINUTE, HOUR, DAY];
    let mut setting = Setting { now, gentle, lengths, arrivals: vec![7 * DAY, 37 * DAY] };
    let policy = policy::policy(&setting, dice);
    for campaign in policy["campaigns"].as_array().unwrap() {
        let of = |key: &str, usual: i64| campaign[key].as_str().and_then(length).unwrap_or(usual * DAY);
        let (after, within) = match campaign["kind"].as_str().unwrap() {
            "survey" => (7, 30),
            "content" => (1, 30),
            "howTo" => (0, 14),
            _ => continue,
        };
        setting.arrivals.extend([of("after", after), of("after", after), of("after", after) + of("within", within)]);
    }
    lengths_in(&policy, &mut setting.lengths);
    setting.lengths.retain(|length| *length <= 420 * DAY);
    let request = request::request(&setting, &policy, dice);
    Case { policy, request }
}

fn lengths_in(value: &Value, found: &mut Vec<i64>) {
    match value {
        Value::String(text) if text.len() < 6 && text.is_ascii() && !text.is_empty() => found.extend(length(text)),
        Value::Number(number) => found.extend(number.as_i64().map(|days| days * DAY)),
        Value::Array(list) => list.iter().for_each(|one| lengths_in(one, found)),
        Value::Object(object) => object.values().for_each(|one| lengths_in(one, found)),
        _ => {}
    }
}
