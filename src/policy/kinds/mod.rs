//! The kinds of campaign. A kind is a row of data over an occasion, and a page of documentation: no code of its own.
//! To add one: a new file, and one line below.

mod access;
mod announcement;
mod apology;
mod birthday;
mod cart_reminder;
mod community;
mod content;
mod help_prompt;
mod how_to;
mod milestone;
mod next_offer;
mod not_found;
mod parcel_insert;
mod preference_question;
mod referral;
mod replenishment;
mod review;
mod shipping_coupon;
mod surprise;
mod survey;
mod thank_you;
mod top_activity;
mod win_back;

use crate::calendar::DAY;
use crate::candidates::occasions::{self, Occasion};
use crate::language::words::{Class, Phase};
use crate::policy::Repeat;
use crate::reader::shape::Field;

/// Every kind.
pub(crate) const KINDS: &[Kind] = &[
    access::KIND,
    announcement::KIND,
    apology::KIND,
    birthday::KIND,
    cart_reminder::KIND,
    community::KIND,
    content::KIND,
    help_prompt::KIND,
    how_to::KIND,
    milestone::KIND,
    next_offer::KIND,
    not_found::KIND,
    parcel_insert::KIND,
    preference_question::KIND,
    referral::KIND,
    replenishment::KIND,
    review::KIND,
    shipping_coupon::KIND,
    surprise::KIND,
    survey::KIND,
    thank_you::KIND,
    top_activity::KIND,
    win_back::KIND,
];

/// What a kind is allowed and what it demands. What a row forbids no policy can switch on.
#[derive(Debug)]
pub(crate) struct Kind {
    pub name: &'static str,
    /// what could make it speak
    pub occasion: &'static Occasion,
    /// how long after its anchor an occasion begins, and how long it stays open, where a campaign does not say
    pub timing: (i64, i64),
    /// the events it answers, where the kind decides that
    pub events: &'static [&'static str],
    /// the class of a campaign that says none, carries no offer and tells no price
    pub class: Class,
    /// the classes it may say instead
    pub may_say: &'static [Class],
    /// it is owed: it passes limits and holdout
    pub obligation: bool,
    /// it asks the customer for something, so that an open case holds it like a promotion
    pub favour: bool,
    /// its contacts count towards nothing
    pub free: bool,
    /// it comes with the parcel, so that no calm before the delivery holds it
    pub travels: bool,
    /// it speaks of no article that the customer has or would not want
    pub anew: bool,
    /// no two of its contacts in one decision
    pub alone: bool,
    /// its dates are known beforehand, so they keep their slots
    pub dated: bool,
    /// an occurrence is spoken of by one campaign of the kind, not by each
    pub once_for_all: bool,
    pub offers: Offers,
    /// its audience may be chosen by the ratings they gave
    pub may_expect: bool,
    /// the only channel it may use
    pub channel: Option<&'static str>,
    /// the phases of a relation in which it may speak
    pub phases: &'static [Phase],
    /// how often campaigns speak that do not say
    pub repeat: Repeat,
    /// the least time between two contacts, whatever a campaign says
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
    /// the birthday has been known, unchanged, for so long
    BirthdayKnown(i64),
    /// a customer for so long, or with a good order
    Tenure(i64),
    /// no complaint is open
    NoOpenCase,
    /// nor has an order an incident that is not resolved
    NoTrouble,
    /// at least so many good orders, and the latest rating is 9 or 10
    Advocate(i64),
}

/// A kind that speaks of whatever a shop likes; the others say how they differ.
const PLAIN: Kind = Kind {
    name: "",
    occasion: &occasions::EVENT,
    timing: (0, 0),
    events: &[],
    class: Class::Relational,
    may_say: &[Class::Relational, Class::Promotional],
    obligation: false,
    favour: false,
    free: false,
    travels: false,
    anew: false,
    alone: false,
    dated: false,
    once_for_all: false,
    offers: Offers::May,
    may_expect: true,
    channel: None,
    phases: Phase::ALL,
    repeat: Repeat::Freely,
    gap: 0,
    demands: &[],
};

/// Thirty times 24 hours.
const MONTH: i64 = 30 * DAY;

/// Every class: of what is owed or congratulated, a shop may make what it likes.
const ANY_CLASS: &[Class] = &[Class::Transactional, Class::Service, Class::Relational, Class::Promotional];

/// The phases of somebody who was served well.
const WON: &[Phase] = &[Phase::Trust, Phase::Identification];

impl Kind {
    /// The class of a campaign without an offer.
    pub fn class(&self, said: Option<Class>) -> Class {
        said.filter(|said| self.may_say.contains(said)).unwrap_or(self.class)
    }

    /// The fields its campaigns have beside the common ones.
    pub fn fields(&self) -> &'static [Field] {
        self.occasion.fields
    }
}
