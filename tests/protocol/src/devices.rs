//! Several devices of one customer. Each has a store of its own and brings it together with the server's now and then (`sync`: two copies of a
//! record become one, js/ledger/record.js); or each works on the server's store by comparing versions (`remote(url)`, js/ledger/remote.js).

use crate::words::{Id, State};
use stateright::{Model, Property};

/// What is wrong on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    None,
    /// what came last replaces what was there
    LastHolds,
    /// the device's own copies are not sent
    OneWay,
    /// the server stores what was decided on an older version
    NoVersion,
    /// the page arms in its own copy of the server's store
    ArmHere,
    /// who did not hear whether it is stored shows it
    UnheardIsStored,
}

#[derive(Clone, Copy, Debug)]
pub struct Devices {
    pub devices: u8,
    pub campaigns: u8,
    pub cap: usize,
    pub decisions: u8,
    pub syncs: u8,
    pub losses: u8,
    /// each transaction is one of the server's
    pub is_remote: bool,
    pub bug: Bug,
}

type Records = Vec<(Id, State)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Step {
    Idle,
    /// it has read the server's store in this version, and wants to store this
    Wants(u8, Goal, Option<(Id, State)>),
    Reserved(Id),
    Armed(Id),
    Shown(Id),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    version: u8,
    server: Records,
    own: Vec<Records>,
    steps: Vec<Step>,
    /// what was armed on a device and is not shown yet
    armed: Vec<Option<Id>>,
    shown: Vec<(u8, Id)>,
    /// those whose showing the server was told of
    told: Vec<(u8, Id)>,
    decisions: Vec<u8>,
    syncs: u8,
    losses: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Decide(u8),
    Arm(u8),
    Show(u8),
    Confirm(u8),
    /// what it reserved is given back, as its lease has ended or its page is closed; the device may be late and not know
    Lapse(u8),
    Sync(u8),
    /// the server has it, the device hears nothing
    SyncUnheard(u8),
    Commit(u8),
    CommitUnheard(u8),
}

fn counts(state: State) -> bool {
    !matches!(state, State::Released | State::Failed)
}

fn join(into: &mut Records, from: &Records, bug: Bug) {
    for (id, state) in from {
        match into.iter_mut().find(|(known, _)| known == id) {
            Some((_, known)) if bug == Bug::LastHolds => *known = *state,
            Some((_, known)) => *known = (*known).max(*state),
            None => into.push((*id, *state)),
        }
    }
    into.sort_unstable();
}

impl Devices {
    fn choose(&self, records: &Records) -> Option<Id> {
        if records.iter().filter(|(_, state)| counts(*state)).count() >= self.cap {
            return None;
        }
        let of = |campaign: u8| records.iter().filter(move |(id, _)| id.campaign == campaign);
        let campaign = (0..self.campaigns).find(|campaign| !of(*campaign).any(|(_, state)| counts(*state)))?;
        Some(Id { campaign, attempt: of(campaign).count() as u8 })
    }

    /// Whether a device may show what it reserved.
    fn may_arm(&self, world: &World, device: usize, records: &Records, id: Id) -> bool {
        let state = records.iter().find(|(one, _)| *one == id).map(|(_, state)| *state);
        state == Some(State::Reserved) || state == Some(State::Armed) && world.armed[device] == Some(id)
    }

