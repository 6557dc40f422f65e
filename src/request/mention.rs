//! A mention: what the customer wrote about the shop elsewhere.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::reader::shape::{Shape, fields};
use crate::request::merge::{raise, unite};

pub(crate) const MENTION: Shape = Shape::Object(
    "Mention",
    fields! {
        "id" optional Shape::Name, "the id of the mention; copies with the same id are merged";
        "at" optional Shape::Instant, "when the customer wrote it";
        "engagedAt" optional Shape::Instant, "when the shop answered it; absent: not yet, so it is a task";
    },
);

/// What a customer wrote about the shop elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mention {
    pub id: Option<String>,
    pub at: Option<Instant>,
    pub engaged_at: Option<Instant>,
}

/// The mentions of a customer. Copies with the same id are merged.
pub(super) fn read_mentions(customer: &Tree) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for mention in customer.list("mentions") {
        mentions.push(Mention {
            id: mention.owned("id"),
            at: mention.instant("at"),
            engaged_at: mention.instant("engagedAt"),
        });
    }
    unite(
        &mut mentions,
        |mention| mention.id.as_ref(),
        |known, copy| {
            raise(&mut known.at, copy.at);
            raise(&mut known.engaged_at, copy.engaged_at);
        },
    );
    mentions
}
