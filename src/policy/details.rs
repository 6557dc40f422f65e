//! What only campaigns of one occasion say: their fields, what their messages may insert, and how both are read.

use super::kind::{Kind, Occasion};
use crate::base::problem::{Code, Problems};
use crate::base::tree::Tree;
use crate::calendar::{DAY, LeapDay, Unit, date_of, parse_days, parse_duration};
use crate::language::words::IncidentKind;
use crate::reader::shape::{COUNT, Field, MONEY, Shape, fields};
use chrono::NaiveDate;

/// How many days `lead` and `grace` may come to: the windows of two years must not meet.
const MAX_DAYS: i64 = 300;
/// How many days before an article is used up, where a campaign does not say.
const LEAD: i64 = 3 * DAY;
/// How many percent of the cadence are too long a silence, where a campaign does not say.
const FACTOR: i64 = 150;
/// From which percentile on a customer is among the most active, where a campaign does not say.
const FLOOR: f64 = 95.0;

const ANNOUNCEMENT: &[Field] = fields! {
    "event" optional Shape::Name, "the event it answers, by its GA4 name; absent: any moment";
    "from" optional Shape::Date, "the shop's date on which it begins; absent: it has begun";
    "until" optional Shape::Date, "the shop's last date; absent: it does not end";
};

const ORDERS: &[Field] = fields! {
    "after" optional Shape::Days, "whole days from the anchor until it begins; absent: the kind's";
    "within" optional Shape::Duration, "for how long it may be spoken of; absent: the kind's";
    "families" optional Shape::List(&Shape::Name), "only of these product families; absent: of any";
};

const INCIDENTS: &[Field] = fields! {
    "incidents" optional Shape::List(&Shape::Choice(IncidentKind::WORDS)), "only of these kinds of incident; absent: of any";
};

const BIRTHDAY: &[Field] = fields! {
    "lead" optional Shape::Days, "civil days before, inclusive; absent: none; with `grace` under 300";
    "grace" optional Shape::Days, "civil days after, inclusive; absent: none";
    "leapDay" optional Shape::Choice(&["feb-28", "mar-1"]), "when 29 February is observed in other years; absent: feb-28";
    "belated" optional Shape::Name, "the message after the day; absent: the same";
};

const REPLENISHMENT: &[Field] = fields! {
    "lead" optional Shape::Days, "whole days before it is used up; absent: 3";
    "by" optional Shape::Choice(&["sku", "family"]), "whose rhythm counts, each article's or each product family's; absent: sku";
    "families" optional Shape::List(&Shape::Name), "only articles of these product families; absent: of any";
};

const OVERDUE: &[Field] = fields! {
    "after" optional Shape::Duration, "since the latest order, where no cadence is known; absent: 180d";
    "factor" optional Shape::Integer { min: 100, max: 1_000 }, "percent of the cadence; absent: 150";
};

const MILESTONE: &[Field] = fields! {
    "orders" optional Shape::Integer { min: 1, max: 1_000_000 }, "which order; one of `orders`, `spend` and `years`";
    "spend" optional MONEY, "what their orders come to, in minor units, without what came back";
    "years" optional Shape::Flag, "true: each anniversary of the first order";
    "lead" optional Shape::Days, "with `years`: civil days before, inclusive; absent: none";
    "grace" optional Shape::Days, "with `years`: civil days after, inclusive; absent: none";
};

const ACTIVITY: &[Field] = fields! {
    "floor" optional Shape::Number { min: 0.0, max: 100.0 }, "the least `activity` of the customer, a percentile; absent: 95";
    "per" optional Shape::Choice(&["month", "year"]), "how often, in the shop's zone; absent: year";
};

const DRAW: &[Field] = fields! {
    "share" required Shape::Number { min: 0.0, max: 1.0 }, "of the customers with an id, 0 to 1";
    "per" optional Shape::Choice(&["week", "month", "year"]), "how often it is drawn, in the shop's zone; absent: month";
};

const CART: &[Field] = fields! {
    "after" optional Shape::Duration, "since `cart.at`; absent: 4h";
};

const QUESTION: &[Field] = fields! {
    "every" optional COUNT, "of so many contacts the last is a question: none before, and then before all that is relational or promotional; absent: any moment";
};

const ORDER_PARAMETERS: &[&str] = &["order.id", "order.total", "order.at"];
const ARTICLE_PARAMETERS: &[&str] = &["order.id", "order.total", "order.at", "item.sku", "item.family"];

