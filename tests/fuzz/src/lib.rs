//! What must hold for any bytes, one function a target. Each panics where it does not hold. `libfuzzer/` calls them with bytes that it
//! makes up, `tests/replay.rs` with those of `corpus/`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use querencia::{Decision, Engine, Instant, Problem, Tree, publish};
use querencia_model::generator::case;
use serde_json::{Value, json};
use std::sync::OnceLock;

/// A target and its name, which is that of its folder in `corpus/`.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[("policy", policy), ("request", request), ("ledger", ledger), ("decide", decide)];

/// So many generated policies stand ready; the first byte of a request or a ledger chooses one.
const POLICIES: u64 = 16;

/// A longer input tells nothing that a shorter one does not.
const MOST: usize = 16_384;

/// A policy is refused with problems, or it can be written, read again, warned of and published.
pub fn policy(bytes: &[u8]) {
    // as a file beside its hash would be read: others are refused or become some other policy
    let _ = Engine::from_compiled(bytes);
    let Some(tree) = tree_of(bytes) else { return };
    let published = publish::publish(tree.clone(), None);
    let engine = match Engine::new(tree) {
        Ok(engine) => engine,
        Err(problems) => return told(&problems),
    };
    for warning in engine.warnings(Some(Instant(1_800_000_000_000))) {
        assert!(!warning.code.is_empty() && !warning.message.is_empty(), "{warning:?}");
    }
    let written = engine.compiled();
    let again = Engine::from_compiled(&written).expect_that("what was written is read");
    assert!(again.compiled() == written, "what was read is written otherwise");
    match published {
        Ok(part) => drop(Engine::new(part.policy).map_err(|problems| panic!("the part is refused: {problems:?}"))),
        Err(problems) => told(&problems),
    }
}

/// A request is refused with problems, or decided: twice the same, and by a handle as in one shot.
pub fn request(bytes: &[u8]) {
    let Some((engine, bytes)) = chosen(bytes) else { return };
    let Some(tree) = tree_of(bytes) else { return };
    answer(engine, tree);
}

/// A ledger is refused with problems, or read: in any order, twice, at once or record after record.
pub fn ledger(bytes: &[u8]) {
    let Some((engine, bytes)) = chosen(bytes) else { return };
    let Some(Value::Array(records)) = value_of(bytes) else { return };
    let customer = json!({ "id": "ana", "consent": { "email": true, "push": true, "sms": true } });
    let of = |records: &[Value]| engine.customer(tree(&customer), tree(&json!(records)));
    let moment = || tree(&json!({ "now": 1_800_000_000_000_i64, "zone": "Etc/UTC", "zones": { "Etc/UTC": [[0, 0]] } }));
    let mut handle = match of(&records) {
        Ok(handle) => handle,
        Err(problems) => return told(&problems),
    };
    let expected = handle.decide(moment()).map(json_of);
    if let Err(problems) = &expected {
        told(problems);
    }
    let turned: Vec<Value> = records.iter().rev().chain(&records).cloned().collect();
    assert_eq!(of(&turned).and_then(|mut handle| handle.decide(moment())).map(json_of), expected, "turned and twice");
    let mut one_by_one = of(&[]).unwrap_or_else(|problems| panic!("{problems:?}"));
    for record in &records {
        // what says nothing, such as `{}`, is skipped in a list and refused alone
        let _ = one_by_one.record(tree(record));
    }
    assert_eq!(one_by_one.decide(moment()).map(json_of), expected, "one after the other");
}

/// A policy and a request together: what was reserved is not decided again.
pub fn decide(bytes: &[u8]) {
    let Some(mut case) = value_of(bytes) else { return };
    let Ok(engine) = Engine::new(tree(&case["policy"])) else { return };
    let Some(decision) = answer(&engine, tree(&case["request"])) else { return };
    let now = decision.contacts.iter().map(|contact| contact.at.0).max().unwrap_or_default();
    let reserved = json_of(decision)["contacts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|contact| record_of(contact, now))
        .collect::<Vec<_>>();
    let Value::Object(request) = &mut case["request"] else { return };
    let Value::Array(records) = request.entry("ledger").or_insert(json!([])) else { return };
    let ids = reserved.iter().map(|record| record["id"].clone()).collect::<Vec<_>>();
    records.extend(reserved);
    if let Some(again) = answer(&engine, tree(&case["request"])) {
        for contact in &again.contacts {
            assert!(!ids.contains(&json!(contact.id)), "decided again: {}", contact.id);
        }
    }
}

/// The decision, which a second call and a handle repeat; none if the request is refused.
fn answer(engine: &Engine, request: Tree) -> Option<Decision> {
    let decision = match engine.decide(request.clone()) {
        Ok(decision) => decision,
        Err(problems) => {
            told(&problems);
            assert_eq!(engine.decide(request).unwrap_err(), problems);
            return None;
        }
    };
    let expected = json_of(decision.clone());
    assert_eq!(json_of(engine.decide(request.clone()).unwrap()), expected, "decided otherwise");
    let part = |name| request.get(name).cloned().unwrap_or(Tree::Null);
    let mut handle =
        engine.customer(part("customer"), part("ledger")).unwrap_or_else(|problems| panic!("{problems:?}"));
    let Tree::Object(fields) = request else { return Some(decision) };
    let moment = fields.into_iter().filter(|(key, _)| !matches!(&**key, "customer" | "ledger")).collect();
    let by_handle = handle.decide(Tree::Object(moment)).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(json_of(by_handle), expected, "a handle decides otherwise");
    Some(decision)
}

/// Problems say what and where.
fn told(problems: &[Problem]) {
    assert!(!problems.is_empty(), "refused, and nothing says why");
    for problem in problems {
        assert!(!problem.code.is_empty() && !problem.message.is_empty(), "{problem:?}");
    }
}

fn record_of(contact: &Value, now: i64) -> Value {
    let mut record = json!({ "state": "reserved", "leaseUntil": now + 900_000 });
    for field in ["id", "campaign", "class", "channel", "placement", "at", "occurrence", "offer", "urgent", "digest"] {
        if !contact[field].is_null() {
            record[field] = contact[field].clone();
        }
    }
    record
}

/// The policy that the first byte chooses, and the other bytes.
fn chosen(bytes: &[u8]) -> Option<(&'static Engine, &[u8])> {
    thread_local! {
        // an engine is not for several threads, and libFuzzer has one
        static ENGINES: &'static OnceLock<Vec<Engine>> = Box::leak(Box::default());
    }
    let engines = ENGINES.with(|engines| *engines);
    let engines =
        engines.get_or_init(|| (0..POLICIES).map(|seed| Engine::new(tree(&case(seed).policy)).unwrap()).collect());
    let (first, rest) = bytes.split_first()?;
    Some((&engines[usize::from(*first) % engines.len()], rest))
}

fn tree_of(bytes: &[u8]) -> Option<Tree> {
    if bytes.len() > MOST {
        return None;
    }
    serde_json::from_slice(bytes).ok()
}

fn value_of(bytes: &[u8]) -> Option<Value> {
    if bytes.len() > MOST {
        return None;
    }
    serde_json::from_slice(bytes).ok()
}

fn tree(value: &Value) -> Tree {
    serde_json::from_value(value.clone()).unwrap()
}

fn json_of(decision: Decision) -> Value {
    serde_json::to_value(&decision).unwrap()
}

trait Expected<T> {
    fn expect_that(self, what: &str) -> T;
}

impl<T> Expected<T> for Option<T> {
    fn expect_that(self, what: &str) -> T {
        self.unwrap_or_else(|| panic!("it does not hold that {what}"))
    }
}
