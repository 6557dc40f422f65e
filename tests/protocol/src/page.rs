//! One browser: several tabs over one store, as js/shop/session.js, js/shop/display.js and js/ledger/indexeddb.js do it. A transaction is one
//! step, and between any two steps another tab may go on, the clock may jump, a tab may crash, the store may be emptied.
//!
//! A tab decides (one transaction: it reads, decides and reserves), learns the answer, arms (one transaction), shows, and says that it is
//! delivered. Without an element the contact waits for one.

use crate::words::{Id, State};
use stateright::{Model, Property};

/// How long a reservation lasts, and how far ahead a date is believed: a tick is longer.
pub const LEASE: u8 = 2;
pub const SKEW: u8 = 0;
/// How far a clock jumps.
pub const JUMP: u8 = 3;
/// The records that are made of what a browser keeps beside its database have ids of their own.
const BESIDE: u8 = 100;

/// What is wrong on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    None,
    /// what was read is decided about in another transaction
    SplitTransaction,
    /// shown first, armed after
    ShowBeforeArm,
    /// arming asks neither for the state …
    ArmAnyState,
    /// … nor for the lease
    ArmAfterLease,
    /// what is armed lapses, too
    LapseArmed,
    /// a limit counts what is delivered alone
    CountDelivered,
    /// a lapsed reservation stays reserved
    NoSweep,
    /// arming asks whether the latest decision obeyed the wishes, not the contact's own
    ObeysLatest,
    /// arming does not read the wishes
    IgnoreWishes,
    /// nothing is kept beside the database
    NoWitness,
    /// a record dated ahead counts by its date alone
    IgnoreAhead,
}

/// The model and its size.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub tabs: u8,
    pub campaigns: u8,
    pub cap: usize,
    /// 0: the limit counts for good
    pub window: u8,
    /// so many ticks of the real time
    pub ticks: u8,
    pub decisions: u8,
    pub crashes: u8,
    pub jumps: u8,
    pub wipes: u8,
    pub vanishes: u8,
    pub withdrawals: bool,
    /// whether tabs are alike, so that which is which need not be told apart
    pub alike: bool,
    pub bug: Bug,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Record {
    pub id: Id,
    pub state: State,
    pub at: u8,
    /// when a date ahead was first seen
    pub seen: Option<u8>,
    pub lease: u8,
}

/// What a tab is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    Idle,
    /// only with `SplitTransaction`
    Read(Option<Id>),
    /// the decision is stored, the tab has not learned it
    Decided(Option<Id>),
    Arming(Id),
    /// whether it may be shown is stored, the tab has not learned it
    Armed(Id, bool, bool),
    Shown(Id),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tab {
    pub step: Step,
    /// what waits for its element, and which wishes its own decision obeyed
    pub contact: Option<(Id, bool)>,
    pub has_element: bool,
    /// which wishes the latest decision obeyed
    obeyed: bool,
    /// what was armed here and is not shown yet
    armed: Option<Id>,
    decisions: u8,
}

/// A contact that somebody saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seen {
    pub id: Id,
    /// the real time at which it was armed
    at: u8,
    /// whether it was armed after a withdrawal
    late: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    pub now: u8,
    real: u8,
    /// the least and the greatest error of the clock so far, from 100
    errors: (u8, u8),
    pub records: Vec<Record>,
    /// what the browser keeps beside the database: the campaign and when
    beside: Vec<(u8, u8)>,
    pub withdrawn: bool,
    pub tabs: Vec<Tab>,
    pub seen: Vec<Seen>,
    /// the real times of arming, for what is not shown yet
    arming: Vec<(Id, u8)>,
    crashes: u8,
    jumps: u8,
    wipes: u8,
    vanishes: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Decide(u8),
    Write(u8),
    Learn(u8),
    Arm(u8),
    Show(u8),
    Confirm(u8),
    Appear(u8),
    Vanish(u8),
    Crash(u8),
    Withdraw,
    Wipe,
    Tick,
    Back,
    Forward,
}

const NEW: Tab = Tab { step: Step::Idle, contact: None, has_element: true, obeyed: false, armed: None, decisions: 0 };

impl Page {
    pub fn begin(&self) -> World {
        World {
            now: JUMP * self.jumps,
            real: 0,
            errors: (100, 100),
            records: Vec::new(),
            beside: Vec::new(),
            withdrawn: false,
            tabs: vec![NEW; usize::from(self.tabs)],
            seen: Vec::new(),
            arming: Vec::new(),
            crashes: 0,
            jumps: 0,
            wipes: 0,
            vanishes: 0,
        }
    }

