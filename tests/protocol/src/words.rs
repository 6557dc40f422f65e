//! The words that all models share: those of the ledger, and how a model is checked.

use stateright::{Checker, HasDiscoveries, Model};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::hash::Hash;
use std::time::{Duration, Instant};

/// How far a contact got; of two copies the higher state holds (js/ledger/record.js).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    Reserved,
    Released,
    Armed,
    Delivered,
    Failed,
}

impl State {
    /// As the stores write it.
    pub fn word(self) -> &'static str {
        match self {
            State::Reserved => "reserved",
            State::Released => "released",
            State::Armed => "armed",
            State::Delivered => "delivered",
            State::Failed => "failed",
        }
    }
}

/// What names a contact: the engine hashes the campaign, the customer, what it is about, and how many earlier attempts do not count any longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id {
    pub campaign: u8,
    pub attempt: u8,
}

/// What a run of a model found.
pub struct Found {
    pub states: usize,
    pub transitions: usize,
    pub seconds: f32,
    /// the properties that do not hold, each with the steps that lead there
    pub broken: Vec<(&'static str, Vec<String>)>,
    /// what should be possible and was not seen
    pub missed: Vec<&'static str>,
}

/// Runs a model through all its states, or up to the first that breaks a property: this one, or any.
pub fn check<M>(model: M, until: Option<&'static str>) -> Found
where
    M: Model + Send + Sync + 'static,
    M::State: Clone + Debug + Hash + PartialEq + Send + Sync + 'static,
    M::Action: Clone + Debug + PartialEq + Send + 'static,
{
    check_for(model, until, None)
}

/// The same, for so long and up to so many states at most.
pub fn check_for<M>(model: M, until: Option<&'static str>, bounds: Option<(Duration, usize)>) -> Found
where
    M: Model + Send + Sync + 'static,
    M::State: Clone + Debug + Hash + PartialEq + Send + Sync + 'static,
    M::Action: Clone + Debug + PartialEq + Send + 'static,
{
    let start = Instant::now();
    let names: Vec<(&'static str, bool)> =
        model.properties().iter().map(|one| (one.name, one.expectation.discovery_is_failure())).collect();
    let fails = |name: &str| until.is_none_or(|until| until == name);
    let failures: BTreeSet<&'static str> =
        names.iter().filter(|(name, is_promise)| *is_promise && fails(name)).map(|(name, _)| *name).collect();
    assert!(!failures.is_empty(), "no such property: {until:?}");
    let mut checker = model.checker().threads(2).finish_when(HasDiscoveries::AnyOf(failures));
    if let Some((time, states)) = bounds {
        checker = checker.timeout(time).target_state_count(states);
    }
    let checker = checker.spawn_bfs().join();
    let seconds = start.elapsed().as_secs_f32();
    let mut found = Found {
        states: checker.unique_state_count(),
        transitions: checker.state_count(),
        seconds,
        broken: Vec::new(),
        missed: Vec::new(),
    };
    let seen = checker.discoveries();
    for (name, fails) in names {
        match seen.get(name) {
            Some(path) if fails => {
                let steps = path.clone().into_actions().iter().map(|action| format!("{action:?}")).collect();
                found.broken.push((name, steps));
            }
            None if !fails => found.missed.push(name),
            _ => {}
        }
    }
    found
}
