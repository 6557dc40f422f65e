//! What a campaign has said to the customer, as conditions ask it: `contacts.news.count`.

use super::Standing;
use crate::base::steps::Looked;
use crate::calendar::Instant;
use crate::language::words::Reaction;
use crate::ledger::history::ContactHistory;

/// The contacts of one campaign.
pub(super) struct Contacts {
    pub count: i64,
    /// the latest; now for one that is dated ahead
    pub last: Option<Instant>,
    /// what the customer did with the latest
    pub reaction: Option<Reaction>,
    /// it stays so until then
    pub until: Instant,
}

impl Standing<'_> {
    /// The contacts of a campaign that count; none without a ledger.
    pub(super) fn contacts(&self, campaign: &str) -> Option<Contacts> {
        let mut taken = Vec::new();
        self.steps.take(Looked::Record, self.taken.len());
        self.taken.iter().for_each(|record| {
            if record.campaign == campaign {
                taken.push(record);
            }
        });
        let history = ContactHistory::new(self.ledger?.of(campaign), taken, self.at, self.steps);
        let (mut last, mut until) = (None, self.until);
        history.each_since(self.at, &mut |record| {
            last = last.max(Some(record.counts_from()));
            until = until.min(record.lapses()).min(record.next_change(self.at));
        });
        let mut reaction = None;
        if let Some(last) = last {
            history.each_since(last + -1, &mut |record| {
                if record.counts_from() == last {
                    reaction = reaction.max(record.reaction);
                }
            });
        }
        Some(Contacts { count: history.count(), last: last.map(|last: Instant| last.min(self.at)), reaction, until })
    }
}
