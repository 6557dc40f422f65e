//! Who speaks when several could: a total order, and room for few.

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

/// Among those that have a place on the page, takes in rank order each whose gates still pass with those taken before counted
/// as delivered, whose place on its channel is free, and, obligations and transactional aside, while fewer than the policy's
/// `contacts` are taken.
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
            (blocker, _) => outcome.losers.push((&campaign.id, blocker.unwrap_or(Lost::To(None)))),
        }
    }
    outcome
}

/// Whether a campaign cannot speak any more, and because of which winner.
fn blocker(scene: &Scene, campaign: &Campaign, outcome: &Outcome) -> Option<Lost> {
    let lost_to = |winner: &Record| Some(Lost::To(Some(winner.campaign.clone())));
    for (last, winner) in outcome.taken.iter().enumerate() {
        let taken = outcome.taken.get(..=last).unwrap_or_default();
        let standing = scene.standing(scene.now, taken);
        if !Look::new(scene, &standing, campaign, taken).refusals().is_empty() {
            return lost_to(winner);
        }
    }
    for winner in &outcome.taken {
        if winner.channel == campaign.channel && winner.placement == campaign.placement {
            return lost_to(winner);
        }
    }
    let (mut counted, mut last) = (0, None);
    for winner in &outcome.winners {
        if !aside(winner.campaign) {
            counted += 1;
            last = Some(&winner.campaign.id);
        }
    }
    (!aside(campaign) && counted >= scene.policy.contacts).then(|| Lost::To(last.cloned()))
}

/// Not counted among the contacts of a decision.
fn aside(campaign: &Campaign) -> bool {
    campaign.kind.obligation || campaign.class == Class::Transactional
}

/// Obligation, class, weight, no offer first, soonest expiry, least recently contacted, id: no two are equal.
fn rank(a: &Look, b: &Look) -> Ordering {
    let (one, other) = (a.campaign, b.campaign);
    let expiry = |look: &Look| look.occurrence.as_ref().map(|occurrence| occurrence.until);
    let spoken = |look: &Look| {
        let mut last = None;
        look.counting.iter().for_each(|record| last = last.max(Some(record.effective(look.at))));
        last
    };
    (other.kind.obligation.cmp(&one.kind.obligation))
        .then(one.class.cmp(&other.class))
        .then(other.weight.partial_cmp(&one.weight).unwrap_or(Ordering::Equal))
        .then(one.offer.is_some().cmp(&other.offer.is_some()))
        .then_with(|| expiry(a).cmp(&expiry(b)))
        .then_with(|| spoken(a).cmp(&spoken(b)))
        .then_with(|| one.id.cmp(&other.id))
}
