//! What each gate says, for the test that an answer holds until the instant it names.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::engine::Engine;

/// What each gate says of each campaign at an instant, with nothing but time passing since the request: campaign, gate, the code
/// (none: it passes), and until when the answer holds at least.
///
/// # Panics
/// Where the policy or the request has a problem.
pub fn verdicts(
    policy: Tree,
    request: Tree,
    at: Instant,
) -> Vec<(String, &'static str, Option<&'static str>, Instant)> {
    let mut verdicts = Vec::new();
    let engine = Engine::new(policy).unwrap_or_else(|problems| panic!("{problems:?}"));
    let asked = engine.each_verdict(request, at, &mut |campaign, gate, verdict| {
        verdicts.push((campaign.to_owned(), gate.name, verdict.refusal.map(|refusal| refusal.code), verdict.until));
    });
    asked.unwrap_or_else(|problems| panic!("{problems:?}"));
    verdicts
}
