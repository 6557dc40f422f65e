//! Coupons: what a customer is granted once, as js/server/offers/ does it. The decision reserves the grant and the contact in one transaction;
//! then the platform is asked for a code, with the grant's key; then the code is stored. Whoever finds a grant that waits for a code asks again
//! with the same key. A customer may claim beside it what a contact was about to tell.

use stateright::{Model, Property};

/// What is wrong on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    None,
    /// the platform is asked first, the grant is stored after
    IssueBeforeReserve,
    /// who is not answered asks again with another key
    AnotherKey,
    /// who is not answered takes the grant back
    SilenceIsNo,
    /// a claim does not look for the grant of a contact
    ClaimBeside,
    /// a grant that waits for a code is nobody's business after a crash
    NobodyAsksAgain,
    /// codes are asked for what lost the decision, too
    AskForLosers,
    /// the budget is looked at in another transaction
    BudgetApart,
    /// the later of two answers replaces the code
    LastCodeHolds,
}

#[derive(Clone, Copy, Debug)]
pub struct Offers {
    pub workers: u8,
    /// what may be granted: one occurrence each
    pub keys: u8,
    pub budget: u8,
    pub crashes: u8,
    pub losses: u8,
    pub refusals: u8,
    pub claims: u8,
    pub decisions: u8,
    /// whether the platform knows a key again
    pub knows_keys: bool,
    pub bug: Bug,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grant {
    None,
    Reserved,
    Issued(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Step {
    Idle,
    /// only with `BudgetApart`: there was room
    Room(u8),
    /// about to ask the platform, for the so-manieth time
    Ask(u8, u8),
    /// the platform has a code and did not say so, or has none; nobody knows
    Silent(u8, u8),
    /// it gave a code
    Got(u8, u8),
    /// it said no
    No(u8),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    grants: Vec<Grant>,
    /// whether a contact won with it, or a customer claimed it
    is_due: Vec<bool>,
    granted: u8,
    /// what the platform has issued: the key, which includes the attempt where that is wrong, and the code
    issued: Vec<(u8, u8, u8)>,
    /// the codes that somebody was told
    told: Vec<(u8, u8)>,
    workers: Vec<Step>,
    crashes: u8,
    losses: u8,
    refusals: u8,
    claims: u8,
    decisions: u8,
    asked_again: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Decide(u8),
    Claim(u8, u8),
    Reserve(u8),
    /// somebody finds a grant that waits for its code
    Find(u8, u8),
    /// whether the platform issues, and whether it answers
    Issue(u8, bool, bool),
    Again(u8),
    GiveUp(u8),
    Store(u8),
    Crash(u8),
}

impl Offers {
    fn reserve(&self, world: &mut World, worker: usize, key: u8) {
        world.granted += 1;
        world.is_due[usize::from(key)] = true;
        world.grants[usize::from(key)] = Grant::Reserved;
        world.workers[worker] = Step::Ask(key, 0);
    }

    /// What the platform does with a question.
    fn issue(&self, world: &mut World, key: u8, attempt: u8) -> u8 {
        let attempt = if self.bug == Bug::AnotherKey { attempt } else { 0 };
        let known = world.issued.iter().find(|(of, its, _)| (*of, *its) == (key, attempt)).filter(|_| self.knows_keys);
        if let Some((.., code)) = known {
            return *code;
        }
        let code = world.issued.len() as u8;
        world.issued.push((key, attempt, code));
        code
    }
}

impl Model for Offers {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        vec![World {
            grants: vec![Grant::None; usize::from(self.keys)],
            is_due: vec![false; usize::from(self.keys)],
            granted: 0,
            issued: Vec::new(),
            told: Vec::new(),
            workers: vec![Step::Idle; usize::from(self.workers)],
            crashes: 0,
            losses: 0,
            refusals: 0,
            claims: 0,
            decisions: 0,
            asked_again: false,
        }]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        for (index, step) in (0..).zip(&world.workers) {
            match *step {
                Step::Idle => {
                    if world.decisions < self.decisions {
                        actions.push(Action::Decide(index));
                    }
                    for key in 0..self.keys {
                        if world.claims < self.claims {
                            actions.push(Action::Claim(index, key));
                        }
                        if world.grants[usize::from(key)] == Grant::Reserved && self.bug != Bug::NobodyAsksAgain {
                            actions.push(Action::Find(index, key));
                        }
                    }
                }
                Step::Room(_) => actions.push(Action::Reserve(index)),
                Step::Ask(..) => {
                    actions.push(Action::Issue(index, true, true));
                    if world.losses < self.losses {
                        actions.extend([Action::Issue(index, true, false), Action::Issue(index, false, false)]);
                    }
                    if world.refusals < self.refusals {
                        actions.push(Action::Issue(index, false, true));
                    }
                }
                Step::Silent(..) => actions.extend([Action::Again(index), Action::GiveUp(index)]),
                Step::Got(..) | Step::No(_) => actions.push(Action::Store(index)),
            }
            if *step != Step::Idle && world.crashes < self.crashes {
                actions.push(Action::Crash(index));
            }
        }
    }

    fn next_state(&self, last: &World, action: Action) -> Option<World> {
        let mut world = last.clone();
        match action {
            Action::Decide(index) => {
                let worker = usize::from(index);
                world.decisions += 1;
                // of all that are due at once one is told
                let won = (0..self.keys).find(|key| world.grants[usize::from(*key)] == Grant::None)?;
                if world.granted >= self.budget {
                    return None;
                }
                match self.bug {
                    Bug::BudgetApart => world.workers[worker] = Step::Room(won),
                    Bug::IssueBeforeReserve => {
                        world.is_due[usize::from(won)] = true;
                        world.granted += 1;
                        world.workers[worker] = Step::Ask(won, 0);
                    }
                    Bug::AskForLosers => {
                        self.reserve(&mut world, worker, won);
                        for lost in (0..self.keys).filter(|key| *key != won) {
                            self.issue(&mut world, lost, 0);
                        }
                    }
                    _ => self.reserve(&mut world, worker, won),
                }
            }
            Action::Reserve(index) => {
                let Step::Room(key) = world.workers[usize::from(index)] else { return None };
                if world.grants[usize::from(key)] == Grant::None {
                    self.reserve(&mut world, usize::from(index), key);
                } else {
                    world.workers[usize::from(index)] = Step::Idle;
                }
            }
            Action::Claim(index, key) => {
                let worker = usize::from(index);
                world.claims += 1;
                match world.grants[usize::from(key)] {
                    Grant::Issued(code) => world.told.push((key, code)),
                    // it asks with the key of the contact's grant
                    Grant::Reserved if self.bug == Bug::ClaimBeside => {
                        world.issued.push((key, 9, world.issued.len() as u8));
                    }
                    Grant::Reserved => world.workers[worker] = Step::Ask(key, 0),
                    Grant::None if world.granted >= self.budget => return None,
                    Grant::None => self.reserve(&mut world, worker, key),
                }
            }
            Action::Find(index, key) => {
                world.asked_again = true;
                world.workers[usize::from(index)] = Step::Ask(key, 1);
            }
            Action::Issue(index, issues, answers) => {
                let worker = usize::from(index);
                let Step::Ask(key, attempt) = world.workers[worker] else { return None };
                let code = issues.then(|| self.issue(&mut world, key, attempt));
                world.losses += u8::from(!answers);
                world.refusals += u8::from(answers && !issues);
                world.workers[worker] = match (answers, code) {
                    (true, Some(code)) => Step::Got(key, code),
                    (true, None) => Step::No(key),
                    (false, _) => Step::Silent(key, attempt),
                };
            }
            Action::Again(index) => {
                let Step::Silent(key, attempt) = world.workers[usize::from(index)] else { return None };
                world.workers[usize::from(index)] = Step::Ask(key, attempt + 1);
            }
            Action::GiveUp(index) => {
                let Step::Silent(key, _) = world.workers[usize::from(index)] else { return None };
                if self.bug == Bug::SilenceIsNo {
                    world.grants[usize::from(key)] = Grant::None;
                    world.granted -= 1;
                }
                world.workers[usize::from(index)] = Step::Idle;
            }
            Action::Store(index) => {
                let worker = usize::from(index);
                // who was told no leaves the grant: another may have asked meanwhile, and was told yes
                if let Step::Got(key, code) = world.workers[worker] {
                    let grant = &mut world.grants[usize::from(key)];
                    let code = match *grant {
                        Grant::Issued(first) if self.bug != Bug::LastCodeHolds => first,
                        _ => code,
                    };
                    *grant = Grant::Issued(code);
                    world.told.push((key, code));
                }
                world.workers[worker] = Step::Idle;
            }
            Action::Crash(index) => {
                world.workers[usize::from(index)] = Step::Idle;
                world.crashes += 1;
            }
        }
        world.told.sort_unstable();
        world.told.dedup();
        world.workers.sort_unstable();
        Some(world)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("there are never two coupons of one grant", |offers: &Offers, world: &World| {
                !offers.knows_keys
                    || (0..offers.keys).all(|key| world.issued.iter().filter(|(of, ..)| *of == key).count() <= 1)
            }),
            Property::always("a coupon is issued only for a winner or a claim", |_, world: &World| {
                world.issued.iter().all(|(key, ..)| world.is_due[usize::from(*key)])
            }),
            Property::always("no coupon is lost", |_, world: &World| {
                // somebody holds it, or will find it
                let is_asked = |key: u8| {
                    world.workers.iter().any(
                        |step| matches!(step, Step::Ask(of, _) | Step::Silent(of, _) | Step::Got(of, _) if *of == key),
                    )
                };
                world.issued.iter().all(|(key, ..)| world.grants[usize::from(*key)] != Grant::None || is_asked(*key))
            }),
            Property::always("nobody waits for a code that nobody asks for", |offers: &Offers, world: &World| {
                let is_quiet = world.workers.iter().all(|step| *step == Step::Idle);
                let mut next = Vec::new();
                offers.actions(world, &mut next);
                !is_quiet
                    || !world.grants.contains(&Grant::Reserved)
                    || next.iter().any(|action| matches!(action, Action::Find(..)))
            }),
            Property::always("a customer is told one code of a grant", |_, world: &World| {
                world.told.windows(2).all(|two| two[0].0 != two[1].0)
            }),
            Property::always("no more is granted than the budget has", |offers: &Offers, world: &World| {
                world.grants.iter().filter(|grant| **grant != Grant::None).count() <= usize::from(offers.budget)
            }),
            Property::sometimes("a code is stored", |_, world: &World| {
                world.grants.iter().any(|grant| matches!(grant, Grant::Issued(_)))
            }),
            Property::sometimes("the platform issued and nobody heard", |_, world: &World| {
                let has_silent = world.workers.iter().any(|step| matches!(step, Step::Silent(..)));
                has_silent && !world.issued.is_empty() && world.told.is_empty()
            }),
            Property::sometimes("what a crash left is found and ends well", |_, world: &World| {
                world.crashes > 0
                    && world.asked_again
                    && !world.told.is_empty()
                    && !world.grants.contains(&Grant::Reserved)
            }),
        ]
    }
}
