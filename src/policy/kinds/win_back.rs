//! Writes to a customer who has not ordered for longer than is usual for them. Practice P8.
//!
//! *Speaks when* the latest order is longer ago than `factor` percent (absent: 150) of the usual time between this customer's orders, and
//! for 60 days from then. The usual time is the median; it is known from three orders on. For example, somebody who orders every 30 days
//! gets the message 45 days after the latest order. With fewer than three orders it speaks `after` the latest one (absent: 180 days). Orders
//! less than 24 hours apart are one order, because somebody who forgot something orders twice on the same day.
//!
//! *Stays silent when*
//! - the latest order is not that long ago, or more than 60 days longer: occasion `none`
//! - the customer had the message after this order: repeat `already-spoken`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "winBack", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Te guardamos el sitio" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-01-01T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(decide("2026-06-30T10:00:00Z").contacts[0].occurrence, "o-1");
//! assert_eq!(decide("2026-06-30T09:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::language::words::Class;
use crate::policy::kind::{DEFAULTS, Kind, MONTH, Occasion};

pub(super) const KIND: Kind = Kind {
    name: "winBack",
    occasion: Occasion::Overdue,
    after: 180 * DAY,
    within: 2 * MONTH,
    class: Class::Promotional,
    allowed_classes: &[Class::Promotional],
    ..DEFAULTS
};
