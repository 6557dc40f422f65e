//! The contract's vectors, asked of the model.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use querencia_model::{decide, read::World, retry};
use serde_json::{Map, Value};
use std::path::Path;

/// Prose, and what the model leaves out.
const UNSAID: [&str; 9] = ["why", "because", "params", "body", "title", "signer", "benefit", "policy", "phase"];

/// Practices of which the model knows nothing: phases, cadence, business hours, callbacks, mentions, neglect.
const BEYOND: [&str; 5] = ["L1:", "L2:", "C1:", "C4:", "P2:"];

#[test]
fn the_model_agrees_with_every_decision_of_the_vectors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let (mut agreed, mut failures) = (0, vec![]);
    for path in files {
        let file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for case in file["cases"].as_array().unwrap().iter().filter(|case| !case["decision"].is_null()) {
            let policy = case["policy"].as_str().map_or(&case["policy"], |name| &file["policies"][name]);
            let is_beyond = BEYOND.iter().any(|row| case["name"].as_str().unwrap().starts_with(row));
            if is_beyond || !is_known(policy) {
                continue;
            }
            let mut request = case["request"].clone();
            if !file["zones"].is_null() && request.get("zones").is_none() {
                request["zones"] = file["zones"].clone();
            }
            let said = decide(policy, &request);
            match lacks(&said, &case["decision"], "") {
                None => agreed += 1,
                Some(path) => failures.push(format!("{} at {path}\n    {said}", case["name"])),
            }
        }
    }
    println!("{agreed} vectors");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(agreed > 1000);
}

/// The model knows seven kinds, the plainest offers and plain words, and nothing of a catalogue.
fn is_known(policy: &Value) -> bool {
    const OFFER: [&str; 6] = ["percent", "amount", "shipping", "access", "validFor", "code"];
    let offers = policy["offers"].as_object().into_iter().flat_map(Map::values).filter_map(Value::as_object);
    if offers.flat_map(Map::keys).any(|key| !OFFER.contains(&key.as_str())) {
        return false;
    }
    let messages = policy["messages"].to_string();
    if ["\"claims\":", "\"share\":", "\"humour\":", "{product.", "{shipping."].iter().any(|of| messages.contains(of)) {
        return false;
    }
    let kinds = ["announcement", "birthday", "content", "howTo", "milestone", "survey", "thankYou"];
    policy["campaigns"].as_array().unwrap().iter().all(|campaign| kinds.iter().any(|kind| campaign["kind"] == *kind))
}

/// The vector says at least so much; what the model leaves out is not asked of it, nor are details it does not give.
fn lacks(said: &Value, expected: &Value, path: &str) -> Option<String> {
    let inner = |said: &Map<String, Value>, expected: &Map<String, Value>| {
        expected.iter().filter(|(key, _)| !UNSAID.contains(&key.as_str())).find_map(|(key, expected)| {
            let path = format!("{path}.{key}");
            match said.get(key) {
                None if path.contains(".detail.") => None,
                None => Some(path),
                Some(said) => lacks(said, expected, &path),
            }
        })
    };
    match (said, expected) {
        (Value::Object(said), Value::Object(expected)) => inner(said, expected),
        (Value::Array(said), Value::Array(expected)) if said.len() == expected.len() => {
            let mut pairs = said.iter().zip(expected).enumerate();
            pairs.find_map(|(index, (said, expected))| lacks(said, expected, &format!("{path}[{index}]")))
        }
        _ => (said != expected).then(|| path.to_owned()),
    }
}

/// The model asks only where it thinks something changes; here it is asked every minute, and beside each `retryAt`.
#[test]
fn retry_at_is_what_a_scan_of_every_minute_finds() {
    use querencia_model::generator::case;
    use querencia_model::{arbitration, facts::Look, refusals::passes};
    let (mut found, mut never) = (0, 0);
    for seed in 0..300 {
        let case = case(seed);
        let world = World::read(&case.policy, &case.request);
        let outcome = arbitration::arbitrate(&world);
        let ledger = arbitration::with_taken(&world, &outcome.taken);
        for (campaign, refusals) in world.campaigns.iter().zip(&outcome.refused) {
            if refusals.is_empty() {
                continue;
            }
            let able = |at: i64| passes(&Look::at(&world, at, &ledger), campaign);
            let said = retry::retry_at(&world, &ledger, campaign);
            // minutes for two weeks, hours for the rest
            let minutes = (1..=20_160).map(|minute| world.now + minute * 60_000);
            let hours = (14 * 24..=400 * 24).map(|hour| world.now + hour * 3_600_000);
            let end = said.unwrap_or(i64::MAX);
            let early = minutes.chain(hours).take_while(|at| *at < end).find(|at| able(*at));
            assert_eq!(early, None, "seed {seed}, {}: passes before {said:?}", campaign.id);
            match said {
                Some(at) => {
                    assert!(able(at) && (at == world.now + 1 || !able(at - 1)), "seed {seed}, {} at {at}", campaign.id);
                    found += 1;
                }
                None => never += 1,
            }
        }
    }
    println!("{found} instants, {never} nevers");
    assert!(found > 40 && never > 100);
}
