//! `differential --cases 50000 --seed 0 --jobs 2`: engine and model, case by case. `--emit n` prints so many cases and the engine's
//! decisions as JSON lines instead, for other hosts.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use querencia_model::compare::{difference, engine};
use querencia_model::generator::{Case, case};
use querencia_model::shrink::shrink;
use serde_json::{Value, json};
use std::panic::catch_unwind;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// After so many differences a run says no more.
const SHOWN: u64 = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |name: &str| -> Option<u64> {
        let place = arguments.iter().position(|argument| argument == name)?;
        Some(arguments.get(place + 1)?.parse().unwrap())
    };
    let seed = number("--seed").unwrap_or(0);
    match number("--emit") {
        Some(cases) => emit(seed, cases),
        None => compare(seed, number("--cases").unwrap_or(50_000), number("--jobs").unwrap_or(2)),
    }
}

fn emit(seed: u64, cases: u64) {
    for case in (seed..seed + cases).map(case) {
        let decision = engine(&case).unwrap();
        println!("{}", json!({ "policy": case.policy, "request": case.request, "decision": decision }));
    }
}

fn compare(seed: u64, cases: u64, jobs: u64) {
    std::panic::set_hook(Box::new(|_| {}));
    let (next, differences, started) = (AtomicU64::new(seed), AtomicU64::new(0), Instant::now());
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let one = next.fetch_add(1, Ordering::Relaxed);
                    if one >= seed + cases {
                        return;
                    }
                    if let Some((case, found)) = differs(one)
                        && differences.fetch_add(1, Ordering::Relaxed) < SHOWN
                    {
                        show(one, case, found);
                    }
                }
            });
        }
    });
    let found = differences.into_inner();
    println!("{cases} cases from seed {seed} in {:.1?}: {found} differ", started.elapsed());
    std::process::exit(i32::from(found > 0));
}

fn differs(seed: u64) -> Option<(Case, Value)> {
    let case = case(seed);
    let found = catch_unwind(|| difference(&case));
    let found = found.unwrap_or_else(|panic| Some(json!({ "error": panic.downcast_ref::<String>() })));
    found.map(|found| (case, found))
}

fn show(seed: u64, case: Case, found: Value) {
    // still a difference, not an error of reading, and of the same sort
    let sort = |found: &Value| found["at"].as_str().and_then(|at| at.rsplit('.').next()).map(str::to_owned);
    let small = if found.get("error").is_some() {
        case
    } else {
        shrink(&case, |smaller| {
            // a smaller case may be one that the engine should have refused
            let other = catch_unwind(|| difference(smaller)).unwrap_or(None);
            other.is_some_and(|other| other.get("error").is_none() && sort(&other) == sort(&found))
        })
    };
    let told = catch_unwind(|| difference(&small)).ok().flatten().unwrap_or(found);
    println!("seed {seed}\npolicy  {}\nrequest {}", small.policy, small.request);
    told.as_object().unwrap().iter().for_each(|(key, value)| println!("{key:7} {value}"));
    println!();
}
