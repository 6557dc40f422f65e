//! The contract of the decision engine written a second time, from the documents alone and as naively as can be: plain lists,
//! everything counted by looping, `retryAt` found by asking at every instant at which anything could change. What differs from
//! the engine is wrong in one of them, or unclear in the contract.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::string_slice,
    reason = "small numbers and plain words the test makes itself"
)]

pub mod arbitration;
pub mod calm;
pub mod care;
pub mod compare;
pub mod condition;
pub mod facts;
pub mod foresight;
pub mod gates;
pub mod generator;
pub mod hash;
pub mod ledger;
pub mod limits;
pub mod message;
pub mod occasion;
pub mod quiet;
pub mod read;
pub mod refusals;
pub mod retry;
pub mod shrink;
pub mod time;
pub mod wishes;

use arbitration::{Outcome, Taken, arbitrate, with_taken};
use facts::Look;
use occasion::propose;
use read::World;
use refusals::Refusal;
use serde_json::{Value, json};

/// The decision without its prose: `why`, `because`, the words of messages and their params.
pub fn decide(policy: &Value, request: &Value) -> Value {
    let world = World::read(policy, request);
    let Outcome { refused, taken } = arbitrate(&world);
    let ledger = with_taken(&world, &taken);
    let look = Look::at(&world, world.now, &world.ledger);

    let (ghosts, contacts): (Vec<&Taken>, Vec<&Taken>) = taken.iter().partition(|one| one.record.state == "ghost");
    let refused: Vec<Value> = world
        .campaigns
        .iter()
        .zip(&refused)
        .filter(|(_, refusals)| !refusals.is_empty())
        .map(|(campaign, refusals)| {
            let no_place = refusals[0].code == "no-place";
            let retry_at = if no_place { None } else { retry::retry_at(&world, &ledger, campaign) };
            json!({
                "campaign": campaign.id, "gate": refusals[0].gate, "code": refusals[0].code, "detail": refusals[0].detail,
                "retryAt": retry_at, "disposition": campaign.disposition,
                "expiresAt": propose(&look, campaign).and_then(|occasion| occasion.ends),
                "also": refusals[1..].iter().map(also).collect::<Vec<_>>(),
            })
        })
        .collect();
    // the least future `retryAt` or `expiresAt`
    let ends = taken.iter().filter_map(|one| one.occasion.ends);
    let next_at = refused.iter().filter_map(|refusal| refusal["retryAt"].as_i64()).chain(ends).min();
    json!({
        "contacts": contacts.into_iter().map(|one| contact(&world, one)).collect::<Vec<_>>(),
        "ghosts": ghosts.into_iter().map(|one| contact(&world, one)).collect::<Vec<_>>(),
        "refused": refused,
        "tasks": care::tasks(&look),
        "standing": { "tier": look.tier() },
        "nextAt": next_at,
    })
}

fn also(refusal: &Refusal) -> Value {
    json!({ "gate": refusal.gate, "code": refusal.code, "detail": refusal.detail })
}

fn contact(world: &World, one: &Taken) -> Value {
    json!({
        "id": one.record.id, "campaign": one.campaign.id, "class": one.campaign.class, "channel": one.campaign.channel,
        "placement": one.campaign.placement, "occurrence": one.occasion.occurrence, "at": world.now,
        "expiresAt": one.occasion.ends, "offer": one.campaign.offer, "urgent": one.campaign.urgent,
        "digest": one.record.digest, "message": { "locale": one.words.0, "variant": one.words.1 },
    })
}
