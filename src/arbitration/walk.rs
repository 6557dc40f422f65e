//! The walk: who would be heard when, if the customer came whenever somebody can speak. Of those that pass the soonest-closing speaks;
//! the next instant of a channel comes 24 hours later.

use crate::arbitration::proposal::{Ask, Proposal};
use crate::arbitration::quota::{Lane, Quota};
use crate::arbitration::together::go_together;
use crate::base::steps::Looked;
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
    /// in the order in which they close
    waiting: Vec<Waiting>,
    /// who is heard in this instant
    here: Vec<usize>,
    /// the channels that have this instant
    came: Vec<Channel>,
    walked: Walked,
}

/// A proposal that is not heard yet.
#[derive(Clone, Copy)]
struct Waiting {
    index: usize,
    lane: usize,
    channel: Channel,
    /// whether others of its kind hold it
    is_kin: bool,
    closes: Instant,
    /// when it could be heard, beside those that were when it was asked
    ready: Instant,
    /// its other gates pass from then until
    passes_until: Instant,
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
    let mut waiting = Vec::with_capacity(set.len());
    for index in set {
        waiting.extend(proposals.get(*index).map(|one| Waiting {
            index: *index,
            lane: one.lane,
            channel: one.rank.campaign.channel,
            is_kin: one.rank.campaign.kind.once_across_campaigns,
            closes: one.closes,
            ready: start.ask.context.now,
            passes_until: Instant(0),
        }));
    }
    let mut walk = Walk {
        start,
        proposals,
        quota: start.quota.copy(set.len(), &start.ask.context.steps),
        lanes: start.lanes.to_vec(),
        waiting,
        here: Vec::new(),
        came: Vec::new(),
        walked: Walked { heard: Vec::with_capacity(set.len()), unheard: None },
    };
    let (mut speakers, mut unheard_from) = (speakers, Instant::NEVER);
    let steps = &start.ask.context.steps;
    while let Some(at) = walk.look(&mut unheard_from).filter(|_| !steps.are_spent()) {
        // what closes unheard later than this closes later
        if walk.walked.unheard.is_some() && (!whole || unheard_from <= at) {
            break;
        }
        walk.instant(at, speakers);
        speakers = &[];
    }
    walk.walked
}

impl Walk<'_, '_, '_> {
    /// Finds when each that waits could be heard, and leaves out those that close before. Returns the first of these instants.
    /// `unheard_from` is when that closes which closes soonest of those left out.
    fn look(&mut self, unheard_from: &mut Instant) -> Option<Instant> {
        let mut next = None::<Instant>;
        let mut waiting = std::mem::take(&mut self.waiting);
        self.start.ask.context.steps.take(Looked::Rule, waiting.len());
        waiting.retain_mut(|one| {
            self.ask(one);
            let hears = one.ready < one.closes;
            if hears {
                next = Some(next.map_or(one.ready, |next| next.min(one.ready)));
            } else if self.walked.unheard.is_none_or(|other| (one.closes, one.index) < (*unheard_from, other)) {
                (self.walked.unheard, *unheard_from) = (Some(one.index), one.closes);
            }
            hears
        });
        self.waiting = waiting;
        next
    }

    /// Finds the first instant at which a proposal passes beside all that were heard. It only becomes later.
    fn ask(&mut self, one: &mut Waiting) {
        let free = self.lanes.get(one.lane).map_or(Instant::NEVER, |lane| lane.free);
        one.ready = one.ready.max(free);
        let kin = if one.is_kin { &self.walked.heard[..] } else { &[] };
        if !kin.is_empty() {
            self.start.ask.context.steps.take(Looked::Record, kin.len());
        }
        for heard in kin {
            let pair = self.proposals.get(one.index).zip(self.proposals.get(heard.index));
            if let Some(gap) = pair.and_then(|(one, other)| one.gap_after(other, heard.at)) {
                one.ready = one.ready.max(heard.at + gap);
            }
        }
        if one.ready >= one.passes_until
            && let Some(proposal) = self.proposals.get_mut(one.index)
        {
            (one.ready, one.passes_until) = proposal.passes_from(self.start.ask, one.ready);
        }
    }

    /// One instant: the speakers are heard, then of those that pass the soonest-closing, while it holds them. It is an instant of the
    /// channels of all that pass: what could not be heard waits for the next, like what was heard.
    fn instant(&mut self, at: Instant, speakers: &[usize]) {
        self.here.clear();
        self.came.clear();
        speakers.iter().for_each(|index| self.hear(*index, at));
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.retain_mut(|one| {
            if one.ready != at {
                return true;
            }
            if !self.came.contains(&one.channel) {
                self.came.push(one.channel);
            }
            if speakers.contains(&one.index) {
                return false;
            }
            if !self.holds(one.index, at) {
                return true;
            }
            self.ask(one);
            let hears = one.ready == at;
            if hears {
                self.hear(one.index, at);
            }
            !hears
        });
        self.waiting = waiting;
        for lane in self.lanes.iter_mut().filter(|lane| self.came.contains(&lane.channel)) {
            lane.free = lane.free.max(at + DAY);
        }
    }

    /// Whether an instant has room for a proposal beside those heard in it.
    fn holds(&self, index: usize, at: Instant) -> bool {
        let context = self.start.ask.context;
        self.here.len() < context.policy.contacts
            && full_by(self.start, self.proposals, &self.here, index, at).is_none()
    }

    fn hear(&mut self, index: usize, at: Instant) {
        if let Some(proposal) = self.proposals.get_mut(index) {
            for part in &mut proposal.parts {
                part.passes_from(self.start.ask, at);
            }
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
    at: Instant,
) -> Option<Full<'a>> {
    let context = start.ask.context;
    if let Some(Some(first)) = start.held.get(index).filter(|_| at == context.now) {
        return Some(Full::By(first));
    }
    let campaign = proposals.get(index)?.rank.campaign;
    for other in here.iter().filter_map(|other| proposals.get(*other)) {
        if !other.campaigns(at).all(|other| go_together(context, campaign, other)) {
            return Some(Full::By(&other.rank.campaign.id));
        }
    }
    (here.len() >= context.policy.contacts).then_some(Full::Up)
}
