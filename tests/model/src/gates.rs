//! The gates that need few words. Each says nothing, or its code and its figures.

use crate::facts::Look;
use crate::occasion::{Occasion, said};
use crate::read::{Campaign, instant};
use crate::time::DAY;
use serde_json::{Value, json};

/// What a gate says.
pub type Word = Option<(&'static str, Value)>;

/// Its condition holds.
pub fn audience(look: &Look, campaign: &Campaign, _: &Occasion) -> Word {
    (!look.holds(&campaign.audience)).then(|| ("not-in-audience", json!({})))
}

/// A birthday: known unchanged for 30 days, and a customer for 30 days or with one good order.
pub fn kind(look: &Look, campaign: &Campaign, _: &Occasion) -> Word {
    if campaign.kind != "birthday" {
        return None;
    }
    let customer = &look.world.request["customer"];
    let since = instant(customer, "since");
    let known_since = instant(customer, "birthdaySince").or(since);
    let for_30_days = |since: Option<i64>| since.is_some_and(|since| since + 30 * DAY <= look.now);
    let allowed = for_30_days(known_since) && (for_30_days(since) || look.good_orders() >= 1);
    (!allowed).then(|| ("not-allowed", json!({})))
}

/// Relational and promotional need `true` on most channels; `false`, unsubscribed or spam stop all but transactional.
pub fn consent(look: &Look, campaign: &Campaign, _: &Occasion) -> Word {
    if campaign.class == "transactional" {
        return None;
    }
    let customer = &look.world.request["customer"];
    let said = &customer["consent"][&campaign.channel];
    let wished = |wish: &str| {
        customer["wishes"][wish].as_array().is_some_and(|list| list.iter().any(|one| *one == *campaign.channel))
    };
    if wished("spam") {
        return Some(("withdrawn", json!({ "by": "spam" })));
    }
    if wished("unsubscribed") {
        return Some(("withdrawn", json!({ "by": "unsubscribed" })));
    }
    if *said == false {
        return Some(("withdrawn", json!({ "by": "consent" })));
    }
    let needs_yes = campaign.class != "service" && campaign.channel != "onsite" && campaign.channel != "post";
    (needs_yes && *said != true).then(|| ("not-given", json!({})))
}

/// The customer's affinity is at least the floor.
pub fn relevance(look: &Look, campaign: &Campaign, _: &Occasion) -> Word {
    if campaign.class == "transactional" {
        return None;
    }
    let affinity = campaign.relevance["affinity"].as_str()?;
    let floor = campaign.relevance["floor"].as_f64().unwrap();
    let value = &look.world.request["customer"]["affinity"][affinity];
    let detail = json!({ "affinity": affinity, "floor": campaign.relevance["floor"], "value": value });
    match value.as_f64() {
        None => Some(("affinity-unknown", detail)),
        Some(value) if value < floor => Some(("below-floor", detail)),
        Some(_) => None,
    }
}

/// Once per occurrence; `repeat` is the least time between two contacts of one campaign.
pub fn repeat(look: &Look, campaign: &Campaign, occasion: &Occasion) -> Word {
    if occasion.spoken {
        return Some(("already-spoken", json!({})));
    }
    let last = said(look, campaign).map(|record| record.as_of(look.now)).max()?;
    if campaign.never_again {
        return Some(("already-spoken", json!({})));
    }
    (last + campaign.repeat? > look.now).then(|| ("too-soon", json!({})))
}
