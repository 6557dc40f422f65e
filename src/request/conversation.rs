//! A conversation: what a customer wrote, and whether somebody answered and solved it.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::reader::shape::{Shape, fields};
use crate::request::merge::raise;

pub(crate) const CONVERSATION: Shape = Shape::Object(
    "Conversation",
    fields! {
        "id" optional Shape::Name, "the conversation";
        "kind" optional Shape::Choice(&["question", "complaint"]), "absent: a question";
        "at" optional Shape::Instant, "when the customer wrote";
        "answeredAt" optional Shape::Instant, "when a person answered";
        "autoReplyAt" optional Shape::Instant, "when a machine did, which answers nobody";
        "callbackAt" optional Shape::Instant, "when they asked to be called; done once answered after it";
        "solvedAt" optional Shape::Instant, "when it was solved";
        "reopenedAt" optional Shape::Instant, "when the customer wrote again after that, from which the reply is due; told twice, the later holds";
        "orderId" optional Shape::Name, "the order it is about";
        "family" optional Shape::Name, "the product family it is about";
    },
);

/// What a customer wrote to the shop.
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

    /// Whether the customer has written it.
    pub fn has_begun(&self, now: Instant) -> bool {
        self.at.is_none_or(|at| at <= now)
    }

    /// Whether something was done about it, and the customer has not written again since.
    fn rests(&self, done: Option<Instant>, now: Instant) -> bool {
        done.is_some_and(|done| done <= now && self.again(now) <= Some(done))
    }

    /// When the customer wrote again, if they have.
    fn again(&self, now: Instant) -> Option<Instant> {
        self.reopened_at.filter(|again| *again <= now)
    }

    /// Whether it is not solved.
    pub fn is_open(&self, now: Instant) -> bool {
        self.has_begun(now) && !self.rests(self.solved_at, now)
    }

    /// Whether it is neither solved nor answered.
    pub fn waits(&self, now: Instant) -> bool {
        self.is_open(now) && !self.rests(self.answered_at, now)
    }

    /// Since when it waits: the first message, or the first after an answer or a solution.
    pub fn since(&self, now: Instant) -> Option<Instant> {
        let done = |again: &Instant| [self.answered_at, self.solved_at].iter().flatten().any(|done| done < again);
        self.again(now).filter(done).or(self.at)
    }

    /// If it is a complaint: up to when what was thought ill of is cared for by it. Its solution; while it is not solved, any time.
    pub fn speaks_until(&self, now: Instant) -> Option<Instant> {
        let until = if self.is_open(now) { Some(Instant::NEVER) } else { self.solved_at };
        until.filter(|_| self.complaint && self.has_begun(now))
    }

    /// When they wait for a call: nobody has answered since.
    pub fn waits_for_call(&self, now: Instant) -> Option<Instant> {
        let done = |call: &Instant| self.answered_at.is_some_and(|answered| *call <= answered && answered <= now);
        self.callback_at.filter(|_| self.is_open(now)).filter(|call| !done(call))
    }

    /// What two tellings of one conversation know together.
    pub fn merge(&mut self, other: &Conversation) {
        self.complaint |= other.complaint;
        raise(&mut self.at, other.at);
        raise(&mut self.answered_at, other.answered_at);
        raise(&mut self.solved_at, other.solved_at);
        raise(&mut self.reopened_at, other.reopened_at);
        raise(&mut self.callback_at, other.callback_at);
        for (known, told) in [(&mut self.order_id, &other.order_id), (&mut self.family, &other.family)] {
            if told > known {
                known.clone_from(told);
            }
        }
    }
}
