//! A record: one contact in the ledger.

#[cfg(any(target_family = "wasm", test))]
use crate::base::border::LIST;
use crate::base::hash::hex;
use crate::base::text::decimal;
use crate::base::tree::Tree;
use crate::calendar::{Instant, MINUTE};
use crate::language::words::{CHANNEL, Channel, Class, Reaction, string_enum};
#[cfg(any(target_family = "wasm", test))]
use crate::reader::encoded::Encoded;
use crate::reader::row::{Scalar, row_of};
use crate::reader::shape::{COUNT, Field, Shape, fields};
#[cfg(any(target_family = "wasm", test))]
use std::rc::Rc;

/// How long a reservation without `leaseUntil` counts.
pub(crate) const LEASE: i64 = 15 * MINUTE;
/// So many failed records of one occurrence count as spoken: the message does not arrive.
pub(crate) const MOST_FAILED: i64 = 3;
/// A record dated further ahead than this when it was first seen comes from a wrong clock: its `seenAt` is used instead of `at`.
pub(crate) const SKEW: i64 = 5 * MINUTE;

/// How far a contact got. When copies are merged, the highest state is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// decided and not shown, because the customer is in the holdout
    Ghost,
    /// about to be sent; counts until its lease ends
    Reserved,
    /// not sent; it does not count
    Released,
    /// about to be shown; counts for good
    Armed,
    /// shown, or handed over to be sent
    Delivered,
    /// handed over, and it never arrived; it counts for nothing but the number of attempts
    Failed,
}

string_enum!(State, Ghost "ghost", Reserved "reserved", Released "released", Armed "armed", Delivered "delivered", Failed "failed");

const FIELDS: &[Field] = fields! {
    "id" required Shape::Name, "the id of the contact that `decide` returned; records with the same `id` are copies of one record";
    "campaign" required Shape::Name, "the campaign of the contact; a record of a campaign that the policy no longer has counts too";
    "class" required Shape::Choice(Class::WORDS), "the class of the contact when it was decided";
    "channel" required CHANNEL, "the channel of the contact when it was decided";
    "placement" optional Shape::Name, "the placement on the page, of an onsite contact";
    "at" required Shape::Instant, "when the contact was decided";
    "state" required Shape::Choice(State::WORDS), "how far the contact got; the highest state is kept when copies are merged";
    "leaseUntil" optional Shape::Instant, "until when a `reserved` record counts; absent: `at` + 15 minutes";
    "seenAt" optional Shape::Instant, "when a record whose `at` is in the future was first read; it is used instead of an `at` more than five minutes after it; the earliest is kept when copies are merged";
    "versionAt" optional Shape::Instant, "of a merged record: the `at` of the copy its other fields come from, if another copy has a later `at`";
    "occurrence" optional Shape::Name, "what the contact was about, as the id of the order or the year of the birthday";
    "offer" optional Shape::Name, "the id of the offer in the contact";
    "variant" optional COUNT, "which variant of the message was shown, from 0";
    "policy" optional Shape::Text, "the hash of the policy that decided the contact";
    "reaction" optional Shape::Choice(Reaction::WORDS), "what the customer did with the contact; the highest is kept when copies are merged, in the order dismissed, clicked, converted";
    "urgent" optional Shape::Flag, "whether the contact was urgent, as in its campaign";
    "digest" optional Shape::Name, "of a contact in a digest: the id of the first contact of that digest, which may be its own";
};

pub(crate) const RECORD: Shape = Shape::Object("LedgerRecord", FIELDS);

/// The shape of a ledger.
pub(crate) const RECORDS: Shape = Shape::List(&RECORD);

/// One contact in the ledger. The fields are those of [`RECORD`].
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
    /// the `at` of the copy that the other fields come from; without it the result would depend on the order of merging
    pub version_at: Instant,
}

impl Record {
    /// Reads a record whose shape was checked.
    pub fn read(tree: &Tree) -> Option<Record> {
        Record::of(row_of(tree, FIELDS))
    }

    /// Reads a list of records. None if one of them is unusual; then nothing was read.
    #[cfg(any(target_family = "wasm", test))]
    pub fn read_all(input: &mut Encoded) -> Option<Vec<Rc<Record>>> {
        input.attempt(|input| {
            let count = input.opens(LIST)?;
            let mut records = Vec::with_capacity(count);
            for _ in 0..count {
                records.push(Rc::new(Record::of(input.row(FIELDS)?)?));
            }
            Some(records)
        })
    }

