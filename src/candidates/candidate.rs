//! A candidate: one campaign at one instant, with what it could speak of. The gates judge it.

use crate::base::hash::{fnv1a128, hex};
use crate::base::steps::Looked;
use crate::base::text::{concat, decimal};
use crate::calendar::Instant;
use crate::candidates::occasions;
use crate::candidates::occasions::found::{About, Found, Occurrence, Query};
use crate::ledger::history::ContactHistory;
use crate::ledger::record::{MOST_FAILED, Record};
use crate::ledger::totals::Counter;
use crate::policy::{Campaign, Window};
use crate::standing::Standing;
use crate::standing::context::Context;
use crate::standing::window_count::WindowCount;

/// A look at a campaign: its occasion, and what the gates ask.
const LOOK: usize = 16;

/// A campaign at an instant, beside some contacts that count as made.
#[derive(Debug)]
pub(crate) struct Candidate<'a> {
    pub context: &'a Context<'a>,
    pub standing: &'a Standing<'a>,
    pub campaign: &'a Campaign,
    pub at: Instant,
    /// the contacts of this decision, as if they were delivered
    pub taken: &'a [Record],
    /// what the campaign has said
    pub history: ContactHistory<'a>,
    /// what the other campaigns of its kind have said
    pub kin: Vec<ContactHistory<'a>>,
    pub found: Found<'a>,
    /// what it proposes to speak of
    pub occurrence: Option<Occurrence<'a>>,
    /// it proposes the same at least until then
    pub proposes_until: Instant,
    /// whether somebody will read why it is refused
    pub is_told: bool,
}

impl<'a> Candidate<'a> {
    /// A campaign at an instant. What it could speak of is still to be found.
    pub fn new(
        context: &'a Context<'a>,
        standing: &'a Standing<'a>,
        at: Instant,
        campaign: &'a Campaign,
        taken: &'a [Record],
    ) -> Candidate<'a> {
        let size = LOOK + context.size_of_lists + campaign.siblings.len() + taken.len();
        let may_look = context.steps.take(Looked::Rule, size);
        // nothing more is looked at
        let taken = if may_look { taken } else { &[] };
        let (history, mut kin) = (context.history(campaign, taken, at), Vec::new());
        if may_look {
            kin = context.kin(campaign, taken, at);
        }
        Candidate {
            context,
            standing,
            campaign,
            at,
            taken,
            history,
            kin,
            found: Found::default(),
            occurrence: None,
            proposes_until: standing.until,
            is_told: false,
        }
    }

    /// Finds what it could speak of, and proposes one of that.
    pub fn find(&mut self) {
        let Candidate { context, standing, campaign, at, taken, .. } = *self;
        let query = Query { context, campaign, history: &self.history, kin: &self.kin, taken, at, known: standing.at };
        let mut found = occasions::find(&query);
        #[cfg(test)]
        if crate::base::switch::is_off(campaign.kind.name) {
            found = Found::default();
        }
        found.now.iter_mut().for_each(|one| one.spoken_until = self.spoken_until(one));
        self.found = found;
        self.occurrence = self.propose();
        if let Some(occurrence) = &self.occurrence {
            let until = self.next_proposal().min(occurrence.next_change(at));
            self.proposes_until = until.min(standing.until);
        }
    }

    /// The occurrence to speak of: what the event is about, even if it was spoken of, because its page is no place to speak of another
    /// order. Else, of those not spoken of yet, the one that ends soonest; if all were, of all.
    fn propose(&self) -> Option<Occurrence<'a>> {
        let mut best = None;
        self.context.steps.take(Looked::Record, self.found.now.len().saturating_mul(1 + self.kin.len()));
        for occurrence in &self.found.now {
            let is_other = !occurrence.order().is_some_and(|order| self.context.is_of_event(order));
            let rank = (is_other, occurrence.spoken_until.is_some(), occurrence.until, &occurrence.key);
            if best.is_none_or(|(least, _)| rank < least) {
                best = Some((rank, occurrence));
            }
        }
        best.map(|(_, occurrence)| occurrence.clone())
    }

    /// Until when an occurrence counts as spoken of, if it was. What failed to arrive three times is not tried again.
    fn spoken_until(&self, occurrence: &Occurrence) -> Option<Instant> {
        let kind = self.campaign.kind;
        let (once, all) = (kind.occasion.is_once_each(), kind.once_across_campaigns);
        let (mut until, mut failed) = (None, 0);
        let other = self.by_number(occurrence);
        let mut note = |history: &ContactHistory| {
            for key in [Some(&*occurrence.key), other.as_deref()].into_iter().flatten() {
                failed += history.failed(key);
                if once {
                    until = until.max(history.about_until(key));
                }
            }
        };
        self.each_of_kind(once && all, &mut note);
        if failed >= MOST_FAILED { Some(Instant::NEVER) } else { until }
    }

    /// Visits what the campaign has said; with `all` also what the other campaigns of its kind have.
    pub fn each_of_kind(&self, all: bool, visit: &mut dyn FnMut(&ContactHistory)) {
        visit(&self.history);
        self.kin.iter().filter(|_| all).for_each(visit);
    }

    /// The key of an occurrence about an order, as a record has it that calls the order by its number.
    pub fn by_number(&self, occurrence: &Occurrence) -> Option<String> {
        let About::Order(order) = occurrence.about else { return None };
        let rest = occurrence.key.strip_prefix(order.id.as_deref()?)?;
        let number = self.context.names_of(order).nth(1).filter(|_| rest.is_empty() || rest.starts_with('/'))?;
        Some(concat(&[number, rest]))
    }

    /// The earliest later instant at which the campaign may propose something else.
    pub fn next_proposal(&self) -> Instant {
        let mut next = self.found.next;
        for occurrence in &self.found.now {
            next = next.min(occurrence.spoken_until.unwrap_or(Instant::NEVER));
        }
        next
    }

    /// The next instant at which a record that is dated ahead may come to count as of another time.
    pub fn next_record_change(&self) -> Instant {
        let ahead = self.context.ledger.and_then(|ledger| ledger.after(self.at).first());
        ahead.map_or(Instant::NEVER, |record| record.counts_from())
    }

    /// What counts in a window that ends now.
    pub fn window_count(&self, counter: Counter, window: Window) -> Option<WindowCount<'a>> {
        WindowCount::of(self.context, self.at, self.taken, counter, window)
    }
}

/// The id of a contact: a hash of campaign, customer, occurrence and attempt, so that deciding twice reserves once. A reservation that
/// lapsed or was released makes the next attempt, with another id.
pub(crate) fn id(candidate: &Candidate, occurrence: &Occurrence) -> String {
    let attempt = decimal(candidate.history.attempts(&occurrence.key));
    let customer = candidate.context.customer.id.as_deref().unwrap_or_default();
    let parts = [&candidate.campaign.id, "\0", customer, "\0", &occurrence.key, "\0", &attempt];
    hex(fnv1a128(concat(&parts).as_bytes()), 32)
}

/// The earliest later instant at which the contact may have another id.
pub(crate) fn next_id(candidate: &Candidate) -> Instant {
    let mut next = candidate.next_proposal();
    candidate.history.each_since(Instant::NEVER, &mut |record| next = next.min(record.lapses()));
    next
}
