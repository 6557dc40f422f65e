use super::{each, instant, text, without_repetitions};
use serde_json::Value;

#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Order {
    pub id: Option<String>,
    pub number: Option<String>,
    pub updated_at: Option<i64>,
    pub paid: Option<bool>,
    pub renewal: bool,
    pub promised_by: Option<i64>,
    pub refunded: Option<i64>,
    /// Whether the request's event is about it.
    pub of_event: bool,
    /// Whether its id is only the instant of its purchase.
    pub nameless: bool,
    pub at: Option<i64>,
    pub shipped_at: Option<i64>,
    pub delivered_at: Option<i64>,
    pub cancelled_at: Option<i64>,
    pub returned_at: Option<i64>,
    pub refunded_at: Option<i64>,
    pub total: Option<i64>,
    pub margin: Option<i64>,
    pub items: Vec<Item>,
    /// What went wrong, entry by entry, as the shop filed it.
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
    pub gift: bool,
}

#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Incident {
    pub kind: String,
    pub at: Option<i64>,
    pub resolved_at: Option<i64>,
}

impl Order {
    /// Whether a name is its id or its number.
    pub fn is_named(&self, name: &str) -> bool {
        self.id.as_deref() == Some(name) || self.number.as_deref() == Some(name)
    }

    fn read(value: &Value) -> Order {
        Order {
            id: text(value, "id"),
            number: text(value, "number"),
            updated_at: instant(value, "updatedAt"),
            paid: value["paid"].as_bool(),
            renewal: value["renewal"] == true,
            promised_by: instant(value, "promisedBy"),
            refunded: value["refunded"].as_i64(),
            of_event: false,
            nameless: false,
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
                returned_at: instant(item, "returnedAt").or((item["returned"] == true).then_some(0)),
                gift: item["gift"] == true,
            }),
            incidents: each(&value["incidents"], |incident| Incident {
                kind: text(incident, "kind").unwrap(),
                at: instant(incident, "at"),
                resolved_at: instant(incident, "resolvedAt"),
            }),
        }
    }
}

/// Merges the entries of an order into incidents. Entries of one kind are one incident, until an entry has an `at`
/// after the `resolvedAt` of the entries before it: that one begins the next incident. An entry whose `resolvedAt` is
/// before its `at` stands for two: one that ended then, and one that began at `at`.
pub fn incidents(values: Vec<Incident>) -> Vec<Incident> {
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
            Some(last) if last.kind == kind && !is_over => {
                last.at = last.at.or(at);
                last.resolved_at = last.resolved_at.max(resolved_at);
            }
            _ => found.push(Incident { kind, at, resolved_at }),
        }
    }
    found
}

/// The customer's orders and the order of a `purchase` event, copies of one order merged. A `purchase` event without an order is an
/// order too. The order of the event is placed now, whatever date it is told with.
pub(super) fn orders(customer: &Value, event: &Value, now: i64) -> Vec<Order> {
    let mut copies: Vec<Order> = without_repetitions(&customer["orders"]).iter().map(Order::read).collect();
    copies.sort_by(|left, right| left.id.cmp(&right.id));
    let mut orders: Vec<Order> = vec![];
    for copy in copies {
        unite(&mut orders, copy);
    }
    if event["name"] == "purchase" {
        let mut bought = Order::read(&event["order"]);
        bought.of_event = true;
        // an order without an id is named by its date
        let told = bought.at.or(instant(event, "at")).unwrap_or(now);
        bought.nameless = bought.id.is_none() && bought.number.is_none();
        bought.id = bought.id.or(bought.number.clone()).or(Some(told.to_string()));
        unite(&mut orders, bought);
        let own = orders.iter_mut().find(|order| order.of_event).unwrap();
        own.at = Some(now);
    }
    orders
}

/// Adds a copy of an order to the one with its id, else to the only one whose number is its id or its number, else to the list.
fn unite(orders: &mut Vec<Order>, copy: Order) {
    let by_id = orders.iter().position(|order| order.id.is_some() && order.id == copy.id);
    let names: Vec<&String> = copy.id.iter().chain(&copy.number).collect();
    let numbered: Vec<usize> = (0..orders.len())
        .filter(|index| orders[*index].number.as_ref().is_some_and(|one| names.contains(&one)))
        .collect();
    let by_number = Some(&numbered).filter(|found| found.len() == 1).map(|found| found[0]);
    match by_id.or(by_number) {
        Some(index) => orders[index] = merged(orders[index].clone(), copy),
        None => orders.push(copy),
    }
}

/// Two copies of one order: the one that was updated last, else both field by field.
fn merged(known: Order, copy: Order) -> Order {
    let of_event = known.of_event || copy.of_event;
    let (id, number) = (known.id.clone(), known.number.clone());
    let whole = match known.updated_at.cmp(&copy.updated_at) {
        std::cmp::Ordering::Greater => known,
        std::cmp::Ordering::Less => copy,
        std::cmp::Ordering::Equal => Order {
            paid: known.paid.max(copy.paid),
            renewal: known.renewal || copy.renewal,
            promised_by: known.promised_by.max(copy.promised_by),
            refunded: known.refunded.max(copy.refunded),
            at: known.at.max(copy.at),
            shipped_at: known.shipped_at.max(copy.shipped_at),
            delivered_at: known.delivered_at.max(copy.delivered_at),
            cancelled_at: known.cancelled_at.max(copy.cancelled_at),
            returned_at: known.returned_at.max(copy.returned_at),
            refunded_at: known.refunded_at.max(copy.refunded_at),
            total: known.total.max(copy.total),
            margin: known.margin.max(copy.margin),
            items: if known.items.is_empty() { copy.items } else { known.items },
            incidents: known.incidents.into_iter().chain(copy.incidents).collect(),
            ..known
        },
    };
    Order { of_event, nameless: false, id, number, ..whole }
}
