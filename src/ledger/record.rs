//! One contact, as it was recorded.

use crate::base::hash::hex;
use crate::base::text::digits;
use crate::base::tree::Tree;
use crate::calendar::{Instant, MINUTE};
use crate::language::words::{CHANNEL, Channel, Class, string_enum};
use crate::reader::shape::{COUNT, Shape, fields};

/// How long a reservation holds that does not say.
pub(crate) const LEASE: i64 = 15 * MINUTE;
/// How far a clock may be ahead before `seenAt` is believed instead.
pub(crate) const SKEW: i64 = 5 * MINUTE;

/// How far a contact got; a higher state wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// withheld from a customer of the holdout
    Ghost,
    /// promised under a lease
    Reserved,
    /// given back
    Released,
    /// about to be shown; never lapses
    Armed,
    /// shown, or handed over
    Delivered,
}

string_enum!(State, Ghost "ghost", Reserved "reserved", Released "released", Armed "armed", Delivered "delivered");
string_enum!(Reaction, Dismissed "dismissed", Clicked "clicked", Converted "converted");

/// What the customer did with a contact; of two tellings the greater is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reaction {
    /// took it away
    Dismissed,
    /// went where it leads
    Clicked,
    /// did what it hoped for
    Converted,
}

pub(crate) const RECORD: Shape = Shape::Object(
    "LedgerRecord",
    fields! {
        "id" required Shape::Name, "the contact's id";
        "campaign" required Shape::Name, "the campaign that spoke; one the policy no longer has counts too";
        "class" required Shape::Choice(Class::WORDS), "the class it was recorded with";
        "channel" required CHANNEL, "the channel it was recorded with";
        "placement" optional Shape::Name, "the place on the page, of an onsite contact";
        "at" required Shape::Instant, "when it was decided";
        "state" required Shape::Choice(State::WORDS), "how far it got; a higher state wins when records are merged";
        "leaseUntil" optional Shape::Instant, "until when a reservation counts; absent: `at` + 15 minutes";
        "seenAt" optional Shape::Instant, "when a record dated ahead of the clock was first seen; the earliest is kept when records are merged";
        "versionAt" optional Shape::Instant, "of a merged record: the `at` of the copy its other fields come from, where the `at` of another copy is later";
        "occurrence" optional Shape::Name, "the order, the birthday's year, … it was about";
        "offer" optional Shape::Name, "the offer it carried";
        "variant" optional COUNT, "which variant of the message it showed, from 0";
        "policy" optional Shape::Text, "the hash of the policy that decided it";
        "reaction" optional Shape::Choice(Reaction::WORDS), "what the customer did with it; the greater is kept when records are merged";
        "urgent" optional Shape::Flag, "whether it hurried the customer";
        "digest" optional Shape::Name, "the id of the contact of which it was a part, or its own if it was the first part";
    },
);

/// A ledger.
pub(crate) const RECORDS: Shape = Shape::List(&RECORD);

/// One contact, as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub id: String,
    pub campaign: String,
    pub class: Class,
    pub channel: Channel,
    pub placement: Option<String>,
    pub at: Instant,
    pub state: State,
    pub lease_until: Option<Instant>,
    pub seen_at: Option<Instant>,
    pub occurrence: Option<String>,
    pub offer: Option<String>,
    pub variant: Option<i64>,
    pub policy: Option<String>,
    pub reaction: Option<Reaction>,
    pub urgent: Option<bool>,
    pub digest: Option<String>,
    /// `at` as the telling had it from which the rest is, so that the order of merging does not matter
    pub version_at: Instant,
}

impl Record {
    /// Reads a record whose shape was checked.
    pub fn read(tree: &Tree) -> Option<Record> {
        let at = tree.instant("at")?;
        let (id, campaign, channel) =
            (tree.text("id")?, tree.text("campaign")?, Channel::named(tree.text("channel")?)?);
        let (class, state) = (Class::named(tree.text("class")?)?, State::named(tree.text("state")?)?);
        Some(Record {
            id: id.to_owned(),
            campaign: campaign.to_owned(),
            class,
            channel,
            placement: tree.owned("placement"),
            at,
            state,
            lease_until: tree.instant("leaseUntil"),
            seen_at: tree.instant("seenAt"),
            occurrence: tree.owned("occurrence"),
            offer: tree.owned("offer"),
            variant: tree.integer("variant"),
            policy: tree.owned("policy"),
            reaction: tree.text("reaction").and_then(Reaction::named),
            urgent: tree.flag("urgent"),
            digest: tree.owned("digest"),
            version_at: tree.instant("versionAt").unwrap_or(at),
        })
    }

