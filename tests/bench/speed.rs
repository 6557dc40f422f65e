//! How long a decision takes natively: `cargo bench --bench speed`, also a part of `cargo xtask bench`. Its cases are those of
//! tests/bench/cases.mjs, which writes them as JSON. It prints microseconds and writes them to target/bench/native.md; what is fast enough
//! is for a person to say. `SPEED=round` measures one case alone, for a profiler.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a measurement may fail")]
#![allow(clippy::cast_precision_loss, reason = "a measurement is no count")]

use cpu_time::ThreadTime;
use querencia::{Engine, Handle, Problem, Tree};
use serde_json::Value;
use std::fmt::Write;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/bench/cases.json");
const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/bench/native.md");
const ROUNDS: usize = 61;

fn tree(value: &Value) -> Tree {
    serde_json::from_value(value.clone()).unwrap()
}

fn given<T>(result: Result<T, Vec<Problem>>) -> T {
    result.unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The quickest tenth of many rounds, in microseconds for one of `count`: a busy machine slows the others. What `prepare` makes is not
/// measured.
fn microseconds<T>(count: usize, rounds: usize, mut prepare: impl FnMut() -> T, mut work: impl FnMut(T)) -> f64 {
    let mut times: Vec<f64> = (0..rounds)
        .map(|_| {
            let input = prepare();
            let start = ThreadTime::now();
            work(input);
            start.elapsed().as_secs_f64() * 1e6 / count as f64
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 10]
}

fn moment_of(request: &Value, explain: bool) -> Tree {
    let mut moment = request.clone();
    moment.as_object_mut().unwrap().retain(|key, _| key != "customer" && key != "ledger");
    if !explain {
        moment["explain"] = false.into();
        moment["nextAt"] = false.into();
    }
    tree(&moment)
}

struct Report {
    wanted: Option<String>,
    table: String,
}

impl Report {
    fn row(&mut self, name: &str, measure: impl FnOnce() -> f64) {
        if self.wanted.as_ref().is_none_or(|wanted| name.contains(wanted)) {
            let time = measure();
            println!("{name}: {time:.1} µs");
            writeln!(self.table, "| {name} | {time:.1} |").unwrap();
        }
    }
}

fn main() {
    let text = std::fs::read_to_string(CASES);
    let text = text.unwrap_or_else(|why| panic!("{CASES}: {why}; `node tests/bench/cases.mjs` writes it"));
    let all: Value = serde_json::from_str(&text).unwrap();
    let mut report =
        Report { wanted: std::env::var("SPEED").ok(), table: "| native | µs |\n| --- | --: |\n".to_owned() };

    for case in all["cases"].as_array().unwrap() {
        report.row(case["name"].as_str().unwrap(), || {
            let engine = given(Engine::new(tree(&case["policy"])));
            let mut handle = given(engine.customer(tree(&case["customer"]), tree(&case["ledger"])));
            let moment = tree(&case["moment"]);
            let decide = |moments: Vec<Tree>| moments.into_iter().for_each(|moment| drop(given(handle.decide(moment))));
            microseconds(10, ROUNDS, || vec![moment.clone(); 10], decide)
        });
    }

    let engine = given(Engine::new(tree(&all["policy"])));
    let requests: Vec<&Value> = all["requests"].as_array().unwrap().iter().collect();
    let customer = |request: &&Value| given(engine.customer(tree(&request["customer"]), tree(&request["ledger"])));
    for (name, explain) in
        [("peers' workload, a handle", true), ("peers' workload, a handle, `explain: false, nextAt: false`", false)]
    {
        report.row(name, || {
            let mut handles: Vec<Handle> = requests.iter().map(customer).collect();
            let moments = || requests.iter().map(|request| moment_of(request, explain)).collect::<Vec<Tree>>();
            microseconds(requests.len(), 11, moments, |moments| {
                handles.iter_mut().zip(moments).for_each(|(handle, moment)| drop(given(handle.decide(moment))));
            })
        });
    }
    report.row("peers' workload, one shot", || {
        let trees = || requests.iter().map(|request| tree(request)).collect::<Vec<Tree>>();
        microseconds(requests.len(), 11, trees, |trees| {
            trees.into_iter().for_each(|request| drop(given(engine.decide(request))));
        })
    });
    let title = "\n| native, peers' workload, `explain: false, nextAt: false` | customers a second on one core |\n| --- | --: |";
    if report.wanted.as_ref().is_none_or(|wanted| title.contains(wanted)) {
        writeln!(report.table, "{title}").unwrap();
        let briefly = |request: &&Value| {
            let mut request = (*request).clone();
            request["explain"] = false.into();
            request["nextAt"] = false.into();
            tree(&request)
        };
        let trees = || requests.iter().map(briefly).collect::<Vec<Tree>>();
        let one_shot = microseconds(requests.len(), 31, trees, |trees| {
            trees.into_iter().for_each(|request| drop(given(engine.decide(request))));
        });
        let kept = {
            let mut handles: Vec<Handle> = requests.iter().map(customer).collect();
            let moments = || requests.iter().map(|request| moment_of(request, false)).collect::<Vec<Tree>>();
            microseconds(requests.len(), 31, moments, |moments| {
                handles.iter_mut().zip(moments).for_each(|(handle, moment)| drop(given(handle.decide(moment))));
            })
        };
        for (what, time) in [("each read and decided", one_shot), ("kept by handles", kept)] {
            println!("{what}: {:.0} customers a second on one core", 1e6 / time);
            writeln!(report.table, "| {what} | {:.0} |", 1e6 / time).unwrap();
        }
    }
    if report.wanted.is_none() {
        std::fs::write(TABLE, report.table).unwrap();
    }
}
