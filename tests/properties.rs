//! Properties that hold whatever the policy: `retryAt` is true, order and repetition do not matter, a handle answers like one
//! shot, every campaign has one answer. Cases come from a seeded generator that likes edges.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "small numbers the test makes itself"
)]

use querencia::{Decision, Engine, Tree, describe};
use serde_json::{Value, json};

/// In the gate; `CASES=1000000 cargo test --release --test properties` runs as many as one likes.
const CASES: u64 = 5_000;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// 2026-10-24T22:00Z, the evening before Madrid's clocks go back.
const NOW: i64 = 1_792_879_200_000;

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, good enough to choose.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }
    fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize].clone()
    }
    fn one_in(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }
    /// An instant near now or at an edge: whole hours, whole days, a millisecond beside them.
    fn instant(&mut self, from_days: i64, to_days: i64) -> i64 {
        let days = from_days + self.below((to_days - from_days + 1) as u64) as i64;
        let hours = self.pick(&[0, 0, 1, 2, 21, 22, 23]);
        NOW + days * DAY + hours * HOUR + self.pick(&[0, 0, 0, 1, -1, 600_000])
    }
}

struct Case {
    policy: Value,
    request: Value,
}

fn case(seed: u64) -> Case {
    let dice = &mut Dice(seed);
    let channels = ["onsite", "email", "push"];
    let count = 1 + dice.below(4);
    let campaigns: Vec<Value> = (0..count).map(|index| campaign(index, dice)).collect();
    let limits: Vec<Value> = (0..dice.below(4)).map(|index| limit(index, dice)).collect();
    let clocks = ["00:00", "02:00", "02:30", "07:00", "09:00", "21:30", "23:00"];
    let quiet: Vec<Value> = (0..dice.below(3))
        .map(|_| {
            let from = dice.pick(&clocks);
            let to = dice.pick(&clocks.into_iter().filter(|to| *to != from).collect::<Vec<_>>());
            let mut window = json!({ "from": from, "to": to });
            if dice.one_in(3) {
                window["days"] = json!([dice.pick(&["sat", "sun", "mon"])]);
            }
            if dice.one_in(3) {
                window["channels"] = json!([dice.pick(&channels)]);
            }
            window
        })
        .collect();
    let mut policy = json!({
        "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
        "limits": limits, "quietHours": quiet, "campaigns": campaigns,
        "offers": { "ten": { "percent": 10 } },
        "messages": { "plain": { "es": [{ "body": "Hola" }, { "body": "Buenas" }] },
                      "named": { "es": [{ "body": "Hola {givenName}" }] } },
    });
    if dice.one_in(4) {
        policy["holdout"] = json!({ "share": 0.5, "salt": "s" });
    }
    if dice.one_in(3) {
        policy["arbitration"] = json!({ "contacts": dice.below(3) });
    }
    let orders: Vec<Value> = (0..dice.below(4)).map(|index| order(index, dice)).collect();
    let records: Vec<Value> = (0..dice.below(9)).map(|index| record(index, dice)).collect();
    let mut customer = json!({ "orders": orders, "since": dice.instant(-60, -20), "consent": { "email": dice.one_in(2), "push": true } });
    if !dice.one_in(4) {
        customer["id"] = json!("ana");
    }
    if dice.one_in(2) {
        customer["birthday"] = json!(dice.pick(&["--10-25", "--10-24", "--12-31", "--02-29", "--01-02"]));
    }
    if dice.one_in(2) {
        customer["givenName"] = json!("Ana");
    }
    if dice.one_in(3) {
        let at = dice.instant(-20, 3);
        customer["conversations"] =
            json!([{ "id": "c", "kind": "complaint", "at": at, "solvedAt": at + dice.pick(&[1, DAY, 9 * DAY]) }]);
    }
    let mut request = json!({
        "now": NOW + dice.pick(&[0, 0, 1, HOUR, 2 * HOUR, 3 * HOUR, 5 * HOUR, 12 * HOUR, -DAY]),
        "zones": { "Europe/Madrid": [["2026-03-29T01:00:00Z", 120], ["2026-10-25T01:00:00Z", 60], ["2027-03-28T01:00:00Z", 120], ["2027-10-31T01:00:00Z", 60]],
                   "Pacific/Auckland": [["2026-04-04T14:00:00Z", 720], ["2026-09-26T14:00:00Z", 780], ["2027-04-03T14:00:00Z", 720], ["2027-09-25T14:00:00Z", 780]] },
        "customer": customer,
    });
    if !dice.one_in(5) {
        request["zone"] = json!(dice.pick(&["Europe/Madrid", "Pacific/Auckland"]));
    }
    if !dice.one_in(8) {
        request["ledger"] = json!(records);
    }
    if dice.one_in(2) {
        request["event"] = json!({ "name": dice.pick(&["login", "purchase"]) });
    }
    Case { policy, request }
}

