//! What a decision sees at one instant: policy, request and ledger. Everything dated after that instant has not happened yet.

use crate::ledger::Record;
use crate::read::{Conversation, Incident, Input, Item, Order, Rating, incidents};
use crate::time::DAY;
use serde_json::Value;
use std::cell::OnceCell;
use std::rc::Rc;

/// What follows from the customer and an instant alone, so that it is asked once for each instant of facts.
#[derive(Debug, Default)]
#[allow(missing_docs, reason = "the names of the functions that fill them")]
pub struct Memo {
    pub phase: OnceCell<&'static str>,
    pub open_cases: OnceCell<usize>,
    pub open_complaints: OnceCell<usize>,
    pub open_incidents: OnceCell<usize>,
    pub good_orders: OnceCell<usize>,
}

/// Policy, request and ledger at an instant. The plan for known dates looks ahead with frozen facts: what has happened and what
/// conditions ask stays as it is now, and only limits, quiet hours and dates move on.
pub struct Context<'a> {
    /// Policy and request.
    pub input: &'a Input,
    /// The instant.
    pub now: i64,
    /// The records of the request, and the contacts of this decision.
    pub ledger: &'a [Record],
    /// The instant and ledger of the facts, if they are not `now` and `ledger`.
    pub frozen: Option<(i64, &'a [Record])>,
    /// Only whether a gate refuses is asked, not its figures.
    pub brief: bool,
    memo: OnceCell<Rc<Memo>>,
    tier: OnceCell<&'static str>,
}

