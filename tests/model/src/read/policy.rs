//! The campaigns, limits and quiet hours of a policy.

use super::{duration, each, text, texts};
use crate::time::{DAY, parse_date, parse_duration, parse_time};
use serde_json::Value;

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
    pub disposition: String,
    pub substitute: Option<String>,
    pub never_again: bool,
    pub repeat: Option<i64>,
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
}

impl Campaign {
    pub(super) fn read(value: &Value) -> Campaign {
        let kind = text(value, "kind").unwrap();
        let offer = text(value, "offer");
        let given = text(value, "class");
        // thankYou and birthday can have any class, the other kinds are relational or promotional; an offer makes all promotional
        let default = if kind == "announcement" { "promotional" } else { "relational" };
        let class = match given.as_deref() {
            _ if offer.is_some() => "promotional",
            Some(given) if kind == "thankYou" || kind == "birthday" => given,
            Some(given @ ("relational" | "promotional")) => given,
            _ => default,
        };
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
            disposition: text(value, "disposition").unwrap_or("defer".to_owned()),
            substitute: text(value, "substitute"),
            never_again: repeat.as_deref().unwrap_or(if kind == "announcement" { "never" } else { "" }) == "never",
            // if the customer changes the birthday, the next message still comes at least 300 days after the last
            repeat: duration(value, "repeat").or((kind == "birthday").then_some(300 * DAY)),
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
            kind,
            offer,
        }
    }

    /// Obligations are never held back by limits or the holdout. Their contacts count.
    pub fn is_obligation(&self) -> bool {
        self.kind == "thankYou"
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
    pub campaign: Option<String>,
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
            campaign: text(value, "campaign"),
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
    pub dates: Vec<i64>,
}

impl Quiet {
    pub(super) fn read(value: &Value) -> Quiet {
        Quiet {
            from: parse_time(value["from"].as_str().unwrap()),
            to: parse_time(value["to"].as_str().unwrap()),
            channels: texts(&value["channels"]),
            days: texts(&value["days"]).unwrap_or_default(),
            dates: each(&value["dates"], |date| parse_date(date.as_str().unwrap())),
        }
    }
}
