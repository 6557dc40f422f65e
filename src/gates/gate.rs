//! What a gate is, and how it answers.

use crate::base::explanation;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::decision::{Refusal, RefusalCode};

/// A gate. To add one: a file with its codes and its `GATE`, and its two lines in `mod.rs`.
pub(crate) struct Gate {
    /// every code it refuses with, in the order of the contract
    #[cfg(not(target_family = "wasm"))]
    pub codes: &'static [&'static RefusalCode],
    /// whether it asks if there is something new to say; a campaign with nothing new to say is no reason for its substitute to speak
    pub is_about_news: bool,
    /// whether a contact can change its answer, other than through a fact, as `daysSince.contact`
    pub sees_contacts: bool,
    pub ahead: Ahead,
    pub check: fn(&Candidate) -> Verdict,
    /// completes the figures of a refusal while no other gate refuses
    pub complete: Option<fn(&Candidate, &mut Refusal)>,
}

/// How often a gate is asked to know when a campaign may speak, while no fact changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ahead {
    /// until it passes: then it passes for good
    Once,
    /// about each instant
    Always,
    /// not at all: the plan counts by itself
    Never,
}

#[cfg(not(target_family = "wasm"))]
impl Gate {
    /// The name of the gate, which each of its codes has.
    pub fn name(&self) -> &'static str {
        self.codes.first().map_or("", |code| code.gate)
    }
}

/// A gate's answer, with how long it holds if nothing happens but time.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// why the gate refuses; none: it passes
    pub refusal: Option<Refusal>,
    /// the answer, to pass or to refuse with this code, stays the same at least until then
    pub until: Instant,
    /// while it refuses: it does not pass before, though it may come to refuse with another of its codes
    pub not_before: Instant,
}

impl Verdict {
    /// The gate passes at least until then.
    pub fn pass(until: Instant) -> Verdict {
        Verdict { refusal: None, until, not_before: until }
    }

    /// The gate refuses at least until then. `detail` is asked for the figures where somebody will be told them.
    pub fn refuse(
        candidate: &Candidate,
        code: &'static RefusalCode,
        detail: impl FnOnce() -> Tree,
        until: Instant,
    ) -> Verdict {
        Verdict::refuse_until(candidate, code, detail, until, until)
    }

    /// The gate refuses with another code from `until` on at the earliest, and does not pass before `not_before`.
    pub fn refuse_until(
        candidate: &Candidate,
        code: &'static RefusalCode,
        detail: impl FnOnce() -> Tree,
        until: Instant,
        not_before: Instant,
    ) -> Verdict {
        let detail = explanation::detail(candidate.is_told, detail);
        Verdict { refusal: Some(code.refusal(detail)), until: until.min(not_before), not_before }
    }
}

/// The answer of a gate with several reasons to refuse: the first of them that does.
pub(crate) fn first(candidate: &Candidate, reasons: &[fn(&Candidate) -> Verdict]) -> Verdict {
    let mut first = Verdict::pass(Instant::NEVER);
    for reason in reasons {
        let verdict = reason(candidate);
        if first.refusal.is_none() {
            // a reason before it that comes to refuse gives the answer another code
            let until = first.until.min(verdict.until);
            first = Verdict {
                until,
                not_before: if verdict.refusal.is_some() { verdict.not_before } else { until },
                ..verdict
            };
        } else if verdict.refusal.is_some() {
            first.not_before = first.not_before.max(verdict.not_before);
        }
    }
    first
}
