//! `care`: customer care that comes before promotional contacts.

use super::details::days_field;
use super::quiet_hours::{WEEKDAYS, dates, weekdays};
use crate::base::problem::{ProblemCode, Problems};
use crate::base::tree::Tree;
use crate::calendar::{BusinessHours, parse_clock, parse_duration};
use crate::reader::shape::{COUNT, Shape, fields};

const HOURS: Shape = Shape::Object(
    "BusinessHours",
    fields! {
        "days" required Shape::List(&Shape::Choice(WEEKDAYS)), "the weekdays on which somebody answers; at least one";
        "from" required Shape::Clock, "the local time, in the shop's zone, at which somebody starts to answer";
        "to" required Shape::Clock, "the local time at which they stop, on the same day; at most `24:00`";
        "closed" optional Shape::List(&Shape::Date), "the dates on which nobody answers";
    },
);

pub(crate) const CARE: Shape = Shape::Object(
    "Care",
    fields! {
        "replyWithin" optional Shape::Duration, "how soon a conversation must be answered; gives the tasks `reply`; absent: no such tasks, and `24h` for other tasks";
        "hours" optional HOURS, "the business hours; `replyWithin` counts only these; absent: every hour counts";
        "neglectAfter" optional Shape::Days, "gives the task `neglect` when the customer had no relational contact for this time after an order; absent: no such tasks";
        "coolDown" optional Shape::Duration, "how long promotional contacts pause after a complaint is solved; absent: no pause";
        "lowScore" optional Shape::Number { min: 0.0, max: 10.0 }, "a rating of at most this is an open case until somebody cares for it, for at most 90 days; absent: no rating is";
        "backlogBrake" optional COUNT, "promotional contacts wait while the whole shop has more unanswered conversations than this";
    },
);

/// Customer care. Durations are in milliseconds.
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
        let duration = |key: &str| care.text(key).and_then(parse_duration);
        Some(Care {
            reply_within: duration("replyWithin"),
            hours: care.get("hours").and_then(|hours| {
                problems.key("care", |problems| problems.key("hours", |problems| read_hours(hours, problems)))
            }),
            neglect_after: care.get("neglectAfter").map(|_| days_field(care, "neglectAfter")),
            cool_down: duration("coolDown"),
            backlog_brake: care.integer("backlogBrake"),
            low_score: care.number("lowScore"),
        })
    }
}

fn read_hours(tree: &Tree, problems: &mut Problems) -> Option<BusinessHours> {
    let (from, to) = (parse_clock(tree.text("from")?)?, parse_clock(tree.text("to")?)?);
    if to <= from {
        problems.add_at(
            "to",
            ProblemCode::InvalidValue,
            "not after `from`; hours that pass midnight belong to two days",
        );
    }
    if tree.list("days").is_empty() {
        problems.add_at("days", ProblemCode::InvalidValue, "an empty list; name at least one day");
    }
    Some(BusinessHours { from, to, days: weekdays(tree), closed: dates(tree, "closed") })
}
