//! A policy and a request as plain lists. Nothing is checked: the engine refuses what is wrong before the model is asked.

mod policy;

pub use policy::{Campaign, Limit, Quiet};

use crate::ledger::{Record, merge};
use crate::time::{Zone, length, parse_instant};
use serde_json::{Value, json};

/// An instant of an object, as milliseconds.
pub fn instant(value: &Value, key: &str) -> Option<i64> {
    value[key].as_i64().or_else(|| value[key].as_str().map(parse_instant))
}

/// A text of an object.
pub fn text(value: &Value, key: &str) -> Option<String> {
    value[key].as_str().map(str::to_owned)
}

fn duration(value: &Value, key: &str) -> Option<i64> {
    value[key].as_str().and_then(length)
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array().map(|list| list.iter().map(|one| one.as_str().unwrap().to_owned()).collect())
}

fn each<T>(value: &Value, read: impl Fn(&Value) -> T) -> Vec<T> {
    value.as_array().into_iter().flatten().map(read).collect()
}

/// Each once, whatever the order and repetition in which they were told.
fn once(value: &Value) -> Vec<Value> {
    let mut list: Vec<Value> = Vec::new();
    for one in value.as_array().into_iter().flatten() {
        if !list.contains(one) {
            list.push(one.clone());
        }
    }
    list
}

/// Policy and request, read.
#[allow(missing_docs, reason = "the contract's names")]
pub struct World {
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
    /// The customer's zone, or where it is unknown every zone.
    pub zones: Vec<Zone>,
}

#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Order {
    pub id: Option<String>,
    pub at: Option<i64>,
    pub shipped_at: Option<i64>,
    pub delivered_at: Option<i64>,
    pub cancelled_at: Option<i64>,
    pub returned_at: Option<i64>,
    pub refunded_at: Option<i64>,
    pub total: Option<i64>,
    pub margin: Option<i64>,
    pub items: Vec<Item>,
    pub incidents: Vec<Incident>,
}

#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Item {
    pub sku: Option<String>,
    pub family: Option<String>,
    pub quantity: i64,
    pub price: Option<i64>,
    pub delivered_at: Option<i64>,
    pub returned_at: Option<i64>,
}

#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Incident {
    pub kind: String,
    pub at: Option<i64>,
    pub resolved_at: Option<i64>,
}

