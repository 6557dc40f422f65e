//! The type of a row in `kinds/`. Each kind of campaign, such as `thankYou`, is one row.

use crate::base::compiled::compiled;
use crate::calendar::DAY;
use crate::language::words::{Channel, Class, Phase};
use crate::policy::parameter::Source;

/// What a campaign of a kind may do, and what the kind demands of the customer. A policy cannot allow what the row forbids: a
/// `thankYou` never carries an offer.
#[derive(Debug)]
pub(crate) struct Kind {
    /// the name that a campaign's `kind` gives
    pub name: &'static str,
    /// what makes its campaigns speak
    pub occasion: Occasion,
    /// milliseconds from what happened until the campaign speaks, unless the campaign has an `after`: a survey waits 7 days after the
    /// delivery
    pub after: i64,
    /// for how many milliseconds from then it may speak, unless the campaign has a `within`
    pub within: i64,
    /// the events at which it speaks, with the occasion `Event`: `notFound` has `page_not_found`
    pub events: &'static [&'static str],
    /// the class of a campaign without `class`, offer and price
    pub class: Class,
    /// the classes that a campaign's `class` may give
    pub allowed_classes: &'static [Class],
    /// the shop owes the customer this message, so limits and holdout do not hold it back: an apology
    pub obligation: bool,
    /// it asks the customer for a favour, so an open case holds it back as it does a promotion: a review
    pub asks_favour: bool,
    /// its contacts count towards no limit: a help prompt
    pub uncounted: bool,
    /// it keeps a date of the customer's own, so of calm only `backOff` holds it back: a birthday
    pub own_date: bool,
    /// it goes in the parcel, so the calm between an order and its delivery does not hold it back
    pub in_parcel: bool,
    /// it never shows an article that the customer owns or would not want
    pub unowned_articles_only: bool,
    /// one decision has at most one contact of this kind
    pub one_per_decision: bool,
    /// several campaigns of the kind speak of one occurrence only once: a survey on the site and one by e-mail, thanks for a first
    /// order and thanks for the others
    pub once_across_campaigns: bool,
    /// whether its campaigns carry an offer
    pub offers: Offers,
    /// its audience may name the ratings that the customer gave; a review asks everybody
    pub audience_may_use_ratings: bool,
    /// the only channel it may use, if there is only one: `post` for a card in the parcel
    pub channel: Option<Channel>,
    /// the phases of the customer in which it may speak
    pub phases: &'static [Phase],
    /// how often a campaign without `repeat` speaks
    pub repeat: Repeat,
    /// the least milliseconds between two contacts of a campaign, whatever its `repeat` says
    pub gap: i64,
    /// what must be true of the customer besides
    pub demands: &'static [Demand],
}

/// Whether a campaign of a kind carries an offer. Where it never does, its messages show no price either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offers {
    Never,
    May,
    /// one with this benefit: `Must("shipping")` accepts an offer with the field `shipping`
    Must(&'static str),
}

/// Something that must be true of the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Demand {
    /// the shop has known the birthday, unchanged, for this many milliseconds
    BirthdayKnown(i64),
    /// has been a customer for this many milliseconds, or has a good order
    Tenure(i64),
    /// no complaint is open
    NoOpenCase,
    /// no complaint is open, and no order has an unresolved incident
    NoTrouble,
    /// has at least this many good orders, and a latest rating of 9 or 10
    Advocate(i64),
}

/// How often one campaign may speak to one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// at every occurrence: after each order
    Freely,
    /// again after this many milliseconds
    After(i64),
    /// once
    Never,
}

/// What makes a campaign speak. `details.rs` has the fields a policy gives for each, `candidates/occasions/` finds them in the customer's
/// data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// a date from `from` to `until`, with `event` only when it happens: 1 to 24 December, at each `login`
    Announcement,
    /// one of the kind's events: `page_not_found`
    Event,
    /// an order that stands, and that was placed after all orders that were thanked for: thanks within 7 days of it
    Order,
    /// an order that was not cancelled, returned or refunded: something to read a day after it
    Kept,
    /// an order as in `Kept` that was not yet shipped: a card for its parcel
    Packing,
    /// an order as in `Kept` that was delivered: instructions on the day it arrives
    Delivery,
    /// an order as in `Delivery` that the customer has not rated: a survey 7 days later
    Unrated,
    /// an article of an order as in `Kept` that was delivered and not returned: a review of the jug 14 days after it came
    Article,
    /// an incident of an order, even of a cancelled one: the parcel of `o-1` is `late`
    Incident,
    /// the customer's birthday, from `lead` days before to `grace` days after: 22 November
    Birthday,
    /// an article that the customer has nearly used up: coffee, bought every 30 days, last bought 27 days ago
    Replenishment,
    /// no order for longer than is usual for the customer: 45 days, with an order every 30 days until then
    Overdue,
    /// an order that reached a goal, or an anniversary of the first order: the tenth order
    Milestone,
    /// a place among the most active customers, once each month or year: `activity` 97 of 100
    Activity,
    /// a draw that picks the customer, once each week, month or year: one customer in a hundred
    Draw,
    /// a cart left behind: last changed 4 hours ago
    Cart,
    /// any visit, once in each; with `every`, when it is the question's turn: after four other contacts
    Question,
}

/// What a row has unless it says otherwise: `Kind { name: "access", ..DEFAULTS }`.
pub(crate) const DEFAULTS: Kind = Kind {
    name: "",
    occasion: Occasion::Announcement,
    after: 0,
    within: 0,
    events: &[],
    class: Class::Relational,
    allowed_classes: &[Class::Relational, Class::Promotional],
    obligation: false,
    asks_favour: false,
    uncounted: false,
    own_date: false,
    in_parcel: false,
    unowned_articles_only: false,
    one_per_decision: false,
    once_across_campaigns: false,
    offers: Offers::May,
    audience_may_use_ratings: true,
    channel: None,
    phases: Phase::ALL,
    repeat: Repeat::Freely,
    gap: 0,
    demands: &[],
};

/// Thirty times 24 hours.
pub(crate) const MONTH: i64 = 30 * DAY;

/// The phases of customers with a good order and no trouble since.
pub(crate) const SERVED_WELL: &[Phase] = &[Phase::Trust, Phase::Identification];

impl Kind {
    /// Whether its messages name the article that the campaign speaks of, and never a suggested one: a review of the jug names the jug.
    pub fn names_its_article(&self) -> bool {
        matches!(
            self.occasion,
            Occasion::Order | Occasion::Unrated | Occasion::Article | Occasion::Replenishment | Occasion::Cart
        )
    }

    /// Whether its campaigns speak of an article that a message may name: the first of an order, one that was left in the cart.
    pub fn speaks_of_article(&self) -> bool {
        let is_of_order = self.occasion.sources().contains(&Source::Order);
        self.names_its_article() || is_of_order && !self.unowned_articles_only
    }
}

compiled! { enum Repeat { Freely, After(length), Never } }
