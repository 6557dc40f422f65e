//! What could be said, to whom, about which occasion.

use super::Offer;
use super::details::Details;
use super::kind::{Kind, Offers, Repeat};
use super::kinds::KINDS;
use super::offer::Edge;
use crate::base::problem::{Code, Problems};
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::calendar::parse_duration;
use crate::language::condition::Condition;
use crate::language::facts::Scope;
use crate::language::words::{CHANNEL, Channel, Class, string_enum};
use crate::policy::names::{Names, unknown_reference};
use crate::reader::shape::{Field, Shape, Tagged, fields};

pub(crate) const SUGGEST: Shape = Shape::Object(
    "Suggest",
    fields! {
        "families" optional Shape::List(&Shape::Name), "only of these product families; absent: of any";
    },
);

const RELEVANCE: Shape = Shape::Object(
    "Relevance",
    fields! {
        "affinity" required Shape::Name, "the topic, a key of the customer's `affinity`";
        "floor" required Shape::Number { min: 0.0, max: 100.0 }, "the least affinity, 0 to 100";
    },
);

/// The fields every campaign may have.
const COMMON: &[Field] = fields! {
    "id" required Shape::Name, "names the campaign in decisions and records; never change it";
    "kind" required Shape::Name, "what kind of campaign it is";
    "channel" required CHANNEL, "how it reaches the customer";
    "placement" optional Shape::Name, "where on the page; an onsite campaign needs one";
    "class" optional Shape::Choice(Class::WORDS), "absent: the kind's; with an offer or a price always promotional";
    "audience" optional Shape::Condition, "whom it speaks to; absent: everybody";
    "weight" optional Shape::Number { min: -1e9, max: 1e9 }, "the heavier speaks first; absent: 0";
    "offer" optional Shape::Name, "what it gives";
    "suggest" optional SUGGEST, "an article of the catalogue, the first this customer could want; makes it promotional";
    "message" required Shape::Name, "how it is said";
    "disposition" optional Shape::Choice(Disposition::WORDS), "what becomes of a refusal; absent: defer, decided anew later";
    "substitute" optional Shape::Name, "the campaign that takes the place while this one is refused";
    "urgent" optional Shape::Flag, "whether it hurries the customer; counts towards the limits of what is urgent";
    "topic" optional Shape::Name, "what it is about, for customers who chose topics";
    "relevance" optional RELEVANCE, "how near its subject must be to the customer";
    "repeat" optional Shape::Repeat, "the least time between two contacts of this campaign, or `never`";
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

/// What becomes of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disposition {
    /// decided anew later
    Defer,
    /// not for this occasion again
    Drop,
    /// becomes a part of another contact
    Digest,
    /// another takes the place
    Substitute,
}
string_enum!(Disposition, Defer "defer", Drop "drop", Digest "digest", Substitute "substitute");

/// Which articles it may suggest.
#[derive(Clone, Debug)]
pub(crate) struct Suggest {
    pub families: Option<Vec<String>>,
}

/// A campaign.
#[derive(Clone, Debug)]
pub(crate) struct Campaign {
    pub id: String,
    pub kind: &'static Kind,
    pub details: Details,
    pub channel: Channel,
    pub placement: Option<String>,
    pub class: Class,
    pub audience: Option<Condition>,
    pub weight: f64,
    /// places in the policy's lists
    pub offer: Option<usize>,
    /// an article to speak of: of which families, if not of any
    pub suggest: Option<Suggest>,
    pub message: usize,
    pub disposition: Disposition,
    /// the others of its kind, where they matter to it
    pub siblings: Vec<usize>,
    /// the campaigns whose place it takes
    pub stands_in_for: Vec<usize>,
    pub urgent: bool,
    pub topic: Option<String>,
    /// the topic and the least affinity
    pub relevance: Option<(String, f64)>,
    pub repeat: Repeat,
}

