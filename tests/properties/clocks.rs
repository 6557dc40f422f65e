//! A record of a clock that was ahead counts as if it had been dated when it was first seen, now and at every later instant, also when
//! its own date comes.

use crate::cases::{DAY, HOUR, Rng};
use crate::{decide, for_each_case};
use querencia::Decision;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const MINUTE: i64 = HOUR / 60;

/// What a decision says of each campaign, without the names of occurrences: an announcement's is the date of its latest record.
fn answers(decision: &Decision) -> Value {
    let contacts = decision
        .contacts
        .iter()
        .chain(&decision.ghosts)
        .map(|contact| json!([contact.campaign, contact.message.variant]));
    let refused = decision.refused.iter().map(|refusal| {
        json!([
            refusal.campaign,
            refusal.gate,
            refusal.code,
            refusal.retry_at.map(|at| at.0),
            refusal.also.iter().map(|also| also.code).collect::<Vec<_>>()
        ])
    });
    json!([contacts.collect::<Vec<_>>(), refused.collect::<Vec<_>>(), decision.next_at.map(|at| at.0)])
}

#[test]
fn a_record_of_a_clock_that_was_ahead_counts_from_when_it_was_seen_and_not_again() {
    let (mut wrong, mut differ_without) = (0, 0);
    for_each_case(|seed, engine, case, _| {
        let rng = &mut Rng(seed ^ 0x7777);
        let Some(records) = case.request.get("ledger").and_then(Value::as_array) else { return };
        // copies of one record are merged; here each has one
        let mut ids = BTreeSet::new();
        let mut plain = case.request.clone();
        // a code may be bound to a contact, whose id has the date of the record before it
        if let Some(code) = plain.pointer_mut("/customer/codes/ten").and_then(Value::as_object_mut) {
            code.remove("contact");
        }
        let mut ahead = plain.clone();
        let (mut of_wrong_clock, mut of_right_clock) = (Vec::new(), Vec::new());
        let now = case.request["now"].as_i64().unwrap();
        for record in records.iter().filter(|record| ids.insert(record["id"].to_string())) {
            let mut record = record.clone();
            let at = record["at"].as_i64().unwrap();
            record["leaseUntil"] = record.get("leaseUntil").cloned().unwrap_or(json!(at + 15 * MINUTE));
            let mut other = record.clone();
            other.as_object_mut().unwrap().remove("seenAt");
            if rng.one_in(2) {
                let later = rng.pick(&[5 * MINUTE + 1, HOUR, 2 * DAY, 9 * DAY, 400 * DAY]);
                (record["at"], record["seenAt"]) = (json!(at + later), json!(at));
                wrong += 1;
            } else {
                record = other.clone();
            }
            of_wrong_clock.push(record);
            of_right_clock.push(other);
        }
        (ahead["ledger"], plain["ledger"]) = (json!(of_wrong_clock), json!(of_right_clock));
        let mut unseen = ahead.clone();
        for record in unseen["ledger"].as_array_mut().unwrap() {
            record.as_object_mut().unwrap().remove("seenAt");
        }
        for later in [0, 1, HOUR, rng.below(12) as i64 * DAY, rng.below(400) as i64 * DAY] {
            for request in [&mut ahead, &mut plain, &mut unseen] {
                request["now"] = json!(now + later);
            }
            let expected = answers(&decide(engine, &plain));
            let found = answers(&decide(engine, &ahead));
            assert_eq!(found, expected, "seed {seed}, {later} later\n{}\n{ahead}", case.policy);
            differ_without += u32::from(answers(&decide(engine, &unseen)) != expected);
        }
    });
    println!("{wrong} records of a wrong clock; without `seenAt` {differ_without} decisions would differ");
    assert!(wrong > 2_000 && differ_without > 500);
}
