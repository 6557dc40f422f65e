//! `tasks` of the decision: what people in the shop should do.

use crate::context::Context;
use crate::time::{DAY, parse_duration};
use serde_json::{Value, json};

/// `tasks` of the decision, soonest first: a callback for each order with a low score, and, where the policy has `replyWithin`, a
/// reply to each unanswered conversation. A callback is due within `replyWithin`, by default one day; `dueAt` is null when the
/// rating has no date.
pub fn tasks(context: &Context) -> Vec<Value> {
    let within = context.input.policy["care"]["replyWithin"].as_str().and_then(parse_duration);
    let mut tasks = vec![];
    let mut low = context.low_scores();
    low.sort_by_key(|one| (one.order.clone(), one.at));
    // one callback for each order, even if several of its articles have a low score
    low.dedup_by(|next, first| next.order == first.order);
    for one in low {
        let due = one.at.map(|at| at + within.unwrap_or(DAY));
        tasks.push((due, one.order.clone(), json!({ "kind": "callback", "order": one.order, "dueAt": due })));
    }
    for one in within.map_or(vec![], |_| context.unanswered()) {
        let due = context.waits_since(one).map(|since| since + within.unwrap());
        tasks.push((due, one.id.clone(), json!({ "kind": "reply", "conversation": one.id, "dueAt": due })));
    }
    let is_reply = |task: &Value| task["kind"] == "reply";
    tasks.sort_by_key(|(due, name, task)| (*due, is_reply(task), name.clone()));
    tasks.into_iter().map(|(_, _, task)| task).collect()
}
