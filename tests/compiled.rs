//! A policy that was compiled decides as the one that was read; bytes that are no policy do no harm.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

extern crate querencia;

#[path = "vectors/run.rs"]
#[allow(dead_code, reason = "these tests need a part of it")]
mod run;

use querencia::Engine;
use std::collections::BTreeMap;

/// The policies of the vectors, each once, and the index of each vector's.
fn policies() -> Vec<(Engine, Vec<run::Vector>)> {
    let mut policies = BTreeMap::<String, (Engine, Vec<run::Vector>)>::new();
    for vector in run::vectors() {
        if let Ok(engine) = run::prepared(&vector).0 {
            // the host says the hash
            let engine = engine.with_fingerprint("00");
            policies.entry(vector.case["policy"].to_string()).or_insert((engine, Vec::new())).1.push(vector);
        }
    }
    policies.into_values().collect()
}

fn decided(engine: &Engine, vector: &run::Vector) -> String {
    let request = run::tree(&vector.case["request"]);
    engine.decide(request).map_or_else(|why| format!("{why:?}"), |decision| serde_json::to_string(&decision).unwrap())
}

#[test]
fn a_compiled_policy_decides_the_same() {
    let mut asked = 0;
    for (engine, vectors) in policies() {
        let bytes = engine.compiled();
        let compiled = Engine::from_compiled(&bytes).expect("what was written can be read").with_fingerprint("00");
        assert!(compiled.compiled() == bytes, "what was read is written the same");
        for vector in vectors {
            assert_eq!(decided(&compiled, &vector), decided(&engine, &vector), "{}", vector.name());
            asked += 1;
        }
    }
    assert!(asked > 2000, "{asked} vectors are too few to prove it");
}

/// A small source of numbers, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn bytes_that_are_no_policy_do_no_harm() {
    let (policies, mut dice, mut refused) = (policies(), Dice(1), 0);
    let casa_lola = std::fs::read_to_string("www/policies/casa-lola.json").unwrap();
    let casa_lola = Engine::new(serde_json::from_str(&casa_lola).unwrap()).unwrap().compiled();
    for round in 0..10_000 {
        let mut bytes = match round % 4 {
            0 => casa_lola.clone(),
            _ => policies[dice.below(policies.len())].0.compiled(),
        };
        for _ in 0..=dice.below(3) {
            let place = dice.below(bytes.len());
            match dice.below(4) {
                0 => bytes.truncate(place.max(1)),
                1 => bytes[place] = 0xff,
                2 => bytes[place] ^= 1 << dice.below(8),
                _ => bytes.insert(place, u8::try_from(dice.below(256)).unwrap()),
            }
        }
        refused += u32::from(Engine::from_compiled(&bytes).is_none());
    }
    assert!(refused > 5_000, "only {refused} were refused");
}

/// Lists in lists, numbers without an end, lengths beyond the memory.
#[test]
fn no_bytes_take_the_stack_or_the_memory() {
    for byte in 0..=u8::MAX {
        assert!(Engine::from_compiled(&vec![byte; 1 << 16]).is_none(), "{byte}");
    }
    assert!(Engine::from_compiled(&[]).is_none());
}
