//! What a kind of campaign is: a row of data. The rows stand in `kinds/`, one file each.

use crate::calendar::DAY;
use crate::language::words::{Channel, Class, Phase};

/// What a campaign of a kind may do, and what the kind demands of the customer. A policy cannot switch on what a row forbids:
/// thanks, for example, carry no offer.
#[derive(Debug)]
pub(crate) struct Kind {
    pub name: &'static str,
    /// what could make it speak
    pub occasion: Occasion,
    /// milliseconds from the anchor until the occasion begins, where a campaign does not say
    pub after: i64,
    /// for how many milliseconds the occasion stays open, where a campaign does not say
    pub within: i64,
    /// the events it answers, where the kind decides that
    pub events: &'static [&'static str],
    /// the class of a campaign that says none, carries no offer and tells no price
    pub class: Class,
    /// the classes it may say instead
    pub allowed_classes: &'static [Class],
    /// the customer is owed it: limits and holdout do not hold it
    pub obligation: bool,
    /// it asks the customer for something, so that an open case holds it like a promotion
    pub asks_favour: bool,
    /// its contacts count towards nothing
    pub uncounted: bool,
    /// it comes with the parcel, so that no calm before the delivery holds it
    pub in_parcel: bool,
    /// it speaks of no article that the customer has or would not want
    pub unowned_articles_only: bool,
    /// one decision makes at most one contact of this kind
    pub one_per_decision: bool,
    /// its dates are known beforehand, so they keep their slots
    pub dated: bool,
    /// an occurrence is spoken of by one campaign of the kind, not by each
    pub once_across_campaigns: bool,
    pub offers: Offers,
    /// its audience may ask for the ratings a customer gave
    pub audience_may_use_ratings: bool,
    /// the only channel it may use
    pub channel: Option<Channel>,
    /// the phases of a relation in which it may speak
    pub phases: &'static [Phase],
    /// how often a campaign speaks that does not say
    pub repeat: Repeat,
    /// the least milliseconds between two contacts, whatever a campaign says
    pub gap: i64,
    /// what must be true of the customer beside the occasion
    pub demands: &'static [Demand],
}

/// Whether a campaign of a kind carries an offer. Where it never does, it tells no price either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offers {
    Never,
    May,
    /// one of this benefit, a field of the offer
    Must(&'static str),
}

/// Something a kind demands of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Demand {
    /// the birthday has been known, unchanged, for so many milliseconds
    BirthdayKnown(i64),
    /// a customer for so many milliseconds, or with a good order
    Tenure(i64),
    /// no complaint is open
    NoOpenCase,
    /// no complaint is open, and no order has an incident that is not resolved
    NoTrouble,
    /// at least so many good orders, and the latest rating is 9 or 10
    Advocate(i64),
}

/// The least time between two contacts of one campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// as often as there are occasions
    Freely,
    /// not before so many milliseconds
    After(i64),
    Never,
}

/// What could make a campaign speak. `details.rs` has what a policy says of each, `candidates/occasions/` how each is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// the event it waits for, or any moment, on the shop's dates from `from` to `until`
    Announcement,
    /// one of the kind's events, whenever it happens
    Event,
    /// each order that was not cancelled; a policy says nothing of it
    Order,
    /// each order that was neither cancelled, returned nor refunded
    Kept,
    /// each kept order that has not left
    Packing,
    /// each kept order, from its delivery on
    Delivery,
    /// each kept order that nobody has rated, from its delivery on
    Unrated,
    /// each article of a kept order, from its own delivery on
    Article,
    /// each incident of an order, of a cancelled one too
    Incident,
    /// the customer's birthday, from `lead` civil days before to `grace` after
    Birthday,
    /// each article whose rhythm is known, when it runs out
    Replenishment,
    /// the customer's silence, when it lasts longer than theirs usually do
    Overdue,
    /// the order that reached a goal, or the years since the first order
    Milestone,
    /// a place among the most active customers, each calendar unit
    Activity,
    /// the calendar unit in which the draw falls on the customer
    Draw,
    /// the cart, when it has been left
    Cart,
    /// any moment, once a visit; with `every`, when it is the question's turn
    Question,
}

/// A kind that speaks of whatever a shop likes; the rows say how they differ.
pub(crate) const PLAIN: Kind = Kind {
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
    in_parcel: false,
    unowned_articles_only: false,
    one_per_decision: false,
    dated: false,
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

/// Every class: thanks and congratulations may be of any.
pub(crate) const ANY_CLASS: &[Class] = &[Class::Transactional, Class::Service, Class::Relational, Class::Promotional];

/// The phases of a customer who was served well.
pub(crate) const WON: &[Phase] = &[Phase::Trust, Phase::Identification];

impl Kind {
    /// The class of a campaign without an offer.
    pub fn class(&self, said: Option<Class>) -> Class {
        said.filter(|said| self.allowed_classes.contains(said)).unwrap_or(self.class)
    }
}
