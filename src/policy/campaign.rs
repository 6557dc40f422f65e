//! Campaigns: what the shop could say, to whom and on which occasion.

use super::Offer;
use super::details::Details;
use super::kind::{Kind, Offers, Repeat};
use super::kinds::KINDS;
use super::offer::Life;
use crate::base::compiled::compiled;
use crate::base::parts::{Catalogue, Conditions, Digests, Part, Relevances, Substitutes};
use crate::base::problem::{ProblemCode, Problems};
use crate::base::sentence::quoted_list;
use crate::base::sorting::distinct;
use crate::base::steps::Looked;
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::calendar::parse_duration;
use crate::language::condition::Condition;
use crate::language::scope::Scope;
use crate::language::words::{CHANNEL, Channel, Class, string_enum};
use crate::policy::names::{Names, unknown_reference};
use crate::reader::shape::{Field, Shape, Tagged, fields};
use std::rc::Rc;

pub(crate) const SUGGEST: Shape = Shape::Object(
    "Suggest",
    fields! {
        "families" optional Shape::List(&Shape::Name), "only articles of these product families; absent: of any";
    },
);

const RELEVANCE: Shape = Shape::Object(
    "Relevance",
    fields! {
        "affinity" required Shape::Name, "the topic: a key of the customer's `affinity`, for example `tea`";
        "floor" required Shape::Number { min: 0.0, max: 100.0 }, "the lowest affinity at which the campaign may speak, 0 to 100";
    },
);

/// The fields every campaign may have.
const COMMON: &[Field] = fields! {
    "id" required Shape::Name, "names the campaign in decisions and in the ledger; never change it";
    "kind" required Shape::Name, "what kind of campaign it is";
    "channel" required CHANNEL, "how it reaches the customer";
    "placement" optional Shape::Name, "where on the page the message appears; required with the channel `onsite`";
    "class" optional Shape::Choice(Class::WORDS), "one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional";
    "audience" optional Shape::Condition, "the customers it is for; absent: everybody";
    "weight" optional Shape::Number { min: -1e9, max: 1e9 }, "where there is not room for both, the campaign with the larger weight speaks; absent: 0";
    "offer" optional Shape::Name, "the id of the offer that the message carries";
    "suggest" optional SUGGEST, "suggests the first article of the catalogue that this customer could want; makes the campaign promotional";
    "message" required Shape::Name, "the id of its message";
    "disposition" optional Shape::Choice(Disposition::WORDS), "what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later";
    "substitute" optional Shape::Name, "the id of the campaign that is used while this one is refused; only with the disposition `substitute`";
    "urgent" optional Shape::Flag, "true: the message urges the customer to act soon; limits with `urgent` count it";
    "topic" optional Shape::Name, "the topic of the message; customers who chose topics get only those";
    "relevance" optional RELEVANCE, "how much the customer must like its topic";
    "paused" optional Shape::Flag, "true: it does not speak until this is removed; what it has said still counts";
    "repeat" optional Shape::Repeat, "the least time between two contacts of this campaign, for example `30d`; `never`: only one contact";
};

/// One campaign: the common fields and those of its kind.
pub(crate) const CAMPAIGN: Shape = Shape::Tagged(&Tagged {
    #[cfg(not(target_family = "wasm"))]
    name: "Campaign",
    tag: "kind",
    common: COMMON,
    rows: || {
        let mut rows = Vec::new();
        KINDS.iter().for_each(|kind| rows.push((kind.name, kind.occasion.fields())));
        rows
    },
});

/// What happens to a campaign when a gate refuses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disposition {
    /// it is decided again later
    Defer,
    /// it is not decided again for this occasion
    Drop,
    /// it becomes a part of another contact
    Digest,
    /// another campaign is used instead
    Substitute,
}
string_enum!(Disposition, Defer "defer", Drop "drop", Digest "digest", Substitute "substitute");

/// Which articles a campaign may suggest.
#[derive(Clone, Debug)]
pub(crate) struct Suggest {
    /// none: articles of any family
    pub families: Option<Vec<String>>,
}

/// How much a customer must like the topic of a campaign.
#[derive(Clone, Debug)]
pub(crate) struct Relevance {
    /// a key of the customer's `affinity`
    pub affinity: String,
    /// the lowest affinity at which the campaign may speak
    pub floor: f64,
}

