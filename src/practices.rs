//! Every kind, every gate and whatever else stands for a practice matters: turned off, it breaks a vector of that practice. Every fact,
//! every parameter of a message and every code is in a vector.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use crate as querencia;
use crate::base::problem;
use crate::base::switch::without;
use crate::gates::GATES;
use crate::language::facts;
use crate::policy::kinds::KINDS;
use crate::policy::parameter;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

#[path = "../tests/vectors/run.rs"]
mod run;

fn read(file: &str) -> Value {
    let path = format!("{}/tests/{file}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The practices, and the kinds, gates and other parts that stand for each.
fn practices() -> BTreeMap<String, Vec<String>> {
    let rows: BTreeMap<String, Value> = serde_json::from_value(read("practices")).unwrap();
    let texts = |list: &Value| list.as_array().unwrap().iter().map(|part| part.as_str().unwrap().to_owned()).collect();
    rows.into_iter().map(|(row, about)| (row, texts(&about["parts"]))).collect()
}

/// What has its own test, in JavaScript.
fn is_elsewhere(part: &str) -> bool {
    part.starts_with("js/")
}

#[test]
fn a_part_that_does_nothing_breaks_a_vector_of_its_practices() {
    let (practices, vectors) = (practices(), run::vectors());
    let mut parts: BTreeSet<&str> = GATES.iter().map(|gate| gate.name()).collect();
    parts.extend(KINDS.iter().map(|kind| kind.name));
    parts.extend(practices.values().flatten().map(String::as_str).filter(|part| !is_elsewhere(part)));
    let mut missing = Vec::new();
    let has_broken = |beginning: &str| {
        vectors.iter().any(|vector| vector.name().starts_with(beginning) && run::run(vector).is_err())
    };
    for part in parts {
        let mut rows = practices.iter().filter(|(_, parts)| parts.iter().any(|name| name == part)).peekable();
        without(part, || {
            if rows.peek().is_none() && !has_broken("") {
                missing.push(format!("without `{part}` every vector holds"));
            }
            for (row, _) in rows.filter(|(row, _)| !has_broken(&format!("{row}:"))) {
                missing.push(format!("without `{part}` every vector of {row} holds"));
            }
        });
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Whether a vector expects that something is said or had: a contact, a task or a present.
fn speaks(case: &Value) -> bool {
    ["contacts", "ghosts", "tasks", "entitled"].iter().any(|key| case["decision"][key].get(0).is_some())
        || !case["story"].is_null()
}

/// Whether a vector expects silence: no contact, no task, a refusal, or that a document is refused.
fn stays_silent(case: &Value) -> bool {
    let empty = |key: &&str| case["decision"][key].as_array().is_some_and(Vec::is_empty);
    ["contacts", "tasks"].iter().any(empty)
        || case["decision"]["refused"].get(0).is_some()
        || !case["problems"].is_null()
        || !case["error"].is_null()
}

#[test]
fn every_practice_speaks_stays_silent_and_has_an_edge() {
    let mut cases: Vec<Value> = run::vectors().into_iter().map(|vector| vector.case).collect();
    cases.extend(read("identity")["cases"].as_array().unwrap().iter().cloned());
    let mut thin = Vec::new();
    for row in practices().keys() {
        let own = |case: &&Value| case["name"].as_str().unwrap().starts_with(&format!("{row}:"));
        let count = |holds: fn(&Value) -> bool| cases.iter().filter(own).filter(|case| holds(case)).count();
        let (all, speaking, silent) = (count(|_| true), count(speaks), count(stays_silent));
        if all < 3 || speaking < 1 || silent < 1 {
            thin.push(format!("{row}: {all}, of which {speaking} speak and {silent} stay silent"));
        }
    }
    assert!(thin.is_empty(), "practices with fewer than three vectors, or none of one sort:\n{}", thin.join("\n"));
}

/// The objects in a value that have a code: problems, errors and refusals.
fn codes<'a>(value: &'a Value, found: &mut BTreeSet<(Option<&'a str>, &'a str)>) {
    let children: Vec<&Value> = match value {
        Value::Object(fields) => fields.values().collect(),
        Value::Array(elements) => elements.iter().collect(),
        _ => return,
    };
    if let Some(code) = value["code"].as_str() {
        found.insert((value["gate"].as_str(), code));
    }
    children.into_iter().for_each(|child| codes(child, found));
}

#[test]
fn every_fact_every_parameter_and_every_code_is_in_a_vector() {
    let vectors = run::vectors();
    let policies: Vec<String> = vectors.iter().map(|vector| vector.case["policy"].to_string()).collect();
    let mut found = BTreeSet::new();
    for vector in &vectors {
        ["decision", "problems", "error"].iter().for_each(|key| codes(&vector.case[*key], &mut found));
    }
    let mut missing = Vec::new();
    let stands_in = |forms: &[String]| policies.iter().any(|policy| forms.iter().any(|form| policy.contains(form)));
    let braces = |name| [format!("{{{name}}}"), format!("{{{name},")];
    for (fact, _) in facts::DOCUMENTED {
        // of a fact of each campaign or offer, as `contacts.<campaign>.count`, any will do
        if let Some((before, after)) = facts::ends(fact) {
            let of = |policy: &String| {
                policy.split('"').any(|key| key.starts_with(before) && key.ends_with(after) && !key.contains('<'))
            };
            if !policies.iter().any(of) {
                missing.push(format!("no condition names the fact `{fact}`"));
            }
            continue;
        }
        let condition = [format!("\"{fact}\":"), format!("\"{fact}.")];
        if !stands_in(&condition) && !stands_in(&braces(fact)) {
            missing.push(format!("no condition and no message names the fact `{fact}`"));
        }
    }
    for (name, ..) in parameter::DOCUMENTED {
        if !stands_in(&braces(name)) {
            missing.push(format!("no message inserts `{{{name}}}`"));
        }
    }
    for code in GATES.iter().flat_map(|gate| gate.codes) {
        if !found.contains(&(Some(code.gate), code.name)) {
            missing.push(format!("the gate `{}` never refuses with `{}`", code.gate, code.name));
        }
    }
    for (code, ..) in problem::CODES {
        if !found.contains(&(None, *code)) {
            missing.push(format!("no policy and no request has the problem `{code}`"));
        }
    }
    assert!(missing.is_empty(), "add a vector to tests/vectors/:\n{}", missing.join("\n"));
}
