//! `differential --cases 50000 --seed 0 --jobs 2 [--areas old|all|care,calm] [--but ignored,…] [--emit n]`: engine and model, case by case.
//! `--emit` prints the cases and the engine's decisions as JSON lines instead, for other hosts.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use querencia_model::compare::{difference, engine};
use querencia_model::generator::{ALL, OLD, case};
use querencia_model::shrink::shrink;
use serde_json::json;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// After so many differences a run says no more.
const SHOWN: u64 = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name);
        place.and_then(|place| arguments.get(place + 1)).cloned()
    };
    let number = |name: &str, default: u64| value(name).map_or(default, |text| text.parse().unwrap());
    let (seed, jobs) = (number("--seed", 0), number("--jobs", 2));
    let named = value("--areas").unwrap_or("all".to_owned());
    let areas: Vec<&str> = match named.as_str() {
        "old" => OLD.to_vec(),
        "all" => ALL.to_vec(),
        list => ALL.into_iter().filter(|area| list.split(',').any(|one| one == *area)).collect(),
    };
    // fields whose differences are known
    let but = value("--but").unwrap_or_default();
    let but: Vec<&str> = but.split(',').collect();
    if let Some(emit) = value("--emit") {
        for seed in seed..seed + emit.parse::<u64>().unwrap() {
            let case = case(seed, &areas);
            let decision = engine(&case).unwrap();
            println!("{}", json!({ "policy": case.policy, "request": case.request, "decision": decision }));
        }
        return;
    }
    let cases = number("--cases", 50_000);
    std::panic::set_hook(Box::new(|_| {}));
    let (next, differences, started) = (AtomicU64::new(seed), AtomicU64::new(0), Instant::now());
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let seed_now = next.fetch_add(1, Ordering::Relaxed);
                    if seed_now >= seed + cases {
                        return;
                    }
                    run(seed_now, &areas, &but, &differences);
                }
            });
        }
    });
    let found = differences.into_inner();
    println!("{cases} cases from seed {seed} in {:.1?}: {found} differ", started.elapsed());
    std::process::exit(i32::from(found > 0));
}

fn run(seed: u64, areas: &[&str], but: &[&str], differences: &AtomicU64) {
    let case = case(seed, areas);
    let found = match std::panic::catch_unwind(|| difference(&case, areas, but)) {
        Ok(None) => return,
        Ok(Some(found)) => found,
        Err(panic) => json!({ "error": panic.downcast_ref::<String>() }),
    };
    if differences.fetch_add(1, Ordering::Relaxed) >= SHOWN {
        return;
    }
    let at = found["at"].clone();
    let is_error = found.get("error").is_some();
    let small = if is_error {
        case
    } else {
        // still a difference, not an error of reading, and of the same sort
        let sort = |at: &serde_json::Value| at.as_str().and_then(|at| at.rsplit('.').next()).map(str::to_owned);
        shrink(&case, |smaller| {
            // a smaller case may be one that the engine should have refused
            let other = std::panic::catch_unwind(|| difference(smaller, areas, but)).unwrap_or(None);
            other.is_some_and(|other| other.get("error").is_none() && sort(&other["at"]) == sort(&at))
        })
    };
    let told = difference(&small, areas, but).unwrap_or(found);
    println!("seed {seed}\npolicy  {}\nrequest {}\n{}\n", small.policy, small.request, pretty(&told));
}

fn pretty(told: &serde_json::Value) -> String {
    let lines = told.as_object().unwrap().iter().map(|(key, value)| format!("{key:7} {value}"));
    lines.collect::<Vec<_>>().join("\n")
}