/// A campaign. Offers, messages and other campaigns are indexes into the lists of the policy.
#[derive(Clone, Debug)]
pub(crate) struct Campaign {
    pub id: String,
    pub kind: &'static Kind,
    pub details: Details,
    pub channel: Channel,
    pub placement: Option<String>,
    pub class: Class,
    pub audience: Part<Condition, Conditions>,
    pub weight: f64,
    pub offer: Option<usize>,
    pub suggest: Part<Suggest, Catalogue>,
    pub message: usize,
    /// the messages to use before and after a birthday
    pub early: Option<usize>,
    pub belated: Option<usize>,
    pub disposition: Disposition,
    /// the campaigns of its kind, itself too, sorted, if the kind needs them
    pub siblings: Rc<Vec<String>>,
    /// its index in the policy
    pub index: usize,
    /// whether it becomes a part of another contact
    pub digest: Option<Digests>,
    /// the campaigns that name this one as their substitute
    pub stands_in_for: Part<Vec<usize>, Substitutes>,
    /// the limits that are about it, whoever the customer is, if it waits for its turn
    pub limits: Vec<usize>,
    pub urgent: bool,
    pub topic: Option<String>,
    pub relevance: Part<Relevance, Relevances>,
    pub repeat: Repeat,
    /// the shop has switched it off for now
    pub paused: bool,
}

impl Campaign {
    pub fn read(tree: &Tree, names: &Names, problems: &mut Problems) -> Option<Campaign> {
        let audience = tree.get("audience").map(|audience| {
            problems.key("audience", |problems| Condition::read(audience, Scope::Policy(&names.known), problems))
        });
        let offer = reference(tree, "offer", &names.offers, problems);
        let [early, belated, message] =
            ["early", "belated", "message"].map(|key| reference(tree, key, &names.messages, problems));
        // a channel that does not exist was reported; the campaign stays, so that others may name it
        let channel = tree.text("channel").map(|text| Channel::named(text).unwrap_or(Channel::Post));
        if channel == Some(Channel::Onsite) && tree.get("placement").is_none() {
            let sentence = "a campaign with the channel `onsite` needs a `placement`, for example `thank-you`";
            problems.add_at("placement", ProblemCode::MissingField, sentence);
        }
        let kind = KINDS.iter().find(|kind| Some(kind.name) == tree.text("kind"))?;
        let shows_price =
            [message, early, belated].iter().flatten().any(|index| names.priced.get(*index) == Some(&true));
        check_offer(tree, kind, offer.and_then(|index| names.benefits.get(index)), problems);
        check_kind(tree, kind, shows_price, problems);
        check_ratings(tree, kind, audience.as_ref(), names.low_scores_are_cases, problems);
        let details = Details::read(tree, kind, problems);
        let repeat = read_repeat(tree, kind, details.as_ref());
        let required = (tree.text("id"), channel, details, message, repeat);
        let (Some(id), Some(channel), Some(details), Some(message), Some(repeat)) = required else {
            return None;
        };
        Some(Campaign {
            id: id.to_owned(),
            kind,
            details,
            channel,
            placement: tree.owned("placement"),
            class: match shows_price || offer.is_some() || tree.get("suggest").is_some() {
                true => Class::Promotional,
                false => tree.text("class").and_then(Class::named).unwrap_or(kind.class),
            },
            audience: audience.into(),
            weight: tree.number("weight").unwrap_or(0.0),
            offer,
            suggest: tree
                .get("suggest")
                .map(|tree| Suggest { families: tree.get("families").map(|_| distinct(tree.texts("families"))) })
                .into(),
            message,
            early,
            belated,
            disposition: tree.text("disposition").and_then(Disposition::named).unwrap_or(Disposition::Defer),
            siblings: Rc::default(),
            index: 0,
            digest: Some(Digests::here()).filter(|_| tree.text("disposition") == Some(Disposition::Digest.word())),
            stands_in_for: None.into(),
            limits: Vec::new(),
            urgent: tree.flag("urgent") == Some(true),
            topic: tree.owned("topic"),
            relevance: tree
                .get("relevance")
                .and_then(|tree| Some(Relevance { affinity: tree.owned("affinity")?, floor: tree.number("floor")? }))
                .into(),
            repeat,
            paused: tree.flag("paused") == Some(true),
        })
    }

    /// The offer of the campaign, out of the policy's offers.
    pub fn offer_in<'a>(&self, offers: &'a [Offer]) -> Option<&'a Offer> {
        offers.get(self.offer?)
    }

    /// When the campaign gives an offer.
    pub fn life_of(&self, offer: &Offer) -> Life {
        match self.details {
            Details::Announcement { from, until, .. } => offer.life().within(from, until),
            _ => offer.life(),
        }
    }

    /// Whether it waits for its turn: obligations, transactional and service campaigns do not.
    pub fn is_planned(&self) -> bool {
        !self.kind.obligation && self.class >= Class::Relational
    }

    /// The campaigns that name this one as their substitute.
    #[inline(always)]
    pub fn originals(&self) -> &[usize] {
        self.stands_in_for.get().map_or(&[], Vec::as_slice)
    }

    /// Whether a message is one of its own.
    pub fn uses(&self, message: usize) -> bool {
        [Some(self.message), self.early, self.belated].contains(&Some(message))
    }
}

