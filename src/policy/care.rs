//! What comes before selling: those who wrote to the shop.

use crate::calendar::parse_duration;
use crate::read::{COUNT, Shape, fields};
use crate::tree::Tree;

pub(crate) const CARE: Shape = Shape::Object(
    "Care",
    fields! {
        "replyWithin" may Shape::Duration, "until when a conversation is to be answered: makes the tasks `reply`";
        "coolDown" may Shape::Duration, "for how long a solved complaint still holds promotions; absent: not at all";
        "backlogBrake" may COUNT, "with more unanswered conversations in the whole shop than this, promotions wait";
    },
);

/// What comes before selling. Lengths in milliseconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Care {
    pub reply_within: Option<i64>,
    pub cool_down: Option<i64>,
    pub backlog_brake: Option<i64>,
}

impl Care {
    pub fn read(policy: &Tree) -> Option<Care> {
        let care = policy.get("care")?;
        let length = |key: &str| care.text(key).and_then(parse_duration);
        Some(Care {
            reply_within: length("replyWithin"),
            cool_down: length("coolDown"),
            backlog_brake: care.integer("backlogBrake"),
        })
    }
}
