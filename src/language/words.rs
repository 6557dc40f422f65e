//! The words with a fixed meaning in policies, requests and decisions, such as `promotional` and `email`.

use crate::base::compiled::compiled;
use crate::base::tree::Tree;
use crate::reader::shape::Shape;

/// Gives an enum its words in JSON: `Class::Service.word()` is `"service"`, `Class::named("service")` is the reverse.
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
                const ALL: &[$type] = &[$($type::$variant),*];
                ALL.get($crate::language::words::index_of($type::WORDS, word)?).copied()
            }
        }
    };
}
pub(crate) use string_enum;

/// The index of a word. One function for all enums: a `match` over texts would be compiled again for each.
pub(crate) fn index_of(words: &[&str], word: &str) -> Option<usize> {
    words.iter().position(|known| *known == word)
}

/// What a contact is about. The order is that of rank: transactional contacts go first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// required by law or contract: an invoice
    Transactional,
    /// about an order or a case: a late parcel
    Service,
    /// neither service nor advertising: thanks, congratulations, a question
    Relational,
    /// has a price, a coupon or a call to buy
    Promotional,
}

string_enum!(Class, Transactional "transactional", Service "service", Relational "relational", Promotional "promotional");

/// What an asker may lack: each has its field of `page` in the policy.
pub(crate) const LACKS: [&str; 2] = ["store", "server"];

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
    /// is not recognised, or meets neither condition of the policy's `tiers`
    Unknown,
    /// meets the condition `tiers.known`
    Known,
    /// meets the condition `tiers.advocate`
    Advocate,
}
string_enum!(Tier, Unknown "unknown", Known "known", Advocate "advocate");

pub(crate) const TIER: Shape = Shape::Choice(Tier::WORDS);

/// Where the relationship between a customer and the shop stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// has no good order yet, and no trouble
    Illusion,
    /// was disappointed: an open case, an incident, a late parcel or a low rating
    Letdown,
    /// has a good order
    Trust,
    /// has several good orders and a latest rating of 9 or 10
    Identification,
    /// has not ordered for a long time
    Lapsed,
}
string_enum!(Phase, Illusion "illusion", Letdown "letdown", Trust "trust", Identification "identification", Lapsed "lapsed");

impl Phase {
    /// Every phase but `Letdown`.
    pub(crate) const CONTENT: &'static [Phase] = &[Phase::Illusion, Phase::Trust, Phase::Identification, Phase::Lapsed];
    pub(crate) const ALL: &'static [Phase] =
        &[Phase::Illusion, Phase::Letdown, Phase::Trust, Phase::Identification, Phase::Lapsed];
}

/// How a message addresses its reader: `formal` is usted in Spanish, `informal` is tú.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Formal,
    Informal,
}
string_enum!(Form, Formal "formal", Informal "informal");

/// The names of the forms.
pub(crate) const FORM: Shape = Shape::Choice(Form::WORDS);

/// What the customer did with a contact. When copies are merged, the highest reaction is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reaction {
    /// closed it
    Dismissed,
    /// followed its link
    Clicked,
    /// did what the contact asks for, as placing an order
    Converted,
}

string_enum!(Reaction, Dismissed "dismissed", Clicked "clicked", Converted "converted");

compiled! {
    enum Class { Transactional, Service, Relational, Promotional }
    enum Channel { Onsite, Email, Push, Sms, Phone, Post, Social }
    enum Tier { Unknown, Known, Advocate }
    enum Form { Formal, Informal }
}
