//! Properties of the plan: worlds of a few campaigns, in which the customer comes whenever the decision says.

use crate::cases::{DAY, Rng};
use crate::{decide, tree};
use querencia::{Decision, Engine};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const NOW: i64 = 1_778_580_000_000;
/// What a policy without `arbitration.patience` has.
const PATIENCE: i64 = 7 * DAY;

/// How many worlds of one sort are asked.
fn worlds() -> u64 {
    std::env::var("CASES").map_or(1_500, |cases| cases.parse::<u64>().unwrap() / 4)
}

/// A world: some announcements of different weights, some with an end, and limits. With `ahead` some begin later.
fn world(seed: u64, ahead: bool) -> (Engine, Value, Value) {
    let rng = &mut Rng(seed ^ 0x9e37_79b9);
    let date = |days: i64| {
        jiff::Timestamp::from_millisecond(NOW + days * DAY).unwrap().to_string().chars().take(10).collect::<String>()
    };
    let mut campaigns = Vec::new();
    for index in 0..2 + rng.below(6) {
        let mut campaign = json!({ "id": format!("c{index}"), "kind": "announcement", "channel": rng.pick(&["onsite", "onsite", "email"]),
            "placement": rng.pick(&["home", "top"]), "class": rng.pick(&["relational", "promotional"]), "weight": rng.below(50), "message": "m" });
        let begins = rng.below(12) as i64;
        if ahead && rng.one_in(3) {
            campaign["from"] = json!(date(begins));
        }
        if rng.one_in(2) {
            campaign["until"] = json!(date(begins + rng.below(25) as i64));
        }
        campaigns.push(campaign);
    }
    let mut limits = Vec::new();
    for index in 0..rng.below(3) {
        let mut limit = json!({ "id": format!("l{index}"), "max": 1 + rng.below(2), "per": rng.pick(&["20h", "3d", "7d", "week"]) });
        if rng.one_in(2) {
            limit["channel"] = json!(rng.pick(&["onsite", "email"]));
        }
        limits.push(limit);
    }
    let policy = json!({
        "querencia": 1, "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Etc/UTC", "locales": ["es"] },
        "arbitration": { "contacts": 1 + rng.below(2) }, "limits": limits, "campaigns": campaigns,
        "messages": { "m": { "es": [{ "body": "Hola" }] } },
    });
    let request = json!({ "now": NOW, "zone": "Etc/UTC", "zones": { "Etc/UTC": [[0, 0]] }, "ledger": [],
        "customer": { "id": format!("ana-{}", seed % 7), "consent": { "email": true } } });
    let engine = Engine::new(tree(&policy)).unwrap_or_else(|problems| panic!("{problems:?}\n{policy}"));
    (engine, policy, request)
}

/// The request with what was decided delivered, at a later instant.
fn delivered(request: &Value, decision: &Decision, at: i64) -> Value {
    let mut request = request.clone();
    for contact in &decision.contacts {
        let record = json!({ "id": contact.id, "campaign": contact.campaign, "class": contact.class.word(), "channel": contact.channel.word(),
            "placement": contact.placement, "at": contact.at.0, "state": "delivered", "occurrence": contact.occurrence });
        request["ledger"].as_array_mut().unwrap().push(record);
    }
    request["now"] = json!(at);
    request
}

/// When each accepted campaign is to be heard: now, or as planned.
fn accepted(decision: &Decision, now: i64) -> BTreeMap<String, i64> {
    let mut accepted: BTreeMap<String, i64> =
        decision.contacts.iter().map(|contact| (contact.campaign.clone(), now)).collect();
    for refusal in decision.refused.iter().filter(|refusal| refusal.gate == "arbitration") {
        let detail = serde_json::to_value(&refusal.detail).unwrap();
        if let Some(at) = detail["plannedAt"].as_i64() {
            accepted.insert(refusal.campaign.clone(), at);
        }
    }
    accepted
}

/// When a campaign that may be heard from an instant on closes.
fn closes(campaign: &Value, customer: &str, from: i64) -> i64 {
    if let Some(until) = campaign["until"].as_str() {
        return format!("{until}T00:00:00Z").parse::<jiff::Timestamp>().unwrap().as_millisecond() + DAY;
    }
    let text = format!("{}\0{customer}", campaign["id"].as_str().unwrap());
    let hash = text.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul((1 << 88) + 0x13b)
    });
    let offset = ((hash >> 80) % PATIENCE as u128) as i64;
    from + PATIENCE - (from - offset).rem_euclid(PATIENCE)
}

