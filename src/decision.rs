//! What a decision says.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::words::{Class, Phase, Tier};
use serde::ser::{Serialize, Serializer};

/// Who is spoken to, who is not, why not and when.
#[derive(Clone, Debug)]
pub struct Decision {
    /// who speaks now
    pub contacts: Vec<Contact>,
    /// who would, but for the holdout; to be recorded like contacts, and not shown
    pub ghosts: Vec<Contact>,
    /// every other campaign of the policy, in its order
    pub refused: Vec<Refusal>,
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
    pub channel: String,
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

/// Why not.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    pub code: &'static str,
    pub detail: Tree,
    /// it cannot pass before; the engine asks again then
    pub until: Instant,
}

/// Why a campaign does not speak now.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// the campaign
    pub campaign: String,
    /// the first gate that refused, or `arbitration`
    pub gate: &'static str,
    /// why
    pub code: &'static str,
    /// with which figures
    pub detail: Tree,
    /// the earliest later instant, within 400 days, at which all gates pass
    pub retry_at: Option<Instant>,
    /// what becomes of it
    pub disposition: &'static str,
    /// the end of the occasion, if it has one
    pub expires_at: Option<Instant>,
    /// the other gates that refused: gate, code, figures
    pub also: Vec<(&'static str, &'static str, Tree)>,
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
            ("channel", (&contact.channel).into()),
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
        let also = |(gate, code, detail): &(&'static str, &'static str, Tree)| {
            Tree::from([("gate", (*gate).into()), ("code", (*code).into()), ("detail", detail.clone())])
        };
        Tree::from([
            ("campaign", (&refusal.campaign).into()),
            ("gate", refusal.gate.into()),
            ("code", refusal.code.into()),
            ("detail", refusal.detail.clone()),
            ("retryAt", refusal.retry_at.into()),
            ("disposition", refusal.disposition.into()),
            ("expiresAt", refusal.expires_at.into()),
            ("also", refusal.also.iter().map(also).collect()),
        ])
    }
}

impl Serialize for Decision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Tree::from(self).serialize(serializer)
    }
}