    /// Whether it holds its place for its campaign.
    fn counts(&self, world: &World, record: &Record) -> bool {
        match record.state {
            State::Released | State::Failed => false,
            State::Reserved => record.lease > world.now && self.bug != Bug::CountDelivered,
            State::Armed => self.bug != Bug::CountDelivered,
            State::Delivered => true,
        }
    }

    /// Whether the limit counts it.
    fn is_in_window(&self, world: &World, record: &Record) -> bool {
        let at = record.seen.map_or(record.at, |seen| seen.min(record.at));
        self.window == 0
            || at > world.now && self.bug != Bug::IgnoreAhead
            || at <= world.now && world.now - at < self.window
    }

    /// The contact that would be said now.
    fn choose(&self, world: &World) -> Option<Id> {
        let counted = |record: &&Record| self.counts(world, record) && self.is_in_window(world, record);
        if world.withdrawn || world.records.iter().filter(counted).count() >= self.cap {
            return None;
        }
        // those kept beside the database do not say what they were about
        let of =
            |campaign| world.records.iter().filter(move |one| one.id.campaign == campaign && one.id.attempt < BESIDE);
        let free = |campaign: &u8| !of(*campaign).any(|record| self.counts(world, record));
        let campaign = (0..self.campaigns).find(free)?;
        Some(Id { campaign, attempt: of(campaign).count() as u8 })
    }

    /// What each transaction does first: a database that was emptied gets what is kept beside it.
    fn open(world: &mut World) {
        if world.records.is_empty() {
            for (index, (campaign, at)) in world.beside.iter().enumerate() {
                let id = Id { campaign: *campaign, attempt: BESIDE + index as u8 };
                world.records.push(Record { id, state: State::Delivered, at: *at, seen: None, lease: 0 });
            }
        }
    }

    /// What a decision stores of the records that are there.
    fn sweep(&self, world: &mut World) {
        let now = world.now;
        for record in &mut world.records {
            let at = record.seen.map_or(record.at, |seen| seen.min(record.at));
            if at > now + SKEW && self.bug != Bug::IgnoreAhead {
                record.seen = Some(now);
            }
            let lapses = record.state == State::Reserved && self.bug != Bug::NoSweep
                || record.state == State::Armed && self.bug == Bug::LapseArmed;
            if lapses && record.lease <= now {
                record.state = State::Released;
            }
        }
    }

    fn reserve(&self, world: &mut World, tab: usize, chosen: Option<Id>) {
        world.tabs[tab].obeyed = world.withdrawn;
        if let Some(id) = chosen {
            let new = Record { id, state: State::Reserved, at: world.now, seen: None, lease: world.now + LEASE };
            put(world, new);
            world.tabs[tab].contact = Some((id, world.withdrawn));
        }
    }

    /// The transaction before a contact is shown.
    fn arm(&self, world: &mut World, tab: usize, id: Id) {
        let (now, withdrawn) = (world.now, world.withdrawn);
        let Tab { contact, obeyed, armed, .. } = world.tabs[tab];
        let own = contact.is_some_and(|(_, own)| own);
        let obeyed = if self.bug == Bug::ObeysLatest { obeyed } else { own };
        let obeys = obeyed == withdrawn || self.bug == Bug::IgnoreWishes;
        let record = world.records.iter_mut().find(|record| record.id == id);
        let allowed = record.filter(|record| {
            let is_ours = record.state == State::Reserved || record.state == State::Armed && armed == Some(id);
            (is_ours || self.bug == Bug::ArmAnyState) && (record.lease > now || self.bug == Bug::ArmAfterLease) && obeys
        });
        let is_allowed = allowed.is_some();
        if let Some(record) = allowed {
            if record.state < State::Armed && self.bug != Bug::NoWitness {
                world.beside.push((id.campaign, now));
            }
            record.state = record.state.max(State::Armed);
            record.at = record.at.max(now);
            world.tabs[tab].armed = Some(id);
            world.arming.retain(|(one, _)| *one != id);
            world.arming.push((id, world.real));
        }
        world.tabs[tab].step = Step::Armed(id, is_allowed, withdrawn);
    }

    fn show(world: &mut World, tab: usize, id: Id, late: bool) {
        let at = world.arming.iter().find(|(one, _)| *one == id).map_or(world.real, |(_, at)| *at);
        world.arming.retain(|(one, _)| *one != id);
        world.seen.push(Seen { id, at, late });
        let tab = &mut world.tabs[tab];
        (tab.step, tab.armed, tab.contact) = (Step::Shown(id), None, None);
    }

