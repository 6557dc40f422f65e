//! Kinds that speak about an order: `thankYou` and `content` from when it was placed, `survey` and `howTo` from when it arrived.

use super::{Occasion, already_spoken, counting_records, is_said, same_kind};
use crate::context::Context;
use crate::ledger::Record;
use crate::read::{Campaign, Conversation, Input, Item, Order};
use crate::time::DAY;

/// `after` and `within` in days, for a campaign that does not give them.
fn default_span(kind: &str) -> (i64, i64) {
    match kind {
        "content" => (1, 30),
        "survey" => (7, 30),
        "howTo" => (0, 14),
        "nextOffer" => (14, 60),
        "community" => (7, 30),
        "referral" => (7, 60),
        "parcelInsert" => (0, 30),
        // thankYou
        _ => (0, 7),
    }
}

/// How long after the order was placed or arrived the occasion begins, and how long after that it ends.
pub fn open_span(campaign: &Campaign) -> (i64, i64) {
    let (after, within) = default_span(&campaign.kind);
    let after = campaign.after.unwrap_or(after * DAY);
    (after, after + campaign.within.unwrap_or(within * DAY))
}

/// Whether the kind counts from the arrival of the order; else it counts from its placement.
pub fn starts_at_arrival(campaign: &Campaign) -> bool {
    ["survey", "howTo", "nextOffer", "community", "referral", "review"].contains(&campaign.kind.as_str())
}

/// The occasion of a campaign about one order that was placed and not cancelled.
pub fn about_order(context: &Context, campaign: &Campaign, order: &Order) -> Option<Occasion> {
    let at = order.at?;
    if campaign.kind == "thankYou" && !may_be_thanked(context, campaign, order) {
        return None;
    }
    let is_kept = !context.was_returned_or_refunded(order);
    let start = match campaign.kind.as_str() {
        "thankYou" => at,
        "content" if is_kept => at,
        "parcelInsert" if is_kept && !context.happened(order.shipped_at) => at,
        "parcelInsert" => return None,
        _ if is_kept && context.open_incidents(order) == 0 => arrival(context, order)?,
        _ => return None,
    };
    let of_families = |families: &Vec<String>| {
        let mut bought = order.items.iter().filter_map(|item| item.family.as_ref());
        bought.any(|family| families.contains(family))
    };
    if !campaign.families.as_ref().is_none_or(of_families) {
        return None;
    }
    let unsolved = |one: &&Conversation| one.is_complaint && !context.is_settled(one, one.solved_at);
    let complained = context.conversations().iter().filter(|one| unsolved(one)).any(|one| one.order == order.id);
    if campaign.kind == "survey" && order.id.is_some() && complained {
        return None;
    }
    if campaign.kind == "survey" && order.id.is_some() && context.ratings().iter().any(|one| one.order == order.id) {
        return None;
    }
    let occurrence = order.id.clone().unwrap_or_default();
    let spoken = already_spoken(context, campaign, &occurrence);
    let (begins, ends) = open_span(campaign);
    let (begins, ends) = (start + begins, Some(start + ends));
    Some(Occasion { spoken, occurrence, begins, ends, of_event: order.of_event, day: None })
}

/// Whether an order is one to thank for: it stands, no payment of it has failed, and it was placed after the latest order that was
/// thanked for. The order of the event, and one that was thanked for already, need not be.
fn may_be_thanked(context: &Context, campaign: &Campaign, order: &Order) -> bool {
    let failed = context.incidents(order).iter().any(|one| one.kind == "payment" && context.is_open(one));
    if failed || context.was_returned_or_refunded(order) {
        return false;
    }
    let name = order.id.clone().unwrap_or_default();
    if order.of_event || is_said(context, campaign, &name) {
        return true;
    }
    let thanks = same_kind(context, campaign);
    let mut records: Vec<&Record> = thanks.iter().flat_map(|other| counting_records(context, other)).collect();
    records.retain(|record| record.occurrence.is_some());
    let latest = records.iter().map(|record| {
        let named = |order: &&Order| record.occurrence.as_deref().is_some_and(|name| order.is_named(name));
        let thanked = context.input.orders.iter().find(named);
        thanked.and_then(|order| order.at).unwrap_or(record.dated())
    });
    order.at > latest.max()
}

/// When the order arrived: its delivery. Without one, or when it was shipped again after it, the shipment + the usual
/// delivery days.
pub fn arrival(context: &Context, order: &Order) -> Option<i64> {
    let delivered = context.delivered(order);
    let shipped = order.shipped_at.filter(|at| context.happened(Some(*at)));
    let has_come = |item: &&Item| context.happened(item.delivered_at);
    if delivered.is_none() && order.items.iter().any(|item| has_come(&item)) {
        // a part came; nobody knows when the rest does
        return None;
    }
    match (delivered, shipped) {
        (Some(delivered), Some(shipped)) if shipped > delivered => Some(shipped + usual_days(context.input)),
        (Some(delivered), _) => Some(delivered),
        (None, shipped) => Some(shipped? + usual_days(context.input)),
    }
}

/// The usual delivery days, by default 10.
pub fn usual_days(input: &Input) -> i64 {
    delivery_days(input).unwrap_or(10 * DAY)
}

/// `shop.deliveryDays` of the customer's destination, in milliseconds: the entry with the longest key that begins the country or
/// `country-postcode`, for example `ES`, `ES-35`. The postcode is compared as written and from its first digit.
pub fn delivery_days(input: &Input) -> Option<i64> {
    let destination = &input.request["customer"]["destination"];
    let country = destination["country"].as_str().unwrap_or("");
    let code = destination["postcode"].as_str().unwrap_or("").trim();
    let digits = code.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let names = if digits.is_empty() {
        vec![country.to_owned()]
    } else {
        vec![format!("{country}-{code}"), format!("{country}-{digits}")]
    };
    let days = input.policy["shop"]["deliveryDays"].as_object().into_iter().flatten();
    let fits = days.filter(|(key, _)| *key == "*" || names.iter().any(|name| name.starts_with(key.as_str())));
    let longest = fits.max_by_key(|(key, _)| if *key == "*" { 0 } else { key.len() });
    longest.map(|(_, days)| days.as_i64().unwrap() * DAY)
}