impl Campaign {
    pub fn read(tree: &Tree, names: &Names, problems: &mut Problems) -> Option<Campaign> {
        let audience = tree
            .get("audience")
            .map(|audience| problems.key("audience", |problems| Condition::read(audience, Scope::Policy, problems)));
        let offer = refer(tree, "offer", &names.offers, problems);
        let belated = refer(tree, "belated", &names.messages, problems);
        let message = refer(tree, "message", &names.messages, problems);
        let channel = tree.text("channel").and_then(Channel::named);
        if channel == Some(Channel::Onsite) && tree.get("placement").is_none() {
            problems.add_at(
                "placement",
                Code::MissingField,
                "an onsite campaign says where on the page, as `thank-you`",
            );
        }
        let kind = KINDS.iter().find(|kind| Some(kind.name) == tree.text("kind"))?;
        let priced = [message, belated].iter().flatten().any(|place| names.priced.get(*place) == Some(&true));
        let benefit = offer.and_then(|place| names.benefits.get(place));
        check_kind(tree, kind, benefit, priced, audience.as_ref(), names.scored, problems);
        let details = Details::read(tree, kind, belated, problems);
        let repeat = match tree.text("repeat") {
            // how often is said already
            None if matches!(details, Some(Details::Question { every: 1.. })) => Some(Repeat::Freely),
            None => Some(kind.repeat),
            Some("never") => Some(Repeat::Never),
            Some(duration) => parse_duration(duration).map(Repeat::After),
        };
        let known = (tree.text("id"), channel, details, message, repeat);
        let (Some(id), Some(channel), Some(details), Some(message), Some(repeat)) = known else {
            return None;
        };
        Some(Campaign {
            id: id.to_owned(),
            kind,
            details,
            channel,
            placement: tree.owned("placement"),
            class: match priced || offer.is_some() || tree.get("suggest").is_some() {
                true => Class::Promotional,
                false => kind.class(tree.text("class").and_then(Class::named)),
            },
            audience,
            weight: tree.number("weight").unwrap_or(0.0),
            offer,
            suggest: tree
                .get("suggest")
                .map(|tree| Suggest { families: tree.get("families").map(|_| tree.texts("families")) }),
            message,
            disposition: tree.text("disposition").and_then(Disposition::named).unwrap_or(Disposition::Defer),
            siblings: Vec::new(),
            stands_in_for: Vec::new(),
            urgent: tree.flag("urgent") == Some(true),
            topic: tree.owned("topic"),
            relevance: tree.get("relevance").and_then(|tree| Some((tree.owned("affinity")?, tree.number("floor")?))),
            repeat,
        })
    }
}

/// Refuses what the row of a kind forbids.
fn check_kind(
    tree: &Tree,
    kind: &'static Kind,
    benefit: Option<&&'static str>,
    priced: bool,
    audience: Option<&Condition>,
    scored: bool,
    problems: &mut Problems,
) {
    let forbid = |problems: &mut Problems, key: &str, what: &'static str| {
        problems.add_at(key, Code::NotAllowed, || concat(&["`", kind.name, what]));
    };
    match kind.offers {
        Offers::Never => {
            if tree.get("offer").is_some() {
                forbid(problems, "offer", "` carries no offer; make another campaign of it");
            }
            if tree.get("suggest").is_some() {
                forbid(problems, "suggest", "` sells nothing; make another campaign of it");
            }
            if priced {
                forbid(
                    problems,
                    "message",
                    "` tells no price; give it a message without, or make another campaign of it",
                );
            }
        }
        Offers::Must(of) if tree.get("offer").is_none() => {
            problems
                .add_at("offer", Code::MissingField, || concat(&["`", kind.name, "` gives an offer of `", of, "`"]));
        }
        Offers::Must(of) if benefit.is_some_and(|benefit| *benefit != of) => {
            problems.add_at("offer", Code::NotAllowed, || {
                concat(&["`", kind.name, "` gives an offer of `", of, "`, no other"])
            });
        }
        _ => {}
    }
    if kind.channel.is_some_and(|own| tree.text("channel").is_some_and(|given| given != own.word())) {
        forbid(problems, "channel", "` comes with the parcel; its channel is `post`");
    }
    if !kind.audience_may_use_ratings {
        if audience.is_some_and(|audience| audience.expects(scored)) {
            forbid(
                problems,
                "audience",
                "` asks everybody, whatever they may answer; leave ratings out of its audience",
            );
        }
        if tree.get("relevance").is_some() {
            forbid(problems, "relevance", "` asks everybody, not only those who like the subject");
        }
    }
}

impl Campaign {
    /// Whether it speaks on all dates on which an offer is live.
    pub fn outlasts(&self, offer: &Offer) -> bool {
        match self.details {
            Details::Announcement { from, until, .. } => offer.lives_within(from.map(Edge::On), until.map(Edge::On)),
            _ => true,
        }
    }

    /// The message after the day, if the campaign has one of its own for it.
    pub fn belated(&self) -> Option<usize> {
        match self.details {
            Details::Birthday { belated, .. } => belated,
            _ => None,
        }
    }
}

/// The place of what a key names.
fn refer(tree: &Tree, key: &str, known: &[&str], problems: &mut Problems) -> Option<usize> {
    let said = tree.text(key)?;
    let place = known.iter().position(|name| *name == said);
    if place.is_none() {
        unknown_reference(key, said, known, problems);
    }
    place
}
