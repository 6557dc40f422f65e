//! Says sorry first. An obligation: it passes limits and holdout, and counts. Practice P9.
//!
//! *Speaks when* an incident of an order (late, failed payment, out of stock, not as described) is not older than 14 days, resolved or not.
//! Of the kinds of `incidents` alone when it names any, so that each kind of trouble has words of its own. Once per order and kind of
//! incident; what went wrong again after it was resolved is another. While one is unresolved, `care` holds the customer's promotions.
//!
//! *Stays silent when*
//! - no such incident, or of other kinds only: occasion `none`
//! - it was spoken of: repeat `already-spoken`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "apology", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Lo sentimos" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [{ "id": "o-1",
//!     "at": "2026-10-01T10:00:00Z", "incidents": [{ "kind": "late", "at": "2026-10-06T10:00:00Z" }] }] } }))).unwrap();
//! assert_eq!(candidate("2026-10-06T10:00:00Z").contacts[0].occurrence, "o-1/late");
//! assert_eq!(candidate("2026-10-20T10:00:00Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::language::words::Class;
use crate::policy::kind::{Kind, Occasion, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "apology",
    occasion: Occasion::Incident,
    within: 14 * DAY,
    allowed_classes: &[Class::Service, Class::Relational, Class::Promotional],
    obligation: true,
    ..PLAIN
};