    /// What a device wants of the server's store as it is now.
    fn want(&self, world: &mut World, device: usize, goal: Goal) {
        let records =
            if self.bug == Bug::ArmHere && matches!(goal, Goal::Arm(_)) { &world.own[device] } else { &world.server };
        let records = records.clone();
        let want = match goal {
            Goal::Decide => self.choose(&records).map(|id| (id, State::Reserved)),
            Goal::Arm(id) => self.may_arm(world, device, &records, id).then_some((id, State::Armed)),
            Goal::Confirm(id) => Some((id, State::Delivered)),
        };
        if let (Goal::Arm(id), Some(_)) = (goal, want) {
            world.armed[device] = Some(id);
        }
        world.own[device] = records;
        world.steps[device] = Step::Wants(world.version, goal, want);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Goal {
    Decide,
    Arm(Id),
    Confirm(Id),
}

impl Model for Devices {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        let each = usize::from(self.devices);
        vec![World {
            version: 0,
            server: Records::new(),
            own: vec![Records::new(); each],
            steps: vec![Step::Idle; each],
            armed: vec![None; each],
            shown: Vec::new(),
            told: Vec::new(),
            decisions: vec![0; each],
            syncs: 0,
            losses: 0,
        }]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        for (index, step) in (0..).zip(&world.steps) {
            match step {
                Step::Idle if world.decisions[usize::from(index)] < self.decisions => {
                    actions.push(Action::Decide(index))
                }
                Step::Idle => {}
                Step::Wants(..) => {
                    actions.push(Action::Commit(index));
                    if world.losses < self.losses {
                        actions.push(Action::CommitUnheard(index));
                    }
                }
                Step::Reserved(_) => actions.extend([Action::Arm(index), Action::Lapse(index)]),
                Step::Armed(_) => actions.push(Action::Show(index)),
                Step::Shown(_) => actions.push(Action::Confirm(index)),
            }
            if !self.is_remote && world.syncs < self.syncs {
                actions.extend([Action::Sync(index), Action::SyncUnheard(index)]);
            }
        }
    }

    fn next_state(&self, last: &World, action: Action) -> Option<World> {
        let mut world = last.clone();
        match action {
            Action::Decide(index) => {
                let device = usize::from(index);
                world.decisions[device] += 1;
                if self.is_remote {
                    self.want(&mut world, device, Goal::Decide);
                } else if let Some(id) = self.choose(&world.own[device]) {
                    join(&mut world.own[device], &vec![(id, State::Reserved)], Bug::None);
                    world.steps[device] = Step::Reserved(id);
                }
            }
            Action::Arm(index) => {
                let device = usize::from(index);
                let Step::Reserved(id) = world.steps[device] else { return None };
                if self.is_remote && self.bug == Bug::ArmHere {
                    world.steps[device] = Step::Armed(id);
                } else if self.is_remote {
                    self.want(&mut world, device, Goal::Arm(id));
                } else if self.may_arm(&world, device, &world.own[device], id) {
                    join(&mut world.own[device], &vec![(id, State::Armed)], Bug::None);
                    world.steps[device] = Step::Armed(id);
                } else {
                    world.steps[device] = Step::Idle;
                }
            }
            Action::Show(index) => {
                let device = usize::from(index);
                let Step::Armed(id) = world.steps[device] else { return None };
                world.shown.push((index, id));
                world.armed[device] = None;
                world.steps[device] = Step::Shown(id);
            }
            Action::Confirm(index) => {
                let device = usize::from(index);
                let Step::Shown(id) = world.steps[device] else { return None };
                if self.is_remote {
                    self.want(&mut world, device, Goal::Confirm(id));
                } else {
                    join(&mut world.own[device], &vec![(id, State::Delivered)], Bug::None);
                    world.steps[device] = Step::Idle;
                }
            }
            Action::Lapse(index) => {
                let device = usize::from(index);
                let Step::Reserved(id) = world.steps[device] else { return None };
                let records = if self.is_remote { &mut world.server } else { &mut world.own[device] };
                if !records.contains(&(id, State::Reserved)) {
                    return None;
                }
                join(records, &vec![(id, State::Released)], Bug::None);
                world.version += u8::from(self.is_remote);
            }
            Action::Sync(index) | Action::SyncUnheard(index) => {
                let device = usize::from(index);
                world.syncs += 1;
                let own = world.own[device].clone();
                if self.bug != Bug::OneWay {
                    join(&mut world.server, &own, self.bug);
                    let told = world.shown.iter().filter(|(of, _)| *of == index).copied().collect::<Vec<_>>();
                    world.told.extend(told);
                }
                if matches!(action, Action::Sync(_)) {
                    let server = world.server.clone();
                    join(&mut world.own[device], &server, self.bug);
                }
            }
            Action::Commit(index) | Action::CommitUnheard(index) => {
                let device = usize::from(index);
                let Step::Wants(version, goal, want) = world.steps[device] else { return None };
                let is_unheard = matches!(action, Action::CommitUnheard(_));
                world.losses += u8::from(is_unheard);
                let holds = version == world.version || self.bug == Bug::NoVersion;
                if !holds || is_unheard {
                    if holds && let Some(change) = want {
                        world.version += 1;
                        join(&mut world.server, &vec![change], Bug::None);
                    }
                    if is_unheard && self.bug == Bug::UnheardIsStored {
                        world.steps[device] = learned(want);
                    } else {
                        self.want(&mut world, device, goal);
                    }
                } else {
                    if let Some(change) = want {
                        world.version += 1;
                        join(&mut world.server, &vec![change], Bug::None);
                        join(&mut world.own[device], &vec![change], Bug::None);
                    }
                    world.steps[device] = learned(want);
                }
            }
        }
        world.shown.sort_unstable();
        world.told.sort_unstable();
        world.told.dedup();
        Some(world)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let mut all = vec![
            Property::always(
                "no more is shown than the limit allows each device",
                |devices: &Devices, world: &World| {
                    world.shown.len()
                        <= if devices.is_remote { devices.cap } else { devices.cap * usize::from(devices.devices) }
                },
            ),
            Property::always("a device shows a contact once", |_, world: &World| {
                world.shown.windows(2).all(|two| two[0] != two[1])
            }),
            Property::always("a server's contact is shown on one device", |devices: &Devices, world: &World| {
                let on_two =
                    |(device, id): &(u8, Id)| world.shown.iter().any(|(other, one)| one == id && other != device);
                !devices.is_remote || !world.shown.iter().any(on_two)
            }),
            Property::always("what the server was told of counts there for good", |_, world: &World| {
                let state = |id: Id| world.server.iter().find(|(one, _)| *one == id).map(|(_, state)| *state);
                world.told.iter().all(|(_, id)| state(*id).is_some_and(|state| state >= State::Armed))
            }),
            Property::always("what a device showed counts there", |devices: &Devices, world: &World| {
                let counts = |(device, id): &(u8, Id)| {
                    world.own[usize::from(*device)].iter().any(|(one, state)| one == id && *state >= State::Armed)
                };
                devices.is_remote || world.shown.iter().all(counts)
            }),
            Property::sometimes("the limit is reached", |devices: &Devices, world: &World| {
                world.shown.len() >= devices.cap
            }),
        ];
        if self.is_remote {
            all.push(Property::sometimes("two decide on one version", |_, world: &World| {
                let stale = |step: &Step| matches!(step, Step::Wants(version, Goal::Decide, Some(_)) if *version < world.version);
                world.steps.iter().any(stale)
            }));
        } else {
            all.push(Property::sometimes(
                "devices apart say more than one limit",
                |devices: &Devices, world: &World| world.shown.len() > devices.cap,
            ));
            all.push(Property::sometimes("a sync silences another device", |devices: &Devices, world: &World| {
                let has_said = |device: u8| world.shown.iter().any(|(of, _)| *of == device);
                (0..devices.devices).any(|device| {
                    !has_said(device)
                        && devices.choose(&world.own[usize::from(device)]).is_none()
                        && world.decisions[usize::from(device)] == 0
                })
            }));
        }
        all
    }
}

/// What a device goes on with once it has heard that this is stored.
fn learned(want: Option<(Id, State)>) -> Step {
    match want {
        Some((id, State::Reserved)) => Step::Reserved(id),
        Some((id, State::Armed)) => Step::Armed(id),
        _ => Step::Idle,
    }
}
