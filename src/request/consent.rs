//! What the customer allows.

use crate::base::tree::Tree;
use crate::language::words::Channel;
use crate::reader::shape::{Shape, fields};
use std::borrow::Cow;

pub(crate) const CONSENT: Shape = Shape::Object(
    "Consent",
    fields! {
        "onsite" optional Shape::Flag, "false: only transactional contacts; absent: allowed";
        "email" optional Shape::Flag, "true: allowed; false: only transactional contacts; absent: only transactional and service contacts";
        "push" optional Shape::Flag, "true: allowed; false: only transactional contacts; absent: only transactional and service contacts";
        "sms" optional Shape::Flag, "true: allowed; false: only transactional contacts; absent: only transactional and service contacts";
        "phone" optional Shape::Flag, "true: allowed; false: only transactional contacts; absent: only transactional and service contacts";
        "post" optional Shape::Flag, "false: only transactional contacts; absent: allowed";
        "social" optional Shape::Flag, "true: allowed; false: only transactional contacts; absent: only transactional and service contacts";
        "cart" optional Shape::Flag, "false: `cart` is ignored";
        "forms" optional Shape::Flag, "true: `forms` is read; else it is ignored";
    },
);

/// What a customer allows; none: they have not said.
#[derive(Clone, Debug)]
pub(crate) struct Consent {
    /// in the order of the enum [`Channel`]
    pub(super) channels: [Option<bool>; Channel::WORDS.len()],
    pub(super) cart: Option<bool>,
    pub(super) forms: Option<bool>,
}

impl Consent {
    pub(super) fn read(tree: &Tree) -> Consent {
        let mut consent = Consent { channels: Default::default(), cart: tree.flag("cart"), forms: tree.flag("forms") };
        for (said, word) in consent.channels.iter_mut().zip(Channel::WORDS) {
            *said = tree.flag(word);
        }
        consent
    }
}

impl From<&Consent> for Tree {
    /// The consent as conditions see it: `consent.email`, `consent.cart`, …
    fn from(consent: &Consent) -> Tree {
        let mut entries = Vec::new();
        let mut add = |key, said: Option<bool>| {
            if let Some(said) = said {
                entries.push((Cow::Borrowed(key), Tree::Bool(said)));
            }
        };
        for (word, said) in Channel::WORDS.iter().zip(&consent.channels) {
            add(*word, *said);
        }
        add("cart", consent.cart);
        add("forms", consent.forms);
        Tree::Object(entries)
    }
}
