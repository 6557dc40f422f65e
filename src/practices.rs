//! Every kind and every gate matters: turned off, it breaks a vector of each practice it stands for.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use crate as querencia;
use crate::campaigns::KINDS;
use crate::gates::GATES;
use serde_json::Value;
use std::cell::Cell;
use std::collections::BTreeMap;

#[path = "../tests/vectors/run.rs"]
mod run;
#[path = "../tests/vectors/story.rs"]
mod story;

thread_local! {
    static OFF: Cell<&'static str> = const { Cell::new("") };
}

/// Whether a kind or a gate is turned off.
pub(crate) fn is_off(name: &str) -> bool {
    OFF.get() == name
}

/// The practices, and the kinds, gates and other parts that stand for each.
fn practices() -> BTreeMap<String, Vec<String>> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/practices.json")).unwrap();
    let rows: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    let texts = |list: &Value| list.as_array().unwrap().iter().map(|part| part.as_str().unwrap().to_owned()).collect();
    rows.into_iter().map(|(row, about)| (row, texts(&about["parts"]))).collect()
}

#[test]
fn a_kind_or_gate_that_does_nothing_breaks_a_vector_of_its_practices() {
    let (practices, vectors) = (practices(), run::vectors());
    let parts = GATES.iter().map(|gate| gate.name).chain(KINDS.iter().map(|kind| kind.name));
    let mut missing = Vec::new();
    for part in parts {
        OFF.set(part);
        let broken: Vec<&str> =
            vectors.iter().filter(|vector| run::run(vector).is_err()).map(run::Vector::name).collect();
        OFF.set("");
        if broken.is_empty() {
            missing.push(format!("without `{part}` every vector holds"));
        }
        for (row, _) in practices.iter().filter(|(_, parts)| parts.iter().any(|name| name == part)) {
            if !broken.iter().any(|name| name.starts_with(&format!("{row}:"))) {
                missing.push(format!("without `{part}` every vector of {row} holds"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_practice_speaks_stays_silent_and_has_an_edge() {
    let vectors = run::vectors();
    // what lives in JavaScript has its tests there
    let thin: Vec<String> = practices()
        .iter()
        .filter(|(_, parts)| parts.iter().any(|part| !part.starts_with("js/")))
        .map(|(row, _)| (row, vectors.iter().filter(|vector| vector.name().starts_with(&format!("{row}:"))).count()))
        .filter(|(_, count)| *count < 3)
        .map(|(row, count)| format!("{row}: {count}"))
        .collect();
    assert!(thin.is_empty(), "practices with fewer than three vectors: {}", thin.join(", "));
}
