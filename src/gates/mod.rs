//! The gates: each lets a candidate pass or refuses it, with a code, its figures, and the instant until which the answer holds.
//! To add one: a new file, its `mod`, and its place in `GATES`. The order is the contract's.

mod audience;
mod budget;
mod calm;
mod care;
mod consent;
pub(crate) mod gate;
mod honesty;
mod kind;
pub(crate) mod limits;
mod occasion;
mod quiet_hours;
mod relevance;
mod repeat;
mod wishes;

use crate::base::explanation;
use crate::calendar::{HORIZON, Instant};
use crate::candidates::candidate::Candidate;
use crate::decision::Refusal;
use crate::language::condition::Truth;
use gate::{Ahead, Gate, Verdict};

/// Every gate, in order.
pub(crate) const GATES: &[Gate] = &[
    occasion::GATE,
    audience::GATE,
    kind::GATE,
    consent::GATE,
    wishes::GATE,
    care::GATE,
    relevance::GATE,
    repeat::GATE,
    calm::GATE,
    limits::GATE,
    quiet_hours::GATE,
    budget::GATE,
    honesty::GATE,
];

/// What all gates say of a candidate.
#[derive(Debug)]
pub(crate) struct Judgement {
    /// none: all pass
    pub refusals: Vec<Refusal>,
    /// the instant before which not all gates pass; none: they pass
    pub not_before: Option<Instant>,
    /// the same of all gates but limits
    pub beside_limits: Option<Instant>,
    /// the instant before which not all gates pass, whatever contacts are made
    pub whoever_speaks: Option<Instant>,
    /// while no fact changes, the gates but limits that pass do so at least until then
    pub passes_until: Instant,
    /// whether each of the gates that are asked ahead only once passes
    pub passed_once: bool,
}

impl Judgement {
    /// What is known where a gate that asks about the customer alone settles the matter.
    pub fn of_customer(candidate: &Candidate, (refusal, not_before): (Refusal, Instant)) -> Judgement {
        Judgement {
            refusals: vec![refusal],
            not_before: Some(not_before),
            beside_limits: Some(not_before),
            whoever_speaks: Some(not_before).filter(|_| !candidate.context.policy.asks_of_contacts),
            passes_until: Instant::NEVER,
            passed_once: false,
        }
    }

    /// Whether all gates pass.
    pub fn passes(&self) -> bool {
        self.refusals.is_empty()
    }
}

/// Visits what each gate says, in order, until `visit` wants no more. Without an occasion there is nothing for the gates after the first
/// to judge.
pub(crate) fn each_verdict(candidate: &Candidate, visit: &mut dyn FnMut(&Gate, Verdict) -> bool) {
    each_asked(candidate, still_asked(false), visit);
}

/// The same of some gates.
fn each_asked(candidate: &Candidate, asked: &[Ahead], visit: &mut dyn FnMut(&Gate, Verdict) -> bool) {
    for gate in GATES.iter().filter(|gate| asked.contains(&gate.ahead)) {
        #[cfg(test)]
        if crate::base::switch::is_off(gate.name()) {
            continue;
        }
        if !visit(gate, (gate.check)(candidate)) || candidate.occurrence.is_none() {
            break;
        }
    }
}

/// Asks the gates that ask about the customer alone, neither what is spoken of nor what was: where only the answer counts, they spare
/// looking for that. Whether all of them pass; or the refusal that settles the matter, and the instant before which its gate does not
/// pass: that is later than anybody looks ahead, or the customer is not one of the audience, so that the plan has no place for the
/// campaign.
pub(crate) fn ask_customer(candidate: &Candidate) -> Result<bool, (Refusal, Instant)> {
    let mut passed = true;
    for gate in GATES.iter().filter(|gate| gate.ahead == Ahead::Once) {
        #[cfg(test)]
        if crate::base::switch::is_off(gate.name()) {
            continue;
        }
        let Verdict { refusal, not_before, .. } = (gate.check)(candidate);
        let Some(refusal) = refusal else { continue };
        if refusal.gate == audience::NOT_IN_AUDIENCE.gate || not_before > candidate.context.now + HORIZON {
            return Err((refusal, not_before));
        }
        passed = false;
    }
    Ok(passed)
}

/// The gates that are still to be asked, where it is known whether those about the customer pass.
fn still_asked(passed: bool) -> &'static [Ahead] {
    if passed { &[Ahead::Always, Ahead::Never] } else { &[Ahead::Once, Ahead::Always, Ahead::Never] }
}

