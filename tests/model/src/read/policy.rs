//! The campaigns, limits and quiet hours of a policy.

use super::{duration, text, texts};
use crate::gates::Verdict;
use crate::hash::Known;
use crate::time::{DAY, parse_date, parse_duration, parse_time};
use serde_json::Value;
use std::cell::{OnceCell, RefCell};

#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Campaign {
    pub id: String,
    pub kind: String,
    pub class: String,
    pub channel: String,
    pub placement: Option<String>,
    pub audience: Value,
    pub weight: i64,
    pub offer: Option<String>,
    pub message: String,
    pub belated: Option<String>,
    pub early: Option<String>,
    pub paused: bool,
    pub disposition: String,
    pub substitute: Option<String>,
    pub never_again: bool,
    pub repeat: Option<i64>,
    pub gap: Option<(i64, bool)>,
    pub event: Option<String>,
    pub from: Option<i64>,
    pub until: Option<i64>,
    pub lead: i64,
    pub grace: i64,
    pub leap_in_march: bool,
    pub after: Option<i64>,
    pub within: Option<i64>,
    pub families: Option<Vec<String>>,
    pub orders: Option<usize>,
    pub spend: Option<i64>,
    pub years: bool,
    pub urgent: bool,
    pub topic: Option<String>,
    pub relevance: Value,
    /// Its place in the policy.
    pub index: usize,
    /// The campaigns whose contacts count for an occurrence of this one: of some kinds all of the kind.
    pub kin: Vec<String>,
    /// Whether it stands in for another.
    pub is_substitute: bool,
    /// What `consent` says, which is the same at any time.
    pub consent: OnceCell<Verdict>,
    /// The campaign as it stands in the policy, for what only few kinds have.
    pub raw: Value,
}

/// The campaigns of a policy.
pub(super) fn campaigns(policy: &Value) -> Vec<Campaign> {
    let mut all: Vec<Campaign> = super::each(&policy["campaigns"], Campaign::read);
    for index in 0..all.len() {
        let (id, kind) = (all[index].id.clone(), all[index].kind.clone());
        let once_for_all = all[index].is_once_for_all();
        let kin = all.iter().filter(|other| other.id == id || (once_for_all && other.kind == kind));
        all[index].kin = kin.map(|other| other.id.clone()).collect();
        all[index].index = index;
        all[index].is_substitute = all.iter().any(|other| other.substitute.as_ref() == Some(&id));
    }
    all
}

impl Campaign {
    fn read(value: &Value) -> Campaign {
        let kind = text(value, "kind").unwrap();
        let offer = text(value, "offer");
        let given = text(value, "class");
        let default = match kind.as_str() {
            "announcement" | "access" | "shippingCoupon" | "cartReminder" | "nextOffer" | "parcelInsert"
            | "winBack" => "promotional",
            "thankYou" | "apology" | "notFound" | "helpPrompt" => "service",
            _ => "relational",
        };
        let class = if offer.is_some() { "promotional" } else { given.as_deref().unwrap_or(default) };
        let repeat = text(value, "repeat");
        Campaign {
            id: text(value, "id").unwrap(),
            class: class.to_owned(),
            channel: text(value, "channel").unwrap(),
            placement: text(value, "placement"),
            audience: value["audience"].clone(),
            weight: value["weight"].as_i64().unwrap_or(0),
            message: text(value, "message").unwrap(),
            belated: text(value, "belated"),
            early: text(value, "early"),
            paused: value["paused"] == true,
            disposition: text(value, "disposition").unwrap_or("defer".to_owned()),
            substitute: text(value, "substitute"),
            never_again: match repeat.as_deref() {
                None => ["announcement", "access", "shippingCoupon"].contains(&kind.as_str()),
                Some(repeat) => repeat == "never",
            },
            repeat: duration(value, "repeat").or_else(|| {
                let is_question = kind == "preferenceQuestion" && repeat.is_none() && value["every"].is_null();
                is_question.then_some(30 * DAY)
            }),
            // a gap that a shorter `repeat` does not shorten, and whether it is one of all campaigns of the kind
            gap: match kind.as_str() {
                "birthday" => Some((300 * DAY, true)),
                "review" => Some((120 * DAY, true)),
                "community" | "referral" => Some((180 * DAY, false)),
                _ => None,
            },
            event: text(value, "event"),
            from: text(value, "from").map(|date| parse_date(&date)),
            until: text(value, "until").map(|date| parse_date(&date)),
            lead: duration(value, "lead").unwrap_or(0) / DAY,
            grace: duration(value, "grace").unwrap_or(0) / DAY,
            leap_in_march: value["leapDay"] == "mar-1",
            after: duration(value, "after"),
            within: duration(value, "within"),
            families: texts(&value["families"]),
            orders: value["orders"].as_u64().map(|count| count as usize),
            spend: value["spend"].as_i64(),
            years: value["years"] == true,
            urgent: value["urgent"] == true,
            topic: text(value, "topic"),
            relevance: value["relevance"].clone(),
            index: 0,
            kin: vec![],
            is_substitute: false,
            consent: OnceCell::new(),
            raw: value.clone(),
            kind,
            offer,
        }
    }

