//! What a decision says.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::words::{Channel, Class, Phase, Tier};
use serde::ser::{Serialize, Serializer};

/// Who is spoken to, who is not, why not and when.
#[derive(Clone, Debug)]
pub struct Decision {
    /// who speaks now
    pub contacts: Vec<Contact>,
    /// who would, but for the holdout; to be recorded like contacts, and not shown
    pub ghosts: Vec<Contact>,
    /// every other campaign of the policy, in its order
    pub refused: Vec<RefusedCampaign>,
    /// what people should do
    pub tasks: Vec<Tree>,
    /// what the customer is to the shop
    pub tier: Tier,
    /// how far the relation has come
    pub phase: Phase,
    /// the facts that made the tier, and what made the phase
    pub because: Vec<Tree>,
    /// the least future instant at which asking again is worth it
    pub next_at: Option<Instant>,
    /// the hash of the policy, if the host gave one
    pub policy: Option<String>,
}

/// Something to say now.
#[derive(Clone, Debug)]
pub struct Contact {
    /// of campaign, customer, occurrence and attempt: deciding twice gives the same
    pub id: String,
    /// the campaign that speaks
    pub campaign: String,
    /// its class
    pub class: Class,
    /// how it reaches the customer
    pub channel: Channel,
    /// where on the page
    pub placement: Option<String>,
    /// what it is about: the order, the birthday's year, …
    pub occurrence: String,
    /// when it was decided
    pub at: Instant,
    /// the end of the occasion
    pub expires_at: Option<Instant>,
    /// the words
    pub message: Message,
    /// the offer it carries
    pub offer: Option<String>,
    /// whether it hurries the customer
    pub urgent: bool,
    /// the id of the contact of which it is a part, its own if it is the first; none: it stands alone
    pub digest: Option<String>,
    /// for the customer who asks why they see it
    pub why: Vec<Tree>,
}

/// The words: a template and what it inserts.
#[derive(Clone, Debug)]
pub struct Message {
    /// in which locale
    pub locale: String,
    /// which variant, from 0
    pub variant: usize,
    /// one line, with parameters in braces
    pub title: Option<String>,
    /// the text, with parameters in braces
    pub body: String,
    /// the call to share it, with parameters in braces; none near a complaint
    pub share: Option<String>,
    /// what the parameters stand for, typed
    pub params: Tree,
    /// the variants that claim what is not so, and why
    pub stripped: Vec<Tree>,
    /// the person who signs
    pub signer: Option<String>,
    /// what the reader has of it, in words
    pub benefit: Option<String>,
}

/// A reason for which a campaign is held back. Each gate lists its codes; they are never removed.
#[derive(Debug)]
pub(crate) struct RefusalCode {
    /// the gate that refuses with it, or `arbitration`
    pub gate: &'static str,
    pub name: &'static str,
    /// what it means, and what makes the gate pass again
    #[cfg(not(target_family = "wasm"))]
    pub doc: &'static str,
    /// the figures that come with it
    #[cfg(not(target_family = "wasm"))]
    pub detail: &'static [crate::reader::shape::Field],
}

impl RefusalCode {
    /// A refusal for this reason.
    pub fn refusal(&self, detail: Tree) -> Refusal {
        Refusal { gate: self.gate, code: self.name, detail }
    }
}

/// Writes the codes of a gate: `NAME "name" "doc" { fields of its detail }`. From it come the docs, the schema and the types.
macro_rules! codes {
    ($gate:literal: $($code:ident $name:literal $doc:literal { $($fields:tt)* })*) => {
        $(pub(crate) static $code: $crate::decision::RefusalCode = $crate::decision::RefusalCode {
            gate: $gate,
            name: $name,
            #[cfg(not(target_family = "wasm"))]
            doc: $doc,
            #[cfg(not(target_family = "wasm"))]
            detail: {
                #[allow(unused_imports, reason = "not every code has figures of every sort")]
                use $crate::language::words::*;
                #[allow(unused_imports, reason = "not every code has figures of every sort")]
                use $crate::reader::shape::*;
                fields! { $($fields)* }
            },
        };)*
        #[cfg(not(target_family = "wasm"))]
        pub(crate) const CODES: &[&$crate::decision::RefusalCode] = &[$(&$code),*];
    };
}
pub(crate) use codes;

