//! `entitled`: the presents that the customer has, spoken of or not. Speaking of a present reminds of it; it does not give it.

use crate::arbitration::{Rank, rank};
use crate::context::Context;
use crate::gates::gives;
use crate::ledger::Record;
use crate::occasions::{Occasion, find_occasion, open_occurrences};
use crate::read::Campaign;
use serde_json::{Value, json};
use std::cmp::Reverse;

/// A present, unless another stands in its place.
struct Present<'a> {
    campaign: &'a Campaign,
    offer: String,
    occurrence: String,
    until: Option<i64>,
    code: Option<String>,
    /// Whether a contact told of it.
    told: bool,
    rank: Rank<'a>,
}

/// The list of the decision.
pub fn entitled(context: &Context) -> Vec<Value> {
    let input = context.input;
    let asked = input.campaigns.iter().filter(|campaign| input.asks(campaign));
    let all: Vec<Present> = asked.flat_map(|campaign| presents(context, campaign)).collect();
    // those that were told first, then by rank
    let mut order: Vec<&Present> = all.iter().collect();
    order.sort_by_key(|one| (!one.told, one.rank));
    let mut had: Vec<&Present> = vec![];
    for one in order {
        if !had.iter().any(|other| yields(context, one, other)) {
            had.push(one);
        }
    }
    let is_had = |one: &&Present| had.iter().any(|other| std::ptr::eq(*other, *one));
    let value = |one: &Present| {
        json!({ "campaign": one.campaign.id, "offer": one.offer, "occurrence": one.occurrence, "until": one.until,
            "code": one.code })
    };
    all.iter().filter(is_had).map(value).collect()
}

/// Whether a present is not had beside another: another campaign of the kind gives it for the same thing; or, not told yet, it would
/// come within 300 days of another birthday, or within the offer's `again`.
fn yields(context: &Context, one: &Present, other: &Present) -> bool {
    let is_sibling = one.campaign.kin.contains(&other.campaign.id);
    let is_same = one.occurrence == other.occurrence;
    let both_new = !one.told && !other.told;
    let is_near = both_new && one.campaign.gap.is_some();
    let again = both_new && one.offer == other.offer && context.input.offer(&one.offer)["again"].is_string();
    is_sibling && (is_same || is_near) || again
}

/// The presents of one campaign, by occurrence.
fn presents<'a>(context: &Context, campaign: &'a Campaign) -> Vec<Present<'a>> {
    let input = context.input;
    let may_tell = |record: &Record| record.campaign == campaign.id && record.offer.is_some();
    if campaign.offer.is_none() && !context.ledger.iter().any(may_tell) {
        return vec![];
    }
    let best = find_occasion(context, campaign);
    let open = if best.is_some() { open_occurrences(context, campaign) } else { vec![] };
    let mut found: Vec<Present> = vec![];
    let own = context.ledger.iter().filter(|record| record.campaign == campaign.id);
    for record in own.filter(|record| record.was_shown()) {
        // what was told stays, whatever the campaign gives now
        let Some(offer) = record.offer.as_ref().filter(|offer| input.policy["offers"][offer.as_str()].is_object())
        else {
            continue;
        };
        let about = open.iter().find(|one| is_about(context, campaign, record, one));
        let (ends, code) = (about.map(|one| one.ends.unwrap_or(i64::MAX)), context.input.code(offer));
        let named = about.filter(|_| !campaign.is_renamed()).map(|one| one.occurrence.clone());
        let occurrence = named.or(record.occurrence.clone()).unwrap_or("0".to_owned());
        // the end that was told, else that of the occasion
        let told = context.input.valid_for(offer).map(|length| record.at + length);
        let Some(until) = told.or(ends).filter(|until| context.now < *until) else { continue };
        let rank = rank(context, campaign, best.as_ref().and_then(|one| one.ends));
        let until = Some(until).filter(|until| *until < i64::MAX);
        match found.iter_mut().find(|one| one.occurrence == occurrence) {
            // of several contacts about one occurrence that which told the latest end
            Some(one) => {
                let rank = |until: Option<i64>, offer: &str| (Reverse(until.unwrap_or(i64::MAX)), offer.to_owned());
                if rank(until, offer) < rank(one.until, &one.offer) {
                    (one.until, one.offer, one.code) = (until, offer.clone(), code);
                }
            }
            None => found.push(Present { campaign, offer: offer.clone(), occurrence, until, code, told: true, rank }),
        }
    }
    for one in open {
        let Some(offer) = &campaign.offer else { continue };
        let is_issued = context.input.request["customer"]["codes"][offer].is_string();
        if !was_told(context, campaign, &one)
            && (is_issued || !is_near(context, campaign, &one) && gives(context, campaign))
        {
            found.push(Present {
                campaign,
                offer: offer.clone(),
                occurrence: one.occurrence,
                until: one.ends,
                code: context.input.code(offer),
                told: false,
                rank: rank(context, campaign, one.ends),
            });
        }
    }
    found.sort_by(|one, other| one.occurrence.cmp(&other.occurrence));
    found
}

/// Whether a contact was about an occurrence that is open. An announcement is one thing until it may speak again.
fn is_about(context: &Context, campaign: &Campaign, record: &Record, one: &Occasion) -> bool {
    if campaign.is_renamed() {
        let again = if campaign.never_again { i64::MAX } else { campaign.repeat.unwrap_or(0) };
        return context.now - record.as_of(context.now) < again;
    }
    record.occurrence.as_ref().is_some_and(|name| context.input.names(name, &one.occurrence))
}

/// Whether a contact of a campaign of the kind told of a present for an occurrence.
fn was_told(context: &Context, campaign: &Campaign, one: &Occasion) -> bool {
    let of_kind = context.ledger.iter().filter(|record| campaign.kin.contains(&record.campaign));
    let mut shown = of_kind.filter(|record| record.was_shown() && record.offer.is_some());
    shown.any(|record| is_about(context, campaign, record, one))
}

/// Whether the kind spoke of another occurrence within its gap, or the offer was given for another within its `again`.
fn is_near(context: &Context, campaign: &Campaign, one: &Occasion) -> bool {
    let counting = || context.ledger.iter().filter(|record| record.counts(context.now));
    let within = |record: &Record, gap: i64| context.now - record.as_of(context.now) < gap;
    let of_kind = |record: &Record| campaign.kin.contains(&record.campaign);
    let other = |record: &Record| !is_about(context, campaign, record, one);
    let offer = campaign.offer.as_ref().unwrap();
    let gap = campaign
        .gap
        .is_some_and(|(gap, _)| counting().any(|record| of_kind(record) && within(record, gap) && other(record)));
    let again = context.input.again(offer).is_some_and(|again| {
        let given = counting().filter(|record| record.offer.as_ref() == Some(offer) && within(record, again));
        given.clone().any(|record| !of_kind(record) || other(record))
    });
    gap || again
}
