//! For one customer at one moment, Querencia picks the messages to show now. For each message it holds back it returns the reason and
//! the exact time to ask again.
//!
//! ```
//! use querencia::{Engine, Tree};
//! let tree = |json: &str| serde_json::from_str::<Tree>(json).unwrap();
//!
//! let engine = Engine::new(tree(r#"{
//!     "querencia": 1,
//!     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es-ES"], "signer": "Lola" },
//!     "campaigns": [{ "id": "thanks", "kind": "thankYou", "channel": "onsite", "placement": "thank-you", "message": "thanks" }],
//!     "messages": { "thanks": { "es-ES": [{ "title": "Gracias", "body": "Ya estamos con tu pedido {order.id}." }] } }
//! }"#)).unwrap();
//!
//! let decision = engine.decide(tree(r#"{
//!     "now": "2026-11-22T10:00:00Z",
//!     "event": { "name": "purchase", "order": { "id": "A-17", "total": 2490 } }
//! }"#)).unwrap();
//! assert_eq!(decision.contacts[0].campaign, "thanks");
//!
//! // a problem has a code, a path and a sentence that says how to correct it
//! let problems = engine.decide(tree(r#"{ "now": "yesterday" }"#)).unwrap_err();
//! assert_eq!((problems[0].code, problems[0].path.as_str()), ("invalid-value", "now"));
//! ```

#![cfg_attr(
    not(feature = "whole"),
    allow(
        dead_code,
        unreachable_code,
        unused_imports,
        unused_variables,
        reason = "the rules of parts that a build for pages lacks: the whole build looks after them"
    )
)]

mod arbitration;
mod base;
mod calendar;
mod candidates;
mod decide;
mod decision;
#[cfg(not(target_family = "wasm"))]
pub mod describe;
mod engine;
mod entitled;
mod gates;
mod handle;
mod honesty;
mod language;
mod ledger;
mod policy;
#[cfg(test)]
mod practices;
#[cfg(feature = "sentences")]
pub mod publish;
mod reader;
mod request;
mod standing;
#[cfg(target_family = "wasm")]
pub mod wasm;

pub use base::problem::Problem;
pub use base::tree::Tree;
pub use calendar::Instant;
pub use decision::{Contact, Decision, Message, Present, Refusal, RefusedCampaign};
pub use engine::Engine;
pub use handle::Handle;
pub use language::words::{Channel, Class, Phase, Tier};
pub use ledger::record::State;
