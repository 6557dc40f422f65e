//! Properties that hold for every policy and request: `retryAt` is exact, the order and repetition of input do not matter, a handle
//! decides like `Engine::decide`, every campaign has one answer. The cases are generated from seeds (`cases/`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "the generator makes only small numbers"
)]

mod cases;
mod clocks;
mod copies;
mod plan;
mod verdicts;

use cases::{Case, DAY, Rng, case};
use querencia::{Decision, Engine, Tree, describe};
use serde_json::{Value, json};
use verdicts::Checked;

/// The number of cases, if the variable `CASES` does not give another: `CASES=1000000 cargo test --release --test properties`.
const CASES: u64 = 5_000;

fn tree(value: &Value) -> Tree {
    serde_json::from_value(value.clone()).unwrap()
}

fn decide(engine: &Engine, request: &Value) -> Decision {
    engine.decide(tree(request)).unwrap_or_else(|problems| panic!("{problems:?}\n{request}"))
}

fn for_each_case(mut check: impl FnMut(u64, &Engine, &Case, Decision)) {
    let cases = std::env::var("CASES").map_or(CASES, |cases| cases.parse().unwrap());
    for seed in 0..cases {
        let case = case(seed);
        let engine = Engine::new(tree(&case.policy)).unwrap_or_else(|problems| panic!("seed {seed}: {problems:?}"));
        let decision = decide(&engine, &case.request);
        check(seed, &engine, &case, decision);
    }
}

/// The request at a later instant, with the decision's contacts delivered and nothing else changed.
fn request_at(case: &Case, decision: &Decision, at: i64) -> Value {
    let mut request = case.request.clone();
    let then = std::mem::replace(&mut request["now"], json!(at));
    // the order of a purchase is placed when the event is told: later it is one of the customer's
    if request["event"]["name"] == "purchase" {
        let mut order = request["event"].get("order").cloned().unwrap_or(json!({ "id": then.to_string() }));
        order["at"] = then;
        request.as_object_mut().unwrap().remove("event");
        request["customer"]["orders"].as_array_mut().unwrap().push(order);
    } else if let Some(event) = request.get_mut("event") {
        event["at"] = then;
    }
    // in the next month or year of Madrid nothing was given yet
    let next = match case.policy["offers"]["ten"]["budget"]["per"].as_str() {
        Some("month") => "2026-10-31T23:00:00Z",
        Some(_) => "2026-12-31T23:00:00Z",
        None => "9999-01-01T00:00:00Z",
    };
    if request["shop"].get("issued").is_some() && at >= parse_instant(next).unwrap() {
        request["shop"]["issued"] = json!({});
    }
    let contacts = decision.contacts.iter().map(|contact| (contact, "delivered"));
    let ghosts = decision.ghosts.iter().map(|ghost| (ghost, "ghost"));
    let records = contacts.chain(ghosts).map(|(contact, state)| {
        json!({ "id": contact.id, "campaign": contact.campaign, "class": contact.class.word(), "channel": contact.channel.word(),
                "at": contact.at.0, "state": state, "occurrence": contact.occurrence, "variant": contact.message.variant,
                "urgent": contact.urgent, "digest": contact.digest })
    });
    if let Some(ledger) = request.get_mut("ledger").and_then(Value::as_array_mut) {
        ledger.extend(records);
    }
    request
}

/// Whether the campaign passes all gates: it speaks, or only arbitration refuses it.
fn passes(engine: &Engine, request: &Value, campaign: &str) -> bool {
    decide(engine, request).refused.iter().all(|refusal| refusal.campaign != campaign || refusal.gate == "arbitration")
}

