//! Gives a small present to the most active customers. Practice R3.
//!
//! *Speaks when* the customer's `activity` is at least `floor` (absent: 95). The shop computes `activity`: a percentile from 0 to 100, so 95
//! means the most active 5 %. The customer must be in the phase trust or identification. It speaks once in each `per` (month or year in the
//! shop's zone; absent: year).
//!
//! *Stays silent when*
//! - the `activity` is lower or not known: occasion `none`
//! - the customer is in another phase: kind `not-in-phase`
//! - the customer had the message in this `per`: repeat `already-spoken`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "topActivity", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Para ti" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |activity: u8| engine.decide(tree(serde_json::json!({ "now": "2026-10-12T10:00:00Z",
//!     "zones": { "Europe/Madrid": [[0, 60]] }, "customer": { "activity": activity, "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-05T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(decide(95).contacts[0].occurrence, "1767222000000"); // the year began then in Madrid
//! assert_eq!(decide(94).refused[0].code, "none");
//! ```

use crate::policy::kind::{DEFAULTS, Kind, Occasion, SERVED_WELL};

pub(super) const KIND: Kind =
    Kind { name: "topActivity", occasion: Occasion::Activity, phases: SERVED_WELL, ..DEFAULTS };
