//! An invitation to the others who like the same. Practice R8.
//!
//! *Speaks when* an order was delivered `after` days ago (7), for `within` (30 days), in the phases trust and identification; 180 days
//! apart.
//!
//! *Stays silent when*
//! - no such order: occasion `none`
//! - the relation is in another phase: kind `not-in-phase`
//! - the order was spoken of: repeat `already-spoken`; another less than 180 days ago: `too-soon`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "community", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Cocinamos el jueves" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-05T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(candidate("2026-10-12T10:00:00Z").contacts[0].occurrence, "o-1");
//! assert_eq!(candidate("2026-10-12T09:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{Kind, MONTH, Occasion, Offers, PLAIN, WON};

pub(super) const KIND: Kind = Kind {
    name: "community",
    occasion: Occasion::Delivery,
    after: 7 * DAY,
    within: MONTH,
    offers: Offers::Never,
    phases: WON,
    gap: 180 * DAY,
    ..PLAIN
};
