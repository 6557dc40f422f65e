//! The model's `retryAt`, compared with a simpler search.

use querencia_model::arbitration::{arbitrate, ledger_with};
use querencia_model::context::Context;
use querencia_model::gates::passes;
use querencia_model::generator::case;
use querencia_model::read::Input;
use querencia_model::retry::retry_at;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// The model asks its gates only where it expects a change. Here they are asked every minute, and at the edge of each `retryAt`.
#[test]
fn no_minute_before_retry_at_passes_all_gates() {
    let (mut with_instant, mut without) = (0, 0);
    for seed in 0..300 {
        let case = case(seed);
        let input = Input::read(&case.policy, &case.request);
        let outcome = arbitrate(&input);
        let ledger = ledger_with(&input, &outcome.winners);
        for (campaign, refusals) in input.campaigns.iter().zip(&outcome.refused) {
            if refusals.is_empty() {
                continue;
            }
            let label = format!("seed {seed}, {}", campaign.id);
            let passes_at = |at: i64| passes(&Context::at(&input, at, &ledger), campaign);
            let retry_at = retry_at(&input, &ledger, campaign, input.now + 1);
            // every minute for two weeks, then every hour
            let minutes = (1..=14 * 24 * 60).map(|minute| input.now + minute * MINUTE);
            let hours = (14 * 24..=400 * 24).map(|hour| input.now + hour * HOUR);
            let end = retry_at.unwrap_or(i64::MAX);
            let earlier = minutes.chain(hours).take_while(|at| *at < end).find(|at| passes_at(*at));
            assert_eq!(earlier, None, "{label}: passes before {retry_at:?}");
            match retry_at {
                Some(at) => {
                    assert!(passes_at(at) && (at == input.now + 1 || !passes_at(at - 1)), "{label} at {at}");
                    with_instant += 1;
                }
                None => without += 1,
            }
        }
    }
    println!("{with_instant} refusals with `retryAt`, {without} without");
    assert!(with_instant > 40 && without > 100);
}