fn campaign(index: u64, dice: &mut Dice) -> Value {
    let mut campaign = json!({
        "id": format!("c{index}"), "kind": dice.pick(&["announcement", "announcement", "birthday", "thankYou"]),
        "channel": dice.pick(&["onsite", "email", "push"]), "placement": dice.pick(&["home", "top"]),
        "message": dice.pick(&["plain", "plain", "named"]), "weight": dice.below(3),
    });
    match campaign["kind"].as_str().unwrap() {
        "announcement" => {
            campaign["class"] = json!(dice.pick(&["relational", "promotional"]));
            campaign["repeat"] = json!(dice.pick(&["never", "1h", "3d", "7d"]));
            if dice.one_in(3) {
                campaign["event"] = json!("login");
            }
            if dice.one_in(3) {
                campaign["from"] = json!(dice.pick(&["2026-10-24", "2026-10-25", "2026-11-02"]));
                campaign["until"] = json!(dice.pick(&["2026-11-02", "2026-11-30"]));
            }
        }
        "birthday" => {
            campaign["lead"] = json!(dice.pick(&["0d", "1d", "70d"]));
            campaign["grace"] = json!(dice.pick(&["0d", "2d", "30d"]));
        }
        _ => {}
    }
    if campaign["kind"] != "thankYou" && dice.one_in(3) {
        campaign["offer"] = json!("ten");
    }
    let audiences = [
        json!({ "tier": { "$ne": "unknown" } }),
        json!({ "daysSince.order": { "$gte": 3 } }),
        json!({ "$or": [{ "tenureDays": { "$gte": 30 } }, { "orders.good": { "$gte": 1 } }] }),
        json!({ "daysSince.contact": { "$not": { "$lt": 2 } } }),
        json!({ "$nor": [{ "cases.open": { "$gt": 0 } }, { "daysSince.delivery": { "$in": [0, 1, 4] } }] }),
    ];
    if dice.one_in(2) {
        campaign["audience"] = dice.pick(&audiences);
    }
    campaign
}

fn limit(index: u64, dice: &mut Dice) -> Value {
    let mut limit = json!({ "id": format!("l{index}"), "max": dice.pick(&[0, 1, 1, 2, 2, 3]), "per": dice.pick(&["1h", "20h", "7d", "day", "week", "month", "year"]) });
    if dice.one_in(3) {
        limit["tier"] = json!(dice.pick(&["unknown", "known"]));
    }
    if dice.one_in(3) {
        limit["class"] = json!(dice.pick(&["relational", "promotional"]));
    }
    if dice.one_in(4) {
        limit["channel"] = json!(dice.pick(&["onsite", "email"]));
    }
    if dice.one_in(4) {
        limit["when"] = json!({ "daysSince.order": { "$lt": 5 } });
    }
    limit
}

fn order(index: u64, dice: &mut Dice) -> Value {
    let at = dice.instant(-12, 2);
    let mut order = json!({ "id": format!("o{index}"), "at": at, "total": 1000 });
    if dice.one_in(2) {
        order["deliveredAt"] = json!(at + dice.pick(&[DAY, 4 * DAY, 20 * DAY]));
    }
    if dice.one_in(5) {
        order["cancelledAt"] = json!(at + dice.pick(&[HOUR, 3 * DAY]));
    }
    order
}

fn record(index: u64, dice: &mut Dice) -> Value {
    let (from, to) = dice.pick(&[(-8, 0), (-40, 0), (-8, 2)]);
    let at = dice.instant(from, to);
    let mut record = json!({
        "id": format!("r{}", dice.below(index + 1)), "campaign": format!("c{}", dice.below(5)), "at": at,
        "class": dice.pick(&["transactional", "service", "relational", "promotional"]), "channel": dice.pick(&["onsite", "email", "push"]),
        "state": dice.pick(&["ghost", "reserved", "released", "armed", "delivered", "delivered"]),
    });
    if dice.one_in(3) {
        record["occurrence"] = json!(dice.pick(&["o0", "o1", "2026", "2027", "0"]));
    }
    if dice.one_in(3) {
        record["leaseUntil"] = json!(at + dice.pick(&[HOUR, 3 * DAY]));
    }
    if dice.one_in(4) {
        record["seenAt"] = json!(dice.instant(-3, 0));
    }
    record
}

fn tree(value: &Value) -> Tree {
    serde_json::from_value(value.clone()).unwrap()
}

fn decide(engine: &Engine, request: &Value) -> Decision {
    engine.decide(tree(request)).unwrap_or_else(|problems| panic!("{problems:?}\n{request}"))
}

