//! The fields that only campaigns of one occasion have, such as `leapDay` of a birthday, and the parameters of their messages.

use super::kind::{Kind, Occasion};
use super::parameter::Source;
use crate::base::compiled::compiled;
use crate::base::parts::{Draws, Kinds};
use crate::base::problem::{ProblemCode, Problems};
use crate::base::sorting::{contains, distinct};
use crate::base::tree::Tree;
use crate::calendar::{DAY, LeapDay, Unit, date_of, parse_days, parse_duration};
use crate::language::words::IncidentKind;
use crate::reader::shape::{COUNT, Field, MONEY, Shape, fields};
use chrono::NaiveDate;

/// `lead` and `grace` together must be shorter than this, so that one year's window ends before the next begins.
const MAX_DAYS: i64 = 300;
/// Replenishment without `lead`.
const LEAD: i64 = 3 * DAY;
/// Win-back without `factor`: 150 percent of the usual time between two orders.
const FACTOR: i64 = 150;
/// Top activity without `floor`: the most active 5 percent.
const FLOOR: f64 = 95.0;

const ANNOUNCEMENT: &[Field] = fields! {
    "event" optional Shape::Name, "the event at which it speaks, by its GA4 name, as `add_to_cart`; absent: at any moment";
    "from" optional Shape::Date, "the first date on which it speaks, in the shop's zone; absent: from now on";
    "until" optional Shape::Date, "the last date on which it speaks, in the shop's zone; absent: it does not end";
};

const ORDERS: &[Field] = fields! {
    "after" optional Shape::Days, "how many whole days after the order or its delivery it begins to speak, as `7d`; absent: the default of its kind";
    "within" optional Shape::Duration, "for how long it may speak from then on, as `30d`; absent: the default of its kind";
    "families" optional Shape::List(&Shape::Name), "only orders or articles of these product families; absent: of any family";
};

const INCIDENTS: &[Field] = fields! {
    "incidents" optional Shape::List(&Shape::Choice(IncidentKind::WORDS)), "only these kinds of incident; absent: any kind";
};

const BIRTHDAY: &[Field] = fields! {
    "lead" optional Shape::Days, "how many days before the birthday it begins to speak, as `3d`; absent: on the day; `lead` and `grace` together stay under 300 days";
    "grace" optional Shape::Days, "how many days after the birthday it still speaks, as `7d`; absent: only until the day is over";
    "leapDay" optional Shape::Choice(&["feb-28", "mar-1"]), "the date on which a birthday of 29 February is kept in years without that day; absent: feb-28";
    "early" optional Shape::Name, "the message to use before the birthday; absent: `message`";
    "belated" optional Shape::Name, "the message to use after the birthday; absent: `message`";
};

const REPLENISHMENT: &[Field] = fields! {
    "lead" optional Shape::Days, "how many whole days before the article is used up it begins to speak; absent: 3d";
    "by" optional Shape::Choice(&["sku", "family"]), "whether orders are compared by article or by product family: with `family`, any coffee replaces any other; absent: sku";
    "families" optional Shape::List(&Shape::Name), "only articles of these product families; absent: of any family";
};

const OVERDUE: &[Field] = fields! {
    "after" optional Shape::Duration, "how long after the latest order it speaks to a customer with fewer than three orders; absent: 180d";
    "factor" optional Shape::Integer { min: 100, max: 1_000 }, "after which percentage of the customer's usual time between orders it speaks: with 150 and an order every 30 days, after 45 days; absent: 150";
};

const MILESTONE: &[Field] = fields! {
    "orders" optional Shape::Integer { min: 1, max: 1_000_000 }, "the number of the order to celebrate, as 10; give one of `orders`, `spend` and `years`";
    "spend" optional MONEY, "the sum of their orders to celebrate, in minor units, without what was returned or refunded: 50000 is 500 €";
    "years" optional Shape::Flag, "true: celebrates each anniversary of the first order";
    "lead" optional Shape::Days, "with `years`: how many days before the anniversary it begins to speak; absent: on the day";
    "grace" optional Shape::Days, "with `years`: how many days after the anniversary it still speaks; absent: only until the day is over";
};

const ACTIVITY: &[Field] = fields! {
    "floor" optional Shape::Number { min: 0.0, max: 100.0 }, "the lowest `activity` of a customer to whom it speaks, a percentile; absent: 95";
    "per" optional Shape::Choice(&["month", "year"]), "it speaks once in each of these, in the shop's zone; absent: year";
};