/// Why a gate holds a campaign back.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// the gate that refused, or `arbitration`
    pub gate: &'static str,
    /// the reason
    pub code: &'static str,
    /// its figures
    pub detail: Tree,
}

/// A campaign that does not speak now.
#[derive(Clone, Debug)]
pub struct RefusedCampaign {
    /// the campaign
    pub campaign: String,
    /// the first gate that refused, or `arbitration`
    pub gate: &'static str,
    /// the reason
    pub code: &'static str,
    /// its figures
    pub detail: Tree,
    /// the earliest later instant, within 400 days, at which all gates pass
    pub retry_at: Option<Instant>,
    /// what becomes of it
    pub disposition: &'static str,
    /// the end of the occasion, if it has one
    pub expires_at: Option<Instant>,
    /// what the other gates say that refused, in their order
    pub also: Vec<Refusal>,
}

impl From<&Decision> for Tree {
    fn from(decision: &Decision) -> Tree {
        let standing = Tree::from([
            ("tier", decision.tier.word().into()),
            ("phase", decision.phase.word().into()),
            ("because", Tree::List(decision.because.clone())),
        ]);
        Tree::from([
            ("contacts", decision.contacts.iter().collect()),
            ("ghosts", decision.ghosts.iter().collect()),
            ("refused", decision.refused.iter().collect()),
            ("tasks", Tree::List(decision.tasks.clone())),
            ("standing", standing),
            ("nextAt", decision.next_at.into()),
            ("policy", decision.policy.clone().into()),
        ])
    }
}

impl From<&Contact> for Tree {
    fn from(contact: &Contact) -> Tree {
        let message = &contact.message;
        let message = Tree::from([
            ("locale", (&message.locale).into()),
            ("variant", message.variant.into()),
            ("title", message.title.clone().into()),
            ("body", (&message.body).into()),
            ("share", message.share.clone().into()),
            ("params", message.params.clone()),
            ("stripped", Tree::List(message.stripped.clone())),
            ("signer", message.signer.clone().into()),
            ("benefit", message.benefit.clone().into()),
        ]);
        Tree::from([
            ("id", (&contact.id).into()),
            ("campaign", (&contact.campaign).into()),
            ("class", contact.class.word().into()),
            ("channel", contact.channel.word().into()),
            ("placement", contact.placement.clone().into()),
            ("occurrence", (&contact.occurrence).into()),
            ("at", contact.at.into()),
            ("expiresAt", contact.expires_at.into()),
            ("message", message),
            ("offer", contact.offer.clone().into()),
            ("urgent", contact.urgent.into()),
            ("digest", contact.digest.clone().into()),
            ("why", Tree::List(contact.why.clone())),
        ])
    }
}

impl From<&Refusal> for Tree {
    fn from(refusal: &Refusal) -> Tree {
        Tree::from([("gate", refusal.gate.into()), ("code", refusal.code.into()), ("detail", refusal.detail.clone())])
    }
}

impl From<&RefusedCampaign> for Tree {
    fn from(refused: &RefusedCampaign) -> Tree {
        Tree::from([
            ("campaign", (&refused.campaign).into()),
            ("gate", refused.gate.into()),
            ("code", refused.code.into()),
            ("detail", refused.detail.clone()),
            ("retryAt", refused.retry_at.into()),
            ("disposition", refused.disposition.into()),
            ("expiresAt", refused.expires_at.into()),
            ("also", refused.also.iter().collect()),
        ])
    }
}

impl Serialize for Decision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Tree::from(self).serialize(serializer)
    }
}
