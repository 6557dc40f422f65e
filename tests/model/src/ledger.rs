//! The ledger: the copies of a record merged into one, whether a record counts, and with which date.

use crate::read::{instant, text};
use crate::time::MINUTE;
use serde_json::Value;

const STATES: [&str; 6] = ["ghost", "reserved", "released", "armed", "delivered", "failed"];
const REACTIONS: [&str; 3] = ["dismissed", "clicked", "converted"];

/// A contact of the past, or one that is reserved.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Record {
    pub id: String,
    pub campaign: String,
    pub class: String,
    pub channel: String,
    pub placement: Option<String>,
    pub at: i64,
    pub state: String,
    pub lease_until: Option<i64>,
    pub seen_at: Option<i64>,
    pub occurrence: Option<String>,
    pub offer: Option<String>,
    pub variant: Option<u64>,
    pub reaction: Option<String>,
    pub urgent: bool,
    pub digest: Option<String>,
}

impl Record {
    fn read(value: &Value) -> Record {
        let required = |key| text(value, key).unwrap();
        Record {
            id: required("id"),
            campaign: required("campaign"),
            class: required("class"),
            channel: required("channel"),
            placement: text(value, "placement"),
            at: instant(value, "at").unwrap(),
            state: required("state"),
            lease_until: instant(value, "leaseUntil"),
            seen_at: instant(value, "seenAt"),
            occurrence: text(value, "occurrence"),
            offer: text(value, "offer"),
            variant: value["variant"].as_u64(),
            reaction: text(value, "reaction"),
            urgent: value["urgent"] == true,
            digest: text(value, "digest"),
        }
    }

    /// `leaseUntil`, by default `at` + 15 minutes.
    pub fn lease_ends(&self) -> i64 {
        self.lease_until.unwrap_or(self.at + 15 * MINUTE)
    }

    /// Whether the record counts: it is armed, delivered or a ghost, or it is reserved and its lease has not ended.
    pub fn counts(&self, now: i64) -> bool {
        match self.state.as_str() {
            "released" | "failed" => false,
            "reserved" => self.lease_ends() > now,
            _ => true,
        }
    }

    /// Whether the attempt came to nothing: released, never arrived, or reserved with a lease that has ended.
    pub fn failed(&self, now: i64) -> bool {
        !self.counts(now)
    }

    /// The date with which the record counts: at most `now`.
    pub fn as_of(&self, now: i64) -> i64 {
        self.dated().min(now)
    }

    /// Its `at`. If that is more than five minutes after `seenAt`, the clock that wrote it was wrong, and `seenAt` is its date.
    pub fn dated(&self) -> i64 {
        self.seen_at.filter(|seen| self.at > seen + 5 * MINUTE).unwrap_or(self.at)
    }

    /// Whether the customer could see it: armed or delivered.
    pub fn was_shown(&self) -> bool {
        self.state == "armed" || self.state == "delivered"
    }

    /// Whether the customer clicked or converted.
    pub fn was_welcome(&self) -> bool {
        matches!(self.reaction.as_deref(), Some("clicked" | "converted"))
    }

    /// Whether it is a part of a digest other than the first.
    pub fn is_later_part(&self) -> bool {
        self.digest.as_ref().is_some_and(|first| *first != self.id)
    }
}

/// The place of a reaction among all, the coldest first.
pub fn how_warm(reaction: &str) -> usize {
    index_in(&REACTIONS, reaction)
}

fn index_in(list: &[&str], word: &str) -> usize {
    list.iter().position(|one| *one == word).unwrap()
}

/// One record for each id, whatever the order and number of its copies: the latest `at` and `leaseUntil`, the earliest
/// `seenAt`, the highest `reaction`. Everything else comes from the copy with the highest `state`; on a tie, the latest
/// version; on a tie, the greatest canonical JSON.
pub fn merge(values: &[Value]) -> Vec<Record> {
    let mut ids: Vec<&str> = values.iter().map(|value| value["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter()
        .map(|id| {
            let copies: Vec<&Value> = values.iter().filter(|value| value["id"] == id).collect();
            let best = copies.iter().max_by_key(|copy| {
                let version_at = instant(copy, "versionAt").or(instant(copy, "at"));
                (index_in(&STATES, copy["state"].as_str().unwrap()), version_at, canonical(copy))
            });
            let mut record = Record::read(best.unwrap());
            record.at = copies.iter().filter_map(|copy| instant(copy, "at")).max().unwrap();
            record.lease_until = copies.iter().filter_map(|copy| instant(copy, "leaseUntil")).max();
            record.seen_at = copies.iter().filter_map(|copy| instant(copy, "seenAt")).min();
            record.reaction =
                copies.iter().filter_map(|copy| text(copy, "reaction")).max_by_key(|reaction| how_warm(reaction));
            record
        })
        .collect()
}

/// The copy as canonical JSON (RFC 8785), without the fields that are merged one by one. Records are flat, so sorting
/// the keys is enough.
fn canonical(value: &Value) -> Vec<u8> {
    let merged_alone = ["at", "versionAt", "leaseUntil", "seenAt", "reaction"];
    let fields = value.as_object().unwrap().iter();
    let rest = fields.filter(|(key, value)| !value.is_null() && !merged_alone.contains(&key.as_str()));
    let mut parts: Vec<String> = rest.map(|(key, value)| format!("\"{key}\":{value}")).collect();
    parts.sort_unstable();
    format!("{{{}}}", parts.join(",")).into_bytes()
}