impl<'a> Context<'a> {
    /// Without frozen facts.
    pub fn at(input: &'a Input, now: i64, ledger: &'a [Record]) -> Context<'a> {
        Context::of(input, now, ledger, None)
    }

    /// With facts that may be frozen.
    pub fn of(input: &'a Input, now: i64, ledger: &'a [Record], frozen: Option<(i64, &'a [Record])>) -> Context<'a> {
        Context { input, now, ledger, frozen, brief: false, memo: OnceCell::new(), tier: OnceCell::new() }
    }

    /// The same, for who asks only whether a gate refuses: it makes no figures.
    pub fn brief(self) -> Context<'a> {
        Context { brief: true, ..self }
    }

    /// The figures of a refusal, unless nobody asks for them.
    pub fn detail(&self, figures: impl FnOnce() -> Value) -> Value {
        if self.brief { Value::Null } else { figures() }
    }

    /// What is known of the instant of the facts.
    pub fn memo(&self) -> &Memo {
        self.memo.get_or_init(|| self.input.memos.borrow_mut().entry(self.facts_now()).or_default().clone())
    }

    /// The tier of the facts.
    pub fn tier(&self) -> &'static str {
        self.tier.get_or_init(|| self.find_tier())
    }

    /// The instant of the facts.
    pub fn facts_now(&self) -> i64 {
        self.frozen.map_or(self.now, |frozen| frozen.0)
    }

    /// The records of the facts: without those of this decision, if facts are frozen.
    pub fn facts_ledger(&self) -> &'a [Record] {
        self.frozen.map_or(self.ledger, |frozen| frozen.1)
    }

    /// Whether an instant is known and not in the future.
    pub fn happened(&self, at: Option<i64>) -> bool {
        at.is_some_and(|at| at <= self.facts_now())
    }

    /// Orders that were placed, and neither cancelled nor left unpaid.
    pub fn orders(&self) -> Vec<&'a Order> {
        let placed = |order: &&Order| order.at.is_none() || self.happened(order.at);
        let stands = |order: &&Order| !self.happened(order.cancelled_at) && order.paid != Some(false);
        self.input.orders.iter().filter(placed).filter(stands).collect()
    }

    /// When the order was delivered; without a date of its own, when the last of its items was, if all of them are that did not come
    /// back.
    pub fn delivered(&self, order: &Order) -> Option<i64> {
        let whole = order.delivered_at.filter(|at| *at <= self.facts_now());
        let has_come = |item: &&Item| self.happened(item.delivered_at);
        let all_came = order.items.iter().all(|item| has_come(&item) || self.happened(item.returned_at));
        let last = order.items.iter().filter(has_come).filter_map(|item| item.delivered_at).max();
        whole.or(last.filter(|_| all_came))
    }

    /// Whether the order, or each of its items, was returned.
    pub fn was_returned(&self, order: &Order) -> bool {
        let each = order.items.iter().all(|item| self.happened(item.returned_at));
        self.happened(order.returned_at) || (!order.items.is_empty() && each)
    }

    /// Whether the order was returned or refunded.
    pub fn was_returned_or_refunded(&self, order: &Order) -> bool {
        // less than the total undoes nothing
        let is_whole = |amount: i64| order.total.is_none_or(|total| amount >= total);
        let all = order.refunded.is_some_and(|amount| order.total.is_some() && is_whole(amount));
        let dated = self.happened(order.refunded_at) && order.refunded.is_none_or(is_whole);
        self.was_returned(order) || dated || (all && order.refunded_at.is_none())
    }

    /// How many incidents of an order have begun and are not resolved.
    pub fn open_incidents(&self, order: &Order) -> usize {
        self.incidents(order).iter().filter(|one| self.is_open(one)).count()
    }

    /// Whether an incident has begun and is not resolved.
    pub fn is_open(&self, one: &Incident) -> bool {
        (one.at.is_none() || self.happened(one.at)) && !self.happened(one.resolved_at)
    }

    /// The incidents of an order that are told, and one that follows from its `promisedBy`.
    pub fn incidents(&self, order: &Order) -> Vec<Incident> {
        let done = |item: &Item| item.delivered_at.into_iter().chain(item.returned_at).min();
        let comes = order.items.iter().any(|item| item.delivered_at.is_some());
        let parts: Option<Vec<i64>> = order.items.iter().filter(|_| comes).map(done).collect();
        let delivered = order.delivered_at.into_iter().chain(parts.unwrap_or_default().into_iter().max()).min();
        // an order that is not paid is not sent, and a day before the order was none that anybody promised
        let promised =
            order.promised_by.filter(|at| order.paid != Some(false) && order.at.is_none_or(|placed| placed <= *at));
        let is_all = order.refunded.is_some_and(|amount| order.total.is_some_and(|total| amount >= total));
        let is_refunded = order.refunded_at.is_none() && is_all;
        let late = promised.filter(|_| !is_refunded).map(|at| {
            let is_whole = order.refunded.is_none_or(|amount| order.total.is_none_or(|total| amount >= total));
            let refunded = order.refunded_at.filter(|_| is_whole);
            let parts: Option<Vec<i64>> = order.items.iter().map(|item| item.returned_at).collect();
            let each_returned = parts.unwrap_or_default().into_iter().max();
            let ends = [delivered, order.cancelled_at, order.returned_at, each_returned, refunded, Some(at + 30 * DAY)];
            (at, ends.into_iter().flatten().min().unwrap())
        });
        let late = late.filter(|(at, end)| end > at);
        let late = late.map(|(at, end)| Incident { kind: "late".into(), at: Some(at), resolved_at: Some(end) });
        incidents(order.incidents.iter().cloned().chain(late).collect())
    }

    /// The conversations that have begun.
    pub fn conversations(&self) -> Vec<&'a Conversation> {
        self.input.conversations.iter().filter(|one| one.at.is_none() || self.happened(one.at)).collect()
    }

    /// The ratings that have been given.
    pub fn ratings(&self) -> Vec<&'a Rating> {
        self.input.ratings.iter().filter(|one| one.at.is_none() || self.happened(one.at)).collect()
    }

    /// How many incidents are open, of orders that were cancelled too.
    pub fn all_open_incidents(&self) -> usize {
        *self.memo().open_incidents.get_or_init(|| {
            let placed = self.input.orders.iter().filter(|order| order.at.is_none() || self.happened(order.at));
            placed.map(|order| self.open_incidents(order)).sum()
        })
    }

    /// How many complaints are not solved.
    pub fn open_complaints(&self) -> usize {
        *self.memo().open_complaints.get_or_init(|| {
            let complaints = self.conversations().into_iter().filter(|one| one.is_complaint);
            complaints.filter(|one| !self.is_settled(one, one.solved_at)).count()
        })
    }

    /// How many complaints are not solved, plus the low scores without a complaint.
    pub fn open_cases(&self) -> usize {
        *self.memo().open_cases.get_or_init(|| self.open_complaints() + self.low_scores().len())
    }

    /// The ratings of the last 90 days that are cases of their own: at most `care.lowScore`, the latest of their order
    /// and article, and not covered by a complaint. Ratings without an order are taken as of one order.
    pub fn low_scores(&self) -> Vec<&'a Rating> {
        let Some(most) = self.input.care["lowScore"].as_f64() else { return vec![] };
        let ratings = self.ratings();
        let is_latest = |one: &&&Rating| {
            let of_order = ratings.iter().filter(|other| other.order == one.order && other.sku == one.sku);
            of_order.map(|other| other.at).max() == Some(one.at)
        };
        let is_fresh = |one: &&&Rating| one.at.is_none_or(|at| self.facts_now() < at + 90 * DAY);
        let latest = ratings.iter().filter(is_latest).filter(is_fresh).filter(|one| one.score <= most);
        latest.filter(|one| !self.conversations().iter().any(|other| self.covers(other, one))).copied().collect()
    }

    /// Whether a complaint covers a low score: it is about the same order (if one of the two names no order: made since
    /// the rating), and it is not solved or was solved since.
    fn covers(&self, one: &Conversation, rating: &Rating) -> bool {
        let names_both = one.order.is_some() && rating.order.is_some();
        let is_about = if names_both { one.order == rating.order } else { one.at >= rating.at };
        let unsolved = !self.is_settled(one, one.solved_at);
        one.is_complaint && is_about && (unsolved || one.solved_at >= rating.at)
    }

    /// Whether `done`, when it was answered or solved, is past and the customer has not written again since.
    pub fn is_settled(&self, one: &Conversation, done: Option<i64>) -> bool {
        let wrote_again = self.happened(one.reopened_at) && one.reopened_at > done;
        self.happened(done) && !wrote_again
    }

    /// Since when an unanswered conversation waits.
    pub fn waits_since(&self, one: &Conversation) -> Option<i64> {
        let after = |done: Option<i64>| done.is_some() && done < one.reopened_at;
        let again = self.happened(one.reopened_at) && (after(one.answered_at) || after(one.solved_at));
        if again { one.reopened_at } else { one.at }
    }

    /// The conversations that are neither answered nor solved.
    pub fn unanswered(&self) -> Vec<&'a Conversation> {
        let ended = |one: &Conversation| self.is_settled(one, one.answered_at) || self.is_settled(one, one.solved_at);
        self.conversations().into_iter().filter(|one| !ended(one)).collect()
    }

    /// How many orders were delivered, neither returned nor refunded, and no open complaint or low score names them.
    pub fn good_orders(&self) -> usize {
        *self.memo().good_orders.get_or_init(|| self.count_good_orders())
    }

    fn count_good_orders(&self) -> usize {
        let open: Vec<&Conversation> = self
            .conversations()
            .into_iter()
            .filter(|one| one.is_complaint && !self.is_settled(one, one.solved_at))
            .collect();
        let low = self.low_scores();
        let named = |order: &Order| {
            let names = |name: &Option<String>| name.as_deref().is_some_and(|name| order.is_named(name));
            open.iter().any(|one| names(&one.order)) || low.iter().any(|one| names(&one.order))
        };
        self.orders()
            .into_iter()
            .filter(|order| !self.was_returned_or_refunded(order) && self.delivered(order).is_some() && !named(order))
            .count()
    }

    /// The latest instant at which a complaint that is solved now was solved.
    pub fn last_case(&self) -> Option<i64> {
        let complaints = self.conversations().into_iter().filter(|one| one.is_complaint);
        complaints.filter(|one| self.is_settled(one, one.solved_at)).filter_map(|one| one.solved_at).max()
    }
}
