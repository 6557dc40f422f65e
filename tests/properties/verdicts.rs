//! What a gate answers holds until the instant it names: between `now` and `until` a gate gives the same answer (it passes, or it
//! refuses with the same code) at every instant. The request does not change meanwhile; only the clock moves on.
//!
//! A gate that refuses also says before when it does not pass. `retryAt` and the plan jump from one such instant to the
//! next, and a substitute jumps from one `until` to the next. One that is too late makes them jump over an instant at which a campaign
//! could have spoken.
//!
//! The crate that includes this file gives `parse_instant`: each has another library for dates.

use super::parse_instant;
use querencia::{Instant, Tree, describe};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// How far ahead `retryAt` looks. Nothing after that is asked about.
const HORIZON: i64 = 400 * DAY;
/// At most so many instants are asked about in one case.
const MAX_INSTANTS: usize = 160;

/// A campaign and one of its gates.
type Gate = (String, &'static str);

/// A gate's answer at one instant: `None` if it passes, else its code; until when the answer holds; and the instant
/// before which a gate that refuses does not pass.
type Answer = (Option<&'static str>, i64, i64);

/// How much was checked. A test requires that it was enough.
#[derive(Debug, Default)]
pub struct Checked {
    /// How often a gate passed as an earlier answer had said.
    pub passes: usize,
    /// How often a gate refused as an earlier answer had said.
    pub refusals: usize,
    /// How many answers hold for more than one millisecond. A gate that always said `now + 1` would be right and useless.
    pub lasting: usize,
    /// The answers of each gate.
    pub codes: BTreeMap<&'static str, BTreeSet<Option<&'static str>>>,
}

impl Checked {
    /// Asks every gate of every campaign at many instants, and fails if an answer changes before its `until`.
    pub fn add(&mut self, seed: u64, policy: &Value, request: &Value) {
        let now = request["now"].as_i64().unwrap();
        let first = answers(policy, request, now);
        // for each gate the answer that holds longest so far, and when it was given
        let mut given: BTreeMap<Gate, (i64, Answer)> = BTreeMap::new();
        // for each gate the latest instant before which it was said not to pass
        let mut shut: BTreeMap<Gate, i64> = BTreeMap::new();
        for at in instants(now, request, &first) {
            for (gate, (code, until, not_before)) in answers(policy, request, at) {
                let label = || format!("seed {seed}, {gate:?} at {at}: {code:?} until {until}");
                assert!(until > at, "{}\n{policy}\n{request}", label());
                if code.is_some() {
                    let latest = shut.entry(gate.clone()).or_insert(not_before);
                    *latest = not_before.max(*latest);
                } else {
                    let earliest = shut.get(&gate).copied().unwrap_or(at);
                    assert!(at >= earliest, "{}, but not before {earliest}\n{policy}\n{request}", label());
                }
                self.codes.entry(gate.1).or_default().insert(code);
                self.lasting += usize::from(until > at + 1);
                let mut holds_until = at;
                if let Some((since, (expected, expected_until, _))) = given.get(&gate)
                    && at < *expected_until
                {
                    let earlier = format!("at {since}: {expected:?} until {expected_until}");
                    assert_eq!(code, *expected, "{}, but {earlier}\n{policy}\n{request}", label());
                    if code.is_some() {
                        self.refusals += 1
                    } else {
                        self.passes += 1
                    }
                    holds_until = *expected_until;
                }
                if until > holds_until {
                    given.insert(gate, (at, (code, until, not_before)));
                }
            }
        }
    }

    /// Fails unless each of these gates both passed and refused, and every number is above its minimum.
    pub fn require(&self, gates: &[&str], passes: usize, refusals: usize, lasting: usize) {
        println!("{self:?}");
        for gate in gates {
            let codes = self.codes.get(gate);
            let both = codes.is_some_and(|codes| codes.contains(&None) && codes.len() > 1);
            assert!(
                both,
                "generate cases in which the gate `{gate}` passes and cases in which it refuses; now {codes:?}"
            );
        }
        assert!(self.passes > passes && self.refusals > refusals && self.lasting > lasting);
    }
}

/// Every gate's answer at an instant. Without an occasion the other gates are not asked, so they are missing.
fn answers(policy: &Value, request: &Value, at: i64) -> BTreeMap<Gate, Answer> {
    let verdicts = describe::verdicts(tree(policy), tree(request), Instant(at)).unwrap();
    let answer = |(campaign, gate, code, until, not_before): describe::Verdict| {
        ((campaign, gate), (code, until.0, not_before.0))
    };
    verdicts.into_iter().map(answer).collect()
}

/// The instants to ask about, ascending: now; each `until` of the answers of now, the millisecond before and after it, and the middle
/// between now and it; every instant in the request, with the millisecond before and after it; some hours and days from now.
fn instants(now: i64, request: &Value, first: &BTreeMap<Gate, Answer>) -> Vec<i64> {
    let mut found = BTreeSet::new();
    for end in
        first.values().flat_map(|(_, until, not_before)| [*until, *not_before]).filter(|end| *end <= now + HORIZON)
    {
        found.extend([end - 1, end, end + 1, now + (end - now) / 2]);
    }
    let mut named = BTreeSet::new();
    instants_in(request, &mut named);
    found.extend(named.iter().flat_map(|at| [at - 1, *at, at + 1]));
    found.extend([1, HOUR, 7 * HOUR, DAY, 3 * DAY, 8 * DAY, 40 * DAY, HORIZON].map(|later| now + later));
    found.retain(|at| now < *at && *at <= now + HORIZON);
    std::iter::once(now).chain(found.into_iter().take(MAX_INSTANTS)).collect()
}

/// The numbers that are as large as epoch milliseconds, and the texts that are RFC 3339 instants.
fn instants_in(value: &Value, found: &mut BTreeSet<i64>) {
    match value {
        Value::Number(number) => found.extend(number.as_i64().filter(|number| *number > 1_000_000_000_000)),
        Value::String(text) => found.extend(parse_instant(text)),
        Value::Array(list) => list.iter().for_each(|one| instants_in(one, found)),
        Value::Object(object) => object.values().for_each(|one| instants_in(one, found)),
        _ => {}
    }
}

fn tree(value: &Value) -> Tree {
    serde_json::from_value(value.clone()).unwrap()
}
