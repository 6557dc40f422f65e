//! An open case, an unanswered question: promotional contacts wait, and people get tasks.

use crate::facts::Look;
use crate::gates::Word;
use crate::occasion::Occasion;
use crate::read::Campaign;
use crate::time::{DAY, length};
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

/// A reply to each conversation that is neither answered nor solved, a call after a low score, soonest first. A call is due in a
/// day where the policy says no `replyWithin`; a score that nobody dated at once.
pub fn tasks(look: &Look) -> Vec<Value> {
    let within = look.world.policy["care"]["replyWithin"].as_str().and_then(length);
    let mut tasks = vec![];
    let mut low = look.low_scores();
    low.sort_by_key(|one| (one.order.clone(), one.at));
    // one call an order
    low.dedup_by(|next, first| next.order == first.order);
    for one in low {
        let due = one.at.map(|at| at + within.unwrap_or(DAY));
        tasks.push((due, one.order.clone(), json!({ "kind": "callback", "order": one.order, "dueAt": due })));
    }
    for one in within.map_or(vec![], |_| look.unanswered()) {
        let due = look.waits_since(one).map(|since| since + within.unwrap());
        tasks.push((due, one.id.clone(), json!({ "kind": "reply", "conversation": one.id, "dueAt": due })));
    }
    let is_reply = |task: &Value| task["kind"] == "reply";
    tasks.sort_by_key(|(due, name, task)| (*due, is_reply(task), name.clone()));
    tasks.into_iter().map(|(_, _, task)| task).collect()
}
