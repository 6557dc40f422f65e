//! What comes before selling: those who wrote to the shop.

use super::details::days_field;
use super::quiet_hours::{WEEKDAYS, dates, weekdays};
use crate::base::problem::{Code, Problems};
use crate::base::tree::Tree;
use crate::calendar::{BusinessHours, parse_clock, parse_duration};
use crate::reader::shape::{COUNT, Shape, fields};

const HOURS: Shape = Shape::Object(
    "BusinessHours",
    fields! {
        "days" required Shape::List(&Shape::Choice(WEEKDAYS)), "weekdays on which somebody answers, in the shop's zone; at least one";
        "from" required Shape::Clock, "local time from which on";
        "to" required Shape::Clock, "local time until which, the same day; up to 24:00";
        "closed" optional Shape::List(&Shape::Date), "dates on which nobody does";
    },
);

pub(crate) const CARE: Shape = Shape::Object(
    "Care",
    fields! {
        "replyWithin" optional Shape::Duration, "until when a conversation is to be answered: makes the tasks `reply`; absent: no such tasks, and 24h for other tasks";
        "hours" optional HOURS, "business hours: `replyWithin` counts only these; absent: every hour";
        "neglectAfter" optional Shape::Days, "an order without a relational contact for so long makes the task `neglect`";
        "coolDown" optional Shape::Duration, "for how long a solved complaint still holds promotions; absent: not at all";
        "lowScore" optional Shape::Number { min: 0.0, max: 10.0 }, "a rating of at most so much is an open case until it is cared for, for at most 90 days; absent: none is";
        "backlogBrake" optional COUNT, "with more unanswered conversations in the whole shop than this, promotions wait";
    },
);

/// What comes before selling. Lengths in milliseconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Care {
    pub reply_within: Option<i64>,
    pub hours: Option<BusinessHours>,
    pub neglect_after: Option<i64>,
    pub cool_down: Option<i64>,
    pub backlog_brake: Option<i64>,
    pub low_score: Option<f64>,
}

impl Care {
    pub fn read(policy: &Tree, problems: &mut Problems) -> Option<Care> {
        let care = policy.get("care")?;
        let length = |key: &str| care.text(key).and_then(parse_duration);
        Some(Care {
            reply_within: length("replyWithin"),
            hours: care.get("hours").and_then(|hours| {
                problems.key("care", |problems| problems.key("hours", |problems| read_hours(hours, problems)))
            }),
            neglect_after: care.get("neglectAfter").map(|_| days_field(care, "neglectAfter")),
            cool_down: length("coolDown"),
            backlog_brake: care.integer("backlogBrake"),
            low_score: care.number("lowScore"),
        })
    }
}

fn read_hours(tree: &Tree, problems: &mut Problems) -> Option<BusinessHours> {
    let (from, to) = (parse_clock(tree.text("from")?)?, parse_clock(tree.text("to")?)?);
    if to <= from {
        problems.add_at("to", Code::InvalidValue, "not after `from`; a day that ends after midnight is two");
    }
    if tree.list("days").is_empty() {
        problems.add_at("days", Code::InvalidValue, "an empty list, so nobody ever answers; name at least one day");
    }
    Some(BusinessHours { from, to, days: weekdays(tree), closed: dates(tree, "closed") })
}
