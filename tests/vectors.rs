//! Runs the contract's vectors natively. The format is described in tests/vectors/README.md.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

extern crate querencia;

#[path = "vectors/run.rs"]
mod run;

use run::read::{cases_of, matching};
use serde_json::{Value, json};
use std::process::Command;

/// With `VECTORS=text` only those whose file or name contains the text, and a line for each: `cargo xtask vectors text`.
#[test]
fn every_vector_holds() {
    let text = std::env::var("VECTORS").unwrap_or_default();
    let (mut passed, mut failures) = (0, Vec::new());
    for vector in matching(run::vectors(), &text) {
        let found = run::run(&vector);
        if !text.is_empty() {
            println!("{}  {} · {}", if found.is_ok() { "holds" } else { "FAILS" }, vector.stem, vector.name());
        }
        match found {
            Ok(()) => passed += 1,
            Err(difference) => failures.push(format!("{} · {}\n    {difference}", vector.stem, vector.name())),
        }
    }
    println!("vectors: {passed} hold, {} fail", failures.len());
    assert!(failures.is_empty(), "{} vectors fail:\n{}", failures.len(), failures.join("\n"));
    assert!(passed > 2000 || !text.is_empty(), "{passed} vectors are too few to be the contract");
}

/// A customer kept in the engine gets the records one after the other, the first of them three times.
#[test]
fn a_kept_customer_gets_the_same_decision() {
    let mut records_given = 0;
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
                records_given += 1;
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
    assert!(records_given > 300, "{records_given} records are too few to prove it");
}

/// Without an explanation the answer is the same, but for what explains it. Of one campaign the handle says when it may speak.
#[test]
fn a_brief_answer_says_the_same() {
    let (mut asked, mut dates) = (0, 0);
    for vector in run::vectors().iter().filter(|vector| vector.case.get("decision").is_some()) {
        let (engine, request) = run::prepared(vector);
        let engine = engine.unwrap();
        let decide = |changes: Value| {
            let mut request = request.clone();
            request.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
            serde_json::to_value(engine.decide(run::tree(&request)).unwrap()).unwrap()
        };
        let mut expected = decide(json!({}));
        let mut moment = request.clone();
        let mut part = |key| moment.as_object_mut().unwrap().remove(key).unwrap_or(Value::Null);
        let (customer, ledger) = (part("customer"), part("ledger"));
        let mut handle = engine.customer(run::tree(&customer), run::tree(&ledger)).unwrap();
        for refused in expected["refused"].as_array().unwrap() {
            let campaign = refused["campaign"].as_str().unwrap();
            let at = handle.retry_at(run::tree(&moment), campaign).unwrap();
            assert_eq!(json!(at.map(|at| at.0)), refused["retryAt"], "{}: {campaign}", vector.name());
            dates += i32::from(at.is_some());
        }
        for key in ["refused", "tasks", "standing"] {
            expected[key] = Value::Null;
        }
        assert_eq!(decide(json!({ "explain": false })), expected, "{}", vector.name());
        expected["nextAt"] = Value::Null;
        assert_eq!(decide(json!({ "explain": false, "nextAt": false })), expected, "{}", vector.name());
        asked += 1;
    }
    assert!(asked > 2000 && dates > 500, "{asked} vectors with {dates} dates are too few to prove it");
}

#[test]
fn every_vector_has_a_name_of_its_own() {
    let mut names = std::collections::BTreeSet::new();
    for vector in run::vectors() {
        assert!(names.insert(vector.name().to_owned()), "two vectors are called {}", vector.name());
    }
}

#[test]
fn a_file_is_read_as_its_format_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vector-files.json");
    let examples: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for example in examples["files"].as_array().unwrap() {
        let found = cases_of(&example["file"]);
        match example["refused"].as_str() {
            Some(why) => assert_eq!(found.unwrap_err(), why, "{}", example["name"]),
            // As text, for the order of the fields.
            None => {
                assert_eq!(Value::from(found.unwrap()).to_string(), example["cases"].to_string(), "{}", example["name"])
            }
        }
    }
}

#[test]
fn vectors_are_chosen_by_a_part_of_their_file_or_their_name() {
    let chosen = |text| -> Vec<(String, String)> {
        let vectors = matching(run::vectors(), text);
        vectors.into_iter().map(|vector| (vector.stem.clone(), vector.name().to_owned())).collect()
    };
    assert_eq!(chosen("").len(), run::vectors().len());
    let of_a_file = chosen("thank-you");
    assert!(of_a_file.len() > 20 && of_a_file.iter().all(|(stem, _)| stem == "thank-you"));
    let one = chosen("P1: the purchase that is happening now");
    let name = "P1: the purchase that is happening now is thanked, before the shop's own data know it";
    assert_eq!(one, [("thank-you".to_owned(), name.to_owned())]);
}

/// Runs the test of all vectors in a process of its own, as `cargo xtask vectors` does.
fn run_only(text: &str) -> (bool, String) {
    let mut test = Command::new(std::env::current_exe().unwrap());
    let output = test.args(["--exact", "every_vector_holds", "--nocapture"]).env("VECTORS", text).output().unwrap();
    (output.status.success(), [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap()).concat())
}

#[test]
fn the_chosen_vectors_run_alone_and_none_is_a_failure() {
    let (success, printed) = run_only("P1: the purchase that is happening now");
    assert!(success, "{printed}");
    assert!(printed.contains("\nholds  thank-you · P1: the purchase that is happening now is thanked"), "{printed}");
    assert!(printed.contains("\nvectors: 1 hold, 0 fail\n"), "{printed}");
    let (success, printed) = run_only("no vector is called this");
    assert!(!success, "{printed}");
    assert!(printed.contains("no vector has `no vector is called this` in its file's name or in its own"), "{printed}");
}
