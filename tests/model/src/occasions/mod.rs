//! What a campaign can speak about now. Each kind lists its occurrences (an order, a birthday of a year, …); the campaign takes the
//! one that ends soonest and that it has not yet spoken about.

pub mod anniversary;
mod announcement;
mod milestone;
pub mod order;

use crate::context::Context;
use crate::gates::lets_its_substitute_speak;
use crate::ledger::Record;
use crate::read::Campaign;

/// One occurrence of a campaign's kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Occasion {
    /// As records and contacts name it: an order id, a year, `orders-3`.
    pub occurrence: String,
    /// The first instant. `i64::MIN` if it has none.
    pub begins: i64,
    /// The first instant after it: `expiresAt` of the contact.
    pub ends: Option<i64>,
    /// Whether the campaign has already spoken about it.
    pub spoken: bool,
    /// The date of an anniversary.
    pub day: Option<i64>,
}

/// The occasion of a campaign now. A substitute has one only while another campaign lets it speak.
pub fn find_occasion(context: &Context, campaign: &Campaign) -> Option<Occasion> {
    let mut originals =
        context.input.campaigns.iter().filter(|other| other.substitute.as_ref() == Some(&campaign.id)).peekable();
    if originals.peek().is_some() && !originals.any(|other| lets_its_substitute_speak(context, other)) {
        return None;
    }
    let open = occurrences(context, campaign).into_iter();
    soonest_ending(
        open.filter(|one| one.begins <= context.now && one.ends.is_none_or(|end| context.now < end)).collect(),
    )
}

/// The one that ends soonest, of those the campaign has not spoken about; if there are none, of all.
pub fn soonest_ending(mut list: Vec<Occasion>) -> Option<Occasion> {
    list.sort_by_key(|one| (one.spoken, one.ends.unwrap_or(i64::MAX), one.occurrence.clone()));
    list.into_iter().next()
}

/// Every occurrence the campaign's kind finds, also those that are over or still ahead.
pub fn occurrences(context: &Context, campaign: &Campaign) -> Vec<Occasion> {
    match campaign.kind.as_str() {
        "announcement" => announcement::find(context, campaign).into_iter().collect(),
        "birthday" => anniversary::birthdays(context, campaign),
        "milestone" if campaign.years => anniversary::years_as_customer(context, campaign),
        "milestone" => milestone::find(context, campaign).into_iter().collect(),
        _ => context.orders().into_iter().filter_map(|order| order::about_order(context, campaign, order)).collect(),
    }
}

/// The campaign's records that count now.
pub fn counting_records<'a>(context: &'a Context, campaign: &'a Campaign) -> impl Iterator<Item = &'a Record> {
    context.ledger.iter().filter(|record| record.campaign == campaign.id && record.counts(context.now))
}

/// Whether the campaign has spoken about an occurrence. For a survey, whether any survey has: nobody is asked twice
/// about one order.
fn already_spoken(context: &Context, campaign: &Campaign, occurrence: &str) -> bool {
    let once_across_campaigns = |other: &&Campaign| other.kind == "survey" && campaign.kind == "survey";
    let campaigns = context.input.campaigns.iter();
    let speakers = campaigns.filter(|other| other.id == campaign.id || once_across_campaigns(other));
    speakers
        .flat_map(|other| counting_records(context, other))
        .any(|record| record.occurrence.as_deref() == Some(occurrence))
}
