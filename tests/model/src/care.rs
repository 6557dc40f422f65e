//! An open case, an unanswered question: promotional contacts wait, and people get tasks.

use crate::facts::Look;
use crate::gates::Word;
use crate::occasion::Occasion;
use crate::read::Campaign;
use crate::time::length;
use serde_json::{Value, json};

/// Cases, questions, the time after them, the shop's backlog.
pub fn care(look: &Look, campaign: &Campaign, _: &Occasion) -> Word {
    let care = &look.world.policy["care"];
    if care.is_null() || campaign.class != "promotional" {
        return None;
    }
    // incidents of cancelled orders too
    let placed = look.world.orders.iter().filter(|order| order.at.is_none() || look.happened(order.at));
    let open = look.open_cases() + placed.map(|order| look.open_incidents(order)).sum::<usize>();
    if open > 0 {
        return Some(("case-open", json!({ "open": open })));
    }
    let unanswered = look.unanswered().iter().filter(|one| !one.is_complaint).count();
    if unanswered > 0 {
        return Some(("unanswered", json!({ "unanswered": unanswered })));
    }
    if let Some(cool_down) = care["coolDown"].as_str().and_then(length) {
        let complaints =
            look.conversations().into_iter().filter(|one| one.is_complaint && look.is_done(one, one.solved_at));
        let until = complaints.filter_map(|one| one.solved_at).max().map(|solved| solved + cool_down);
        if until.is_some_and(|until| look.now < until) {
            return Some(("cool-down", json!({ "until": until })));
        }
    }
    let waiting = look.world.request["shop"]["unanswered"].as_i64();
    let brake = care["backlogBrake"].as_i64();
    if let (Some(waiting), Some(brake)) = (waiting, brake) {
        return (waiting > brake).then(|| ("backlog", json!({ "unanswered": waiting, "brake": brake })));
    }
    None
}

/// A reply to each conversation that is neither answered nor solved, a call after a low score, soonest first.
pub fn tasks(look: &Look) -> Vec<Value> {
    let Some(within) = look.world.policy["care"]["replyWithin"].as_str().and_then(length) else { return vec![] };
    let mut waiting: Vec<_> = look
        .unanswered()
        .into_iter()
        .filter_map(|one| Some((look.waits_since(one)? + within, one.id.clone())))
        .collect();
    waiting.sort();
    let mut tasks: Vec<Value> =
        waiting.into_iter().map(|(due, id)| json!({ "kind": "reply", "conversation": id, "dueAt": due })).collect();
    if let Some(given) = look.low_score() {
        let due = given + within;
        let before = tasks.iter().filter(|task| task["dueAt"].as_i64() < Some(due)).count();
        tasks.insert(before, json!({ "kind": "callback", "order": null, "dueAt": due }));
    }
    tasks
}
