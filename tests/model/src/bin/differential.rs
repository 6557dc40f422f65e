//! Decides generated cases with the engine and with the model, and prints those where they differ:
//!
//!     differential --cases 50000 --seed 1 --jobs 2
//!
//! `--file case.json` decides one case, `{ "policy": …, "request": … }`, and prints both decisions.
//! `--emit 1000` prints 1,000 cases with the engine's decisions as JSON lines instead. The tests in tests/hosts/ decide
//! them again in Node and in Chromium.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use querencia_model::compare::{difference, engine};
use querencia_model::generator::{Case, case};
use querencia_model::shrink::shrink;
use serde_json::{Value, json};
use std::panic::catch_unwind;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// At most so many differences are shrunk and printed.
const MAX_SHOWN: u64 = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |name: &str| -> Option<u64> {
        let index = arguments.iter().position(|argument| argument == name)?;
        Some(arguments.get(index + 1)?.parse().unwrap())
    };
    if let Some(index) = arguments.iter().position(|argument| argument == "--file") {
        return decide_file(&arguments[index + 1]);
    }
    let seed = number("--seed").unwrap_or(0);
    match number("--emit") {
        Some(cases) => emit(seed, cases),
        None => compare(seed, number("--cases").unwrap_or(50_000), number("--jobs").unwrap_or(2)),
    }
}

fn decide_file(path: &str) {
    let case: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let case = Case { policy: case["policy"].clone(), request: case["request"].clone() };
    println!("engine {}", engine(&case).unwrap_or_else(|problems| json!(problems)));
    println!("model  {}", querencia_model::decide(&case.policy, &case.request));
    println!("differ {}", difference(&case).map_or(json!(null), |found| found["at"].clone()));
}

fn emit(seed: u64, cases: u64) {
    for case in (seed..seed + cases).map(case) {
        let decision = engine(&case).unwrap();
        println!("{}", json!({ "policy": case.policy, "request": case.request, "decision": decision }));
    }
}

fn compare(first_seed: u64, cases: u64, jobs: u64) {
    // a panic of the engine or the model is reported as a difference, not on stderr
    std::panic::set_hook(Box::new(|_| {}));
    let (next, differences, started) = (AtomicU64::new(first_seed), AtomicU64::new(0), Instant::now());
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first_seed + cases {
                        return;
                    }
                    if let Some((case, difference)) = decide_twice(seed)
                        && differences.fetch_add(1, Ordering::Relaxed) < MAX_SHOWN
                    {
                        show(seed, case, difference);
                    }
                }
            });
        }
    });
    let found = differences.into_inner();
    println!("{cases} cases from seed {first_seed} in {:.1?}: {found} differ", started.elapsed());
    std::process::exit(i32::from(found > 0));
}

fn decide_twice(seed: u64) -> Option<(Case, Value)> {
    let case = case(seed);
    let found = catch_unwind(|| difference(&case));
    let found = found.unwrap_or_else(|panic| Some(json!({ "error": panic.downcast_ref::<String>() })));
    found.map(|found| (case, found))
}

/// Shrinks the case as long as the same field differs, and prints it.
fn show(seed: u64, case: Case, found: Value) {
    let field = |found: &Value| found["at"].as_str().and_then(|at| at.rsplit('.').next()).map(str::to_owned);
    let small = if found.get("error").is_some() {
        case
    } else {
        shrink(&case, |smaller| {
            // a smaller case can be invalid; then it is no example of the difference
            let other = catch_unwind(|| difference(smaller)).unwrap_or(None);
            other.is_some_and(|other| other.get("error").is_none() && field(&other) == field(&found))
        })
    };
    if let Some(error) = found.get("error") {
        return println!("seed {seed}\nerror   {error}\n");
    }
    let shown = catch_unwind(|| difference(&small)).ok().flatten().unwrap_or(found);
    println!("seed {seed}\npolicy  {}\nrequest {}", small.policy, small.request);
    shown.as_object().unwrap().iter().for_each(|(key, value)| println!("{key:7} {value}"));
    println!();
}
