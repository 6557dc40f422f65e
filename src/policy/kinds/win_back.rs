//! Speaks to somebody who drifts away, by their own rhythm. Practice P8.
//!
//! *Speaks when* the latest order is longer ago than `factor` percent (150) of the customer's cadence, the median of the times between their
//! orders, of which there must be three; with fewer than `after` (180 days); for 60 days.
//!
//! Orders within 24 hours are one: a second basket the same day is no rhythm.
//!
//! *Stays silent when* nobody is overdue: occasion `none`; the silence after this order was spoken of: repeat `already-spoken`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "winBack", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Te guardamos el sitio" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-01-01T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(candidate("2026-06-30T10:00:00Z").contacts[0].occurrence, "o-1");
//! assert_eq!(candidate("2026-06-30T09:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::language::words::Class;
use crate::policy::kind::{Kind, MONTH, Occasion, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "winBack",
    occasion: Occasion::Overdue,
    after: 180 * DAY,
    within: 2 * MONTH,
    class: Class::Promotional,
    allowed_classes: &[Class::Promotional],
    ..PLAIN
};