#[test]
fn retry_at_is_the_first_instant_at_which_all_gates_pass() {
    let (mut with_instant, mut without) = (0, 0);
    for_each_case(|seed, engine, case, decision| {
        let has_contacts = !(decision.contacts.is_empty() && decision.ghosts.is_empty());
        // without a ledger the contacts cannot be recorded
        if has_contacts && case.request.get("ledger").is_none() {
            return;
        }
        let now = case.request["now"].as_i64().unwrap();
        for refusal in &decision.refused {
            let label = format!("seed {seed}, {}: {} {}", refusal.campaign, refusal.gate, refusal.code);
            let passes_at = |at| passes(engine, &request_at(case, &decision, at), &refusal.campaign);
            // what takes turns waits for its instant in the plan; without one, for a day at least
            let detail = serde_json::to_value(&refusal.detail).unwrap();
            if let Some(planned_at) = detail["plannedAt"].as_i64() {
                assert_eq!(refusal.retry_at.map(|at| at.0), Some(planned_at.max(now + 1)), "{label}");
                continue;
            }
            // thanks that an apology outranks wait for nothing
            let of =
                case.policy["campaigns"].as_array().unwrap().iter().find(|one| one["id"] == refusal.campaign.as_str());
            let kind = of.unwrap()["kind"].as_str().unwrap();
            // later the purchase is told as an order, and hides no other order any more
            if kind == "thankYou" && case.request["event"]["name"] == "purchase" {
                continue;
            }
            let is_owed = ["thankYou", "apology"].contains(&kind);
            let begins = if detail.get("plannedAt").is_some() && !is_owed { now + DAY } else { now + 1 };
            match refusal.retry_at.map(|at| at.0) {
                Some(at) => {
                    with_instant += 1;
                    assert!(begins <= at && at <= now + 400 * DAY, "{label}");
                    assert!(passes_at(at), "{label}: refused at {at}\n{}\n{}", case.policy, case.request);
                    assert!(
                        at == begins || !passes_at(at - 1),
                        "{label}: passes before {at}\n{}\n{}",
                        case.policy,
                        case.request
                    );
                    let rng = &mut Rng(seed ^ 0xabcd);
                    for _ in 0..6 {
                        let earlier = begins + rng.below((at - begins + 1) as u64) as i64;
                        assert!(
                            earlier >= at || !passes_at(earlier),
                            "{label}: passes at {earlier}, before {at}\n{}\n{}",
                            case.policy,
                            case.request
                        );
                    }
                }
                None => {
                    without += 1;
                    let rng = &mut Rng(seed ^ 0x1234);
                    for _ in 0..6 {
                        let at = begins + rng.below(399 * DAY as u64) as i64;
                        assert!(!passes_at(at), "{label}: `retryAt` is null, but it passes at {at}");
                    }
                }
            }
        }
    });
    println!("{with_instant} refusals with `retryAt`, {without} without");
    assert!(with_instant > 1_000 && without > 500);
}

#[test]
fn the_order_and_repetition_of_input_lists_do_not_matter() {
    for_each_case(|seed, engine, case, decision| {
        let rng = &mut Rng(seed ^ 0x5555);
        let mut request = case.request.clone();
        for path in ["/ledger", "/customer/orders", "/customer/conversations"] {
            if let Some(list) = request.pointer_mut(path).and_then(Value::as_array_mut) {
                let repeated: Vec<Value> = list.iter().filter(|_| rng.one_in(2)).cloned().collect();
                list.extend(repeated);
                for end in (1..list.len()).rev() {
                    list.swap(end, rng.below(end as u64 + 1) as usize);
                }
            }
        }
        let other = serde_json::to_value(decide(engine, &request)).unwrap();
        assert_eq!(serde_json::to_value(&decision).unwrap(), other, "seed {seed}");
    });
}

#[test]
fn a_handle_decides_like_the_engine() {
    for_each_case(|seed, engine, case, decision| {
        let mut moment = case.request.clone();
        let mut part = |key| moment.as_object_mut().unwrap().remove(key).unwrap_or(Value::Null);
        let (customer, ledger) = (part("customer"), part("ledger"));
        let mut handle = engine.customer(tree(&customer), tree(&json!([]))).unwrap();
        match ledger.as_array() {
            Some(records) => records.iter().for_each(|record| handle.record(tree(record)).unwrap()),
            None => handle.replace_ledger(Tree::Null).unwrap(),
        }
        let other = handle.decide(tree(&moment)).unwrap();
        assert_eq!(serde_json::to_value(&decision).unwrap(), serde_json::to_value(&other).unwrap(), "seed {seed}");
    });
}

#[test]
fn every_campaign_has_one_answer_and_every_decision_fits_the_types() {
    for_each_case(|seed, _, case, decision| {
        let mut answered: Vec<&str> =
            decision.contacts.iter().chain(&decision.ghosts).map(|contact| contact.campaign.as_str()).collect();
        answered.extend(decision.refused.iter().map(|refusal| refusal.campaign.as_str()));
        answered.sort_unstable();
        let campaigns: Vec<&str> = case.policy["campaigns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|campaign| campaign["id"].as_str().unwrap())
            .collect();
        assert_eq!(
            answered,
            campaigns,
            "seed {seed}\n{}\n{}\n{}",
            case.policy,
            case.request,
            serde_json::to_string(&decision).unwrap()
        );
        assert_eq!(describe::misfits(&tree(&serde_json::to_value(&decision).unwrap())), [], "seed {seed}");
    });
}

fn parse_instant(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond)
}

#[test]
fn each_gate_gives_the_same_answer_until_the_instant_it_names() {
    let mut checked = Checked::default();
    // each case asks about up to 160 instants, so every third case is enough for the gate
    for_each_case(|seed, _, case, _| {
        if seed % 3 == 0 {
            checked.add(seed, &case.policy, &case.request);
        }
    });
    let gates = describe::gates();
    checked.require(&gates, 30_000, 30_000, 30_000);
}
