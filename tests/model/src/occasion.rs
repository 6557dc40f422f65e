//! What could make a campaign speak: of the occurrences that are open it proposes the soonest-ending unspoken one.

pub mod anniversary;
pub mod milestone;
pub mod order;

use crate::facts::Look;
use crate::ledger::Record;
use crate::read::Campaign;
use crate::refusals::refused_though_unspoken;

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
    /// Of an anniversary: the observed date.
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
        "announcement" => announcement(look, campaign).into_iter().collect(),
        "birthday" => anniversary::birthdays(look, campaign),
        "milestone" if campaign.years => anniversary::years(look, campaign),
        "milestone" => milestone::reached(look, campaign).into_iter().collect(),
        _ => look.orders().into_iter().filter_map(|order| order::about(look, campaign, order)).collect(),
    }
}

/// For repetition every record counts that is not released, and reserved ones under lease.
pub fn said<'a>(look: &'a Look, campaign: &'a Campaign) -> impl Iterator<Item = &'a Record> {
    look.ledger.iter().filter(|record| record.campaign == campaign.id && record.counts(look.now))
}

/// By itself; of what a survey asks by any survey.
fn was_spoken(look: &Look, campaign: &Campaign, occurrence: &str) -> bool {
    let is_once_for_all = |other: &&Campaign| other.kind == "survey" && campaign.kind == "survey";
    let speakers = look.world.campaigns.iter().filter(|other| other.id == campaign.id || is_once_for_all(other));
    speakers.flat_map(|other| said(look, other)).any(|record| record.occurrence.as_deref() == Some(occurrence))
}

/// Between two shop dates, at an event, or always.
fn announcement(look: &Look, campaign: &Campaign) -> Option<Occasion> {
    if campaign.event.is_some() && look.world.request["event"]["name"].as_str() != campaign.event.as_deref() {
        return None;
    }
    let begins_on = |date| look.world.shop_zone.as_ref().unwrap().begins(date);
    Some(Occasion {
        // the `at` of its latest counting record, else 0
        occurrence: said(look, campaign).map(|record| record.at).max().unwrap_or(0).to_string(),
        begins: campaign.from.map_or(i64::MIN, begins_on),
        ends: campaign.until.map(|date| begins_on(date + 1)),
        spoken: campaign.never_again && said(look, campaign).next().is_some(),
        day: None,
    })
}
