//! What a gate is.

use crate::candidates::candidate::Candidate;
use crate::decision::Refused;

/// A gate.
pub(crate) struct Gate {
    pub name: &'static str,
    pub check: fn(&Candidate) -> Verdict,
}

/// A gate lets pass, or says why not.
pub(crate) type Verdict = Result<(), Refused>;

/// Why not, and which gate says so.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub gate: &'static str,
    pub refused: Refused,
}

/// The first of some reasons, that cannot pass before all of them can.
pub(crate) fn first(reasons: impl IntoIterator<Item = Option<Refused>>) -> Verdict {
    let mut verdict = Ok(());
    for reason in reasons.into_iter().flatten() {
        match &mut verdict {
            Ok(()) => verdict = Err(reason),
            Err(first) => first.until = first.until.max(reason.until),
        }
    }
    verdict
}