impl Occasion {
    /// What a decision calls it in `why`.
    pub fn code(self) -> &'static str {
        match self {
            Occasion::Announcement => "announcement",
            Occasion::Event => "event",
            Occasion::Order | Occasion::Kept => "order",
            Occasion::Packing => "packing",
            Occasion::Delivery | Occasion::Unrated => "delivery",
            Occasion::Article => "article",
            Occasion::Incident => "incident",
            Occasion::Birthday => "birthday",
            Occasion::Replenishment => "replenishment",
            Occasion::Overdue => "overdue",
            Occasion::Milestone => "milestone",
            Occasion::Activity => "activity",
            Occasion::Draw => "draw",
            Occasion::Cart => "cart",
            Occasion::Question => "question",
        }
    }

    /// The fields its campaigns have beside the common ones.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Occasion::Announcement => ANNOUNCEMENT,
            Occasion::Event | Occasion::Order => &[],
            Occasion::Kept | Occasion::Packing | Occasion::Delivery | Occasion::Unrated | Occasion::Article => ORDERS,
            Occasion::Incident => INCIDENTS,
            Occasion::Birthday => BIRTHDAY,
            Occasion::Replenishment => REPLENISHMENT,
            Occasion::Overdue => OVERDUE,
            Occasion::Milestone => MILESTONE,
            Occasion::Activity => ACTIVITY,
            Occasion::Draw => DRAW,
            Occasion::Cart => CART,
            Occasion::Question => QUESTION,
        }
    }

    /// What the messages of its campaigns may insert.
    pub fn parameters(self) -> &'static [&'static str] {
        match self {
            Occasion::Order
            | Occasion::Kept
            | Occasion::Packing
            | Occasion::Delivery
            | Occasion::Unrated
            | Occasion::Incident
            | Occasion::Overdue => ORDER_PARAMETERS,
            Occasion::Article => ARTICLE_PARAMETERS,
            Occasion::Replenishment => &["item.sku", "item.family"],
            Occasion::Birthday => &["birthday"],
            _ => &[],
        }
    }

    /// Whether each occurrence is spoken of once; else `repeat` alone decides.
    pub fn is_once_each(self) -> bool {
        !matches!(self, Occasion::Announcement | Occasion::Event | Occasion::Question)
    }
}

/// What only campaigns of one occasion have.
#[derive(Clone, Debug)]
pub(crate) enum Details {
    Announcement {
        event: Option<String>,
        from: Option<NaiveDate>,
        until: Option<NaiveDate>,
    },
    Event,
    Orders(OrderState, Timing),
    Articles(Timing),
    Incidents(Timing),
    Birthday {
        /// whole days before and after, in milliseconds
        lead: i64,
        grace: i64,
        leap_day: LeapDay,
        /// the message after the day
        belated: Option<usize>,
    },
    Replenishment {
        /// milliseconds before it is used up
        lead: i64,
        families: Option<Vec<String>>,
        /// whose rhythm counts: each family's, else each article's
        by_family: bool,
    },
    Overdue {
        /// milliseconds since the latest order, where no cadence is known
        after: i64,
        /// percent of the cadence
        factor: i64,
    },
    Milestone(Goal),
    Activity {
        floor: f64,
        per: Unit,
    },
    Draw {
        share: f64,
        per: Unit,
    },
    Cart {
        /// milliseconds since the cart was left
        after: i64,
    },
    Question {
        /// of so many contacts one is a question; 0: any may be
        every: i64,
    },
}

/// In which state an order must be for a campaign to speak of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderState {
    NotCancelled,
    Kept,
    Packing,
    Delivered,
    DeliveredAndUnrated,
}

/// When campaigns about orders speak, and of which orders.
#[derive(Clone, Debug)]
pub(crate) struct Timing {
    /// milliseconds from the anchor
    pub after: i64,
    /// milliseconds from then
    pub within: i64,
    /// of which families, or kinds of incident, if not of any
    pub only: Option<Vec<String>>,
}

impl Timing {
    fn read(tree: &Tree, kind: &Kind, only: &str) -> Timing {
        Timing {
            after: tree.get("after").map_or(kind.after, |_| days_field(tree, "after")),
            within: tree.text("within").and_then(parse_duration).unwrap_or(kind.within),
            only: tree.get(only).map(|_| tree.texts(only)),
        }
    }

    /// Whether a family, or kind of incident, is one of those it is about.
    pub fn is_about(&self, name: Option<&str>) -> bool {
        self.only.as_ref().is_none_or(|only| name.is_some_and(|name| only.iter().any(|one| one == name)))
    }
}

