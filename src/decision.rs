//! What a decision says.

use crate::base::explanation::{self, Detail, List};
use crate::base::output::{Later, Word, object};
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::words::{Channel, Class, Phase, Tier};

/// What to show to one customer now, what is held back, why, and when to ask again.
#[derive(Clone, Debug)]
pub struct Decision {
    /// the messages to show or send now
    pub contacts: Vec<Contact>,
    /// the messages that the holdout withholds: record them as contacts, and show none
    pub ghosts: Vec<Contact>,
    /// every other campaign, in the order of the policy
    pub refused: List<RefusedCampaign>,
    /// the presents that the customer has, spoken of or not
    pub entitled: Vec<Present>,
    /// what the shop's people should do
    pub tasks: List<Tree>,
    /// the customer's tier
    pub tier: Tier,
    /// the customer's phase
    pub phase: Phase,
    /// the facts that made the tier, and the reasons for the phase
    pub because: List<Tree>,
    /// whether it explains itself: if not, there are neither `refused` nor tasks, and nothing of the standing
    pub explained: bool,
    /// the earliest `retry_at` or `expires_at` after now
    pub next_at: Option<Instant>,
    /// the hash of the policy, if the host gave one
    pub policy: Option<String>,
}

/// A message to one customer, for one campaign.
#[derive(Clone, Debug)]
pub struct Contact {
    /// a hash of campaign, customer, occurrence and attempt, so that deciding twice gives the same id
    pub id: String,
    /// the campaign that speaks
    pub campaign: String,
    /// its class
    pub class: Class,
    /// the channel to use
    pub channel: Channel,
    /// the placement on the page; none on other channels than onsite
    pub placement: Option<String>,
    /// what it is about: an order's id, a birthday's year, …
    pub occurrence: String,
    /// when it was decided
    pub at: Instant,
    /// the end of the occasion
    pub expires_at: Option<Instant>,
    /// the words
    pub message: Message,
    /// the offer it carries
    pub offer: Option<String>,
    /// whether the campaign is marked `urgent`
    pub urgent: bool,
    /// the id of the first contact of its digest, which may be its own; none: it is in no digest
    pub digest: Option<String>,
    /// the reasons to show to a customer who asks why they see the message
    pub why: Vec<Tree>,
}

/// The text of a contact: templates, and the values they insert.
#[derive(Clone, Debug)]
pub struct Message {
    /// the locale that was found
    pub locale: String,
    /// the index of the variant in its list
    pub variant: usize,
    /// one line, with parameters in braces
    pub title: Option<String>,
    /// the text, with parameters in braces
    pub body: String,
    /// the call to share the message, with parameters in braces; none within 30 days of a complaint
    pub share: Option<String>,
    /// the link: its `label` and `to`, with parameters in braces; null: none
    pub action: Tree,
    /// the picture: its `src` and `alt`, with parameters in braces; null: none
    pub image: Tree,
    /// the values of the parameters, each with its type
    pub params: Tree,
    /// the variants left out because a claim of theirs does not hold, and why
    pub stripped: Vec<Tree>,
    /// the person who signs
    pub signer: Option<String>,
    /// why the message is useful to the reader
    pub benefit: Option<String>,
}

/// A present that the customer has.
#[derive(Clone, Debug)]
pub struct Present {
    /// the campaign that gives it
    pub campaign: String,
    /// the offer
    pub offer: String,
    /// what it is given for: a birthday's year, an order's id, …
    pub occurrence: String,
    /// its end; none: it has no end
    pub until: Option<Instant>,
    /// the customer's own code for it, else the offer's
    pub code: Option<String>,
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
    pub fn refusal(&self, detail: Detail) -> Refusal {
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
    pub detail: Detail,
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
    pub detail: Detail,
    /// the earliest later instant, within 400 days, at which all gates pass
    pub retry_at: Option<Instant>,
    /// the campaign's `disposition`: defer, drop, digest or substitute
    pub disposition: &'static str,
    /// the end of the occasion, if it has one
    pub expires_at: Option<Instant>,
    /// the refusals of the other gates, in their order
    pub also: Vec<Refusal>,
}

object! { Decision, "Decision" |decision|
    "contacts" decision.contacts;
    "ghosts" decision.ghosts;
    // most pages never read why a message is silent
    "refused" Later(explaining(decision, &decision.refused));
    "entitled" decision.entitled;
    "tasks" explaining(decision, &decision.tasks);
    "standing" explaining(decision, Standing(decision));
    "nextAt" decision.next_at;
    "policy" decision.policy;
}

/// What explains the decision, where that is wanted.
#[inline(always)]
fn explaining<T>(decision: &Decision, value: T) -> Option<T> {
    if explanation::is_said(decision.explained) { Some(value) } else { None }
}

struct Standing<'a>(&'a Decision);

object! { Standing<'_>, "Standing" |standing|
    "tier" Word(standing.0.tier.word());
    "phase" Word(standing.0.phase.word());
    "because" standing.0.because;
}

object! { Contact, "Contact" |contact|
    "id" contact.id;
    "campaign" contact.campaign;
    "class" Word(contact.class.word());
    "channel" Word(contact.channel.word());
    "placement" contact.placement;
    "occurrence" contact.occurrence;
    "at" contact.at;
    "expiresAt" contact.expires_at;
    "message" contact.message;
    "offer" contact.offer;
    "urgent" contact.urgent;
    "digest" contact.digest;
    "why" contact.why;
}

object! { Message, "ContactMessage" |message|
    "locale" message.locale;
    "variant" message.variant;
    "title" message.title;
    "body" message.body;
    "share" message.share;
    "action" message.action;
    "image" message.image;
    "params" message.params;
    "stripped" message.stripped;
    "signer" message.signer;
    "benefit" message.benefit;
}

object! { Present, "Present" |present|
    "campaign" present.campaign;
    "offer" present.offer;
    "occurrence" present.occurrence;
    "until" present.until;
    "code" present.code;
}

object! { Refusal, "Refusal" |refusal|
    "gate" Word(refusal.gate);
    "code" Word(refusal.code);
    "detail" refusal.detail;
}

object! { RefusedCampaign, "RefusedCampaign" |refused|
    "campaign" refused.campaign;
    "gate" Word(refused.gate);
    "code" Word(refused.code);
    "detail" refused.detail;
    "retryAt" refused.retry_at;
    "disposition" Word(refused.disposition);
    "expiresAt" refused.expires_at;
    "also" refused.also;
}
