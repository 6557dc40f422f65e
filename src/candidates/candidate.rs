//! One look at one campaign at one instant: what the gates judge.

use crate::base::hash::{fnv1a128, hex};
use crate::base::text::{digits, joined};
use crate::calendar::Instant;
use crate::candidates::occasions;
use crate::candidates::occasions::found::{Ask, Found, Occurrence};
use crate::ledger::history::ContactHistory;
use crate::ledger::record::Record;
use crate::ledger::totals::Counted;
use crate::policy::{Campaign, Window};
use crate::standing::Standing;
use crate::standing::context::Scene;
use crate::standing::tally::Tally;

/// A campaign at an instant, with some contacts taken as spoken.
#[derive(Debug)]
pub(crate) struct Look<'a> {
    pub scene: &'a Scene<'a>,
    pub standing: &'a Standing<'a>,
    pub campaign: &'a Campaign,
    pub at: Instant,
    pub taken: &'a [Record],
    pub said: ContactHistory<'a>,
    pub found: Found<'a>,
    /// what it proposes to speak of
    pub occurrence: Option<Occurrence<'a>>,
}

impl<'a> Look<'a> {
    /// A campaign at an instant, with what it could speak of.
    pub fn new(
        scene: &'a Scene<'a>,
        standing: &'a Standing<'a>,
        at: Instant,
        campaign: &'a Campaign,
        taken: &'a [Record],
    ) -> Look<'a> {
        let said = scene.said(campaign, taken, at);
        let found = occasions::find(&Ask { scene, campaign, said: &said, taken, at, known: standing.at });
        #[cfg(test)]
        let found = if crate::base::switch::is_off(campaign.kind.name) { Found::default() } else { found };
        let mut look = Look { scene, standing, campaign, at, taken, said, found, occurrence: None };
        look.occurrence = look.propose();
        look
    }

    /// The occurrence the campaign proposes: the one that ends soonest among those not spoken of; else among all.
    pub fn propose(&self) -> Option<Occurrence<'a>> {
        let mut best = None;
        for occurrence in &self.found.now {
            let rank = (self.spoken_until(occurrence).is_some(), occurrence.until, &occurrence.key);
            if best.is_none_or(|(least, _)| rank < least) {
                best = Some((rank, occurrence));
            }
        }
        best.map(|(_, occurrence)| occurrence.clone())
    }

    /// Until when an occurrence counts as spoken of, if it was.
    pub fn spoken_until(&self, occurrence: &Occurrence) -> Option<Instant> {
        let mut until = None;
        if self.campaign.kind.occasion.is_once_each() {
            let all = self.campaign.kind.once_for_all;
            self.scene.each_of_kind(self.campaign, all, self.taken, self.at, &mut |said| {
                until = until.max(said.about_until(&occurrence.key));
            });
        }
        until
    }

    /// The earliest later instant at which the campaign may propose something else.
    pub fn next_proposal(&self) -> Instant {
        let mut next = self.found.next;
        for occurrence in &self.found.now {
            next = next.min(self.spoken_until(occurrence).unwrap_or(Instant::NEVER));
        }
        next
    }

    /// What counts at its instant.
    pub fn tally(&self, counted: Counted, window: Window) -> Option<Tally<'a>> {
        Tally::of(self.scene, self.at, self.taken, counted, window)
    }
}

/// The same for the same campaign, customer, occurrence and attempt, so that deciding twice reserves once; one that lapsed or
/// was released makes the next attempt.
pub(crate) fn id(look: &Look, occurrence: &Occurrence) -> String {
    let attempt = digits(look.said.attempts(&occurrence.key));
    let customer = look.scene.customer.id.as_deref().unwrap_or_default();
    let parts = [&look.campaign.id, "\0", customer, "\0", &occurrence.key, "\0", &attempt];
    hex(fnv1a128(joined(&parts).as_bytes()), 32)
}

/// The earliest later instant at which a contact of the campaign may have another id.
pub(crate) fn next_id(look: &Look) -> Instant {
    let mut next = look.next_proposal();
    look.said.each_since(Instant::NEVER, &mut |record| next = next.min(record.lapses()));
    next
}
