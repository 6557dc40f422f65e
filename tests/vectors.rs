//! Runs the contract's vectors natively. The format is described in tests/vectors/README.md.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

extern crate querencia;

#[path = "vectors/run.rs"]
mod run;
#[path = "vectors/story.rs"]
mod story;

use serde_json::{Value, json};

#[test]
fn every_vector_holds() {
    let (mut passed, mut failures) = (0, Vec::new());
    for vector in run::vectors() {
        match run::run(&vector) {
            Ok(()) => passed += 1,
            Err(failure) => failures.push(format!("{} · {}\n    {failure}", vector.stem, vector.name())),
        }
    }
    println!("{passed} vectors passed, {} failed", failures.len());
    assert!(failures.is_empty(), "{} vectors failed:\n{}", failures.len(), failures.join("\n"));
    assert!(passed >= 80, "{passed} vectors are too few to be the contract");
}

/// A kept customer is told the records one after the other, the first of them over and over.
#[test]
fn a_kept_customer_is_answered_alike() {
    let mut told = 0;
    for vector in run::vectors().iter().filter(|vector| vector.case.get("decision").is_some()) {
        let (engine, request) = run::prepared(vector);
        let engine = engine.unwrap();
        let mut moment = request.clone();
        let mut part = |key| moment.as_object_mut().unwrap().remove(key).unwrap_or(Value::Null);
        let (customer, ledger) = (part("customer"), part("ledger"));
        let mut handle = engine.customer(run::tree(&customer), run::tree(&Value::Null)).unwrap();
        if let Value::Array(records) = &ledger {
            handle.replace_ledger(run::tree(&json!([]))).unwrap();
            for record in records.iter().chain(records.first()).chain(records.first()) {
                handle.record(run::tree(record)).unwrap();
                told += 1;
            }
        }
        let answer = handle.decide(run::tree(&moment)).unwrap();
        let expected = engine.decide(run::tree(&request)).unwrap();
        assert_eq!(
            serde_json::to_value(&answer).unwrap(),
            serde_json::to_value(&expected).unwrap(),
            "{}",
            vector.name()
        );
    }
    assert!(told > 300, "{told} records are too few to tell");
}

#[test]
fn every_vector_has_a_name_of_its_own() {
    let mut names = std::collections::BTreeSet::new();
    for vector in run::vectors() {
        assert!(names.insert(vector.name().to_owned()), "{} stands twice", vector.name());
    }
}
