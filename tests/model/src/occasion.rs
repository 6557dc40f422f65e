//! What could make a campaign speak: of the occurrences that are open it proposes the soonest-ending unspoken one.

use crate::facts::Look;
use crate::read::{Campaign, Order};
use crate::refusals::refused_though_unspoken;
use crate::time::{DAY, days, year};

/// One thing to speak about, once.
#[derive(Clone, Debug, PartialEq)]
pub struct Occasion {
    /// The order id, the year, … as records and contacts name it.
    pub occurrence: String,
    /// From when on; for those that know.
    pub begins: i64,
    /// The end of the occasion, as `expiresAt` tells it.
    pub ends: Option<i64>,
    /// Whether this campaign spoke of it.
    pub spoken: bool,
    /// Of a birthday: the observed date.
    pub day: Option<i64>,
}

/// What a campaign proposes now; a substitute only while another campaign is refused.
pub fn propose(look: &Look, campaign: &Campaign) -> Option<Occasion> {
    let mut stood_for =
        look.world.campaigns.iter().filter(|other| other.substitute.as_ref() == Some(&campaign.id)).peekable();
    if stood_for.peek().is_some() && !stood_for.any(|other| refused_though_unspoken(look, other)) {
        return None;
    }
    let open = occurrences(look, campaign).into_iter();
    soonest(open.filter(|one| one.begins <= look.now && one.ends.is_none_or(|end| look.now < end)).collect())
}

/// The soonest-ending unspoken one; when all were spoken of, the soonest-ending.
pub fn soonest(mut list: Vec<Occasion>) -> Option<Occasion> {
    list.sort_by_key(|one| (one.spoken, one.ends.unwrap_or(i64::MAX), one.occurrence.clone()));
    list.into_iter().next()
}

/// Every occurrence a campaign knows of, open or not.
pub fn occurrences(look: &Look, campaign: &Campaign) -> Vec<Occasion> {
    match campaign.kind.as_str() {
        "thankYou" => look.orders().into_iter().filter_map(|order| thanks(look, campaign, order)).collect(),
        "birthday" => {
            let this = year(look.now.div_euclid(DAY));
            (this - 1..=this + 2).filter_map(|year| birthday(look, campaign, year)).collect()
        }
        _ => announcement(look, campaign).into_iter().collect(),
    }
}

/// For repetition every record counts that is not released, and reserved ones under lease.
fn was_spoken(look: &Look, campaign: &Campaign, occurrence: &str) -> bool {
    look.ledger.iter().any(|record| {
        record.campaign == campaign.id && record.counts(look.now) && record.occurrence.as_deref() == Some(occurrence)
    })
}

/// Orders of the last 7 days.
fn thanks(look: &Look, campaign: &Campaign, order: &Order) -> Option<Occasion> {
    let at = order.at?;
    let occurrence = order.id.clone().unwrap_or_default();
    let spoken = was_spoken(look, campaign, &occurrence);
    Some(Occasion { spoken, occurrence, begins: at, ends: Some(at + 7 * DAY), day: None })
}

/// The observed birthday of a year with `lead` and `grace` around it: begun in every zone, ended in none.
pub fn birthday(look: &Look, campaign: &Campaign, year: i32) -> Option<Occasion> {
    let birthday = look.world.request["customer"]["birthday"].as_str()?;
    let (month, day) = birthday.split_at(birthday.len() - 5).1.split_once('-').unwrap();
    let fallback = if campaign.leap_in_march { days(year, 3, 1) } else { days(year, 2, 28) };
    let day = days(year, month.parse().unwrap(), day.parse().unwrap()).or(fallback).unwrap();
    let zones = &look.world.zones;
    let begins = zones.iter().map(|zone| zone.begins(day - campaign.lead)).max()?;
    let ends = zones.iter().map(|zone| zone.begins(day + campaign.grace + 1)).min()?;
    let occurrence = year.to_string();
    let spoken = was_spoken(look, campaign, &occurrence);
    Some(Occasion { spoken, occurrence, begins, ends: Some(ends), day: Some(day) })
}

/// Between two shop dates, at an event, or always.
fn announcement(look: &Look, campaign: &Campaign) -> Option<Occasion> {
    if campaign.event.is_some() && look.world.request["event"]["name"].as_str() != campaign.event.as_deref() {
        return None;
    }
    let begins_on = |date| look.world.shop_zone.as_ref().unwrap().begins(date);
    let own = look.ledger.iter().filter(|record| record.campaign == campaign.id && record.counts(look.now));
    Some(Occasion {
        // the `at` of its latest counting record, else 0
        occurrence: own.clone().map(|record| record.at).max().unwrap_or(0).to_string(),
        begins: campaign.from.map_or(i64::MIN, begins_on),
        ends: campaign.until.map(|date| begins_on(date + 1)),
        spoken: campaign.never_again && own.count() > 0,
        day: None,
    })
}
