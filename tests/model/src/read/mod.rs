//! A policy and a request as plain structs. Nothing is checked: the engine refuses invalid input before the model is asked.

mod order;
mod policy;

pub use order::{Incident, Item, Order, incidents};
pub use policy::{Campaign, Limit, Quiet};

use crate::context::Memo;
use crate::hash::Known;
use crate::ledger::{Record, merge};
use crate::time::{Zone, parse_duration, parse_instant};
use serde_json::{Value, json};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// An instant in a field, as epoch milliseconds.
pub fn instant(value: &Value, key: &str) -> Option<i64> {
    value[key].as_i64().or_else(|| value[key].as_str().map(parse_instant))
}

/// A text in a field.
pub fn text(value: &Value, key: &str) -> Option<String> {
    value[key].as_str().map(str::to_owned)
}

fn duration(value: &Value, key: &str) -> Option<i64> {
    value[key].as_str().and_then(parse_duration)
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array().map(|list| list.iter().map(|one| one.as_str().unwrap().to_owned()).collect())
}

fn each<T>(value: &Value, read: impl Fn(&Value) -> T) -> Vec<T> {
    value.as_array().into_iter().flatten().map(read).collect()
}

/// The list without repetitions.
fn without_repetitions(value: &Value) -> Vec<Value> {
    let mut list: Vec<Value> = Vec::new();
    for one in value.as_array().into_iter().flatten() {
        if !list.contains(one) {
            list.push(one.clone());
        }
    }
    list
}

/// A policy and a request.
#[allow(missing_docs, reason = "the contract's names")]
pub struct Input {
    pub policy: Value,
    pub request: Value,
    pub now: i64,
    pub campaigns: Vec<Campaign>,
    pub limits: Vec<Limit>,
    pub quiet: Vec<Quiet>,
    pub wish_quiet: Vec<Quiet>,
    pub orders: Vec<Order>,
    pub conversations: Vec<Conversation>,
    pub ratings: Vec<Rating>,
    pub ledger: Vec<Record>,
    pub shop_zone: Option<Zone>,
    /// The customer's zone; if it is unknown, every zone of the request.
    pub zones: Vec<Zone>,
    /// What was found out about each instant of facts.
    pub memos: Known<i64, Rc<Memo>>,
    /// When an anniversary begins and ends, by campaign and date.
    pub spans: Known<(usize, i64), Option<(i64, i64)>>,
    /// The parameters of each variant of a message in a locale.
    pub parameters: Known<(String, String), Rc<Vec<Vec<String>>>>,
    /// The durations of facts that count days.
    pub days: OnceCell<Vec<i64>>,
    pub wishes: Value,
    pub less_often: Option<i64>,
    pub care: Value,
    pub calm: Value,
    pub hold_promotions: bool,
}

#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Conversation {
    pub id: Option<String>,
    pub is_complaint: bool,
    pub at: Option<i64>,
    pub answered_at: Option<i64>,
    pub solved_at: Option<i64>,
    pub reopened_at: Option<i64>,
    pub order: Option<String>,
}

#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Rating {
    pub order: Option<String>,
    pub sku: Option<String>,
    pub at: Option<i64>,
    pub score: f64,
}

impl Input {
    /// Whether two names mean one occurrence: the same text, or an order's id and its number.
    pub fn names(&self, name: &str, other: &str) -> bool {
        name == other || self.orders.iter().any(|order| order.is_named(name) && order.is_named(other))
    }

    /// An offer of the policy.
    pub fn offer(&self, name: &str) -> &Value {
        &self.policy["offers"][name]
    }

    /// `validFor` of an offer.
    pub fn valid_for(&self, offer: &str) -> Option<i64> {
        duration(self.offer(offer), "validFor")
    }

    /// `again` of an offer; `never` is longer than any time.
    pub fn again(&self, offer: &str) -> Option<i64> {
        let again = &self.offer(offer)["again"];
        if *again == "never" { Some(i64::MAX) } else { again.as_str().and_then(parse_duration) }
    }

    /// The customer's own code of an offer, else the offer's.
    pub fn code(&self, offer: &str) -> Option<String> {
        text(&self.request["customer"]["codes"], offer).or(text(self.offer(offer), "code"))
    }

    /// Whether the request asks about the campaign's channel.
    pub fn asks(&self, campaign: &Campaign) -> bool {
        let channels = self.request["channels"].as_array();
        channels.is_none_or(|channels| channels.iter().any(|one| *one == *campaign.channel))
    }

