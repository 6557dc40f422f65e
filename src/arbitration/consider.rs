//! Looks at one campaign at one instant.

use crate::calendar::{DAY, Instant, quiet_from};
use crate::candidates::candidate::Look;
use crate::candidates::message::choose;
use crate::candidates::occasions::found::Found;
use crate::gates::judge;
use crate::ledger::record::Record;
use crate::ledger::totals::Counted;
use crate::policy::{Campaign, Window};
use crate::standing::Standing;
use crate::standing::context::Scene;

/// How far quiet hours are looked ahead at once.
const AHEAD: i64 = 7 * DAY;

/// Makes a candidate of a campaign at an instant, with the facts of a standing that may be of an earlier one. A campaign that
/// stands in for others has an occasion only while one of them is refused.
pub(crate) fn consider<'a>(
    scene: &'a Scene<'a>,
    standing: &'a Standing<'a>,
    at: Instant,
    campaign: &'a Campaign,
    taken: &'a [Record],
) -> Look<'a> {
    let mut look = Look::new(scene, standing, at, campaign, taken);
    if let Some(from) = free_from(&look) {
        let own = look.occurrence.take().map_or(look.found.next, |_| Instant(0));
        look.found = Found { now: Vec::new(), next: own.max(from) };
    }
    look
}

/// Whether a campaign may take somebody's place now: if not, the instant before which it cannot.
fn free_from(look: &Look) -> Option<Instant> {
    let campaign = look.campaign;
    if campaign.stands_in_for.is_empty() {
        return None;
    }
    let mut until = Instant::NEVER;
    for place in &campaign.stands_in_for {
        let Some(original) = look.scene.policy.campaigns.get(*place) else { continue };
        until = until.min(refused_from(look, original)?);
    }
    Some(until)
}

/// None while a campaign has something new to say and is refused; else the instant before which that cannot be.
fn refused_from(look: &Look, original: &Campaign) -> Option<Instant> {
    let original = consider(look.scene, look.standing, look.at, original, look.taken);
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
fn passes_until(look: &Look) -> Instant {
    let (scene, standing) = (look.scene, look.standing);
    let mut until = standing.until.min(look.found.next).min(look.at + AHEAD);
    if let Some(occurrence) = &look.occurrence {
        until = until.min(occurrence.next_change(look.at));
    }
    // what is claimed now may stop being so
    if let Ok(choice) = choose(look) {
        until = until.min(choice.until);
    }
    if let Some(offer) = look.campaign.offer.and_then(|place| scene.policy.offers.get(place)) {
        until = until.min(offer.ends(scene.shop_zone));
    }
    let mut conditions = Vec::new();
    conditions.extend(&look.campaign.audience);
    scene.policy.limits.iter().for_each(|limit| conditions.extend(&limit.when));
    for condition in conditions {
        until = until.min(condition.ask(standing).until);
    }
    // a record dated ahead may enter a window when its own date begins to be believed
    scene.ledger.map_or(&[][..], |ledger| ledger.after(look.at)).iter().for_each(|record| {
        until = until.min(record.next_change(look.at));
    });
    // what leaves the window of the balance may tip it
    if let Some((_, length)) = scene.policy.calm.balance {
        for counted in [Counted::Promotional, Counted::Relational] {
            let tally = look.tally(counted, Window::Rolling(length));
            tally.iter().for_each(|tally| tally.ends(&mut |_, leaves| until = until.min(leaves)));
        }
    }
    for quiet in scene.policy.quiet_hours.iter().chain(&scene.customer.wishes.quiet) {
        for zone in &scene.place.zones {
            until = until.min(quiet_from(&quiet.window, zone, look.at));
        }
    }
    until
}
