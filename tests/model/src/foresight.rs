//! A known date keeps its slot: what is heavier and lies ahead must still find an instant when a contact of less rank speaks now.

use crate::arbitration::{Taken, rank, record};
use crate::facts::Look;
use crate::ledger::Record;
use crate::occasion::{Occasion, occurrences, propose, soonest};
use crate::read::Campaign;
use crate::refusals::{Refusal, passes_with};
use crate::retry::first_instant;
use crate::time::HORIZON;
use serde_json::json;

/// Refuses a contact after which one of the first eight could no longer speak.
pub fn slot_kept(look: &Look, campaign: &Campaign, taken: &[Taken]) -> Option<Refusal> {
    let own = propose(look, campaign)?;
    let mut ahead: Vec<(&Campaign, Occasion)> = look
        .world
        .campaigns
        .iter()
        .filter(|dated| is_dated(dated) && taken.iter().all(|one| one.campaign.id != dated.id))
        .filter_map(|dated| Some((dated, next_occurrence(look, dated)?)))
        .filter(|(dated, next)| rank(look, dated, next.ends) < rank(look, campaign, own.ends))
        .collect();
    ahead.sort_by_key(|(dated, next)| rank(look, dated, next.ends));
    ahead.truncate(8);
    let placed = place_all(look, &ahead, None);
    let able: Vec<_> = ahead.into_iter().zip(&placed).filter(|(_, at)| at.is_some()).map(|(dated, _)| dated).collect();
    let speaking = record(look.world, campaign, &own.occurrence, "now".to_owned(), look.now);
    let again = place_all(look, &able, Some(speaking));
    let silenced = able.iter().zip(&again).find(|(_, at)| at.is_none())?;
    let (dated, next) = silenced.0;
    let detail = json!({ "for": dated.id, "until": next.ends });
    Some(Refusal { gate: "arbitration", code: "slot-kept", detail })
}

/// Known beforehand.
fn is_dated(campaign: &Campaign) -> bool {
    ["birthday", "milestone", "survey"].contains(&campaign.kind.as_str())
}

/// The soonest-ending unspoken occurrence among those that are open or begin within 400 days.
fn next_occurrence(look: &Look, dated: &Campaign) -> Option<Occasion> {
    let open_or_ahead = |one: &Occasion| {
        one.begins <= look.now + HORIZON && one.ends.unwrap() > look.now && one.begins < one.ends.unwrap()
    };
    let ahead = occurrences(look, dated).into_iter().filter(open_or_ahead).filter(|one| !one.spoken);
    soonest(ahead.collect())
}

/// One after the other, each at the earliest instant at which all its gates pass and it proposes this occurrence.
fn place_all(look: &Look, dated: &[(&Campaign, Occasion)], speaking: Option<Record>) -> Vec<Option<i64>> {
    let mut ledger: Vec<Record> = look.ledger.iter().cloned().chain(speaking).collect();
    dated
        .iter()
        .map(|(campaign, occasion)| {
            let able = |at: i64| {
                let then = Look { world: look.world, now: at, ledger: &ledger, frozen: Some((look.now, look.ledger)) };
                propose(&then, campaign).is_some_and(|proposed| {
                    proposed.occurrence == occasion.occurrence && passes_with(&then, campaign, &proposed)
                })
            };
            let end = occasion.ends.unwrap() - 1;
            let at = first_instant(look, &ledger, look.now.max(occasion.begins - 1), end, able)?;
            ledger.push(record(look.world, campaign, &occasion.occurrence, campaign.id.clone(), at));
            Some(at)
        })
        .collect()
}
