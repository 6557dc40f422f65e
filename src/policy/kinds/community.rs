//! Invites customers to meet others who like the same things, such as a cooking evening. Practice R8.
//!
//! *Speaks when* an order was delivered at least `after` ago (absent: 7 days), and for `within` from then (absent: 30 days). The customer
//! must be in the phase trust or identification. There are at least 180 days between two invitations.
//!
//! *Stays silent when*
//! - no order was delivered in that time: occasion `none`
//! - the customer is in another phase: kind `not-in-phase`
//! - the customer was invited after this order: repeat `already-spoken`; after another one less than 180 days ago: `too-soon`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "community", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Cocinamos el jueves" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-05T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(decide("2026-10-12T10:00:00Z").contacts[0].occurrence, "o-1");
//! assert_eq!(decide("2026-10-12T09:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{DEFAULTS, Kind, MONTH, Occasion, Offers, SERVED_WELL};

pub(super) const KIND: Kind = Kind {
    name: "community",
    occasion: Occasion::Delivery,
    after: 7 * DAY,
    within: MONTH,
    offers: Offers::Never,
    phases: SERVED_WELL,
    gap: 180 * DAY,
    ..DEFAULTS
};
