//! The walk: who would be heard when, if the customer came whenever somebody can speak. Of those that pass the soonest-closing speaks;
//! the next instant of a channel comes 24 hours later.

use crate::arbitration::proposal::{Ask, Proposal, go_together};
use crate::arbitration::quota::{Lane, Quota};
use crate::calendar::{DAY, Instant};

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
    pub lanes: &'p [Lane],
    /// by index: who holds the place of a proposal now
    pub held: &'p [Option<String>],
}

/// A walk under way.
struct Walk<'w, 'p, 'a> {
    start: &'w Start<'p, 'a>,
    proposals: &'w mut [Proposal<'a>],
    quota: Quota,
    lanes: Vec<Lane>,
    waiting: Vec<Waiting>,
    /// who is heard in this instant
    here: Vec<usize>,
    walked: Walked,
}

/// A proposal that is not heard yet, and when it could be.
struct Waiting {
    index: usize,
    closes: Instant,
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
        lanes: start.lanes.to_vec(),
        waiting: Vec::new(),
        here: Vec::new(),
        walked: Walked::default(),
    };
    let now = start.ask.context.now;
    for index in set {
        let closes = walk.closes(*index);
        walk.waiting.push(Waiting { index: *index, closes, ready: now });
    }
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
            if one.ready >= one.closes {
                let soonest = |other| (self.closes(other), other) <= (one.closes, one.index);
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
        let mut at = self.lanes.get(proposal.lane).map_or(Instant::NEVER, |lane| lane.free);
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
        self.here.clear();
        speakers.iter().for_each(|index| self.hear(*index, at));
        let mut came = Vec::new();
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.retain(|one| {
            if one.ready != at {
                return true;
            }
            let channel = self.proposals.get(one.index).map(|proposal| proposal.rank.campaign.channel);
            came.extend(channel.filter(|channel| !came.contains(channel)));
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
        for lane in self.lanes.iter_mut().filter(|lane| came.contains(&lane.channel)) {
            lane.free = lane.free.max(at + DAY);
        }
    }

    /// Whether an instant has room for a proposal beside those heard in it.
    fn holds(&self, index: usize, at: Instant) -> bool {
        let context = self.start.ask.context;
        self.here.len() < context.policy.contacts
            && full_by(self.start, self.proposals, &self.here, index, at == context.now).is_none()
    }

    fn hear(&mut self, index: usize, at: Instant) {
        if let Some(proposal) = self.proposals.get(index) {
            self.quota.hear(self.start.ask.context, proposal, at);
            for lane in &mut self.lanes {
                lane.free =
                    lane.free.max(self.proposals.get(lane.first).map_or(lane.free, |one| self.quota.frees(one)));
            }
            self.here.push(index);
            self.walked.heard.push(Heard { index, at });
        }
    }
}

/// Why an instant has no room for a proposal beside others.
pub(super) enum Full<'a> {
    /// the place or the offer is taken, by this campaign
    By(&'a String),
    /// nobody more may speak
    Up,
}

/// Whether an instant is full for a proposal beside those that speak in it.
pub(super) fn full_by<'a>(
    start: &Start<'a, 'a>,
    proposals: &'a [Proposal],
    here: &[usize],
    index: usize,
    is_now: bool,
) -> Option<Full<'a>> {
    let context = start.ask.context;
    if let Some(Some(first)) = start.held.get(index).filter(|_| is_now) {
        return Some(Full::By(first));
    }
    let campaign = proposals.get(index)?.rank.campaign;
    for other in here.iter().filter_map(|other| proposals.get(*other)) {
        if !go_together(context, campaign, other.rank.campaign) {
            return Some(Full::By(&other.rank.campaign.id));
        }
    }
    (here.len() >= context.policy.contacts).then_some(Full::Up)
}
