//! Reminds of an article that runs out. Practice P7.
//!
//! *Speaks when* the customer's own rhythm for the article, the median of the times between their orders of it, of which there must be two,
//! says that it is used up in `lead` days (3); for 30 days.
//!
//! *Stays silent when*
//! - no article runs out, or it is sold out, complained about (it or its family), or its family's promotions pause: occasion `none`
//! - it came back the last time, the customer rated it below 6, or it lies in the cart: occasion `none`
//! - its latest order was spoken of: repeat `already-spoken`
//!
//! Orders within 24 hours are one: a second basket the same day is no rhythm.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "replenishment", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "¿Queda café?" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-08-01T10:00:00Z", "items": [{ "sku": "coffee" }] },
//!     { "id": "o-2", "at": "2026-08-31T10:00:00Z", "items": [{ "sku": "coffee" }] }] } }))).unwrap();
//! assert_eq!(candidate("2026-09-27T10:00:00Z").contacts[0].occurrence, "coffee/1788170400000");
//! assert_eq!(candidate("2026-09-27T09:59:59Z").refused[0].code, "none");
//! ```

use crate::language::words::Class;
use crate::policy::kind::{Kind, MONTH, Occasion, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "replenishment",
    occasion: Occasion::Replenishment,
    within: MONTH,
    class: Class::Promotional,
    allowed_classes: &[Class::Promotional],
    ..PLAIN
};
