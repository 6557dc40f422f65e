//! What a decision sees at one instant: policy, request and ledger. Everything dated after that instant has not happened yet.

use crate::ledger::Record;
use crate::read::{Conversation, Incident, Input, Order, Rating};
use crate::time::DAY;

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
}

impl<'a> Context<'a> {
    /// Without frozen facts.
    pub fn at(input: &'a Input, now: i64, ledger: &'a [Record]) -> Context<'a> {
        Context { input, now, ledger, frozen: None }
    }

    /// The instant of the facts.
    pub fn facts_now(&self) -> i64 {
        self.frozen.map_or(self.now, |frozen| frozen.0)
    }

    /// Whether an instant is known and not in the future.
    pub fn happened(&self, at: Option<i64>) -> bool {
        at.is_some_and(|at| at <= self.facts_now())
    }

    /// Orders that were placed and not cancelled.
    pub fn orders(&self) -> Vec<&'a Order> {
        let placed = |order: &&Order| order.at.is_none() || self.happened(order.at);
        self.input.orders.iter().filter(placed).filter(|order| !self.happened(order.cancelled_at)).collect()
    }

    /// When the order was delivered; without a date of its own, when the last of its items was, if all of them are.
    pub fn delivered(&self, order: &Order) -> Option<i64> {
        let whole = order.delivered_at.filter(|at| *at <= self.facts_now());
        let parts: Option<Vec<i64>> = order.items.iter().map(|item| item.delivered_at).collect();
        let last = parts.unwrap_or_default().into_iter().max();
        whole.or(last.filter(|at| *at <= self.facts_now()))
    }

    /// Whether the order, or each of its items, was returned.
    pub fn was_returned(&self, order: &Order) -> bool {
        let each = order.items.iter().all(|item| self.happened(item.returned_at));
        self.happened(order.returned_at) || (!order.items.is_empty() && each)
    }

    /// Whether the order was returned or refunded.
    pub fn was_returned_or_refunded(&self, order: &Order) -> bool {
        self.was_returned(order) || self.happened(order.refunded_at)
    }

    /// How many incidents of an order have begun and are not resolved.
    pub fn open_incidents(&self, order: &Order) -> usize {
        let began = |one: &&Incident| one.at.is_none() || self.happened(one.at);
        let is_open = |one: &&Incident| !self.happened(one.resolved_at);
        order.incidents.iter().filter(began).filter(is_open).count()
    }

    /// The conversations that have begun.
    pub fn conversations(&self) -> Vec<&'a Conversation> {
        self.input.conversations.iter().filter(|one| one.at.is_none() || self.happened(one.at)).collect()
    }

    /// The ratings that have been given.
    pub fn ratings(&self) -> Vec<&'a Rating> {
        self.input.ratings.iter().filter(|one| one.at.is_none() || self.happened(one.at)).collect()
    }

    /// How many complaints are not solved, plus the low scores without a complaint.
    pub fn open_cases(&self) -> usize {
        let complaints = self.conversations().into_iter().filter(|one| one.is_complaint);
        complaints.filter(|one| !self.is_settled(one, one.solved_at)).count() + self.low_scores().len()
    }

    /// The ratings of the last 90 days that are cases of their own: at most `care.lowScore`, the latest of their order
    /// and article, and not covered by a complaint. Ratings without an order are taken as of one order.
    pub fn low_scores(&self) -> Vec<&'a Rating> {
        let Some(most) = self.input.policy["care"]["lowScore"].as_f64() else { return vec![] };
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

    /// How many orders were delivered after the last complaint, and neither returned nor refunded.
    pub fn good_orders(&self) -> usize {
        let complaints = self.conversations().into_iter().filter(|one| one.is_complaint);
        let last = complaints.filter_map(|one| one.at).max();
        self.orders()
            .iter()
            .filter(|order| !self.was_returned_or_refunded(order))
            .filter(|order| self.delivered(order).is_some_and(|at| Some(at) > last))
            .count()
    }
}
