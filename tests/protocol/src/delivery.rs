//! Workers that send what is reserved, as js/server/decide.js, arm.js, deliver.js and outcome.js do it. A transaction is one step, and between
//! any two steps another worker may go on, a worker may die, a time-out may pass, the answer of the store or of the provider may be lost.

use crate::words::{Id, State};
use stateright::{Model, Property};

const LEASE: u8 = 3;
/// At least once: so long after it was armed a message is taken for lost.
const GRACE: u8 = 1;
/// So long after it was armed a worker no longer sends it.
const STILL: u8 = 1;
/// So long after it was armed a person sees the task, and looks it up.
const TASK: u8 = 2;

/// What is wrong on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    None,
    /// the queue says that it is reserved, and nobody looks again
    QueueIsEnough,
    /// sent first, armed after
    SendBeforeArm,
    /// it is not decided again before it is sent
    NotDecidedAgain,
    /// what is armed lapses
    LapseArmed,
    /// no answer counts as a failure
    SilenceIsFailure,
    /// at least once: what is lost is decided anew, under another id
    AnotherId,
    /// at least once: the failure of one attempt speaks for all of them
    OneFailureForAll,
    /// who did not hear from the store sends
    UnheardIsArmed,
    /// a worker that stood still sends when it goes on
    SendsLate,
}

