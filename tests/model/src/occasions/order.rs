//! Kinds that speak about an order: `thankYou` and `content` from when it was placed, `survey` and `howTo` from when it arrived.

use super::{Occasion, already_spoken};
use crate::context::Context;
use crate::read::{Campaign, Input, Order};
use crate::time::DAY;

/// `after` and `within` in days, for a campaign that does not give them.
fn default_span(kind: &str) -> (i64, i64) {
    match kind {
        "content" => (1, 30),
        "survey" => (7, 30),
        "howTo" => (0, 14),
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
    campaign.kind == "survey" || campaign.kind == "howTo"
}

/// The occasion of a campaign about one order that was placed and not cancelled.
pub fn about_order(context: &Context, campaign: &Campaign, order: &Order) -> Option<Occasion> {
    let at = order.at?;
    let is_kept = !context.was_returned_or_refunded(order);
    let start = match campaign.kind.as_str() {
        "thankYou" => at,
        "content" if is_kept => at,
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
    if campaign.kind == "survey" && order.id.is_some() && context.ratings().iter().any(|one| one.order == order.id) {
        return None;
    }
    let occurrence = order.id.clone().unwrap_or_default();
    let spoken = already_spoken(context, campaign, &occurrence);
    let (begins, ends) = open_span(campaign);
    Some(Occasion { spoken, occurrence, begins: start + begins, ends: Some(start + ends), day: None })
}

/// When the order arrived: its delivery. Without one, or when it was shipped again after it, the shipment + the usual
/// delivery days.
fn arrival(context: &Context, order: &Order) -> Option<i64> {
    let delivered = context.delivered(order);
    let shipped = order.shipped_at.filter(|at| context.happened(Some(*at)));
    match (delivered, shipped) {
        (Some(delivered), Some(shipped)) if shipped > delivered => Some(shipped + usual_days(context.input)),
        (Some(delivered), _) => Some(delivered),
        (None, shipped) => Some(shipped? + usual_days(context.input)),
    }
}

/// `shop.deliveryDays` of the customer's destination, in milliseconds: the entry with the longest key that begins the country or
/// `country-postcode`, for example `ES`, `ES-35`. The postcode is compared as written and from its first digit. Default: 10 days.
pub fn usual_days(input: &Input) -> i64 {
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
    longest.map_or(10, |(_, days)| days.as_i64().unwrap()) * DAY
}
