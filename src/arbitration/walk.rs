//! The walk: who would be heard when, if the customer came whenever somebody can speak. Of those that pass the soonest-closing speaks;
//! the next instant of a channel comes 24 hours later.

use crate::arbitration::full::full_by;
use crate::arbitration::proposal::{Ask, Proposal};
use crate::arbitration::quota::{Lane, Quota};
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
    came: Vec<Came>,
}

/// An instant of a walk.
#[derive(Clone, Copy, Debug)]
struct Came {
    at: Instant,
    /// the channels that have this instant, a bit for each
    channels: u32,
}

/// What a walk begins with.
#[derive(Debug)]
pub(super) struct Start<'p, 'a> {
    pub ask: &'p Ask<'a>,
    pub quota: &'p Quota,
    pub lanes: &'p [Lane],
    /// by index: who holds the place of a proposal now
    pub held: &'p [Option<&'a str>],
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
    walked: Walked,
    /// when the one closes that closes soonest of those left out
    unheard_from: Instant,
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
    let mut walk = Walk::new(start, proposals, set.len());
    walk.wait(set);
    walk.go_on(speakers, whole);
    walk.walked
}

/// The walk with a set that has one proposal more than that of a walk in which all were heard. Until there is room for it in an
/// instant, or it makes one, everything comes as before.
pub(super) fn walk_with<'a>(
    start: &Start<'_, 'a>,
    proposals: &mut [Proposal<'a>],
    before: &Walked,
    one: usize,
    set: &[usize],
    whole: bool,
) -> Walked {
    let mut walk = Walk::new(start, proposals, set.len());
    walk.wait(&[one]);
    for came in &before.came {
        let heard = before.heard.get(walk.walked.heard.len()..).unwrap_or_default();
        let heard = heard.get(..heard.partition_point(|heard| heard.at <= came.at)).unwrap_or_default();
        let is_as_before = match walk.look() {
            Some(at) if at == came.at => walk.passes_over(one, came, heard),
            Some(at) => at > came.at,
            // it closes unheard, and what comes later does not matter
            None => whole && came.at < walk.unheard_from,
        };
        if !is_as_before {
            break;
        }
        walk.here.clear();
        heard.iter().for_each(|heard| walk.hear(heard.index, heard.at));
        walk.end(*came);
    }
    if walk.walked.unheard.is_none() {
        walk.wait(set);
        walk.go_on(&[], whole);
    }
    walk.walked
}

impl<'w, 'p, 'a> Walk<'w, 'p, 'a> {
    fn new(start: &'w Start<'p, 'a>, proposals: &'w mut [Proposal<'a>], size: usize) -> Walk<'w, 'p, 'a> {
        Walk {
            start,
            proposals,
            quota: start.quota.copy(size, &start.ask.context.steps),
            lanes: start.lanes.to_vec(),
            waiting: Vec::with_capacity(size),
            here: Vec::new(),
            walked: Walked { heard: Vec::with_capacity(size), ..Walked::default() },
            unheard_from: Instant::NEVER,
        }
    }

    /// From now on those of a set wait that were not heard.
    fn wait(&mut self, set: &[usize]) {
        self.waiting.clear();
        for index in set {
            if self.walked.heard.iter().any(|heard| heard.index == *index) {
                continue;
            }
            self.waiting.extend(self.proposals.get(*index).map(|one| Waiting {
                index: *index,
                lane: one.lane,
                channel: one.rank.campaign.channel,
                is_kin: one.rank.campaign.kind.once_across_campaigns,
                closes: one.closes,
                ready: self.start.ask.context.now,
                passes_until: Instant(0),
            }));
        }
    }

    fn go_on(&mut self, speakers: &[usize], whole: bool) {
        let (mut speakers, steps) = (speakers, &self.start.ask.context.steps);
        while let Some(at) = self.look().filter(|_| !steps.are_spent()) {
            // what closes unheard later than this closes later
            if self.walked.unheard.is_some() && (!whole || self.unheard_from <= at) {
                break;
            }
            self.instant(at, speakers);
            speakers = &[];
        }
    }

    /// Finds when each that waits could be heard, and leaves out those that close before. Returns the first of these instants.
    fn look(&mut self) -> Option<Instant> {
        let mut next = None::<Instant>;
        let mut waiting = std::mem::take(&mut self.waiting);
        self.start.ask.context.steps.take(Looked::Rule, waiting.len());
        waiting.retain_mut(|one| {
            self.ask(one);
            let hears = one.ready < one.closes;
            if hears {
                next = Some(next.map_or(one.ready, |next| next.min(one.ready)));
            } else if self.walked.unheard.is_none_or(|other| (one.closes, one.index) < (self.unheard_from, other)) {
                (self.walked.unheard, self.unheard_from) = (Some(one.index), one.closes);
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
        let mut came = Came { at, channels: 0 };
        speakers.iter().for_each(|index| self.hear(*index, at));
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.retain_mut(|one| {
            if one.ready != at {
                return true;
            }
            came.channels |= bit(one.channel);
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
        self.end(came);
    }

    /// The end of an instant: the next of its channels comes a day later.
    fn end(&mut self, came: Came) {
        for lane in self.lanes.iter_mut().filter(|lane| came.channels & bit(lane.channel) != 0) {
            lane.free = lane.free.max(came.at + DAY);
        }
        self.walked.came.push(came);
    }

    /// Whether a proposal that passes at an instant of an earlier walk changes nothing of it: when its turn comes the instant is full.
    fn passes_over(&mut self, index: usize, came: &Came, heard: &[Heard]) -> bool {
        let closes = |index: usize| self.proposals.get(index).map(|one| (one.closes, index));
        let is_before = |heard: &&Heard| closes(heard.index) < closes(index);
        let mut here = Vec::new();
        heard.iter().filter(is_before).for_each(|heard| here.push(heard.index));
        self.here = here;
        let channel = self.proposals.get(index).map_or(0, |one| bit(one.rank.campaign.channel));
        came.channels & channel != 0 && !self.holds(index, came.at)
    }

    /// Whether an instant has room for a proposal beside those heard in it.
    fn holds(&self, index: usize, at: Instant) -> bool {
        let context = self.start.ask.context;
        self.here.len() < context.policy.contacts
            && full_by(context, self.start.held, self.proposals, &self.here, index, at).is_none()
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

/// A channel among others.
fn bit(channel: Channel) -> u32 {
    1 << channel as u32
}