/// Where all are accepted, each is heard before it closes, if the customer comes whenever somebody is to be heard.
#[test]
fn where_all_can_be_heard_all_are_if_the_customer_comes_as_planned() {
    let (mut waited, mut all) = (0, 0);
    for seed in 0..worlds() {
        let (engine, policy, request) = world(seed, false);
        let customer = request["customer"]["id"].as_str().unwrap().to_owned();
        let campaigns = policy["campaigns"].as_array().unwrap();
        let first = decide(&engine, &request);
        let wanted = accepted(&first, NOW);
        if wanted.len() < campaigns.len() {
            // what is heavier may open again and go before what was accepted
            continue;
        }
        all += 1;
        let (mut at, mut asked, mut heard) = (NOW, request.clone(), BTreeMap::new());
        let mut decision = first;
        for _ in 0..60 {
            for contact in &decision.contacts {
                heard.entry(contact.campaign.clone()).or_insert(at);
            }
            let Some(next) = decision.next_at.map(|next| next.0) else { break };
            asked = delivered(&asked, &decision, next);
            at = next;
            decision = decide(&engine, &asked);
        }
        for campaign in campaigns.iter().filter(|campaign| wanted.contains_key(campaign["id"].as_str().unwrap())) {
            let id = campaign["id"].as_str().unwrap();
            let spoke = heard.get(id).copied();
            waited += u64::from(spoke > Some(NOW));
            assert!(
                spoke.is_some_and(|spoke| spoke < closes(campaign, &customer, NOW)),
                "seed {seed}: {id} was to be heard at {} and was heard at {spoke:?}\n{policy}\n{request}",
                wanted[id] - NOW
            );
        }
    }
    println!("{waited} waited, in {all} worlds all were accepted");
    assert!(waited > 300 && all > 100);
}

/// With campaigns that begin later, a customer who comes whenever the decision says loses nothing that was accepted to something lighter
/// that was not.
#[test]
fn nothing_accepted_is_lost_to_something_lighter() {
    let (mut kept, mut lost) = (0, 0);
    for seed in 0..worlds() {
        let (engine, policy, request) = world(seed, true);
        let customer = request["customer"]["id"].as_str().unwrap().to_owned();
        let by_id: BTreeMap<&str, &Value> = policy["campaigns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|campaign| (campaign["id"].as_str().unwrap(), campaign))
            .collect();
        let (mut at, mut asked) = (NOW, request.clone());
        // what was accepted and not yet heard, with its close; and all contacts
        let (mut open, mut heard) = (BTreeMap::<String, (i64, i64)>::new(), Vec::new());
        for _ in 0..60 {
            let decision = decide(&engine, &asked);
            for contact in &decision.contacts {
                kept += u64::from(open.remove(&contact.campaign).is_some());
                heard.push((at, contact.campaign.clone()));
            }
            for (id, _) in accepted(&decision, at) {
                if !decision.contacts.iter().any(|contact| contact.campaign == id) {
                    open.entry(id.clone()).or_insert((at, closes(by_id[id.as_str()], &customer, at)));
                }
            }
            let closed: BTreeSet<String> =
                open.iter().filter(|(_, (_, closes))| *closes <= at).map(|(id, _)| id.clone()).collect();
            for id in closed {
                let (since, until) = open.remove(&id).unwrap();
                lost += 1;
                let weight = |id: &str| by_id[id]["weight"].as_i64().unwrap();
                let lighter =
                    heard.iter().find(|(at, other)| *at >= since && *at < until && weight(other) < weight(&id));
                assert!(
                    lighter.is_none(),
                    "seed {seed}: {id}, accepted at {}, was lost to {lighter:?}\n{policy}\n{request}",
                    since - NOW
                );
            }
            let next = decision.next_at.map(|at| at.0).filter(|next| *next < NOW + 60 * DAY);
            let Some(next) = next else { break };
            asked = delivered(&asked, &decision, next);
            at = next;
        }
    }
    println!("{kept} waited and were heard, {lost} were lost");
    assert!(kept > 500);
}

/// A decision is an instant of its day. Asked again a day later or more, but before `nextAt`, with what was decided delivered and nothing
/// else changed, the answer has no new contact.
#[test]
fn before_next_at_there_is_nothing_new() {
    let mut asked = 0;
    for seed in 0..worlds() * 3 {
        let (engine, policy, request) = world(seed, seed % 2 == 0);
        let decision = decide(&engine, &request);
        let next = decision.next_at.map_or(NOW + 30 * DAY, |at| at.0);
        let rng = &mut Rng(seed ^ 0x7777);
        for _ in 0..if next > NOW + DAY { 3 } else { 0 } {
            let at = NOW + DAY + rng.below((next - NOW - DAY) as u64) as i64;
            let again = delivered(&request, &decision, at);
            let later = decide(&engine, &again);
            assert!(
                later.contacts.is_empty(),
                "seed {seed}: at {}, before {}\n{policy}\n{again}",
                at - NOW,
                next - NOW
            );
            asked += 1;
        }
    }
    println!("asked again {asked} times");
    assert!(asked > 1_000);
}

/// The order of the campaigns in the policy decides nothing.
#[test]
fn the_order_of_campaigns_does_not_matter() {
    for seed in 0..worlds() {
        let (engine, mut policy, request) = world(seed, seed % 2 == 0);
        policy["campaigns"].as_array_mut().unwrap().reverse();
        let other = Engine::new(tree(&policy)).unwrap();
        let of = |engine: &Engine| {
            let decision = serde_json::to_value(decide(engine, &request)).unwrap();
            let sorted = |key: &str| {
                let mut list = decision[key].as_array().unwrap().clone();
                list.sort_by_key(|one| one["campaign"].as_str().unwrap().to_owned());
                list
            };
            (sorted("contacts"), sorted("refused"), decision["nextAt"].clone())
        };
        assert_eq!(of(&engine), of(&other), "seed {seed}");
    }
}