impl Order {
    fn read(value: &Value) -> Order {
        Order {
            id: text(value, "id"),
            at: instant(value, "at"),
            shipped_at: instant(value, "shippedAt"),
            delivered_at: instant(value, "deliveredAt"),
            cancelled_at: instant(value, "cancelledAt"),
            returned_at: instant(value, "returnedAt"),
            refunded_at: instant(value, "refundedAt"),
            total: value["total"].as_i64(),
            margin: value["margin"].as_i64(),
            items: each(&value["items"], |item| Item {
                sku: text(item, "sku"),
                family: text(item, "family"),
                quantity: item["quantity"].as_i64().unwrap_or(1),
                price: item["price"].as_i64(),
                delivered_at: instant(item, "deliveredAt"),
                returned_at: instant(item, "returnedAt"),
            }),
            incidents: incidents(each(&value["incidents"], |incident| Incident {
                kind: text(incident, "kind").unwrap(),
                at: instant(incident, "at"),
                resolved_at: instant(incident, "resolvedAt"),
            })),
        }
    }
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

/// What the different tellings come to: one whose `at` is after the end of those of its kind before it begins another incident.
fn incidents(told: Vec<Incident>) -> Vec<Incident> {
    let mut tellings: Vec<(String, Option<i64>, Option<i64>)> = vec![];
    for Incident { kind, at, resolved_at } in told {
        if at.is_some() && resolved_at.is_some() && resolved_at < at {
            tellings.push((kind.clone(), resolved_at, resolved_at));
            tellings.push((kind, at, None));
        } else {
            tellings.push((kind, at, resolved_at));
        }
    }
    tellings.sort();
    tellings.dedup();
    let mut found: Vec<Incident> = vec![];
    for (kind, at, resolved_at) in tellings {
        let same = found.last().filter(|last| last.kind == kind);
        let is_over = same.is_some_and(|last| last.resolved_at.is_some_and(|end| at.is_some_and(|at| at > end)));
        match found.last_mut() {
            Some(last) if last.kind == kind && !is_over => last.resolved_at = last.resolved_at.max(resolved_at),
            _ => found.push(Incident { kind, at, resolved_at }),
        }
    }
    found
}

impl World {
    /// Takes both as the contract writes them.
    pub fn read(policy: &Value, request: &Value) -> World {
        let now = instant(request, "now").unwrap();
        let customer = &request["customer"];
        let all: Vec<Zone> = request["zones"].as_object().into_iter().flatten().map(zone).collect();
        let find = |name: &Value| all.iter().find(|zone| zone.name == *name).cloned();
        World {
            now,
            campaigns: each(&policy["campaigns"], Campaign::read),
            limits: each(&policy["limits"], Limit::read),
            quiet: each(&policy["quietHours"], Quiet::read),
            wish_quiet: each(&customer["wishes"]["quiet"], Quiet::read),
            orders: orders(customer, &request["event"], now),
            conversations: once(&customer["conversations"])
                .iter()
                .map(|value| Conversation {
                    id: text(value, "id"),
                    is_complaint: value["kind"] == "complaint",
                    at: instant(value, "at"),
                    answered_at: instant(value, "answeredAt"),
                    solved_at: instant(value, "solvedAt"),
                    reopened_at: instant(value, "reopenedAt"),
                    order: text(value, "orderId"),
                })
                .collect(),
            ratings: once(&customer["ratings"])
                .iter()
                .map(|value| Rating {
                    order: text(value, "orderId"),
                    sku: text(value, "sku"),
                    at: instant(value, "at"),
                    score: value["score"].as_f64().unwrap(),
                })
                .collect(),
            ledger: merge(request["ledger"].as_array().map_or(&[], Vec::as_slice)),
            shop_zone: find(&policy["shop"]["zone"]),
            zones: find(&request["zone"]).map_or(all, |zone| vec![zone]),
            policy: policy.clone(),
            request: request.clone(),
        }
    }
}

fn zone((name, table): (&String, &Value)) -> Zone {
    let row = |row: &Value| (instant(&json!({ "at": row[0] }), "at").unwrap(), row[1].as_i64().unwrap() * 60_000);
    Zone { name: name.clone(), rows: each(table, row) }
}

/// The customer's, and the order of a purchase, merged into them by id; a purchase without one stands for it.
fn orders(customer: &Value, event: &Value, now: i64) -> Vec<Order> {
    let mut orders: Vec<Order> = once(&customer["orders"]).iter().map(Order::read).collect();
    orders.sort_by(|left, right| left.id.cmp(&right.id));
    if event["name"] == "purchase" {
        let mut bought = Order::read(&event["order"]);
        bought.at = bought.at.or(instant(event, "at")).or(Some(now));
        // one without an id is named by its instant
        bought.id = bought.id.or(bought.at.map(|at| at.to_string()));
        if let Some(index) = orders.iter().position(|order| order.id == bought.id) {
            // what the shop knows of it holds, what it does not know is taken from the event
            let known = orders.remove(index);
            bought = Order {
                at: known.at.or(bought.at),
                shipped_at: known.shipped_at.or(bought.shipped_at),
                delivered_at: known.delivered_at.or(bought.delivered_at),
                cancelled_at: known.cancelled_at.or(bought.cancelled_at),
                returned_at: known.returned_at.or(bought.returned_at),
                refunded_at: known.refunded_at.or(bought.refunded_at),
                total: known.total.or(bought.total),
                margin: known.margin.or(bought.margin),
                ..known
            };
        }
        orders.push(bought);
    }
    orders
}
