//! A detail for the most active. Practice R3.
//!
//! *Speaks when* the shop says that the customer's `activity`, a percentile from 0 to 100, is at least `floor` (95): once per `per` (a year),
//! in the shop's zone, in the phases trust and identification.
//!
//! *Stays silent when*
//! - less active, or unknown: occasion `none`
//! - in another phase: kind `not-in-phase`; it was spoken of: repeat `already-spoken`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "topActivity", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Para ti" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |activity: u8| engine.decide(tree(serde_json::json!({ "now": "2026-10-12T10:00:00Z",
//!     "zones": { "Europe/Madrid": [[0, 60]] }, "customer": { "activity": activity, "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-05T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(candidate(95).contacts[0].occurrence, "1767222000000"); // the year began then in Madrid
//! assert_eq!(candidate(94).refused[0].code, "none");
//! ```

use crate::policy::kind::{Kind, Occasion, PLAIN, WON};

pub(super) const KIND: Kind = Kind { name: "topActivity", occasion: Occasion::Activity, phases: WON, ..PLAIN };