#[derive(Clone, Copy, Debug)]
pub struct Delivery {
    pub workers: u8,
    /// what there is to tell: orders, each told of once
    pub occasions: u8,
    pub cap: usize,
    pub ticks: u8,
    pub decisions: u8,
    pub crashes: u8,
    /// how often an answer is lost, of the store or of the provider
    pub losses: u8,
    /// how often the provider refuses
    pub refusals: u8,
    pub withdrawals: bool,
    /// whether somebody looks up what became of a message
    pub people: bool,
    pub at_least_once: bool,
    /// whether workers are alike, so that which is which need not be told apart
    pub alike: bool,
    pub bug: Bug,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Record {
    pub id: Id,
    pub state: State,
    at: u8,
    lease: u8,
    /// how often it was armed
    attempts: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Step {
    Idle,
    /// armed, and the number of the attempt; whether somebody had withdrawn before; when
    Armed(Id, u8, bool, u8),
    /// the provider has it or not, and has not answered
    Sent(Id, u8, bool),
    /// the provider's answer is known
    Answered(Id, u8, bool),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    pub now: u8,
    pub records: Vec<Record>,
    pub withdrawn: bool,
    workers: Vec<Step>,
    /// what the customer got, and how often; the provider drops what has a key that it knows where `at_least_once`
    pub got: Vec<(Id, u8)>,
    sent_late: bool,
    decisions: u8,
    crashes: u8,
    losses: u8,
    refusals: u8,
    resent: bool,
    found_lost: bool,
}

impl World {
    fn state(&self, id: Id) -> Option<State> {
        self.records.iter().find(|record| record.id == id).map(|record| record.state)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Decide,
    Take(u8, Id),
    /// the transaction is stored and the worker never hears of it
    TakeUnheard(u8, Id),
    /// whether the provider has it, and whether it answers
    Send(u8, bool, bool),
    /// the answer comes after all
    Answer(u8),
    /// it never comes
    Silence(u8),
    Note(u8),
    Crash(u8),
    /// it stood still for too long after it armed
    GiveUp(u8),
    /// a person finds in the provider's log whether it went, and says so
    Look(Id),
    Withdraw,
    Tick,
}

impl Delivery {
    fn is_counted(&self, world: &World, record: &Record) -> bool {
        match record.state {
            State::Released | State::Failed => false,
            State::Reserved => record.lease > world.now,
            State::Armed | State::Delivered => true,
        }
    }

    /// What would be said, were one record not there.
    fn choose(&self, world: &World, unseen: Option<Id>) -> Option<Id> {
        let seen = || world.records.iter().filter(|record| Some(record.id) != unseen);
        if world.withdrawn || seen().filter(|record| self.is_counted(world, record)).count() >= self.cap {
            return None;
        }
        let of = |campaign: u8| seen().filter(move |record| record.id.campaign == campaign);
        let free = |campaign: &u8| !of(*campaign).any(|record| self.is_counted(world, record));
        // asked about one record, it says whether that may be said; else the first that may
        let all = || 0..self.occasions;
        let campaign = all().filter(free).find(|campaign| unseen.is_none_or(|id| id.campaign == *campaign))?;
        Some(Id { campaign, attempt: of(campaign).count() as u8 })
    }

    /// The transaction before a contact is sent. Whether it is armed, and the number of the attempt.
    fn arm(&self, world: &mut World, id: Id) -> Option<u8> {
        let now = world.now;
        let again = self.choose(world, Some(id));
        let record = world.records.iter_mut().find(|record| record.id == id)?;
        let is_lost = self.at_least_once && record.state == State::Armed && now - record.at >= GRACE;
        if !(record.state == State::Reserved || is_lost || self.bug == Bug::QueueIsEnough) {
            return None;
        }
        if record.lease <= now {
            record.state = record.state.max(State::Released);
            return None;
        }
        if again != Some(id) && self.bug != Bug::NotDecidedAgain {
            record.state = record.state.max(State::Released);
            return None;
        }
        record.state = record.state.max(State::Armed);
        record.at = now;
        record.attempts += 1;
        Some(record.attempts)
    }

    /// The transaction after it.
    fn note(&self, world: &mut World, id: Id, attempt: u8, went: bool) {
        let Some(record) = world.records.iter_mut().find(|record| record.id == id) else { return };
        if went {
            record.state = record.state.max(State::Delivered);
        } else if record.attempts == 1 && attempt == 1 || !self.at_least_once || self.bug == Bug::OneFailureForAll {
            // another attempt may have arrived, and one more under the same id harms nobody
            record.state = record.state.max(State::Failed);
        }
    }

    fn send(&self, world: &mut World, id: Id) {
        match world.got.iter_mut().find(|(one, _)| *one == id) {
            Some(_) if self.at_least_once => world.resent = true,
            Some((_, times)) => *times += 1,
            None => world.got.push((id, 1)),
        }
    }
}

impl Model for Delivery {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        vec![World {
            now: 0,
            records: Vec::new(),
            withdrawn: false,
            workers: vec![Step::Idle; usize::from(self.workers)],
            got: Vec::new(),
            sent_late: false,
            decisions: 0,
            crashes: 0,
            losses: 0,
            refusals: 0,
            resent: false,
            found_lost: false,
        }]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        if world.decisions < self.decisions {
            actions.push(Action::Decide);
        }
        for (index, step) in (0..).zip(&world.workers) {
            let can_lose = world.losses < self.losses;
            match *step {
                Step::Idle => {
                    for record in world.records.iter().filter(|record| record.state <= State::Armed) {
                        actions.push(Action::Take(index, record.id));
                        if can_lose {
                            actions.push(Action::TakeUnheard(index, record.id));
                        }
                    }
                }
                Step::Armed(_, _, _, at) if world.now - at >= STILL && self.bug != Bug::SendsLate => {
                    actions.push(Action::GiveUp(index));
                }
                Step::Armed(..) => {
                    actions.push(Action::Send(index, true, true));
                    if can_lose {
                        actions.extend([Action::Send(index, true, false), Action::Send(index, false, false)]);
                    }
                    if world.refusals < self.refusals {
                        actions.push(Action::Send(index, false, true));
                    }
                }
                Step::Sent(..) => actions.extend([Action::Answer(index), Action::Silence(index)]),
                Step::Answered(..) => actions.push(Action::Note(index)),
            }
            if *step != Step::Idle && world.crashes < self.crashes {
                actions.push(Action::Crash(index));
            }
        }
        if self.people {
            let is_task = |record: &&Record| record.state == State::Armed && world.now - record.at >= TASK;
            actions.extend(world.records.iter().filter(is_task).map(|record| Action::Look(record.id)));
        }
        if self.withdrawals && !world.withdrawn {
            actions.push(Action::Withdraw);
        }
        if world.now < self.ticks {
            actions.push(Action::Tick);
        }
    }

    fn next_state(&self, last: &World, action: Action) -> Option<World> {
        let mut world = last.clone();
        match action {
            Action::Decide => {
                let now = world.now;
                world.decisions += 1;
                for record in &mut world.records {
                    let lapses =
                        record.state == State::Reserved || record.state == State::Armed && self.bug == Bug::LapseArmed;
                    if lapses && record.lease <= now {
                        record.state = State::Released;
                    }
                    // what a worker does that takes what is lost for failed
                    if self.bug == Bug::AnotherId && record.state == State::Armed && now - record.at >= GRACE {
                        record.state = State::Failed;
                    }
                }
                if let Some(id) = self.choose(&world, None) {
                    world.records.push(Record { id, state: State::Reserved, at: now, lease: now + LEASE, attempts: 0 });
                }
            }
            Action::Take(index, id) => {
                let late = world.withdrawn;
                if self.bug == Bug::SendBeforeArm {
                    world.workers[usize::from(index)] = Step::Armed(id, 0, false, world.now);
                } else {
                    let attempt = self.arm(&mut world, id);
                    world.workers[usize::from(index)] =
                        attempt.map_or(Step::Idle, |attempt| Step::Armed(id, attempt, late, world.now));
                }
            }
            Action::TakeUnheard(index, id) => {
                let late = world.withdrawn;
                let attempt = self.arm(&mut world, id);
                world.losses += 1;
                if self.bug == Bug::UnheardIsArmed {
                    world.workers[usize::from(index)] = Step::Armed(id, attempt.unwrap_or(1), late, world.now);
                }
            }
            Action::Send(index, went, answers) => {
                let Step::Armed(id, attempt, late, _) = world.workers[usize::from(index)] else { return None };
                if went {
                    self.send(&mut world, id);
                    world.sent_late |= late;
                } else if answers {
                    world.refusals += 1;
                }
                let mut attempt = attempt;
                if self.bug == Bug::SendBeforeArm {
                    attempt = self.arm(&mut world, id).unwrap_or(1);
                }
                if !answers {
                    world.losses += 1;
                }
                let step = if answers { Step::Answered } else { Step::Sent };
                world.workers[usize::from(index)] = step(id, attempt, went);
            }
            Action::Answer(index) => {
                let Step::Sent(id, attempt, went) = world.workers[usize::from(index)] else { return None };
                world.workers[usize::from(index)] = Step::Answered(id, attempt, went);
            }
            Action::Silence(index) => {
                let Step::Sent(id, attempt, _) = world.workers[usize::from(index)] else { return None };
                if self.bug == Bug::SilenceIsFailure {
                    self.note(&mut world, id, attempt, false);
                }
                world.workers[usize::from(index)] = Step::Idle;
            }
            Action::Note(index) => {
                let Step::Answered(id, attempt, went) = world.workers[usize::from(index)] else { return None };
                self.note(&mut world, id, attempt, went);
                world.workers[usize::from(index)] = Step::Idle;
            }
            Action::Crash(index) => {
                world.workers[usize::from(index)] = Step::Idle;
                world.crashes += 1;
            }
            Action::GiveUp(index) => world.workers[usize::from(index)] = Step::Idle,
            Action::Look(id) => {
                let went = world.got.iter().any(|(one, _)| *one == id);
                let record = world.records.iter_mut().find(|record| record.id == id)?;
                record.state = record.state.max(if went { State::Delivered } else { State::Failed });
                world.found_lost |= !went;
            }
            Action::Withdraw => world.withdrawn = true,
            Action::Tick => world.now += 1,
        }
        world.records.sort_unstable();
        world.got.sort_unstable();
        if self.alike {
            world.workers.sort_unstable();
        }
        Some(world)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let mut all = vec![
            Property::always("a contact is sent once", |_, world: &World| {
                world.got.iter().all(|(_, times)| *times == 1)
            }),
            Property::always("an order is told of once", |_, world: &World| {
                world.got.windows(2).all(|two| two[0].0.campaign != two[1].0.campaign)
            }),
            Property::always("no more is sent than the limit allows", |delivery: &Delivery, world: &World| {
                world.got.len() <= delivery.cap
            }),
            Property::always("what was sent counts", |_, world: &World| {
                world.got.iter().all(|(id, _)| matches!(world.state(*id), Some(State::Armed | State::Delivered)))
            }),
            Property::always("nothing is sent that was armed after a withdrawal", |_, world: &World| !world.sent_late),
            Property::sometimes("the limit is reached", |delivery: &Delivery, world: &World| {
                world.got.len() >= delivery.cap
            }),
            Property::sometimes("a place that lapsed is given again", |_, world: &World| {
                world
                    .got
                    .iter()
                    .any(|(id, _)| id.attempt > 0 && world.state(Id { attempt: 0, ..*id }) == Some(State::Released))
            }),
            Property::sometimes("a worker dies between arm and send", |_, world: &World| {
                let is_lost = |one: &Record| one.state == State::Armed && world.got.iter().all(|(id, _)| *id != one.id);
                world.crashes > 0
                    && world.workers.iter().all(|step| *step == Step::Idle)
                    && world.records.iter().any(is_lost)
            }),
        ];
        if self.refusals > 0 && self.decisions > 1 {
            all.push(Property::sometimes("what failed is tried again", |_, world: &World| {
                world
                    .got
                    .iter()
                    .any(|(id, _)| id.attempt > 0 && world.state(Id { attempt: 0, ..*id }) == Some(State::Failed))
            }));
        }
        if self.withdrawals {
            all.push(Property::sometimes("a withdrawal takes back what is reserved", |_, world: &World| {
                world.withdrawn && world.records.iter().any(|one| one.state == State::Released && one.lease > world.now)
            }));
        }
        if self.people && self.decisions > 1 {
            all.push(Property::sometimes("what a person found lost is told anew", |_, world: &World| {
                world.found_lost && world.got.iter().any(|(id, _)| id.attempt > 0)
            }));
        }
        if self.at_least_once {
            all.push(Property::sometimes("what is lost is sent again under its id", |_, world: &World| world.resent));
        }
        all
    }
}