const DRAW: &[Field] = fields! {
    "share" required Shape::Number { min: 0.0, max: 1.0 }, "which part of the customers the draw picks, of those with an id: 0.01 is one in a hundred";
    "per" optional Shape::Choice(&["week", "month", "year"]), "there is one draw in each of these, in the shop's zone; absent: month";
};

const CART: &[Field] = fields! {
    "after" optional Shape::Duration, "how long after `cart.at` it speaks; absent: 4h";
};

const QUESTION: &[Field] = fields! {
    "every" optional COUNT, "one of this many contacts is the question: with 5, it is asked after four other contacts, before relational and promotional campaigns; absent: at any visit";
};

impl Occasion {
    /// Its `code` in the `why` of a contact.
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

    /// The fields that its campaigns have besides those of every campaign.
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

    /// The sources of the parameters that the messages of its campaigns may insert, as `{order.total}`.
    pub fn sources(self) -> &'static [Source] {
        match self {
            Occasion::Order
            | Occasion::Kept
            | Occasion::Packing
            | Occasion::Delivery
            | Occasion::Unrated
            | Occasion::Incident
            | Occasion::Overdue => &[Source::Order],
            Occasion::Article => &[Source::Order, Source::Item],
            Occasion::Replenishment => &[Source::Item],
            Occasion::Birthday => &[Source::Day],
            _ => &[],
        }
    }

    /// Whether a campaign speaks only once of each occurrence, as of each order; else `repeat` alone decides.
    pub fn is_once_each(self) -> bool {
        !matches!(self, Occasion::Announcement | Occasion::Event | Occasion::Question)
    }
}

/// The fields of one campaign that depend on its occasion.
#[derive(Clone, Debug)]
pub(crate) enum Details {
    Announcement {
        event: Option<String>,
        from: Option<NaiveDate>,
        until: Option<NaiveDate>,
    },
    Event(Kinds),
    Thanks,
    Orders(OrderState, Timing, Kinds),
    Articles(Timing, Kinds),
    Incidents(Timing, Kinds),
    Birthday {
        /// in milliseconds
        lead: i64,
        grace: i64,
        leap_day: LeapDay,
    },
    Replenishment {
        /// in milliseconds
        lead: i64,
        families: Option<Vec<String>>,
        /// orders are compared by product family, else by article
        by_family: bool,
        part: Kinds,
    },
    Overdue {
        /// milliseconds since the latest order, for a customer with fewer than three orders
        after: i64,
        /// percent of the usual time between two orders
        factor: i64,
        part: Kinds,
    },
    Milestone(Goal, Kinds),
    Activity {
        floor: f64,
        per: Unit,
        part: Kinds,
    },
    Draw {
        share: f64,
        per: Unit,
        part: Draws,
    },
    Cart {
        /// milliseconds since `cart.at`
        after: i64,
        part: Kinds,
    },
    Question {
        /// 5: after four other contacts; 0: at any visit
        every: i64,
        part: Kinds,
    },
}

/// The orders of which a campaign speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrderState {
    /// not cancelled, returned or refunded
    Kept,
    /// kept, and not yet shipped
    Packing,
    Delivered,
    DeliveredAndUnrated,
}

/// When campaigns about orders speak, and about which.
#[derive(Clone, Debug)]
pub(crate) struct Timing {
    /// milliseconds after the order, its delivery or its incident
    pub after: i64,
    /// milliseconds from then on
    pub within: i64,
    /// the product families, or the kinds of incident, sorted; none: any
    pub only: Option<Vec<String>>,
}

impl Timing {
    fn read(tree: &Tree, kind: &Kind, only: &str) -> Timing {
        Timing {
            after: tree.get("after").map_or(kind.after, |_| days_field(tree, "after")),
            within: tree.text("within").and_then(parse_duration).unwrap_or(kind.within),
            only: tree.get(only).map(|_| distinct(tree.texts(only))),
        }
    }

    /// Whether the campaign is about a product family, or a kind of incident.
    pub fn is_about(&self, name: Option<&str>) -> bool {
        self.only.as_ref().is_none_or(|only| name.is_some_and(|name| contains(only, name)))
    }
}

/// What a milestone celebrates.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    Orders(i64),
    Spend(i64),
    /// in milliseconds
    Years {
        lead: i64,
        grace: i64,
    },
}

