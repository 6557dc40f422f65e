//! What people should do, the most urgent first. Practices C1, C4, P2.

use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::language::words::Class;
use crate::ledger::Ledger;
use crate::ledger::record::Record;
use crate::policy::kind::Occasion;
use crate::standing::context::Context;
use crate::standing::{Standing, low_scores};
use std::rc::Rc;

/// How long the shop has for a task, where the policy does not say.
const WITHIN: i64 = DAY;
/// An order that was delivered longer ago than this makes no task `neglect`.
const RECENT: i64 = 90 * DAY;

/// The tasks at the instant of a standing, the soonest due first; tasks without a date come before all others.
pub(crate) fn tasks(context: &Context, standing: &Standing) -> Vec<Tree> {
    let mut due = Vec::new();
    replies(context, standing.at, &mut due);
    neglected(context, standing.at, &mut due);
    #[cfg(test)]
    due.retain(|(_, kind, _, _)| !crate::base::switch::is_off(kind));
    sort_by(&mut due, Ord::cmp);
    let mut tasks = Vec::new();
    for (due_at, kind, key, id) in due {
        tasks.push(Tree::from([("kind", kind.into()), (key, id.clone().into()), ("dueAt", due_at.into())]));
    }
    tasks
}

/// When it is due, the kind of task, the field that names what it is about, and its id.
type Due<'a> = (Option<Instant>, &'static str, &'static str, &'a Option<String>);

/// `reply`: a conversation waits for an answer. `solve`: it was answered and waits for a solution. `callback`: the customer asked for a call or gave a low score. `engage`: the customer
/// wrote about the shop elsewhere.
fn replies<'a>(context: &'a Context, now: Instant, due: &mut Vec<Due<'a>>) {
    let customer = context.customer;
    for conversation in &customer.conversations {
        if let Some(call) = conversation.waits_for_call(now) {
            due.push((Some(call), "callback", "conversation", &conversation.id));
        }
    }
    let care = context.policy.care.get();
    let (reply_within, solve_within) = care.map_or((None, None), |care| (care.reply_within, care.solve_within));
    let after = |at: Instant, within: i64| match (care.and_then(|care| care.hours.as_ref()), context.shop_zone) {
        (Some(hours), Some(zone)) => hours.after(at, within, zone, &context.steps),
        _ => Some(at + within),
    };
    let due_at = |at: Instant| after(at, reply_within.unwrap_or(WITHIN));
    // one call for all low scores of an order
    let low = low_scores(customer, care.and_then(|care| care.low_score), now);
    for scores in low.chunk_by(|a, b| a.order_id == b.order_id) {
        if let Some(first) = scores.iter().min_by_key(|rating| rating.at) {
            due.push((first.at.and_then(due_at), "callback", "order", &first.order_id));
        }
    }
    for conversation in customer.conversations.iter().filter(|conversation| conversation.is_open(now)) {
        let (kind, within) = if conversation.waits(now) { ("reply", reply_within) } else { ("solve", solve_within) };
        if let Some(within) = within {
            let due_at = conversation.since(now).and_then(|since| after(since, within));
            due.push((due_at, kind, "conversation", &conversation.id));
        }
    }
    for mention in customer.mentions.list() {
        if mention.at.is_none_or(|at| at <= now) && mention.engaged_at.is_none_or(|engaged| engaged > now) {
            due.push((mention.at.and_then(due_at), "engage", "mention", &mention.id));
        }
    }
}

/// `neglect`: an order since whose delivery the customer had no relational contact.
fn neglected<'a>(context: &'a Context, now: Instant, due: &mut Vec<Due<'a>>) {
    let Some(after) = context.policy.care.get().and_then(|care| care.neglect_after) else { return };
    // thanks are owed for the order itself; they are no word after the sale
    let mut thanks = Vec::new();
    for campaign in &context.policy.campaigns {
        if campaign.kind.obligation && campaign.kind.occasion != Occasion::Incident {
            thanks.push(&campaign.id);
        }
    }
    sort_by(&mut thanks, Ord::cmp);
    let recent = context.ledger.map_or(&[][..], |ledger: &Ledger| ledger.after(now + -RECENT));
    let is_word = |record: &&Rc<Record>| {
        record.class == Class::Relational
            && record.was_seen()
            && !context.policy.is_uncounted(&record.campaign)
            && thanks.binary_search(&&record.campaign).is_err()
    };
    let last = recent.iter().rev().find(is_word).map(|record| record.effective(now));
    for order in &context.orders {
        if let Some(at) = order.delivered(now).filter(|_| order.was_placed(now))
            && now - at <= RECENT
            && at + after <= now
            && last < Some(at)
        {
            due.push((Some(at + after), "neglect", "order", &order.id));
        }
    }
}
