//! Who speaks when several could: a total order, and room for few.

use crate::calendar::Instant;
use crate::decision::Contact;
use crate::ledger::{Class, Record};
use crate::look::{Look, Scene};
use crate::policy::Campaign;
use crate::sorting::sort_by;
use crate::speak;
use std::cmp::Ordering;

/// A campaign that was taken, and what it says.
#[derive(Debug)]
pub(crate) struct Winner<'a> {
    pub campaign: &'a Campaign,
    pub contact: Contact,
}

/// What arbitration left: the winners with their records, and who lost to whom.
#[derive(Debug, Default)]
pub(crate) struct Outcome<'a> {
    pub winners: Vec<Winner<'a>>,
    pub taken: Vec<Record>,
    /// who passed the gates and does not speak, and why
    pub losers: Vec<(&'a str, Lost)>,
}

/// Why somebody who passed the gates does not speak.
#[derive(Clone, Debug)]
pub(crate) enum Lost {
    /// to this winner; to none where a policy has room for nobody
    To(Option<String>),
    /// the page has no such place
    NoPlace,
}

/// Among those that have a place on the page, takes in rank order each whose gates still pass with those taken before counted as delivered, whose place on its channel
/// is free, and, obligations and transactional aside, while fewer than the policy's `contacts` are taken.
pub(crate) fn arbitrate<'a>(scene: &Scene, mut passed: Vec<Look<'a>>) -> Outcome<'a> {
    sort_by(&mut passed, rank);
    let mut outcome = Outcome::default();
    for look in passed {
        let campaign = look.campaign;
        if !scene.has_place_for(campaign) {
            outcome.losers.push((&campaign.id, Lost::NoPlace));
            continue;
        }
        match (blocker(scene, campaign, &outcome), speak::contact(&look)) {
            (None, Some(contact)) => {
                outcome.taken.push(speak::delivered(&contact));
                outcome.winners.push(Winner { campaign, contact });
            }
            (blocker, _) => outcome.losers.push((&campaign.id, Lost::To(blocker.flatten()))),
        }
    }
    outcome
}

/// Whether a campaign cannot speak any more, and because of which winner.
fn blocker(scene: &Scene, campaign: &Campaign, outcome: &Outcome) -> Option<Option<String>> {
    let shuts = |end: &usize| {
        let taken = outcome.taken.get(..*end).unwrap_or_default();
        let standing = scene.standing(scene.now, taken);
        !Look::new(scene, &standing, campaign, taken).refusals().is_empty()
    };
    let by_gates = (1..=outcome.taken.len()).find(shuts).and_then(|end| outcome.taken.get(end - 1));
    let same_place = |record: &&Record| record.channel == campaign.channel && record.placement == campaign.placement;
    let by_place = || outcome.taken.iter().find(same_place);
    if let Some(winner) = by_gates.or_else(by_place) {
        return Some(Some(winner.campaign.clone()));
    }
    let counted = || outcome.winners.iter().filter(|winner| !aside(winner.campaign));
    let full = !aside(campaign) && counted().count() >= scene.policy.contacts;
    full.then(|| counted().next_back().map(|winner| winner.campaign.id.clone()))
}

/// Not counted among the contacts of a decision.
fn aside(campaign: &Campaign) -> bool {
    campaign.kind.obligation || campaign.class == Class::Transactional
}

/// Obligation, class, weight, no offer first, soonest expiry, least recently contacted, id: no two are equal.
fn rank(a: &Look, b: &Look) -> Ordering {
    let (one, other) = (a.campaign, b.campaign);
    let expiry = |look: &Look| look.occurrence.as_ref().map(|occurrence| occurrence.until);
    let spoken = |look: &Look| -> Option<Instant> { look.counting().map(|record| record.effective(look.at)).max() };
    (other.kind.obligation.cmp(&one.kind.obligation))
        .then(one.class.cmp(&other.class))
        .then(other.weight.partial_cmp(&one.weight).unwrap_or(Ordering::Equal))
        .then(one.offer.is_some().cmp(&other.offer.is_some()))
        .then_with(|| expiry(a).cmp(&expiry(b)))
        .then_with(|| spoken(a).cmp(&spoken(b)))
        .then_with(|| one.id.cmp(&other.id))
}