    /// The record with these values, in the order of [`RECORD`].
    fn of(row: [Scalar; 17]) -> Option<Record> {
        let [id, campaign, class, channel, placement, at, state, lease_until, seen_at, version_at, ..] = row;
        let [.., occurrence, offer, variant, policy, reaction, urgent, digest] = row;
        let at = at.instant()?;
        Some(Record {
            id: id.owned()?,
            campaign: campaign.owned()?,
            class: Class::named(class.text()?)?,
            channel: Channel::named(channel.text()?)?,
            placement: placement.owned(),
            at,
            state: State::named(state.text()?)?,
            lease_until: lease_until.instant(),
            seen_at: seen_at.instant(),
            occurrence: occurrence.owned(),
            offer: offer.owned(),
            variant: variant.whole(),
            policy: policy.owned(),
            reaction: reaction.text().and_then(Reaction::named),
            urgent: urgent.flag(),
            digest: digest.owned(),
            version_at: version_at.instant().unwrap_or(at),
        })
    }

    /// When the lease of a reservation ends; never for a record of another state.
    pub fn lapses(&self) -> Instant {
        match self.state {
            State::Reserved => self.lease_until.unwrap_or(self.at + LEASE),
            _ => Instant::NEVER,
        }
    }

    /// Whether it counts at an instant, for limits and for `repeat`.
    pub fn counts(&self, at: Instant) -> bool {
        !matches!(self.state, State::Released | State::Failed) && at < self.lapses()
    }

    /// Whether it counts for good.
    pub fn is_settled(&self) -> bool {
        matches!(self.state, State::Ghost) || self.was_seen()
    }

    /// Whether the customer saw it, or may have.
    pub fn was_seen(&self) -> bool {
        matches!(self.state, State::Armed | State::Delivered)
    }

    /// Whether it is promotional and the customer saw it.
    pub fn is_seen_promotion(&self) -> bool {
        self.class == Class::Promotional && self.was_seen()
    }

    /// Whether the customer saw it and did nothing with it.
    pub fn is_ignored(&self) -> bool {
        self.was_seen() && self.reaction < Some(Reaction::Clicked)
    }

    /// Whether it is in a digest and not its first contact. The digest counts as one contact, so this one is not counted.
    pub fn is_later_part(&self) -> bool {
        self.digest.as_ref().is_some_and(|first| *first != self.id)
    }

    /// The instant from which its time in a window runs: `at`; `seenAt`, if `at` is more than five minutes after it. So a record of
    /// a wrong clock silences once, and not again when its own date comes. It may be later than now.
    pub fn counts_from(&self) -> Instant {
        self.seen_at.filter(|seen| *seen + SKEW < self.at).unwrap_or(self.at)
    }

    /// The instant as of which it counts, `now` at the latest: a record of a device whose clock is ahead counts too.
    pub fn effective(&self, now: Instant) -> Instant {
        self.counts_from().min(now)
    }

    /// The later instant from which [`Record::effective`] stays the same; never, if it does already.
    pub fn next_change(&self, now: Instant) -> Instant {
        Some(self.counts_from()).filter(|from| *from > now).unwrap_or(Instant::NEVER)
    }

    /// Merges another copy of the record. Keeps the latest `at` and `leaseUntil`, the earliest `seenAt`, the highest `state` and
    /// `reaction`. Every other field comes from the copy with the highest `state`; on a tie, from that with the later `at`; on a
    /// tie, from that with the larger canonical JSON.
    ///
    /// Example: of the copies { reserved, at 2, offer A } and { delivered, at 1, offer B }, the result is { delivered, at 2, offer B }.
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

    /// The fields that come from one copy, as canonical JSON (RFC 8785): keys in order, no spaces.
    fn canonical(&self) -> String {
        let mut json = String::new();
        let mut put = |key: &str, value: Option<&str>, write: fn(&mut String, &str)| {
            if let Some(value) = value {
                json.extend([if json.is_empty() { "{\"" } else { ",\"" }, key, "\":"]);
                write(&mut json, value);
            }
        };
        let variant = self.variant.map(decimal);
        put("campaign", Some(&self.campaign), quote);
        put("channel", Some(self.channel.word()), quote);
        put("class", Some(self.class.word()), quote);
        put("digest", self.digest.as_deref(), quote);
        put("id", Some(&self.id), quote);
        put("occurrence", self.occurrence.as_deref(), quote);
        put("offer", self.offer.as_deref(), quote);
        put("placement", self.placement.as_deref(), quote);
        put("policy", self.policy.as_deref(), quote);
        put("state", Some(self.state.word()), quote);
        put("urgent", self.urgent.map(|urgent| if urgent { "true" } else { "false" }), String::push_str);
        put("variant", variant.as_deref(), String::push_str);
        json.push('}');
        json
    }
}

/// Writes a JSON string as canonical JSON (RFC 8785) does.
fn quote(json: &mut String, text: &str) {
    json.push('"');
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
}