    /// When a reservation lapses; never for any other record.
    pub fn lapses(&self) -> Instant {
        match self.state {
            State::Reserved => self.lease_until.unwrap_or(self.at + LEASE),
            _ => Instant::NEVER,
        }
    }

    /// Whether it counts at an instant: towards limits and against saying the same again.
    pub fn counts(&self, at: Instant) -> bool {
        self.state != State::Released && at < self.lapses()
    }

    /// Whether it counts for good.
    pub fn is_settled(&self) -> bool {
        !matches!(self.state, State::Reserved | State::Released)
    }

    /// Whether it was promotional, and the customer saw it.
    pub fn is_seen_promotion(&self) -> bool {
        self.class == Class::Promotional && self.state >= State::Armed
    }

    /// Whether the customer saw it and did nothing with it.
    pub fn is_ignored(&self) -> bool {
        self.state >= State::Armed && self.reaction < Some(Reaction::Clicked)
    }

    /// Whether it was a later part of a digest, and so no contact of its own.
    pub fn is_later_part(&self) -> bool {
        self.digest.as_ref().is_some_and(|first| *first != self.id)
    }

    /// The instant as of which it counts: a clock that was ahead does not hide what was said.
    pub fn effective(&self, now: Instant) -> Instant {
        self.runs_from(now).min(now)
    }

    /// The instant from which its own date is believed rather than `seenAt`.
    pub fn believed_from(&self) -> Instant {
        self.at + -SKEW
    }

    /// The instant from which its time in a window runs, as things stand now. It may lie ahead: until then the record counts
    /// as of the moment that asks.
    pub fn runs_from(&self, now: Instant) -> Instant {
        self.seen_at.filter(|_| now < self.believed_from()).unwrap_or(self.at).min(self.at)
    }

    /// The next instant at which it may count as of another time.
    pub fn next_change(&self, now: Instant) -> Instant {
        let mut next = Instant::NEVER;
        for change in [self.believed_from(), self.at] {
            if change > now {
                next = next.min(change);
            }
        }
        next
    }

    /// The two records of one id become one; the order in which they meet does not matter. The rest comes whole from one of
    /// them.
    pub fn merge(&mut self, other: Record) {
        let at = self.at.max(other.at);
        let lease_until = self.lease_until.max(other.lease_until);
        let seen_at = self.seen_at.min(other.seen_at).or(self.seen_at).or(other.seen_at);
        let state = self.state.max(other.state);
        let reaction = self.reaction.max(other.reaction);
        let rank = |record: &Record| (record.state, record.version_at);
        let wins = rank(&other).cmp(&rank(self)).then_with(|| other.canonical().cmp(&self.canonical()));
        if wins.is_gt() {
            *self = other;
        }
        (self.at, self.lease_until, self.seen_at, self.state, self.reaction) =
            (at, lease_until, seen_at, state, reaction);
    }

    /// The rest of the record, without what is merged by itself, as RFC 8785 writes it: keys in order, no spaces.
    fn canonical(&self) -> String {
        let text = |value: &Option<String>| value.as_deref().map(quoted);
        let fields = [
            ("campaign", Some(quoted(&self.campaign))),
            ("channel", Some(quoted(self.channel.word()))),
            ("class", Some(quoted(self.class.word()))),
            ("digest", text(&self.digest)),
            ("id", Some(quoted(&self.id))),
            ("occurrence", text(&self.occurrence)),
            ("offer", text(&self.offer)),
            ("placement", text(&self.placement)),
            ("policy", text(&self.policy)),
            ("state", Some(quoted(self.state.word()))),
            ("urgent", self.urgent.map(|urgent| if urgent { "true" } else { "false" }.to_owned())),
            ("variant", self.variant.map(digits)),
        ];
        let mut json = String::new();
        for (key, value) in fields {
            if let Some(value) = value {
                json.extend([if json.is_empty() { "{\"" } else { ",\"" }, key, "\":", &value]);
            }
        }
        json.push('}');
        json
    }
}

/// A JSON string as RFC 8785 writes it.
fn quoted(text: &str) -> String {
    let mut json = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => json.extend(['\\', letter]),
            '\u{8}' => json.push_str("\\b"),
            '\t' => json.push_str("\\t"),
            '\n' => json.push_str("\\n"),
            '\u{c}' => json.push_str("\\f"),
            '\r' => json.push_str("\\r"),
            '\0'..' ' => json.extend(["\\u", &hex(u128::from(letter), 4)]),
            _ => json.push(letter),
        }
    }
    json.push('"');
    json
}
