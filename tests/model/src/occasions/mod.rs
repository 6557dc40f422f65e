//! What a campaign can speak about now. Each kind lists its occurrences (an order, a birthday of a year, …); the campaign takes the
//! one that ends soonest and that it has not yet spoken about.

pub mod anniversary;
mod announcement;
mod milestone;
pub mod order;
pub mod others;

use crate::context::Context;
use crate::gates::lets_its_substitute_speak;
use crate::ledger::Record;
use crate::read::{Campaign, Input};

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
    /// Whether the request's event is about it.
    pub of_event: bool,
    /// The date of an anniversary.
    pub day: Option<i64>,
}

/// The occasion of a campaign now. A substitute has one only while another campaign lets it speak.
pub fn find_occasion(context: &Context, campaign: &Campaign) -> Option<Occasion> {
    let own = own_occasion(context, campaign)?;
    let may_stand_in = || originals(context.input, campaign).any(|other| lets_its_substitute_speak(context, other));
    (!campaign.is_substitute || may_stand_in()).then_some(own)
}

/// What the campaign would speak of if it were no substitute.
pub fn own_occasion(context: &Context, campaign: &Campaign) -> Option<Occasion> {
    soonest_ending(open_occurrences(context, campaign))
}

/// The occurrences that have begun and not ended.
pub fn open_occurrences(context: &Context, campaign: &Campaign) -> Vec<Occasion> {
    let mut all = occurrences(context, campaign);
    all.retain(|one| one.begins <= context.now && one.ends.is_none_or(|end| context.now < end));
    all
}

/// The campaigns of the asked channels whose substitute a campaign is.
pub fn originals<'a>(input: &'a Input, campaign: &'a Campaign) -> impl Iterator<Item = &'a Campaign> {
    let campaigns = input.campaigns.iter().filter(|other| input.asks(other));
    campaigns.filter(|other| other.substitute.as_ref() == Some(&campaign.id))
}

/// The one that the event is about, spoken or not; else the one that ends soonest, of those the campaign has not spoken about; if there
/// are none, of all.
pub fn soonest_ending(mut list: Vec<Occasion>) -> Option<Occasion> {
    list.sort_by_key(|one| (!one.of_event, one.spoken, one.ends.unwrap_or(i64::MAX), one.occurrence.clone()));
    list.into_iter().next()
}

/// Every occurrence the campaign's kind finds, also those that are over or still ahead.
pub fn occurrences(context: &Context, campaign: &Campaign) -> Vec<Occasion> {
    match campaign.kind.as_str() {
        "announcement" | "access" | "shippingCoupon" => announcement::find(context, campaign).into_iter().collect(),
        "apology" => others::apologies(context, campaign),
        "review" => others::articles(context, campaign),
        "cartReminder" => others::cart(context, campaign),
        "winBack" => others::overdue(context, campaign),
        "notFound" | "helpPrompt" => others::page_event(context, campaign),
        "preferenceQuestion" => others::question(context, campaign),
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

/// The campaign's records that count for repetition: also one of three attempts that failed to arrive, if they were about one
/// occurrence.
pub fn repeating_records<'a>(context: &'a Context, campaign: &'a Campaign) -> impl Iterator<Item = &'a Record> {
    counting_records(context, campaign)
}

/// Whether an occurrence was spoken about, or three attempts to speak about it have failed: for surveys, thanks and birthdays by any
/// campaign of the kind, for others by this campaign.
fn already_spoken(context: &Context, campaign: &Campaign, occurrence: &str) -> bool {
    let is_about =
        |record: &&Record| record.occurrence.as_deref().is_some_and(|name| context.input.names(name, occurrence));
    let of_kind = |record: &&Record| campaign.kin.contains(&record.campaign);
    let records: Vec<&Record> = context.ledger.iter().filter(of_kind).filter(is_about).collect();
    let failed = records.iter().filter(|record| record.state == "failed");
    let is_said = !campaign.is_renamed() && records.iter().any(|record| record.counts(context.now));
    failed.count() >= 3 || is_said
}

/// Whether an occurrence was spoken about by a campaign of the kind.
fn is_said(context: &Context, campaign: &Campaign, occurrence: &str) -> bool {
    let is_about =
        |record: &&Record| record.occurrence.as_deref().is_some_and(|name| context.input.names(name, occurrence));
    let of_kind = |record: &&Record| campaign.kin.contains(&record.campaign) && record.counts(context.now);
    context.ledger.iter().filter(of_kind).any(|record| is_about(&record))
}

/// The campaigns whose contacts count for an occurrence of this one.
pub fn same_kind<'a>(context: &Context<'a>, campaign: &Campaign) -> Vec<&'a Campaign> {
    context.input.campaigns.iter().filter(|other| campaign.kin.contains(&other.id)).collect()
}
