//! `care`: customer care that comes before promotional contacts.

use super::details::days_field;
use super::quiet_hours::{WEEKDAYS, holidays, weekdays};
use crate::base::compiled::compiled;
use crate::base::problem::{ProblemCode, Problems};
use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::calendar::{BusinessHours, BusinessSpan, parse_clock, parse_duration};
use crate::reader::shape::{COUNT, PER_THOUSAND, Shape, fields};

const HOURS: Shape = Shape::Object(
    "BusinessHours",
    fields! {
        "days" required Shape::List(&Shape::Choice(WEEKDAYS)), "the weekdays on which somebody answers; at least one";
        "from" required Shape::Clock, "the local time, in the shop's zone, at which somebody starts to answer";
        "to" required Shape::Clock, "the local time at which they stop, on the same day; at most `24:00`";
        "closed" optional Shape::List(&Shape::Holiday), "the dates on which nobody answers, in this span and in the others: `2026-12-24`, or every year `--12-25`";
    },
);

pub(crate) const CARE: Shape = Shape::Object(
    "Care",
    fields! {
        "replyWithin" optional Shape::Duration, "how soon a conversation must be answered; gives the tasks `reply`; absent: no such tasks, and `24h` for other tasks";
        "solveWithin" optional Shape::Duration, "how soon a conversation that was answered must be solved, counted from what the customer wrote; gives the tasks `solve`; absent: no such tasks";
        "hours" optional Shape::OneOrMore(&HOURS), "the business hours, or a list of them: 9:00 to 14:00 and 17:00 to 20:00; `replyWithin` and `solveWithin` count only these; absent: every hour counts";
        "neglectAfter" optional Shape::Days, "gives the task `neglect` when the customer had no relational contact for this time after the delivery of an order; absent: no such tasks";
        "coolDown" optional Shape::Duration, "how long promotional contacts pause after a complaint is solved; absent: no pause";
        "lowScore" optional Shape::Number { min: 0.0, max: 10.0 }, "a rating of at most this is an open case until somebody cares for it, for at most 90 days; absent: no rating is";
        "backlogBrake" optional COUNT, "promotional contacts wait while the whole shop has more unanswered conversations than this";
        "fatigueBrake" optional PER_THOUSAND, "promotional contacts wait while more than this unsubscribe or report spam, of 1,000 contacts of the whole shop (`shop.fatigue` of the request)";
    },
);

/// Customer care. Durations are in milliseconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Care {
    pub reply_within: Option<i64>,
    pub solve_within: Option<i64>,
    pub hours: Option<BusinessHours>,
    pub neglect_after: Option<i64>,
    pub cool_down: Option<i64>,
    pub backlog_brake: Option<i64>,
    /// of 1,000 contacts
    pub fatigue_brake: Option<f64>,
    pub low_score: Option<f64>,
}

impl Care {
    pub fn read(policy: &Tree, problems: &mut Problems) -> Option<Care> {
        let care = policy.get("care")?;
        let duration = |key: &str| care.text(key).and_then(parse_duration);
        Some(Care {
            reply_within: duration("replyWithin"),
            solve_within: duration("solveWithin"),
            hours: problems.key("care", |problems| problems.key("hours", |problems| read_hours(care, problems))),
            neglect_after: care.get("neglectAfter").map(|_| days_field(care, "neglectAfter")),
            cool_down: duration("coolDown"),
            backlog_brake: care.integer("backlogBrake"),
            fatigue_brake: care.number("fatigueBrake"),
            low_score: care.number("lowScore"),
        })
    }
}

fn read_hours(care: &Tree, problems: &mut Problems) -> Option<BusinessHours> {
    let mut hours = BusinessHours::default();
    match care.get("hours")? {
        Tree::List(spans) => {
            for (index, span) in spans.iter().enumerate() {
                problems.index(index, |problems| read_span(span, &mut hours, problems));
            }
        }
        span => read_span(span, &mut hours, problems),
    }
    sort_by(&mut hours.spans, Ord::cmp);
    Some(hours)
}

fn read_span(tree: &Tree, hours: &mut BusinessHours, problems: &mut Problems) {
    if let (Some(from), Some(to)) = (tree.text("from").and_then(parse_clock), tree.text("to").and_then(parse_clock)) {
        if to <= from {
            let sentence = "not after `from`; hours that pass midnight belong to two days";
            problems.add_at("to", ProblemCode::InvalidValue, sentence);
        }
        hours.spans.push(BusinessSpan { from, to, days: weekdays(tree) });
    }
    if matches!(tree.get("days"), Some(Tree::List(days)) if days.is_empty()) {
        problems.add_at("days", ProblemCode::InvalidValue, "an empty list; name at least one day");
    }
    hours.closed.extend(holidays(tree, "closed"));
}

compiled! {
    struct Care {
        reply_within,
        solve_within,
        hours,
        neglect_after,
        cool_down,
        backlog_brake,
        fatigue_brake,
        low_score
    }
}