    /// Reads a valid policy and a valid request.
    pub fn read(policy: &Value, request: &Value) -> Input {
        let request = &without_nothings(request);
        let now = instant(request, "now").unwrap();
        let customer = &request["customer"];
        let all: Vec<Zone> = request["zones"].as_object().into_iter().flatten().map(zone).collect();
        let find = |name: &Value| all.iter().find(|zone| zone.name == *name).cloned();
        let orders = order::orders(customer, &request["event"], now);
        // a name is an order's id, or the number of one order alone
        let order_named = |value: &Value| {
            let name = text(value, "orderId")?;
            let numbered: Vec<&Order> = orders.iter().filter(|order| order.number.as_ref() == Some(&name)).collect();
            let is_id = orders.iter().any(|order| order.id.as_ref() == Some(&name));
            match numbered.as_slice() {
                [only] if !is_id => only.id.clone(),
                _ => Some(name),
            }
        };
        Input {
            now,
            campaigns: policy::campaigns(policy),
            limits: each(&policy["limits"], Limit::read),
            quiet: each(&policy["quietHours"], Quiet::read),
            wish_quiet: each(&customer["wishes"]["quiet"], Quiet::read),
            conversations: without_repetitions(&customer["conversations"])
                .iter()
                .map(|value| Conversation {
                    id: text(value, "id"),
                    is_complaint: value["kind"] == "complaint",
                    at: instant(value, "at"),
                    answered_at: instant(value, "answeredAt"),
                    solved_at: instant(value, "solvedAt"),
                    reopened_at: instant(value, "reopenedAt"),
                    order: order_named(value),
                })
                .collect(),
            ratings: without_repetitions(&customer["ratings"])
                .iter()
                .map(|value| Rating {
                    order: order_named(value),
                    sku: text(value, "sku"),
                    at: instant(value, "at"),
                    score: value["score"].as_f64().unwrap(),
                })
                .collect(),
            orders: orders.clone(),
            ledger: merge(request["ledger"].as_array().map_or(&[], Vec::as_slice)),
            shop_zone: find(&policy["shop"]["zone"]),
            zones: find(&request["zone"]).map_or(all, |zone| vec![zone]),
            memos: RefCell::default(),
            spans: RefCell::default(),
            parameters: RefCell::default(),
            days: OnceCell::new(),
            wishes: customer["wishes"].clone(),
            less_often: customer["wishes"]["lessOften"].as_str().and_then(parse_duration),
            care: policy["care"].clone(),
            calm: policy["calm"].clone(),
            hold_promotions: policy["phases"]["holdPromotions"] == true,
            policy: policy.clone(),
            request: request.clone(),
        }
    }
}

/// The request without what platforms write for none: empty texts, zero dates, and lists where an object is meant. What the shop, the
/// event and forms say stays.
fn without_nothings(value: &Value) -> Value {
    const OBJECTS: [&str; 9] =
        ["customer", "consent", "wishes", "affinity", "cart", "codes", "destination", "shop", "catalog"];
    match value {
        Value::Object(object) => {
            let is_none = |key: &str, value: &Value| match value {
                Value::String(text) => text.trim().is_empty() || text.starts_with("0000-00-00"),
                Value::Array(list) => list.is_empty() && OBJECTS.contains(&key),
                Value::Null => true,
                _ => false,
            };
            let kept = object.iter().filter(|(key, value)| !is_none(key, value)).map(|(key, value)| {
                // PHP's empty map: nothing was given, which is known
                if key == "issued" && *value == json!([]) {
                    return (key.clone(), json!({}));
                }
                let is_free = ["attributes", "event", "forms", "zones"].contains(&key.as_str());
                let mut told = if is_free { value.clone() } else { without_nothings(value) };
                // their rows have fields that are required, so one without any is a row that nobody has filled in
                if ["ledger", "quiet"].contains(&key.as_str())
                    && let Value::Array(rows) = &mut told
                {
                    rows.retain(|row| *row != json!({}));
                }
                (key.clone(), told)
            });
            Value::Object(kept.collect())
        }
        Value::Array(list) => list.iter().filter(|element| !element.is_null()).map(without_nothings).collect(),
        other => other.clone(),
    }
}

fn zone((name, table): (&String, &Value)) -> Zone {
    let row = |row: &Value| (instant(&json!({ "at": row[0] }), "at").unwrap(), row[1].as_i64().unwrap() * 60_000);
    Zone { name: name.clone(), rows: each(table, row) }
}