/// An instant before which not all gates pass; its own if they pass now. It may be any instant after `last` if they do not pass by then.
/// `passed`: those about the customer do.
pub(crate) fn passes_from(candidate: &Candidate, last: Instant, passed: bool) -> Instant {
    let mut from = candidate.at;
    each_asked(candidate, still_asked(passed), &mut |_, verdict| {
        if verdict.refusal.is_some() {
            from = from.max(verdict.not_before.max(candidate.at + 1));
        }
        from <= last
    });
    from
}

/// Whether a campaign gives its offer now, spoken of or not: who the customer is, what the kind demands, and the offer itself allow it.
pub(crate) fn gives(candidate: &Candidate) -> bool {
    let asked = [audience::GATE.check, kind::demands, budget::not_spent, budget::within_share, honesty::offer_is_live];
    candidate.campaign.kind.phases.contains(&candidate.standing.phase)
        && asked.iter().all(|check| check(candidate).refusal.is_none())
}

/// Whether the gates but limits let a campaign speak at an instant to come, while no fact changes, and until when that stays so. `again`:
/// those that are asked only once passed before.
pub(crate) fn pass_ahead(candidate: &Candidate, again: bool) -> Truth {
    let mut answer = Answer::default();
    let asked: &[Ahead] = if again { &[Ahead::Always] } else { &[Ahead::Always, Ahead::Once] };
    each_asked(candidate, asked, &mut |_, verdict| {
        answer.add(&verdict);
        true
    });
    Truth { holds: answer.not_before.is_none(), until: answer.not_before.unwrap_or(answer.passes_until) }
}

/// Asks all gates; if those about the customer have `passed`, the others.
pub(crate) fn judge(candidate: &Candidate, passed: bool) -> Judgement {
    let (mut refusals, mut not_before, mut complete) = (Vec::new(), None, None);
    let (mut beside_limits, mut whoever_speaks, mut passes_until) = (None, None, Instant::NEVER);
    let mut passed_once = passed || candidate.occurrence.is_some();
    let facts_see_contacts = candidate.context.policy.asks_of_contacts;
    each_asked(candidate, still_asked(passed), &mut |gate, verdict| {
        if let Some(refusal) = verdict.refusal {
            not_before = not_before.max(Some(verdict.not_before));
            let is_limit = gate.ahead == Ahead::Never;
            if !is_limit {
                beside_limits = beside_limits.max(Some(verdict.not_before));
            }
            if !gate.sees_contacts && !facts_see_contacts {
                whoever_speaks = whoever_speaks.max(Some(verdict.not_before));
            }
            complete = gate.complete;
            passed_once &= gate.ahead != Ahead::Once;
            refusals.push(refusal);
            // nobody reads the rest, and nothing can open this in time
            return explanation::is_said(candidate.is_told)
                || is_limit
                || verdict.not_before <= candidate.context.now + HORIZON;
        } else if gate.ahead == Ahead::Always {
            passes_until = passes_until.min(verdict.until);
        }
        true
    });
    if let ([only], Some(complete)) = (refusals.as_mut_slice(), complete)
        && explanation::is_said(true)
    {
        complete(candidate, only);
    }
    Judgement { refusals, not_before, beside_limits, whoever_speaks, passes_until, passed_once }
}

/// Whether a candidate has something new to say and is held back, so that its substitute may speak.
pub(crate) fn holds_news_back(candidate: &Candidate) -> Truth {
    let (mut news, mut held) = (Answer::default(), Answer::default());
    each_verdict(candidate, &mut |gate, verdict| {
        let answer = if gate.is_about_news { &mut news } else { &mut held };
        answer.add(&verdict);
        true
    });
    match (news.not_before, held.not_before) {
        (None, Some(not_before)) => Truth { holds: true, until: not_before.min(news.passes_until) },
        (None, None) => Truth { holds: false, until: held.passes_until },
        // while nothing is new, nothing is held back
        (Some(not_before), _) => Truth { holds: false, until: not_before },
    }
}

/// What some of the gates say together.
struct Answer {
    /// none: all of them pass
    not_before: Option<Instant>,
    passes_until: Instant,
}

impl Answer {
    fn add(&mut self, verdict: &Verdict) {
        match verdict.refusal {
            Some(_) => self.not_before = self.not_before.max(Some(verdict.not_before)),
            None => self.passes_until = self.passes_until.min(verdict.until),
        }
    }
}

impl Default for Answer {
    fn default() -> Self {
        Answer { not_before: None, passes_until: Instant::NEVER }
    }
}