/// The least time between two contacts: of the campaign, else of its kind.
fn read_repeat(tree: &Tree, kind: &Kind, details: Option<&Details>) -> Option<Repeat> {
    match tree.text("repeat") {
        // `every` already says how often
        None if matches!(details, Some(Details::Question { every: 1.., .. })) => Some(Repeat::Freely),
        None => Some(kind.repeat),
        Some("never") => Some(Repeat::Never),
        Some(duration) => parse_duration(duration).map(Repeat::After),
    }
}

/// Adds a problem: the kind does not allow the field at `key`.
fn forbid(kind: &Kind, key: &str, why: &'static str, problems: &mut Problems) {
    problems.add_at(key, ProblemCode::NotAllowed, || concat(&["`", kind.name, why]));
}

/// Refuses an offer that the kind does not allow, and requires the one that it needs.
fn check_offer(tree: &Tree, kind: &Kind, benefit: Option<&&'static str>, problems: &mut Problems) {
    match kind.offers {
        Offers::Never if tree.get("offer").is_some() => {
            forbid(kind, "offer", "` cannot carry an offer; use a campaign of another kind", problems);
        }
        Offers::Must(of) if tree.get("offer").is_none() => {
            problems.add_at("offer", ProblemCode::MissingField, || {
                concat(&["`", kind.name, "` needs an offer with the field `", of, "`"])
            });
        }
        Offers::Must(of) if benefit.is_some_and(|benefit| *benefit != of) => {
            problems.add_at("offer", ProblemCode::NotAllowed, || {
                concat(&["`", kind.name, "` needs an offer with the field `", of, "`; this one has another"])
            });
        }
        _ => {}
    }
}

/// Refuses what the kind does not allow besides offers: a class, a suggestion, a price, a channel.
fn check_kind(tree: &Tree, kind: &Kind, shows_price: bool, problems: &mut Problems) {
    if tree.text("class").and_then(Class::named).is_some_and(|class| !kind.allowed_classes.contains(&class)) {
        problems.add_at("class", ProblemCode::NotAllowed, || {
            let mut allowed = Vec::new();
            kind.allowed_classes.iter().for_each(|class| allowed.push(class.word()));
            concat(&["`", kind.name, "` cannot have this class; leave `class` out, or write ", &quoted_list(&allowed)])
        });
    }
    if kind.offers == Offers::Never {
        if tree.get("suggest").is_some() {
            forbid(kind, "suggest", "` cannot suggest an article; use a campaign of another kind", problems);
        }
        if shows_price {
            let why = "` cannot show a price; use a message without one, or a campaign of another kind";
            forbid(kind, "message", why, problems);
        }
    }
    if kind.channel.is_some_and(|only| tree.text("channel").is_some_and(|given| given != only.word())) {
        forbid(kind, "channel", "` comes with the parcel; its channel must be `post`", problems);
    }
}

/// Refuses an audience that depends on ratings where the kind must ask everybody.
fn check_ratings(
    tree: &Tree,
    kind: &Kind,
    audience: Option<&Condition>,
    low_scores_are_cases: bool,
    problems: &mut Problems,
) {
    if kind.audience_may_use_ratings {
        return;
    }
    if audience.is_some_and(|audience| audience.expects(low_scores_are_cases)) {
        let why = "` must ask everybody, whatever they would answer; remove ratings from its audience";
        forbid(kind, "audience", why, problems);
    }
    if tree.get("relevance").is_some() {
        let why = "` must ask everybody, not only those who like the topic; remove `relevance`";
        forbid(kind, "relevance", why, problems);
    }
}

/// The index of the item that a field names.
fn reference(tree: &Tree, key: &str, known: &[&str], problems: &mut Problems) -> Option<usize> {
    let name = tree.text(key)?;
    // eight names are compared in a step
    problems.steps.take(Looked::Element, known.len() / 8);
    let index = known.iter().position(|known| *known == name);
    if index.is_none() {
        unknown_reference(key, name, known, problems);
    }
    index
}

compiled! { enum Disposition { Defer, Drop, Digest, Substitute } }
compiled! {
    struct Suggest { families }
    struct Relevance { affinity, floor }
    struct Campaign {
        id,
        kind,
        details,
        channel,
        placement,
        class,
        audience,
        weight,
        offer,
        suggest,
        message,
        early,
        belated,
        disposition,
        siblings,
        index,
        digest,
        stands_in_for,
        limits,
        urgent,
        topic,
        relevance,
        repeat,
        paused
    }
}
