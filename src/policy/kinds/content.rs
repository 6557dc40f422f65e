//! Something worth reading about what they bought. Practice P6.
//!
//! *Speaks when* an order was placed `after` days ago (1), for `within` (30 days), with an article of `families` when it names any.
//!
//! *Stays silent when*
//! - no such order: occasion `none`
//! - the order was spoken of: repeat `already-spoken`
//!
//! It carries no offer: what sells is another kind. Its words may call to share them (`share` of a variant), never near a complaint.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "content", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "De dónde viene tu aceite" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(candidate("2026-10-02T10:00:00Z").contacts[0].occurrence, "o-1");
//! assert_eq!(candidate("2026-10-02T09:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{Kind, MONTH, Occasion, Offers, PLAIN};

pub(super) const KIND: Kind =
    Kind { name: "content", occasion: Occasion::Kept, after: DAY, within: MONTH, offers: Offers::Never, ..PLAIN };
