//! The gates: each may refuse, with a code, its figures, and the instant before which it cannot pass.
//! To add one: a new file, and one line below. The order is the contract's.

mod audience;
mod budget;
mod calm;
mod care;
mod consent;
mod honesty;
mod kind;
mod limits;
mod occasion;
mod quiet_hours;
mod relevance;
mod repeat;
mod wishes;

pub(crate) use budget::NOT_ISSUED;

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Look;

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

/// A gate.
pub(crate) struct Gate {
    pub name: &'static str,
    pub check: fn(&Look) -> Verdict,
}

/// A gate lets pass, or says why not.
pub(crate) type Verdict = Result<(), Refused>;

/// Why not.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    pub code: &'static str,
    pub detail: Tree,
    /// it cannot pass before; the engine asks again then
    pub until: Instant,
}

/// Why not, and which gate says so.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub gate: &'static str,
    pub refused: Refused,
}

/// The first of some reasons, that cannot pass before all of them can.
fn first(reasons: impl IntoIterator<Item = Option<Refused>>) -> Verdict {
    let mut verdict = Ok(());
    for reason in reasons.into_iter().flatten() {
        match &mut verdict {
            Ok(()) => verdict = Err(reason),
            Err(first) => first.until = first.until.max(reason.until),
        }
    }
    verdict
}

/// The instant before which not all of these can pass; none if nothing refuses.
pub(crate) fn latest(refusals: &[Refusal]) -> Option<Instant> {
    let mut latest = None;
    refusals.iter().for_each(|refusal| latest = latest.max(Some(refusal.refused.until)));
    latest
}

/// All that refuse. Without an occasion there is nothing for the others to judge.
pub(crate) fn judge(look: &Look) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for gate in GATES {
        #[cfg(test)]
        if crate::base::switch::is_off(gate.name) {
            continue;
        }
        if let Err(refused) = (gate.check)(look) {
            refusals.push(Refusal { gate: gate.name, refused });
            if look.occurrence.is_none() {
                break;
            }
        }
    }
    refusals
}
