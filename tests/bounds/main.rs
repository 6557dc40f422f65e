//! Documents that ask for more than anybody needs. Each is answered or refused, and what either takes is bounded: the steps that the
//! engine allows (`too-large`), not the size of what is given. `cargo test --release --test bounds -- --nocapture` prints the times.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

mod lists;
mod products;

use cpu_time::ThreadTime;
use querencia::{Decision, Engine, Problem, Tree};
use serde_json::{Value, json};
use std::time::Duration;

pub(crate) const NOW: i64 = 1_795_341_600_000;
pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;
/// A quadratic or cubic loop over one of these documents takes hours in a build for tests; a busy machine never takes as long.
pub(crate) const HANGS: Duration = Duration::from_secs(60);

pub(crate) fn tree(value: &Value) -> Tree {
    serde_json::from_value(value.clone()).unwrap()
}

pub(crate) fn list(length: i64, make: impl Fn(i64) -> Value) -> Value {
    (0..length).map(make).collect()
}

pub(crate) fn with(mut one: Value, more: Value) -> Value {
    let Value::Object(more) = more else { panic!("no object") };
    one.as_object_mut().unwrap().extend(more);
    one
}

pub(crate) fn policy(more: Value) -> Value {
    let shop = json!({ "name": "Casa Lola", "currency": "EUR", "country": "ES", "zone": "Europe/Madrid", "locales": ["es"], "signer": "Lola" });
    with(json!({ "querencia": 1, "shop": shop, "messages": { "m": { "es": [{ "body": "Hola" }] } } }), more)
}

pub(crate) fn announcements(count: i64, more: impl Fn(i64) -> Value) -> Value {
    let base = |index| json!({ "id": format!("c{index}"), "kind": "announcement", "channel": "onsite", "placement": format!("p{index}"), "message": "m", "repeat": "1h" });
    list(count, |index| with(base(index), more(index)))
}

pub(crate) fn casa_lola() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/www/policies/casa-lola.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What is asked of a policy.
pub(crate) struct Asked {
    pub(crate) policy: Value,
    pub(crate) customer: Value,
    pub(crate) ledger: Value,
    pub(crate) moment: Value,
}

impl Asked {
    pub(crate) fn of(policy: Value) -> Asked {
        let zones = json!({ "Europe/Madrid": [["2026-10-25T01:00:00Z", 60], ["2027-03-28T01:00:00Z", 120]] });
        let customer = json!({ "id": "ana", "consent": { "email": true }, "since": NOW - 400 * DAY });
        Asked {
            policy,
            customer,
            ledger: json!([]),
            moment: json!({ "now": NOW, "zone": "Europe/Madrid", "zones": zones }),
        }
    }

    pub(crate) fn customer(self, more: Value) -> Asked {
        Asked { customer: with(self.customer, more), ..self }
    }

    pub(crate) fn ledger(self, ledger: Value) -> Asked {
        Asked { ledger, ..self }
    }

    pub(crate) fn moment(self, more: Value) -> Asked {
        Asked { moment: with(self.moment, more), ..self }
    }

    /// Answered, or refused as too large by the customer's handle and in one shot alike. Whether it is answered.
    pub(crate) fn is_answered_or_refused(&self, what: &str) -> bool {
        let loading = ThreadTime::now();
        let engine = match Engine::new(tree(&self.policy)) {
            Ok(engine) => engine,
            Err(problems) => {
                println!("{what}: load {}", outcome::<()>(loading, Err(problems)));
                return false;
            }
        };
        let loaded = outcome(loading, Ok(()));
        let (customer, ledger, moment) = (tree(&self.customer), tree(&self.ledger), tree(&self.moment));
        let keeping = ThreadTime::now();
        let handle = engine.customer(customer, ledger);
        let kept = outcome(keeping, handle.as_ref().map(|_| ()).map_err(Clone::clone));
        let deciding = ThreadTime::now();
        let of_handle = handle.and_then(|mut handle| handle.decide(moment));
        let decided = outcome(deciding, of_handle.as_ref().map(|_| ()).map_err(Clone::clone));

        let request = with(self.moment.clone(), json!({ "customer": self.customer, "ledger": self.ledger }));
        let request = tree(&request);
        let at_once = ThreadTime::now();
        let of_request = engine.decide(request);
        let shot = outcome(at_once, of_request.as_ref().map(|_| ()).map_err(Clone::clone));
        println!("{what}: load {loaded}; customer {kept}; decide {decided}; one shot {shot}");
        let is_answered = of_request.is_ok();
        let told = |answer: Result<Decision, Vec<Problem>>| answer.err().map(|problems| problems[0].message.clone());
        assert_eq!(told(of_handle), told(of_request), "{what}");
        is_answered
    }
}

/// How long it took, and whether it was refused.
pub(crate) fn outcome<T>(start: ThreadTime, answer: Result<T, Vec<Problem>>) -> String {
    let time = start.elapsed();
    assert!(time < HANGS, "{time:?}");
    match answer {
        Ok(_) => format!("{time:.1?}"),
        Err(problems) => {
            assert_eq!((problems.len(), problems[0].code), (1, "too-large"), "{problems:?}");
            format!("{time:.1?}, refused: {}", problems[0].message)
        }
    }
}

/// Records that a wrong clock dated a year ahead, first seen at an instant of the last year or of the next.
pub(crate) fn dated_ahead(length: i64, seen: impl Fn(i64) -> i64) -> Value {
    list(length, |index| {
        json!({ "id": format!("r{index}"), "campaign": format!("c{}", index % 100), "class": if index % 3 == 0 { "relational" } else { "promotional" },
                "channel": "email", "at": NOW + 365 * DAY + index, "seenAt": seen(index), "state": "delivered", "occurrence": format!("x{index}") })
    })
}

pub(crate) fn orders(length: i64) -> Value {
    list(length, |index| {
        let at = NOW - 10 * DAY - (length - index) * HOUR;
        json!({ "id": format!("o{index}"), "at": at, "deliveredAt": at + HOUR / 2, "total": 2490,
                "items": [{ "sku": format!("s{index}"), "family": format!("f{}", index % 500), "price": 2490 }] })
    })
}
