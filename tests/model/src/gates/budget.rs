//! `budget`: the offer may be given.

use super::Verdict;
use crate::context::Context;
use crate::occasions::Occasion;
use crate::read::{Campaign, Input};
use crate::time::{DAY, unit_begins};
use serde_json::json;

/// Refuses an offer whose budget is spent, or that the customer got less than `again` ago.
pub fn budget(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    spent(context, campaign).or_else(|| already_given(context, campaign))
}

/// Whether the offer was given as often as its budget allows in this unit of the shop's calendar, or nobody says how often.
pub fn spent(context: &Context, campaign: &Campaign) -> Verdict {
    let offer = campaign.offer.as_ref()?;
    let budget = &context.input.offer(offer)["budget"];
    let max = budget["max"].as_i64()?;
    let issued = &context.input.request["shop"]["issued"];
    let issued = issued.is_object().then(|| issued[offer].as_i64().unwrap_or(0));
    if issued
        .is_some_and(|issued| issued < max || context.now >= next_unit(context.input, budget["per"].as_str().unwrap()))
    {
        return None;
    }
    Some(("spent", context.detail(|| json!({ "offer": offer, "max": max, "issued": issued }))))
}

/// When the unit of the shop's calendar with the instant of the request is over.
pub fn next_unit(input: &Input, unit: &str) -> i64 {
    let zone = input.shop_zone.as_ref().unwrap();
    let (first, last) = zone.instants_showing(unit_begins(unit, zone.date(input.now), 1) * DAY);
    if first > input.now { first } else { last }
}

/// Whether the customer got the offer less than its `again` ago.
pub fn already_given(context: &Context, campaign: &Campaign) -> Verdict {
    let offer = campaign.offer.as_ref()?;
    let gap = context.input.again(offer)?;
    let counts = context.ledger.iter().filter(|record| record.counts(context.now));
    let given = counts.filter(|record| record.offer.as_ref() == Some(offer)).map(|record| record.as_of(context.now));
    let last = given.max().filter(|last| context.now - last < gap)?;
    let shown = Some(gap).filter(|gap| *gap < i64::MAX);
    Some(("already-given", context.detail(|| json!({ "offer": offer, "last": last, "gap": shown }))))
}
