//! Looks at one campaign at one instant.

use crate::calendar::{DAY, Instant, quiet_from};
use crate::candidates::candidate::Candidate;
use crate::candidates::message::choose;
use crate::candidates::occasions::found::Found;
use crate::gates::judge;
use crate::ledger::record::Record;
use crate::ledger::totals::Counter;
use crate::policy::{Campaign, Window};
use crate::standing::Standing;
use crate::standing::context::Context;

/// How far quiet hours are looked ahead at once.
const AHEAD: i64 = 7 * DAY;

/// Makes a candidate of a campaign at an instant, with the facts of a standing that may be of an earlier one. A campaign that
/// stands in for others has an occasion only while one of them is refused.
pub(crate) fn consider<'a>(
    context: &'a Context<'a>,
    standing: &'a Standing<'a>,
    at: Instant,
    campaign: &'a Campaign,
    taken: &'a [Record],
) -> Candidate<'a> {
    let mut candidate = Candidate::new(context, standing, at, campaign, taken);
    if let Some(from) = free_from(&candidate) {
        let own = candidate.occurrence.take().map_or(candidate.found.next, |_| Instant(0));
        candidate.found = Found { now: Vec::new(), next: own.max(from) };
    }
    candidate
}

/// Whether a campaign may take somebody's place now: if not, the instant before which it cannot.
fn free_from(candidate: &Candidate) -> Option<Instant> {
    let campaign = candidate.campaign;
    if campaign.stands_in_for.is_empty() {
        return None;
    }
    let mut until = Instant::NEVER;
    for place in &campaign.stands_in_for {
        let Some(original) = candidate.context.policy.campaigns.get(*place) else { continue };
        until = until.min(refused_from(candidate, original)?);
    }
    Some(until)
}

/// None while a campaign has something new to say and is refused; else the instant before which that cannot be.
fn refused_from(candidate: &Candidate, original: &Campaign) -> Option<Instant> {
    let original = consider(candidate.context, candidate.standing, candidate.at, original, candidate.taken);
    let refusals = judge(&original);
    if refusals.is_empty() {
        return Some(passes_until(&original));
    }
    let mut until = None;
    for refusal in &refusals {
        if matches!(refusal.gate, "occasion" | "repeat") {
            until = until.max(Some(refusal.refused.until));
        }
    }
    until
}

/// Until when a campaign that passes its gates goes on passing, at least.
fn passes_until(candidate: &Candidate) -> Instant {
    let (context, standing) = (candidate.context, candidate.standing);
    let mut until = standing.until.min(candidate.found.next).min(candidate.at + AHEAD);
    if let Some(occurrence) = &candidate.occurrence {
        until = until.min(occurrence.next_change(candidate.at));
    }
    // what is claimed now may stop being so
    if let Ok(choice) = choose(candidate) {
        until = until.min(choice.until);
    }
    if let Some(offer) = candidate.campaign.offer.and_then(|place| context.policy.offers.get(place)) {
        until = until.min(offer.ends(context.shop_zone));
    }
    let mut conditions = Vec::new();
    conditions.extend(&candidate.campaign.audience);
    context.policy.limits.iter().for_each(|limit| conditions.extend(&limit.when));
    for condition in conditions {
        until = until.min(condition.ask(standing).until);
    }
    // a record dated ahead may enter a window when its own date begins to be believed
    context.ledger.map_or(&[][..], |ledger| ledger.after(candidate.at)).iter().for_each(|record| {
        until = until.min(record.next_change(candidate.at));
    });
    // what leaves the window of the balance may tip it
    if let Some((_, length)) = context.policy.calm.balance {
        for counted in [Counter::Promotional, Counter::Relational] {
            let window_count = candidate.window_count(counted, Window::Rolling(length));
            window_count.iter().for_each(|window_count| window_count.ends(&mut |_, leaves| until = until.min(leaves)));
        }
    }
    for quiet in context.policy.quiet_hours.iter().chain(&context.customer.wishes.quiet) {
        for zone in &context.place.zones {
            until = until.min(quiet_from(&quiet.window, zone, candidate.at));
        }
    }
    until
}
