//! Thanks for an order. An obligation: it is owed, so it passes limits and holdout, and it counts.
//!
//! *Speaks when* there is an order of the last 7 × 24 hours that was not cancelled and not yet thanked for; a `purchase`
//! event stands for an order that the customer's list does not have yet. Practice P1.
//!
//! *Stays silent when*
//! - no such order: occasion `none`
//! - the order was thanked for: repeat `already-spoken`
//! - the customer withdrew consent for the channel: consent `withdrawn`; for e-mail and its like never gave it: `not-given`
//!
//! It carries no offer and tells no price but the order's own: a policy that puts one there is refused (`not-allowed`).
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "thanks", "kind": "thankYou", "channel": "onsite", "placement": "thank-you", "message": "thanks" }],
//! #     "messages": { "thanks": { "es": [{ "body": "Gracias" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let speaks = engine.decide(tree(serde_json::json!({
//!     "now": "2026-11-22T10:00:00Z", "customer": { "orders": [{ "id": "o-1", "at": "2026-11-22T09:59:00Z" }] } }))).unwrap();
//! assert_eq!(speaks.contacts[0].occurrence, "o-1");
//!
//! let silent = engine.decide(tree(serde_json::json!({
//!     "now": "2026-11-22T10:00:00Z", "customer": { "orders": [{ "id": "o-1", "at": "2026-11-15T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(silent.refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{ANY_CLASS, Kind, Occasion, Offers, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "thankYou",
    occasion: Occasion::Order,
    within: 7 * DAY,
    obligation: true,
    offers: Offers::Never,
    allowed_classes: ANY_CLASS,
    ..PLAIN
};
