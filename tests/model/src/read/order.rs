use super::{each, instant, text, without_repetitions};
use serde_json::Value;

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

/// Merges the entries of an order into incidents. Entries of one kind are one incident, until an entry has an `at`
/// after the `resolvedAt` of the entries before it: that one begins the next incident. An entry whose `resolvedAt` is
/// before its `at` stands for two: one that ended then, and one that began at `at`.
fn incidents(values: Vec<Incident>) -> Vec<Incident> {
    let mut entries: Vec<(String, Option<i64>, Option<i64>)> = vec![];
    for Incident { kind, at, resolved_at } in values {
        if at.is_some() && resolved_at.is_some() && resolved_at < at {
            entries.push((kind.clone(), resolved_at, resolved_at));
            entries.push((kind, at, None));
        } else {
            entries.push((kind, at, resolved_at));
        }
    }
    entries.sort();
    entries.dedup();
    let mut found: Vec<Incident> = vec![];
    for (kind, at, resolved_at) in entries {
        let same = found.last().filter(|last| last.kind == kind);
        let is_over = same.is_some_and(|last| last.resolved_at.is_some_and(|end| at.is_some_and(|at| at > end)));
        match found.last_mut() {
            Some(last) if last.kind == kind && !is_over => last.resolved_at = last.resolved_at.max(resolved_at),
            _ => found.push(Incident { kind, at, resolved_at }),
        }
    }
    found
}

/// The customer's orders and the order of a `purchase` event. If the customer has an order with the same id, they are merged. A
/// `purchase` event without an order is an order too.
pub(super) fn orders(customer: &Value, event: &Value, now: i64) -> Vec<Order> {
    let mut orders: Vec<Order> = without_repetitions(&customer["orders"]).iter().map(Order::read).collect();
    orders.sort_by(|left, right| left.id.cmp(&right.id));
    if event["name"] == "purchase" {
        let mut bought = Order::read(&event["order"]);
        bought.at = bought.at.or(instant(event, "at")).or(Some(now));
        // an order without an id is named by its date
        bought.id = bought.id.or(bought.at.map(|at| at.to_string()));
        if let Some(index) = orders.iter().position(|order| order.id == bought.id) {
            // the shop's fields hold; the event fills those the shop does not have
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
