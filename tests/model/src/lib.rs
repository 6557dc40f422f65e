//! A second implementation of the contract, written from the documents alone and as simply as possible: plain lists, every count
//! a loop, `retryAt` found by asking at every instant at which something could change. It shares no code with the engine. Where the
//! two give different decisions, one of them is wrong or the contract is unclear.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::string_slice,
    reason = "the generator makes only small numbers and short words"
)]

pub mod arbitration;
pub mod compare;
pub mod condition;
pub mod context;
pub mod entitled;
pub mod facts;
pub mod gates;
pub mod generator;
pub mod hash;
pub mod ledger;
pub mod message;
pub mod occasions;
pub mod plan;
pub mod read;
pub mod retry;
pub mod shrink;
pub mod tasks;
pub mod time;

use arbitration::{Outcome, Winner, arbitrate, ledger_with};
use context::Context;
use gates::Refusal;
use occasions::find_occasion;
use read::Input;
use serde_json::{Value, json};

/// The decision, without `why`, `because`, the texts of messages and their parameters.
pub fn decide(policy: &Value, request: &Value) -> Value {
    let input = Input::read(policy, request);
    let Outcome { refused, winners } = arbitrate(&input);
    let ledger = ledger_with(&input, &winners);
    let context = Context::at(&input, input.now, &input.ledger);
    let context_after = Context::at(&input, input.now, &ledger);
    let dated = retry::dated_changes(&context_after, &ledger, input.now + time::HORIZON);

    let (ghosts, contacts): (Vec<&Winner>, Vec<&Winner>) = winners.iter().partition(|one| one.record.state == "ghost");
    let refused: Vec<Value> = input
        .campaigns
        .iter()
        .zip(&refused)
        .filter(|(campaign, refusals)| input.asks(campaign) && !refusals.is_empty())
        .map(|(campaign, refusals)| {
            let retry_at = retry_at(&context_after, &dated, campaign, &refusals[0]);
            json!({
                "campaign": campaign.id, "gate": refusals[0].gate, "code": refusals[0].code, "detail": refusals[0].detail,
                "retryAt": retry_at, "disposition": campaign.disposition,
                "expiresAt": find_occasion(&context, campaign).and_then(|occasion| occasion.ends),
                "also": refusals[1..].iter().map(also).collect::<Vec<_>>(),
            })
        })
        .collect();
    let ends = winners.iter().filter_map(|one| one.occasion.ends);
    let next_at = refused.iter().filter_map(|refusal| refusal["retryAt"].as_i64()).chain(ends).min();
    json!({
        "contacts": contacts.into_iter().map(|one| contact(&input, one)).collect::<Vec<_>>(),
        "ghosts": ghosts.into_iter().map(|one| contact(&input, one)).collect::<Vec<_>>(),
        "refused": refused,
        "entitled": entitled::entitled(&context),
        "tasks": tasks::tasks(&context),
        "standing": { "tier": context.tier(), "phase": context.phase() },
        "nextAt": next_at,
    })
}

/// The earliest later instant at which the campaign passes all gates; for what arbitration refuses, the instant of the plan, or else
/// such an instant a day or more ahead. Time does not bring a placement onto the page.
fn retry_at(context: &Context, dated: &[i64], campaign: &read::Campaign, refusal: &Refusal) -> Option<i64> {
    let now = context.now;
    let is_planned = refusal.gate == "arbitration" && !arbitration::is_taken_first(campaign);
    match refusal.code {
        "no-place" => None,
        _ if !is_planned => retry::retry_among(context, dated, campaign, now + 1),
        _ => {
            let planned = refusal.detail["plannedAt"].as_i64().filter(|at| *at > now);
            planned.or_else(|| retry::retry_among(context, dated, campaign, now + time::DAY))
        }
    }
}

fn also(refusal: &Refusal) -> Value {
    json!({ "gate": refusal.gate, "code": refusal.code, "detail": refusal.detail })
}

fn contact(input: &Input, one: &Winner) -> Value {
    json!({
        "id": one.record.id, "campaign": one.campaign.id, "class": one.campaign.class, "channel": one.campaign.channel,
        "placement": one.campaign.placement, "occurrence": one.occasion.occurrence, "at": input.now,
        "expiresAt": one.occasion.ends, "offer": one.campaign.offer, "urgent": one.campaign.urgent,
        "digest": one.record.digest, "message": { "locale": one.variant.0, "variant": one.variant.1 },
    })
}
