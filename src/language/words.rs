//! The closed vocabularies that policies, requests and decisions share.

use crate::base::tree::Tree;
use crate::reader::shape::Shape;

/// Gives an enum its words in documents: `word`, `named` and `WORDS`.
macro_rules! string_enum {
    ($type:ident, $($variant:ident $word:literal),*) => {
        impl $type {
            #[cfg_attr(target_family = "wasm", allow(dead_code, reason = "browsers do not describe"))]
            pub(crate) const WORDS: &'static [&'static str] = &[$($word),*];
            /// The word of the contract.
            #[allow(dead_code, reason = "some words only come in")]
            pub fn word(self) -> &'static str {
                match self { $($type::$variant => $word),* }
            }
            #[allow(dead_code, reason = "some words only go out")]
            pub(crate) fn named(word: &str) -> Option<$type> {
                match word { $($word => Some($type::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use string_enum;

/// What a contact is, from what the law demands to what sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// legally or contractually required
    Transactional,
    /// about an order or a case
    Service,
    /// thanks, congratulations, content, questions
    Relational,
    /// carries a price, a coupon or a call to buy
    Promotional,
}

string_enum!(Class, Transactional "transactional", Service "service", Relational "relational", Promotional "promotional");

/// A way to reach a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// on a page of the shop
    Onsite,
    /// by e-mail
    Email,
    /// by a notification
    Push,
    /// by text message
    Sms,
    /// by a call
    Phone,
    /// by post, also in a parcel
    Post,
    /// by a message on a social network
    Social,
}
string_enum!(Channel, Onsite "onsite", Email "email", Push "push", Sms "sms", Phone "phone", Post "post", Social "social");

/// The names of the channels.
pub(crate) const CHANNEL: Shape = Shape::Choice(Channel::WORDS);

impl Channel {
    /// Every channel, in the order of the enum.
    pub(crate) const ALL: [Channel; 7] =
        [Channel::Onsite, Channel::Email, Channel::Push, Channel::Sms, Channel::Phone, Channel::Post, Channel::Social];

    /// Whether a contact interrupts its reader: all channels do but the site and the post. On these a contact needs the customer's
    /// consent, and quiet hours that name no channel hold them.
    pub(crate) fn interrupts(self) -> bool {
        !matches!(self, Channel::Onsite | Channel::Post)
    }

    /// The channels of a list that was checked.
    pub(crate) fn list(tree: &Tree, key: &str) -> Vec<Channel> {
        let mut channels = Vec::new();
        for element in tree.list(key) {
            channels.extend(element.as_text().and_then(Channel::named));
        }
        channels
    }
}

/// What can go wrong with an order. The variants are in alphabetical order of their words, in which incidents are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum IncidentKind {
    Late,
    NotAsDescribed,
    Payment,
    Stock,
}
string_enum!(IncidentKind, Late "late", Payment "payment", Stock "stock", NotAsDescribed "not-as-described");

/// How well the customer knows the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// was never served well, or cannot be recognised
    Unknown,
    /// was served well
    Known,
    /// would recommend the shop
    Advocate,
}
string_enum!(Tier, Unknown "unknown", Known "known", Advocate "advocate");

/// The names of the tiers.
pub(crate) const TIER: Shape = Shape::Choice(Tier::WORDS);

/// How far a relation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// expectations, and nothing yet to measure them by
    Illusion,
    /// less came than was promised
    Letdown,
    /// was served well
    Trust,
    /// speaks well of the shop
    Identification,
    /// has not come back for long
    Lapsed,
}
string_enum!(Phase, Illusion "illusion", Letdown "letdown", Trust "trust", Identification "identification", Lapsed "lapsed");

impl Phase {
    /// Those in which no less was given than promised.
    pub(crate) const CONTENT: &'static [Phase] = &[Phase::Illusion, Phase::Trust, Phase::Identification, Phase::Lapsed];
    pub(crate) const ALL: &'static [Phase] =
        &[Phase::Illusion, Phase::Letdown, Phase::Trust, Phase::Identification, Phase::Lapsed];
}

/// Forms of address, as usted and tú.
pub(crate) const FORM: Shape = Shape::Choice(&["formal", "informal"]);
