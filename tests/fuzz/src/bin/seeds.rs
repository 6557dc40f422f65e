//! Writes what libFuzzer begins with, generated cases, into a folder a target: `seeds target/seeds`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a tool of the tests")]

use querencia_model::generator::case;
use serde_json::json;
use std::fs;

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let write = |target: &str, seed: u64, bytes: Vec<u8>| {
        fs::create_dir_all(format!("{folder}/{target}")).unwrap();
        fs::write(format!("{folder}/{target}/{seed:03}"), bytes).unwrap();
    };
    for seed in 0..200 {
        let case = case(seed);
        let chosen = |text: String| [&[u8::try_from(seed % 16).unwrap()], text.as_bytes()].concat();
        write("policy", seed, case.policy.to_string().into_bytes());
        write("request", seed, chosen(case.request.to_string()));
        write("ledger", seed, chosen(case.request["ledger"].to_string()));
        write("decide", seed, json!({ "policy": case.policy, "request": case.request }).to_string().into_bytes());
    }
}