/// What a milestone is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    Orders(i64),
    Spend(i64),
    /// milliseconds before and after
    Years {
        lead: i64,
        grace: i64,
    },
}

impl Details {
    /// Reads what a campaign of a kind says beside the common fields. `belated` is the message after the day.
    pub fn read(tree: &Tree, kind: &Kind, belated: Option<usize>, problems: &mut Problems) -> Option<Details> {
        let orders = |state| Details::Orders(state, Timing::read(tree, kind, "families"));
        let duration = |key: &str, absent: i64| tree.text(key).and_then(parse_duration).unwrap_or(absent);
        let per = |absent: Unit| tree.text("per").and_then(Unit::named).unwrap_or(absent);
        Some(match kind.occasion {
            Occasion::Announcement => read_announcement(tree, problems),
            Occasion::Event => Details::Event,
            Occasion::Order => orders(OrderState::NotCancelled),
            Occasion::Kept => orders(OrderState::Kept),
            Occasion::Packing => orders(OrderState::Packing),
            Occasion::Delivery => orders(OrderState::Delivered),
            Occasion::Unrated => orders(OrderState::DeliveredAndUnrated),
            Occasion::Article => Details::Articles(Timing::read(tree, kind, "families")),
            Occasion::Incident => Details::Incidents(Timing::read(tree, kind, "incidents")),
            Occasion::Birthday => {
                check_window(tree, problems);
                Details::Birthday {
                    lead: days_field(tree, "lead"),
                    grace: days_field(tree, "grace"),
                    leap_day: if tree.text("leapDay") == Some("mar-1") { LeapDay::Mar1 } else { LeapDay::Feb28 },
                    belated,
                }
            }
            Occasion::Replenishment => Details::Replenishment {
                lead: tree.get("lead").map_or(LEAD, |_| days_field(tree, "lead")),
                families: tree.get("families").map(|_| tree.texts("families")),
                by_family: tree.text("by") == Some("family"),
            },
            Occasion::Overdue => Details::Overdue {
                after: duration("after", kind.after),
                factor: tree.integer("factor").unwrap_or(FACTOR),
            },
            Occasion::Milestone => Details::Milestone(read_goal(tree, problems)?),
            Occasion::Activity => {
                Details::Activity { floor: tree.number("floor").unwrap_or(FLOOR), per: per(Unit::Year) }
            }
            Occasion::Draw => Details::Draw { share: tree.number("share")?, per: per(Unit::Month) },
            Occasion::Cart => Details::Cart { after: duration("after", kind.after) },
            Occasion::Question => Details::Question { every: tree.integer("every").unwrap_or(0) },
        })
    }
}

fn read_announcement(tree: &Tree, problems: &mut Problems) -> Details {
    let date = |key: &str| tree.integer(key).map(date_of);
    let (from, until) = (date("from"), date("until"));
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        problems.add_at("until", Code::InvalidValue, "before `from`, so it would never speak");
    }
    Details::Announcement { event: tree.owned("event"), from, until }
}

fn read_goal(tree: &Tree, problems: &mut Problems) -> Option<Goal> {
    check_window(tree, problems);
    let years = Goal::Years { lead: days_field(tree, "lead"), grace: days_field(tree, "grace") };
    let goals = [
        ("orders", tree.integer("orders").map(Goal::Orders)),
        ("spend", tree.integer("spend").map(Goal::Spend)),
        ("years", tree.flag("years").filter(|years| *years).map(|_| years)),
    ];
    let mut goal = None;
    for (key, named) in goals {
        if goal.is_some() && named.is_some() {
            problems.add_at(key, Code::NotAllowed, "a second goal; make another campaign of it");
        }
        goal = goal.or(named);
    }
    if goal.is_none() {
        problems.add_at("orders", Code::MissingField, "say what is reached: `orders`, `spend` or `years`");
    }
    goal
}

/// Refuses windows of two years that would meet.
fn check_window(tree: &Tree, problems: &mut Problems) {
    if days_field(tree, "lead") + days_field(tree, "grace") >= MAX_DAYS * DAY {
        let key = if tree.get("grace").is_some() { "grace" } else { "lead" };
        problems.add_at(key, Code::OutOfRange, "with `lead` and `grace` together under 300 days, no two of them meet");
    }
}

/// The milliseconds of a field of whole days; 0 when it is absent.
pub(crate) fn days_field(tree: &Tree, key: &str) -> i64 {
    tree.text(key).and_then(parse_days).unwrap_or(0)
}