    /// Whether it has one thing to say, whose name changes with its contacts.
    pub fn is_renamed(&self) -> bool {
        ["announcement", "access", "shippingCoupon", "notFound", "helpPrompt", "preferenceQuestion"]
            .contains(&self.kind.as_str())
    }

    /// Whether its kind speaks of an occurrence only once, over all campaigns.
    pub fn is_once_for_all(&self) -> bool {
        ["survey", "review", "thankYou", "birthday", "milestone"].contains(&self.kind.as_str())
    }

    /// Whether it asks what the customer prefers.
    pub fn is_question(&self) -> bool {
        self.kind == "preferenceQuestion"
    }

    /// Whether its contacts count for no limit, and take no slot.
    pub fn costs_no_slot(&self) -> bool {
        self.kind == "notFound" || self.kind == "helpPrompt"
    }

    /// Whether it asks the customer for something, so that `care` holds it.
    pub fn is_favour(&self) -> bool {
        self.kind == "review" || self.kind == "referral"
    }

    /// Obligations are never held back by limits or the holdout. Their contacts count.
    pub fn is_obligation(&self) -> bool {
        self.kind == "thankYou" || self.kind == "apology"
    }
}

#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Limit {
    pub id: String,
    pub max: u64,
    pub per: String,
    pub tier: Option<String>,
    pub class: Option<String>,
    pub channel: Option<String>,
    pub campaigns: Option<Vec<String>>,
    pub topic: Option<String>,
    pub placement: Option<String>,
    pub urgent: bool,
    pub when: Value,
    pub ignored_as: u64,
}

impl Limit {
    pub(super) fn read(value: &Value) -> Limit {
        Limit {
            id: text(value, "id").unwrap(),
            max: value["max"].as_u64().unwrap(),
            per: text(value, "per").unwrap(),
            tier: text(value, "tier"),
            class: text(value, "class"),
            channel: text(value, "channel"),
            campaigns: texts(&value["campaign"]).or(text(value, "campaign").map(|one| vec![one])),
            topic: text(value, "topic"),
            placement: text(value, "placement"),
            urgent: value["urgent"] == true,
            when: value["when"].clone(),
            ignored_as: value["ignoredAs"].as_u64().unwrap_or(1),
        }
    }

    /// `per` in milliseconds, if it is a duration and not a calendar unit.
    pub fn duration(&self) -> Option<i64> {
        parse_duration(&self.per)
    }
}

#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Quiet {
    pub from: i64,
    pub to: i64,
    pub channels: Option<Vec<String>>,
    pub days: Vec<String>,
    /// Dates as the policy writes them: `2026-12-25`, or `--12-25` for every year.
    pub dates: Vec<String>,
    pub places: Option<Vec<String>>,
    /// The windows that are known to start on a date in a zone, by its index.
    pub known: Known<(usize, i64), Option<(i64, i64)>>,
}

impl Quiet {
    pub(super) fn read(value: &Value) -> Quiet {
        Quiet {
            from: parse_time(value["from"].as_str().unwrap()),
            to: parse_time(value["to"].as_str().unwrap()),
            channels: texts(&value["channels"]),
            days: texts(&value["days"]).unwrap_or_default(),
            dates: texts(&value["dates"]).unwrap_or_default(),
            places: texts(&value["places"]),
            known: RefCell::default(),
        }
    }
}