    /// Whether some real window as long as the limit's, less what the clock was wrong, had more than the cap. A reservation whose date seemed
    /// ahead counts from when that was seen, which may be a lease, and once more what the clock was wrong, before it is armed.
    fn is_over(&self, world: &World) -> bool {
        if self.window == 0 {
            return world.seen.len() > self.cap;
        }
        let wrong = if world.jumps > 0 { 2 * (world.errors.1 - world.errors.0) + LEASE } else { 0 };
        let Some(length) = self.window.checked_sub(wrong) else { return false };
        let within = |from: u8| world.seen.iter().filter(|one| one.at >= from && one.at - from < length).count();
        world.seen.iter().any(|one| within(one.at) > self.cap)
    }
}

/// Merges a record into those of the same id (js/ledger/record.js).
fn put(world: &mut World, new: Record) {
    match world.records.iter_mut().find(|record| record.id == new.id) {
        Some(known) => {
            known.state = known.state.max(new.state);
            known.at = known.at.max(new.at);
            known.lease = known.lease.max(new.lease);
        }
        None => world.records.push(new),
    }
}

impl Model for Page {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        vec![self.begin()]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        for (index, tab) in (0..).zip(&world.tabs) {
            match tab.step {
                Step::Idle => {
                    if tab.decisions < self.decisions {
                        actions.push(Action::Decide(index));
                    }
                    if !tab.has_element {
                        actions.push(Action::Appear(index));
                    }
                }
                Step::Read(_) => actions.push(Action::Write(index)),
                Step::Decided(_) => actions.push(Action::Learn(index)),
                Step::Arming(_) => actions.push(Action::Arm(index)),
                Step::Armed(..) => actions.push(Action::Show(index)),
                Step::Shown(_) => actions.push(Action::Confirm(index)),
            }
            if tab.has_element && world.vanishes < self.vanishes && tab.step != Step::Idle {
                actions.push(Action::Vanish(index));
            }
            if world.crashes < self.crashes && (tab.step != Step::Idle || tab.contact.is_some()) {
                actions.push(Action::Crash(index));
            }
        }
        if self.withdrawals && !world.withdrawn {
            actions.push(Action::Withdraw);
        }
        if world.wipes < self.wipes {
            actions.push(Action::Wipe);
        }
        if world.real < self.ticks {
            actions.push(Action::Tick);
        }
        if world.jumps < self.jumps {
            actions.extend([Action::Back, Action::Forward]);
        }
    }

    fn next_state(&self, last: &World, action: Action) -> Option<World> {
        let mut world = last.clone();
        match action {
            Action::Decide(index) => {
                let tab = usize::from(index);
                Page::open(&mut world);
                self.sweep(&mut world);
                world.tabs[tab].decisions += 1;
                let chosen = self.choose(&world);
                if self.bug == Bug::SplitTransaction {
                    world.tabs[tab].step = Step::Read(chosen);
                } else {
                    self.reserve(&mut world, tab, chosen);
                    world.tabs[tab].step = Step::Decided(chosen);
                }
            }
            Action::Write(index) => {
                let tab = usize::from(index);
                let Step::Read(chosen) = world.tabs[tab].step else { return None };
                // nobody else can have made the same id: it would be merged
                let taken = |id: Id| world.records.iter().any(|record| record.id == id);
                let chosen =
                    chosen.map(|id| if taken(id) { Id { attempt: id.attempt + 50 + index, ..id } } else { id });
                self.reserve(&mut world, tab, chosen);
                world.tabs[tab].step = Step::Decided(chosen);
            }
            Action::Learn(index) => {
                let tab = usize::from(index);
                let Step::Decided(chosen) = world.tabs[tab].step else { return None };
                match chosen {
                    Some(id) if world.tabs[tab].has_element && self.bug == Bug::ShowBeforeArm => {
                        Page::show(&mut world, tab, id, false);
                    }
                    Some(id) if world.tabs[tab].has_element => world.tabs[tab].step = Step::Arming(id),
                    _ => world.tabs[tab].step = Step::Idle,
                }
            }
            Action::Arm(index) => {
                let tab = usize::from(index);
                let Step::Arming(id) = world.tabs[tab].step else { return None };
                Page::open(&mut world);
                self.arm(&mut world, tab, id);
            }
            Action::Show(index) => {
                let tab = usize::from(index);
                let Step::Armed(id, is_allowed, late) = world.tabs[tab].step else { return None };
                match (is_allowed, world.tabs[tab].has_element) {
                    (true, true) => Page::show(&mut world, tab, id, late),
                    (true, false) => world.tabs[tab].step = Step::Idle,
                    (false, _) => (world.tabs[tab].step, world.tabs[tab].contact) = (Step::Idle, None),
                }
            }
            Action::Confirm(index) => {
                let tab = usize::from(index);
                let Step::Shown(id) = world.tabs[tab].step else { return None };
                Page::open(&mut world);
                let now = world.now;
                if self.bug == Bug::ShowBeforeArm {
                    self.arm(&mut world, tab, id);
                }
                put(&mut world, Record { id, state: State::Delivered, at: now, seen: None, lease: 0 });
                world.tabs[tab].step = Step::Idle;
            }
            Action::Appear(index) => {
                let tab = &mut world.tabs[usize::from(index)];
                tab.has_element = true;
                if let Some((id, _)) = tab.contact {
                    tab.step = Step::Arming(id);
                }
            }
            Action::Vanish(index) => {
                world.tabs[usize::from(index)].has_element = false;
                world.vanishes += 1;
            }
            Action::Crash(index) => {
                let tab = &mut world.tabs[usize::from(index)];
                *tab = Tab { decisions: tab.decisions, ..NEW };
                world.crashes += 1;
            }
            Action::Withdraw => world.withdrawn = true,
            Action::Wipe => {
                world.records.clear();
                world.wipes += 1;
            }
            Action::Tick => {
                world.real += 1;
                world.now += 1;
            }
            Action::Back | Action::Forward => {
                world.now = if action == Action::Back { world.now - JUMP } else { world.now + JUMP };
                world.jumps += 1;
                let error = 100 + world.now - world.real - JUMP * self.jumps;
                world.errors = (world.errors.0.min(error), world.errors.1.max(error));
            }
        }
        world.records.sort_unstable();
        world.seen.sort_unstable();
        world.arming.sort_unstable();
        if self.alike {
            world.tabs.sort_unstable();
        }
        Some(world)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let all = vec![
            Property::always("no more is shown than the limit allows", |page: &Page, world: &World| {
                !page.is_over(world)
            }),
            Property::always("a contact is shown once", |_, world: &World| {
                world.wipes > 0 || world.seen.windows(2).all(|two| two[0].id != two[1].id)
            }),
            Property::always("a campaign that speaks once is shown once", |_, world: &World| {
                world.wipes > 0 || world.seen.windows(2).all(|two| two[0].id.campaign != two[1].id.campaign)
            }),
            Property::always("what is shown counts", |_, world: &World| {
                let counts = |id: Id| {
                    world.records.iter().any(|one| one.id == id && matches!(one.state, State::Armed | State::Delivered))
                };
                world.wipes > 0 || world.seen.iter().all(|one| counts(one.id))
            }),
            Property::always("nothing is shown that was armed after a withdrawal", |_, world: &World| {
                world.seen.iter().all(|one| !one.late)
            }),
            Property::sometimes("the limit is reached", |page: &Page, world: &World| world.seen.len() >= page.cap),
            Property::sometimes("a place that lapsed is given again", |_, world: &World| {
                world.seen.iter().any(|one| one.id.attempt > 0 && one.id.attempt < BESIDE)
            }),
        ];
        let withdrawn: fn(&Page, &World) -> bool =
            |_, world| world.withdrawn && world.tabs.iter().any(|tab| matches!(tab.step, Step::Armed(_, false, true)));
        let remembered: fn(&Page, &World) -> bool =
            |_, world| world.records.iter().any(|one| one.id.attempt >= BESIDE) && !world.seen.is_empty();
        let crashed: fn(&Page, &World) -> bool = |_, world: &World| {
            let holds = |id: Id| world.tabs.iter().any(|tab| tab.armed == Some(id));
            let is_lost = |one: &Record| {
                one.state == State::Armed && !holds(one.id) && world.seen.iter().all(|seen| seen.id != one.id)
            };
            world.crashes > 0 && world.records.iter().any(is_lost)
        };
        let more = [
            (self.crashes > 0, Property::sometimes("a tab crashes between arm and show", crashed)),
            (self.withdrawals, Property::sometimes("a withdrawal stops what was decided", withdrawn)),
            (self.wipes > 0, Property::sometimes("an emptied browser remembers that it spoke", remembered)),
        ];
        all.into_iter().chain(more.into_iter().filter(|(asked, _)| *asked).map(|(_, one)| one)).collect()
    }
}
