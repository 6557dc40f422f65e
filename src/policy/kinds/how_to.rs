//! How to use what has just arrived. Practice P6.
//!
//! *Speaks when* an order was delivered `after` days ago (0), for `within` (14 days), with an article of `families` when it names any.
//!
//! *Stays silent when*
//! - no such order: occasion `none`
//! - the order was spoken of: repeat `already-spoken`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "howTo", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Cúrala con leche" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-05T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(candidate("2026-10-05T10:00:00Z").contacts[0].occurrence, "o-1");
//! assert_eq!(candidate("2026-10-19T10:00:00Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{Kind, Occasion, Offers, PLAIN};

pub(super) const KIND: Kind =
    Kind { name: "howTo", occasion: Occasion::Delivery, within: 14 * DAY, offers: Offers::Never, ..PLAIN };
