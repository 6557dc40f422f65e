//! What was said: records merged by id, which of them count, and as of when.

use crate::read::{instant, text};
use crate::time::MINUTE;
use serde_json::Value;

const STATES: [&str; 5] = ["ghost", "reserved", "released", "armed", "delivered"];
const REACTIONS: [&str; 3] = ["dismissed", "clicked", "converted"];

/// One contact that was, or may have been.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Record {
    pub id: String,
    pub campaign: String,
    pub class: String,
    pub channel: String,
    pub at: i64,
    pub state: String,
    pub lease_until: Option<i64>,
    pub seen_at: Option<i64>,
    pub occurrence: Option<String>,
    pub variant: Option<u64>,
    pub reaction: Option<String>,
    pub urgent: bool,
    pub digest: Option<String>,
}

impl Record {
    fn read(value: &Value) -> Record {
        let must = |key| text(value, key).unwrap();
        Record {
            id: must("id"),
            campaign: must("campaign"),
            class: must("class"),
            channel: must("channel"),
            at: instant(value, "at").unwrap(),
            state: must("state"),
            lease_until: instant(value, "leaseUntil"),
            seen_at: instant(value, "seenAt"),
            occurrence: text(value, "occurrence"),
            variant: value["variant"].as_u64(),
            reaction: text(value, "reaction"),
            urgent: value["urgent"] == true,
            digest: text(value, "digest"),
        }
    }

    /// `leaseUntil`, absent: `at` + 15 minutes.
    pub fn lease_ends(&self) -> i64 {
        self.lease_until.unwrap_or(self.at + 15 * MINUTE)
    }

    /// A record counts if armed, delivered, ghost, or reserved with its lease ending after `now`.
    pub fn counts(&self, now: i64) -> bool {
        match self.state.as_str() {
            "released" => false,
            "reserved" => self.lease_ends() > now,
            _ => true,
        }
    }

    /// Released, or reserved with a lease that has ended.
    pub fn failed(&self, now: i64) -> bool {
        !self.counts(now)
    }

    /// A record dated after `now` counts as of `now`; one dated more than five minutes after it as of its `seenAt` where it
    /// has one.
    pub fn as_of(&self, now: i64) -> i64 {
        match self.seen_at {
            Some(seen) if self.at > now + 5 * MINUTE => seen.min(now),
            _ => self.at.min(now),
        }
    }

    /// As of when it will have counted once its own date is reached.
    pub fn will_count_as_of(&self, now: i64) -> i64 {
        match self.seen_at {
            Some(seen) if self.at > now + 5 * MINUTE => seen.min(self.at),
            _ => self.at,
        }
    }

    /// Armed or delivered.
    pub fn was_shown(&self) -> bool {
        self.state == "armed" || self.state == "delivered"
    }

    /// With the reaction clicked or converted.
    pub fn was_welcome(&self) -> bool {
        matches!(self.reaction.as_deref(), Some("clicked" | "converted"))
    }

    /// A later part of a digest.
    pub fn is_later_part(&self) -> bool {
        self.digest.as_ref().is_some_and(|first| *first != self.id)
    }
}

fn place(list: &[&str], word: &str) -> usize {
    list.iter().position(|one| *one == word).unwrap()
}

/// The higher state wins, the greatest `at`, `leaseUntil` and `reaction`, the least `seenAt`, the rest from the higher (state, at),
/// then the greater canonical bytes.
pub fn merge(told: &[Value]) -> Vec<Record> {
    let mut ids: Vec<&str> = told.iter().map(|value| value["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter()
        .map(|id| {
            let tellings: Vec<&Value> = told.iter().filter(|value| value["id"] == id).collect();
            let best = tellings.iter().max_by_key(|value| {
                let told = instant(value, "versionAt").or(instant(value, "at"));
                (place(&STATES, value["state"].as_str().unwrap()), told, canonical(value))
            });
            let mut record = Record::read(best.unwrap());
            record.at = tellings.iter().filter_map(|value| instant(value, "at")).max().unwrap();
            record.lease_until = tellings.iter().filter_map(|value| instant(value, "leaseUntil")).max();
            record.seen_at = tellings.iter().filter_map(|value| instant(value, "seenAt")).min();
            record.reaction = tellings
                .iter()
                .filter_map(|value| text(value, "reaction"))
                .max_by_key(|reaction| place(&REACTIONS, reaction));
            record
        })
        .collect()
}

/// RFC 8785 of a flat object of texts and whole numbers, without what is merged by itself.
fn canonical(value: &Value) -> Vec<u8> {
    let own = ["at", "versionAt", "leaseUntil", "seenAt", "reaction"];
    let fields = value.as_object().unwrap().iter();
    let rest = fields.filter(|(key, value)| !value.is_null() && !own.contains(&key.as_str()));
    let mut parts: Vec<String> = rest.map(|(key, value)| format!("\"{key}\":{value}")).collect();
    parts.sort_unstable();
    format!("{{{}}}", parts.join(",")).into_bytes()
}