impl Details {
    /// Reads the fields.
    pub fn read(tree: &Tree, kind: &Kind, problems: &mut Problems) -> Option<Details> {
        let orders = |state| Details::Orders(state, Timing::read(tree, kind, "families"), Kinds::here());
        let duration = |key: &str, absent: i64| tree.text(key).and_then(parse_duration).unwrap_or(absent);
        let per = |absent: Unit| tree.text("per").and_then(Unit::named).unwrap_or(absent);
        Some(match kind.occasion {
            Occasion::Announcement => read_announcement(tree, problems),
            Occasion::Event => Details::Event(Kinds::here()),
            Occasion::Order => Details::Thanks,
            Occasion::Kept => orders(OrderState::Kept),
            Occasion::Packing => orders(OrderState::Packing),
            Occasion::Delivery => orders(OrderState::Delivered),
            Occasion::Unrated => orders(OrderState::DeliveredAndUnrated),
            Occasion::Article => Details::Articles(Timing::read(tree, kind, "families"), Kinds::here()),
            Occasion::Incident => Details::Incidents(Timing::read(tree, kind, "incidents"), Kinds::here()),
            Occasion::Birthday => {
                check_window(tree, problems);
                Details::Birthday {
                    lead: days_field(tree, "lead"),
                    grace: days_field(tree, "grace"),
                    leap_day: if tree.text("leapDay") == Some("mar-1") { LeapDay::Mar1 } else { LeapDay::Feb28 },
                }
            }
            Occasion::Replenishment => Details::Replenishment {
                lead: tree.get("lead").map_or(LEAD, |_| days_field(tree, "lead")),
                families: tree.get("families").map(|_| distinct(tree.texts("families"))),
                by_family: tree.text("by") == Some("family"),
                part: Kinds::here(),
            },
            Occasion::Overdue => Details::Overdue {
                after: duration("after", kind.after),
                factor: tree.integer("factor").unwrap_or(FACTOR),
                part: Kinds::here(),
            },
            Occasion::Milestone => Details::Milestone(read_goal(tree, problems)?, Kinds::here()),
            Occasion::Activity => Details::Activity {
                floor: tree.number("floor").unwrap_or(FLOOR),
                per: per(Unit::Year),
                part: Kinds::here(),
            },
            Occasion::Draw => {
                Details::Draw { share: tree.number("share")?, per: per(Unit::Month), part: Draws::here() }
            }
            Occasion::Cart => Details::Cart { after: duration("after", kind.after), part: Kinds::here() },
            Occasion::Question => Details::Question { every: tree.integer("every").unwrap_or(0), part: Kinds::here() },
        })
    }
}

fn read_announcement(tree: &Tree, problems: &mut Problems) -> Details {
    let date = |key: &str| tree.integer(key).map(date_of);
    let (from, until) = (date("from"), date("until"));
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        problems.add_at(
            "until",
            ProblemCode::InvalidValue,
            "`until` is before `from`, so the campaign would never speak; swap them",
        );
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
            problems.add_at(
                key,
                ProblemCode::NotAllowed,
                "a campaign has one goal; add another campaign for the second",
            );
        }
        goal = goal.or(named);
    }
    if goal.is_none() {
        problems.add_at(
            "orders",
            ProblemCode::MissingField,
            "a milestone needs a goal; give `orders`, `spend` or `years`",
        );
    }
    goal
}

/// The window of one year must end before that of the next begins.
fn check_window(tree: &Tree, problems: &mut Problems) {
    if days_field(tree, "lead") + days_field(tree, "grace") >= MAX_DAYS * DAY {
        let key = if tree.get("grace").is_some() { "grace" } else { "lead" };
        problems.add_at(
            key,
            ProblemCode::OutOfRange,
            "`lead` and `grace` together must be under 300 days; shorten one of them",
        );
    }
}

/// The milliseconds of a field such as `"lead": "3d"`; 0 without it.
pub(crate) fn days_field(tree: &Tree, key: &str) -> i64 {
    tree.text(key).and_then(parse_days).unwrap_or(0)
}

compiled! {
    enum Details {
        Announcement { event, from, until },
        Event [Kinds] (part),
        Thanks,
        Orders [Kinds] (state, timing, part),
        Articles [Kinds] (timing, part),
        Incidents [Kinds] (timing, part),
        Birthday { lead, grace, leap_day },
        Replenishment [Kinds] { lead, families, by_family, part },
        Overdue [Kinds] { after, factor, part },
        Milestone [Kinds] (goal, part),
        Activity [Kinds] { floor, per, part },
        Draw [Draws] { share, per, part },
        Cart [Kinds] { after, part },
        Question [Kinds] { every, part }
    }
    enum OrderState { Kept, Packing, Delivered, DeliveredAndUnrated }
    enum Goal { Orders(orders), Spend(sum), Years { lead, grace } }
}
compiled! { struct Timing { after, within, only } }
