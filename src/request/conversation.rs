//! A conversation: what a customer wrote to the shop, and whether the shop answered and solved it.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::reader::shape::{Shape, fields};
use crate::request::merge::{raise, unite};
use crate::request::order_names::OrderNames;

pub(crate) const CONVERSATION: Shape = Shape::Object(
    "Conversation",
    fields! {
        "id" optional Shape::Name, "the id of the conversation; copies with the same id are merged";
        "kind" optional Shape::Choice(&["question", "complaint"]), "a complaint holds promotions until it is solved; absent: a question";
        "at" optional Shape::Instant, "when the customer wrote";
        "answeredAt" optional Shape::Instant, "when a person of the shop answered";
        "autoReplyAt" optional Shape::Instant, "when an automatic reply was sent; it does not count as an answer";
        "callbackAt" optional Shape::Instant, "when the customer wants to be called; done once `answeredAt` is not before it";
        "solvedAt" optional Shape::Instant, "when it was solved";
        "reopenedAt" optional Shape::Instant, "when the customer wrote again after an answer or a solution; the reply is due from then on";
        "orderId" optional Shape::Name, "the order it is about";
        "family" optional Shape::Name, "the product family it is about";
    },
);

/// A conversation between a customer and the shop.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Conversation {
    pub id: Option<String>,
    pub complaint: bool,
    pub at: Option<Instant>,
    pub answered_at: Option<Instant>,
    pub solved_at: Option<Instant>,
    pub reopened_at: Option<Instant>,
    pub callback_at: Option<Instant>,
    pub order_id: Option<String>,
    pub family: Option<String>,
}

impl Conversation {
    pub fn read(tree: &Tree) -> Conversation {
        Conversation {
            id: tree.owned("id"),
            complaint: tree.text("kind") == Some("complaint"),
            at: tree.instant("at"),
            answered_at: tree.instant("answeredAt"),
            solved_at: tree.instant("solvedAt"),
            reopened_at: tree.instant("reopenedAt"),
            callback_at: tree.instant("callbackAt"),
            order_id: tree.owned("orderId"),
            family: tree.owned("family"),
        }
    }

    /// Whether it has begun: its `at` is not after now.
    pub fn has_begun(&self, now: Instant) -> bool {
        self.at.is_none_or(|at| at <= now)
    }

    /// Whether it was answered or solved at `done`, and the customer has not written again since.
    fn is_done(&self, done: Option<Instant>, now: Instant) -> bool {
        done.is_some_and(|done| done <= now && self.reopened(now) <= Some(done))
    }

    /// When the customer wrote again, if they did until now.
    fn reopened(&self, now: Instant) -> Option<Instant> {
        self.reopened_at.filter(|again| *again <= now)
    }

    /// Whether it has begun and is not solved.
    pub fn is_open(&self, now: Instant) -> bool {
        self.has_begun(now) && !self.is_done(self.solved_at, now)
    }

    /// When it was solved, if it has begun and is solved now.
    pub fn solved(&self, now: Instant) -> Option<Instant> {
        self.solved_at.filter(|_| self.has_begun(now) && !self.is_open(now))
    }

    /// Whether it waits for an answer: it is neither solved nor answered.
    pub fn waits(&self, now: Instant) -> bool {
        self.is_open(now) && !self.is_done(self.answered_at, now)
    }

    /// Since when it waits: since the first message, or since the first one after an answer or a solution.
    pub fn since(&self, now: Instant) -> Option<Instant> {
        let done = |reopened: &Instant| [self.answered_at, self.solved_at].iter().flatten().any(|done| done < reopened);
        self.reopened(now).filter(done).or(self.at)
    }

    /// If it is a complaint, the instant up to which it covers low ratings, so that they are no case of their own: its solution, or
    /// any instant while it is not solved.
    pub fn speaks_until(&self, now: Instant) -> Option<Instant> {
        let until = if self.is_open(now) { Some(Instant::NEVER) } else { self.solved_at };
        until.filter(|_| self.complaint && self.has_begun(now))
    }

    /// When the customer wants to be called, if nobody has answered since.
    pub fn waits_for_call(&self, now: Instant) -> Option<Instant> {
        let done = |call: &Instant| self.answered_at.is_some_and(|answered| *call <= answered && answered <= now);
        self.callback_at.filter(|_| self.is_open(now)).filter(|call| !done(call))
    }

    /// Merges another copy of the conversation. Keeps the later of two instants and the larger of two texts; a complaint stays one.
    pub fn merge(&mut self, other: &Conversation) {
        self.complaint |= other.complaint;
        raise(&mut self.at, other.at);
        raise(&mut self.answered_at, other.answered_at);
        raise(&mut self.solved_at, other.solved_at);
        raise(&mut self.reopened_at, other.reopened_at);
        raise(&mut self.callback_at, other.callback_at);
        for (known, copy) in [(&mut self.order_id, &other.order_id), (&mut self.family, &other.family)] {
            if copy > known {
                *known = copy.clone();
            }
        }
    }
}

/// The conversations of a customer. Copies with the same id are merged.
pub(super) fn read_conversations(customer: &Tree, orders: &OrderNames) -> Vec<Conversation> {
    let mut conversations = Vec::new();
    for tree in customer.list("conversations") {
        let mut conversation = Conversation::read(tree);
        orders.resolve(&mut conversation.order_id);
        conversations.push(conversation);
    }
    unite(&mut conversations, |conversation| conversation.id.as_ref(), Conversation::merge);
    conversations
}
