//! One look at one campaign at one instant: what the gates judge.

use crate::base::hash::{fnv1a128, hex};
use crate::base::text::{digits, joined};
use crate::calendar::Instant;
use crate::candidates::occasions;
use crate::candidates::occasions::{Ask, Found, Occurrence};
use crate::ledger::Record;
use crate::ledger::history::Said;
use crate::policy::{Campaign, Window};
use crate::standing::Standing;
use crate::standing::context::Scene;
use crate::standing::tally::{Counted, Tally};

/// A campaign at an instant, with some contacts taken as spoken.
#[derive(Debug)]
pub(crate) struct Look<'a> {
    pub scene: &'a Scene<'a>,
    pub standing: &'a Standing<'a>,
    pub campaign: &'a Campaign,
    pub at: Instant,
    pub taken: &'a [Record],
    pub said: Said<'a>,
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
