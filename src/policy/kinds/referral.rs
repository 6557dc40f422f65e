//! Asks customers who like the shop to recommend it to somebody. Practice R6.
//!
//! *Speaks when* an order was delivered at least `after` ago (absent: 7 days), and for `within` from then (absent: 60 days). The customer
//! must be in the phase identification, have three good orders, a latest rating of 9 or 10, and no open case. There are at least 180 days
//! between two requests.
//!
//! *Stays silent when*
//! - no order was delivered in that time: occasion `none`
//! - the customer is in another phase: kind `not-in-phase`
//! - the customer has fewer than three good orders, a lower rating or an open case: kind `not-allowed`
//! - the customer was asked after this order: repeat `already-spoken`; after another one less than 180 days ago: `too-soon`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "referral", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "¿A quién le gustaría?" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |score: u8| engine.decide(tree(serde_json::json!({ "now": "2026-10-12T10:00:00Z", "customer": { "id": "ana", "orders": [
//!     { "id": "o-1", "at": "2026-08-01T10:00:00Z", "deliveredAt": "2026-08-05T10:00:00Z" },
//!     { "id": "o-2", "at": "2026-09-01T10:00:00Z", "deliveredAt": "2026-09-05T10:00:00Z" },
//!     { "id": "o-3", "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-05T10:00:00Z" }],
//!     "ratings": [{ "score": score, "at": "2026-10-06T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(decide(9).contacts[0].occurrence, "o-2");
//! assert_eq!(decide(8).refused[0].code, "not-in-phase");
//! ```

use crate::calendar::DAY;
use crate::language::words::Phase;
use crate::policy::kind::{DEFAULTS, Demand, Kind, MONTH, Occasion};

pub(super) const KIND: Kind = Kind {
    name: "referral",
    occasion: Occasion::Delivery,
    after: 7 * DAY,
    within: 2 * MONTH,
    asks_favour: true,
    phases: &[Phase::Identification],
    gap: 180 * DAY,
    demands: &[Demand::NoOpenCase, Demand::Advocate(3)],
    ..DEFAULTS
};
