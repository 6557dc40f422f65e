//! The walk: who would be heard when, if the customer came whenever somebody can speak. Of those that pass the soonest-closing speaks;
//! the next instant of a channel comes 24 hours later.

use crate::arbitration::proposal::{Ask, Proposal, go_together};
use crate::arbitration::quota::Quota;
use crate::calendar::{DAY, Instant};
use crate::language::words::Channel;

/// A proposal that is heard.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heard {
    pub index: usize,
    pub at: Instant,
}

/// What a walk came to.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub heard: Vec<Heard>,
    /// of those that close unheard the one that closes soonest
    pub unheard: Option<usize>,
}

/// What a walk begins with.
#[derive(Debug)]
pub(super) struct Start<'p, 'a> {
    pub ask: &'p Ask<'a>,
    pub quota: &'p Quota,
    /// by index: who holds the place of a proposal now
    pub held: &'p [Option<String>],
}

/// A walk under way.
struct Walk<'w, 'p, 'a> {
    start: &'w Start<'p, 'a>,
    proposals: &'w mut [Proposal<'a>],
    quota: Quota,
    /// the channels that had an instant, and when their next one comes
    due: Vec<(Channel, Instant)>,
    waiting: Vec<Waiting>,
    walked: Walked,
}

/// A proposal that is not heard yet, and when it could be.
struct Waiting {
    index: usize,
    ready: Instant,
}

/// Walks with some proposals, given in the order in which they close, beside speakers who are heard now. It ends as soon as it is known
/// that one closes unheard; a `whole` walk goes on to find which of those closes soonest.
pub(super) fn walk<'a>(
    start: &Start<'_, 'a>,
    proposals: &mut [Proposal<'a>],
    speakers: &[usize],
    set: &[usize],
    whole: bool,
) -> Walked {
    let mut walk = Walk {
        start,
        proposals,
        quota: start.quota.clone(),
        due: Vec::new(),
        waiting: Vec::new(),
        walked: Walked::default(),
    };
    let now = start.ask.context.now;
    set.iter().for_each(|index| walk.waiting.push(Waiting { index: *index, ready: now }));
    let mut speakers = speakers;
    loop {
        let next = walk.look();
        let Some(at) = next else { break };
        // what closes unheard later than this closes later
        if walk.walked.unheard.is_some_and(|index| !whole || walk.closes(index) <= at) {
            break;
        }
        walk.instant(at, speakers);
        speakers = &[];
    }
    walk.walked
}

impl Walk<'_, '_, '_> {
    /// Finds when each that waits could be heard, and leaves out those that close before. Returns the first of these instants.
    fn look(&mut self) -> Option<Instant> {
        let mut next = None::<Instant>;
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.retain_mut(|one| {
            one.ready = self.ready(one.index);
            let closes = self.closes(one.index);
            if one.ready >= closes {
                let soonest = |other| (self.closes(other), other) <= (closes, one.index);
                self.walked.unheard = self.walked.unheard.filter(|other| soonest(*other)).or(Some(one.index));
                return false;
            }
            next = Some(next.map_or(one.ready, |next| next.min(one.ready)));
            true
        });
        self.waiting = waiting;
        next
    }

    fn closes(&self, index: usize) -> Instant {
        self.proposals.get(index).map_or(Instant::NEVER, |proposal| proposal.closes)
    }

    /// The first instant at which a proposal passes beside all that were heard.
    fn ready(&mut self, index: usize) -> Instant {
        let Some(proposal) = self.proposals.get(index) else { return Instant::NEVER };
        let mut at = self.start.ask.context.now.max(self.quota.frees(proposal));
        for (channel, next) in &self.due {
            if *channel == proposal.rank.campaign.channel {
                at = at.max(*next);
            }
        }
        if proposal.rank.campaign.kind.once_across_campaigns {
            for heard in &self.walked.heard {
                if let Some(gap) = self.proposals.get(heard.index).and_then(|other| proposal.gap_after(other)) {
                    at = at.max(heard.at + gap);
                }
            }
        }
        self.proposals.get_mut(index).map_or(at, |proposal| proposal.passes_from(self.start.ask, at))
    }

    /// One instant: the speakers are heard, then of those that pass the soonest-closing, while it holds them. It is an instant of the
    /// channels of all that pass: what could not be heard waits for the next, like what was heard.
    fn instant(&mut self, at: Instant, speakers: &[usize]) {
        speakers.iter().for_each(|index| self.hear(*index, at));
        let mut came = Vec::new();
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.retain(|one| {
            if one.ready != at {
                return true;
            }
            came.extend(self.proposals.get(one.index).map(|proposal| proposal.rank.campaign.channel));
            if speakers.contains(&one.index) {
                return false;
            }
            let hears = self.holds(one.index, at) && self.ready(one.index) == at;
            if hears {
                self.hear(one.index, at);
            }
            !hears
        });
        self.waiting = waiting;
        self.due.retain(|(channel, _)| !came.contains(channel));
        came.iter().for_each(|channel| self.due.push((*channel, at + DAY)));
    }

    /// Whether an instant has room for a proposal beside those heard in it.
    fn holds(&self, index: usize, at: Instant) -> bool {
        let mut here = Vec::new();
        self.walked.heard.iter().rev().take_while(|heard| heard.at == at).for_each(|heard| here.push(heard.index));
        full_by(self.start, self.proposals, &here, index, at == self.start.ask.context.now).is_none()
    }

    fn hear(&mut self, index: usize, at: Instant) {
        if let Some(proposal) = self.proposals.get(index) {
            self.quota.hear(self.start.ask.context, proposal, at);
            self.walked.heard.push(Heard { index, at });
        }
    }
}

/// Why an instant has no room for a proposal beside others.
pub(super) enum Full {
    /// the place or the offer is taken, by this campaign
    By(String),
    /// nobody more may speak
    Up,
}

/// Whether an instant is full for a proposal beside those that speak in it.
pub(super) fn full_by(
    start: &Start,
    proposals: &[Proposal],
    here: &[usize],
    index: usize,
    is_now: bool,
) -> Option<Full> {
    let context = start.ask.context;
    if let Some(Some(first)) = start.held.get(index).filter(|_| is_now) {
        return Some(Full::By(first.clone()));
    }
    let campaign = proposals.get(index)?.rank.campaign;
    for other in here.iter().filter_map(|other| proposals.get(*other)) {
        if !go_together(context, campaign, other.rank.campaign) {
            return Some(Full::By(other.rank.campaign.id.clone()));
        }
    }
    (here.len() >= context.policy.contacts).then_some(Full::Up)
}
