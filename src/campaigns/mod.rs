//! The kinds of campaign. A kind is a row of data over an occasion, and a page of documentation: no code of its own.
//! To add one: a new file, and one line below.

mod announcement;
mod birthday;
mod thank_you;

use crate::calendar::DAY;
use crate::ledger::Class;
use crate::occasions::Occasion;
use crate::policy::Repeat;
use crate::read::Field;

/// Every kind.
pub(crate) const KINDS: &[Kind] = &[announcement::KIND, birthday::KIND, thank_you::KIND];

/// What a kind is allowed and what it demands. What a row forbids no policy can switch on.
#[derive(Debug)]
pub(crate) struct Kind {
    pub name: &'static str,
    /// what could make it speak
    pub occasion: &'static Occasion,
    /// the class of a campaign that says none and carries no offer
    pub class: Class,
    /// the classes it may say instead
    pub may_say: &'static [Class],
    /// it is owed: it passes limits and holdout
    pub obligation: bool,
    pub may_offer: bool,
    /// how often campaigns speak that do not say
    pub repeat: Repeat,
    /// the least time between two contacts, whatever a campaign says
    pub gap: i64,
    /// what must be true of the customer beside the occasion
    pub demands: &'static [Demand],
}

/// Something a kind demands of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Demand {
    /// the birthday has been known, unchanged, for so long
    BirthdayKnown(i64),
    /// a customer for so long, or with a good order
    Tenure(i64),
}

/// Thirty times 24 hours.
const MONTH: i64 = 30 * DAY;

/// Every class.
const ANY_CLASS: &[Class] = &[Class::Transactional, Class::Service, Class::Relational, Class::Promotional];

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