fn each(mut check: impl FnMut(u64, &Engine, &Case, Decision)) {
    let cases = std::env::var("CASES").map_or(CASES, |cases| cases.parse().unwrap());
    for seed in 0..cases {
        let case = case(seed);
        let engine = Engine::new(tree(&case.policy)).unwrap_or_else(|problems| panic!("seed {seed}: {problems:?}"));
        let decision = decide(&engine, &case.request);
        check(seed, &engine, &case, decision);
    }
}

/// The request as it will be at another instant, with the decision's contacts delivered and nothing else changed.
fn later(case: &Case, decision: &Decision, at: i64) -> Value {
    let mut request = case.request.clone();
    let event_at = request["now"].clone();
    request["now"] = json!(at);
    if let Some(event) = request.get_mut("event") {
        event["at"] = event_at;
    }
    let said = decision.contacts.iter().chain(&decision.ghosts).map(|contact| {
        json!({ "id": contact.id, "campaign": contact.campaign, "class": contact.class.word(), "channel": contact.channel,
                "at": contact.at.0, "state": "delivered", "occurrence": contact.occurrence, "variant": contact.message.variant })
    });
    if let Some(ledger) = request.get_mut("ledger").and_then(Value::as_array_mut) {
        ledger.extend(said);
    }
    request
}

/// All gates let it pass: it speaks, or another was better.
fn passes(engine: &Engine, request: &Value, campaign: &str) -> bool {
    decide(engine, request).refused.iter().all(|refusal| refusal.campaign != campaign || refusal.gate == "arbitration")
}

#[test]
fn retry_at_is_the_first_instant_at_which_all_gates_pass() {
    let (mut promised, mut never) = (0, 0);
    each(|seed, engine, case, decision| {
        let spoken = !(decision.contacts.is_empty() && decision.ghosts.is_empty());
        // without a ledger there is nowhere to record what was said
        if spoken && case.request.get("ledger").is_none() {
            return;
        }
        let now = case.request["now"].as_i64().unwrap();
        for refusal in &decision.refused {
            let told = format!("seed {seed}, {}: {} {}", refusal.campaign, refusal.gate, refusal.code);
            let passes_at = |at| passes(engine, &later(case, &decision, at), &refusal.campaign);
            match refusal.retry_at.map(|at| at.0) {
                Some(at) => {
                    promised += 1;
                    assert!(now < at && at <= now + 400 * DAY, "{told}");
                    assert!(passes_at(at), "{told}: refused at {at}\n{}\n{}", case.policy, case.request);
                    assert!(
                        at == now + 1 || !passes_at(at - 1),
                        "{told}: passes before {at}\n{}\n{}",
                        case.policy,
                        case.request
                    );
                    let dice = &mut Dice(seed ^ 0xabcd);
                    for _ in 0..6 {
                        let earlier = now + 1 + dice.below((at - now) as u64) as i64;
                        assert!(
                            earlier >= at || !passes_at(earlier),
                            "{told}: passes at {earlier}, before {at}\n{}\n{}",
                            case.policy,
                            case.request
                        );
                    }
                }
                None => {
                    never += 1;
                    let dice = &mut Dice(seed ^ 0x1234);
                    for _ in 0..6 {
                        let at = now + 1 + dice.below(400 * DAY as u64) as i64;
                        assert!(!passes_at(at), "{told}: said never, passes at {at}");
                    }
                }
            }
        }
    });
    println!("{promised} promises, {never} nevers");
    assert!(promised > 1_000 && never > 500);
}

#[test]
fn order_and_repetition_do_not_matter() {
    each(|seed, engine, case, decision| {
        let dice = &mut Dice(seed ^ 0x5555);
        let mut request = case.request.clone();
        for path in ["/ledger", "/customer/orders", "/customer/conversations"] {
            if let Some(list) = request.pointer_mut(path).and_then(Value::as_array_mut) {
                let twins: Vec<Value> = list.iter().filter(|_| dice.one_in(2)).cloned().collect();
                list.extend(twins);
                for end in (1..list.len()).rev() {
                    list.swap(end, dice.below(end as u64 + 1) as usize);
                }
            }
        }
        let other = serde_json::to_value(decide(engine, &request)).unwrap();
        assert_eq!(serde_json::to_value(&decision).unwrap(), other, "seed {seed}");
    });
}

#[test]
fn a_handle_answers_like_one_shot() {
    each(|seed, engine, case, decision| {
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
fn every_campaign_has_one_answer_and_a_decision_is_what_the_types_say() {
    each(|seed, _, case, decision| {
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
        assert_eq!(answered, campaigns, "seed {seed}");
        assert_eq!(describe::misfits(&Tree::from(&decision)), [], "seed {seed}");
    });
}
