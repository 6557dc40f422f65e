//! The gates: each may refuse, with a code, its figures, and the instant before which it cannot pass.
//! To add one: a new file, and one line below. The order is the contract's.

mod audience;
mod budget;
mod calm;
mod care;
mod consent;
pub(crate) mod gate;
mod honesty;
mod kind;
mod limits;
mod occasion;
mod quiet_hours;
mod relevance;
mod repeat;
mod wishes;

pub(crate) use budget::NOT_ISSUED;

use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::gates::gate::Gate;
use gate::Refusal;

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

/// The instant before which not all of these can pass; none if nothing refuses.
pub(crate) fn latest(refusals: &[Refusal]) -> Option<Instant> {
    let mut latest = None;
    refusals.iter().for_each(|refusal| latest = latest.max(Some(refusal.refused.until)));
    latest
}

/// All that refuse. Without an occasion there is nothing for the others to judge.
pub(crate) fn judge(candidate: &Candidate) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for gate in GATES {
        #[cfg(test)]
        if crate::base::switch::is_off(gate.name) {
            continue;
        }
        if let Err(refused) = (gate.check)(candidate) {
            refusals.push(Refusal { gate: gate.name, refused });
            if candidate.occurrence.is_none() {
                break;
            }
        }
    }
    refusals
}
