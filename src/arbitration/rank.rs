//! The rank of candidates: who speaks first when not all can.

use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::candidates::occasions::found::About;
use crate::language::words::Class;
use crate::policy::Campaign;
use crate::policy::kind::Occasion;
use std::cmp::Ordering;

/// What the rank of a candidate depends on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rank<'a> {
    pub campaign: &'a Campaign,
    /// whether the campaign is a question whose turn has come
    pub turn: bool,
    /// the end of its occasion; never, if it proposes nothing
    pub expiry: Instant,
    /// when the campaign last spoke
    pub spoken: Option<Instant>,
}

impl<'a> Rank<'a> {
    pub fn of(candidate: &Candidate<'a>) -> Rank<'a> {
        Rank::since(candidate, candidate.history.last())
    }

    /// The same with another instant at which the campaign last spoke.
    pub fn since(candidate: &Candidate<'a>, spoken: Option<Instant>) -> Rank<'a> {
        let expiry = candidate.occurrence.as_ref().map_or(Instant::NEVER, |occurrence| occurrence.until);
        let turn = candidate.occurrence.as_ref().is_some_and(|occurrence| matches!(occurrence.about, About::Turn));
        Rank { campaign: candidate.campaign, turn, expiry, spoken }
    }

    /// Obligations first, of them an apology; then transactional and service contacts, a question whose turn has come, the weight,
    /// relational before promotional, no offer, the soonest end, the campaign that spoke least recently, the id. No two candidates are
    /// equal.
    pub fn compare(&self, than: &Rank) -> Ordering {
        let (one, other) = (self.campaign, than.campaign);
        key("rank.obligation", other.kind.obligation.cmp(&one.kind.obligation))
            .then(key("rank.apology", is_apology(other).cmp(&is_apology(one))))
            .then(key("rank.service", one.class.min(Class::Relational).cmp(&other.class.min(Class::Relational))))
            .then(key("rank.turn", than.turn.cmp(&self.turn)))
            .then(key("rank.weight", other.weight.partial_cmp(&one.weight).unwrap_or(Ordering::Equal)))
            .then(key("rank.class", one.class.cmp(&other.class)))
            .then(key("rank.offer", one.offer.is_some().cmp(&other.offer.is_some())))
            .then(key("rank.expiry", self.expiry.cmp(&than.expiry)))
            .then(key("rank.spoken", self.spoken.cmp(&than.spoken)))
            .then_with(|| key("rank.id", one.id.cmp(&other.id)))
    }
}

/// Whether a campaign makes good for an incident.
fn is_apology(campaign: &Campaign) -> bool {
    campaign.kind.occasion == Occasion::Incident
}

/// One key of the rank. Its name is for the test that turns it off.
#[inline]
#[cfg_attr(not(test), expect(unused_variables, reason = "nothing is turned off in what ships"))]
fn key(name: &str, order: Ordering) -> Ordering {
    #[cfg(test)]
    if crate::base::switch::is_off(name) {
        return Ordering::Equal;
    }
    order
}
