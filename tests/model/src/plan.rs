//! Keeps room for known dates. A birthday next week and a limit of one contact a week: a lighter announcement today would make the
//! birthday message impossible, so it is refused (`slot-kept`).

use crate::arbitration::{Winner, rank, record};
use crate::context::Context;
use crate::gates::{Refusal, passes_with};
use crate::ledger::Record;
use crate::occasions::{Occasion, find_occasion, occurrences, soonest_ending};
use crate::read::Campaign;
use crate::retry::first_instant;
use crate::time::HORIZON;
use serde_json::json;

/// Refuses a campaign if, after its contact, one of the next eight known dates of higher rank could no longer be spoken about.
pub fn slot_kept(context: &Context, campaign: &Campaign, winners: &[Winner]) -> Option<Refusal> {
    let own = find_occasion(context, campaign)?;
    let mut ahead: Vec<(&Campaign, Occasion)> = context
        .input
        .campaigns
        .iter()
        .filter(|dated| has_known_date(dated) && winners.iter().all(|one| one.campaign.id != dated.id))
        .filter_map(|dated| Some((dated, next_occurrence(context, dated)?)))
        .filter(|(dated, next)| rank(context, dated, next.ends) < rank(context, campaign, own.ends))
        .collect();
    ahead.sort_by_key(|(dated, next)| rank(context, dated, next.ends));
    ahead.truncate(8);
    let without = schedule_all(context, &ahead, None);
    let possible: Vec<_> =
        ahead.into_iter().zip(&without).filter(|(_, at)| at.is_some()).map(|(dated, _)| dated).collect();
    let contact = record(context.input, campaign, &own.occurrence, "now".to_owned(), context.now);
    let with = schedule_all(context, &possible, Some(contact));
    let ((dated, next), _) = possible.iter().zip(&with).find(|(_, at)| at.is_none())?;
    let detail = json!({ "for": dated.id, "until": next.ends });
    Some(Refusal { gate: "arbitration", code: "slot-kept", detail })
}

fn has_known_date(campaign: &Campaign) -> bool {
    ["birthday", "milestone", "survey"].contains(&campaign.kind.as_str())
}

/// Of the occurrences that are open or begin within 400 days, the one that ends soonest and that the campaign has not spoken about.
fn next_occurrence(context: &Context, dated: &Campaign) -> Option<Occasion> {
    let open_or_ahead = |one: &Occasion| {
        one.begins <= context.now + HORIZON && one.ends.unwrap() > context.now && one.begins < one.ends.unwrap()
    };
    let ahead = occurrences(context, dated).into_iter().filter(open_or_ahead).filter(|one| !one.spoken);
    soonest_ending(ahead.collect())
}

/// Schedules the campaigns one after the other, each at the earliest instant at which it has this occurrence and passes all gates,
/// with the contacts scheduled before it counted too. `None` where there is no such instant.
fn schedule_all(context: &Context, dated: &[(&Campaign, Occasion)], contact: Option<Record>) -> Vec<Option<i64>> {
    let mut ledger: Vec<Record> = context.ledger.iter().cloned().chain(contact).collect();
    dated
        .iter()
        .map(|(campaign, occasion)| {
            let passes_at = |at: i64| {
                let frozen = Some((context.now, context.ledger));
                let then = Context { input: context.input, now: at, ledger: &ledger, frozen };
                find_occasion(&then, campaign).is_some_and(|found| {
                    found.occurrence == occasion.occurrence && passes_with(&then, campaign, &found)
                })
            };
            let end = occasion.ends.unwrap() - 1;
            let at = first_instant(context, &ledger, context.now.max(occasion.begins - 1), end, passes_at)?;
            ledger.push(record(context.input, campaign, &occasion.occurrence, campaign.id.clone(), at));
            Some(at)
        })
        .collect()
}
