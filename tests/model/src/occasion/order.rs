//! Orders: from their placement or from an anchor, their arrival, on.

use super::{Occasion, was_spoken};
use crate::facts::Look;
use crate::read::{Campaign, Order, World};
use crate::time::DAY;

/// Days after which a kind begins and for which it stays open, unless the campaign says otherwise.
fn usually(kind: &str) -> (i64, i64) {
    match kind {
        "content" => (1, 30),
        "survey" => (7, 30),
        "howTo" => (0, 14),
        // thanks
        _ => (0, 7),
    }
}

/// From when on after the instant it hangs on, and until when.
pub fn span(campaign: &Campaign) -> (i64, i64) {
    let (after, within) = usually(&campaign.kind);
    let after = campaign.after.unwrap_or(after * DAY);
    (after, after + campaign.within.unwrap_or(within * DAY))
}

/// Whether it hangs on the arrival of the order.
pub fn is_anchored(campaign: &Campaign) -> bool {
    campaign.kind == "survey" || campaign.kind == "howTo"
}

/// What a campaign has to say of an order that was placed and not cancelled.
pub fn about(look: &Look, campaign: &Campaign, order: &Order) -> Option<Occasion> {
    let at = order.at?;
    let is_kept = !look.came_back(order);
    let from = match campaign.kind.as_str() {
        "thankYou" => at,
        "content" if is_kept => at,
        _ if is_kept && look.open_incidents(order) == 0 => anchor(look, order)?,
        _ => return None,
    };
    let of_families = |families: &Vec<String>| {
        let mut bought = order.items.iter().filter_map(|item| item.family.as_ref());
        bought.any(|family| families.contains(family))
    };
    if !campaign.families.as_ref().is_none_or(of_families) {
        return None;
    }
    if campaign.kind == "survey" && order.id.is_some() && look.ratings().iter().any(|one| one.order == order.id) {
        return None;
    }
    let occurrence = order.id.clone().unwrap_or_default();
    let spoken = was_spoken(look, campaign, &occurrence);
    let (begins, ends) = span(campaign);
    Some(Occasion { spoken, occurrence, begins: from + begins, ends: Some(from + ends), day: None })
}

/// Its delivery; where none is known, and after a re-shipment, the shipment + the usual days.
fn anchor(look: &Look, order: &Order) -> Option<i64> {
    let delivered = look.delivered(order);
    let shipped = order.shipped_at.filter(|at| look.happened(Some(*at)));
    match (delivered, shipped) {
        (Some(delivered), Some(shipped)) if shipped > delivered => Some(shipped + usual_days(look.world)),
        (Some(delivered), _) => Some(delivered),
        (None, shipped) => Some(shipped? + usual_days(look.world)),
    }
}

/// Of the destination: those of the longest key with which the country or country-postcode begins, the postcode as it is written
/// or from its first digit on; absent: 10 days.
pub fn usual_days(world: &World) -> i64 {
    let destination = &world.request["customer"]["destination"];
    let country = destination["country"].as_str().unwrap_or("");
    let code = destination["postcode"].as_str().unwrap_or("").trim();
    let digits = code.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let places = if digits.is_empty() {
        vec![country.to_owned()]
    } else {
        vec![format!("{country}-{code}"), format!("{country}-{digits}")]
    };
    let days = world.policy["shop"]["deliveryDays"].as_object().into_iter().flatten();
    let fits = days.filter(|(key, _)| *key == "*" || places.iter().any(|place| place.starts_with(key.as_str())));
    let longest = fits.max_by_key(|(key, _)| if *key == "*" { 0 } else { key.len() });
    longest.map_or(10, |(_, days)| days.as_i64().unwrap()) * DAY
}
