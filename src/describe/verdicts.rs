//! What each gate says, for the test that an answer holds until the instant it names.

use crate::base::problem::Problem;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::engine::Engine;
use crate::gates::GATES;

/// What each gate says of each campaign at an instant, with nothing but time passing since the request: campaign, gate, the code
/// (none: it passes), until when the answer holds at least, and before when the gate does not pass.
///
/// # Errors
/// Every problem of the policy or the request.
pub fn verdicts(policy: Tree, request: Tree, at: Instant) -> Result<Vec<Verdict>, Vec<Problem>> {
    let mut verdicts = Vec::new();
    Engine::new(policy)?.each_verdict(request, at, &mut |campaign, gate, verdict| {
        verdicts.push((
            campaign.to_owned(),
            gate.name(),
            verdict.refusal.map(|refusal| refusal.code),
            verdict.until,
            verdict.not_before,
        ));
    })?;
    Ok(verdicts)
}

/// Campaign, gate, code (none: it passes), until when the answer holds, and before when the gate does not pass.
pub type Verdict = (String, &'static str, Option<&'static str>, Instant, Instant);

/// The names of all gates, in the order of the contract.
pub fn gates() -> Vec<&'static str> {
    GATES.iter().map(|gate| gate.name()).collect()
}
