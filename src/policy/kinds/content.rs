//! Sends customers something worth reading about what they bought, such as where their oil comes from. Practice P6.
//!
//! *Speaks when* an order was placed at least `after` ago (absent: 1 day), and for `within` from then (absent: 30 days). With `families`,
//! only if the order has an article of one of these product families.
//!
//! *Stays silent when*
//! - no such order was placed in that time: occasion `none`
//! - the customer had the message for this order: repeat `already-spoken`
//!
//! It carries no offer: to sell something, use another kind. A variant may invite readers to share it (`share`). That invitation is left out
//! while the customer has an open case or incident, and for 30 days after a complaint.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "content", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "De dónde viene tu aceite" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(decide("2026-10-02T10:00:00Z").contacts[0].occurrence, "o-1");
//! assert_eq!(decide("2026-10-02T09:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{DEFAULTS, Kind, MONTH, Occasion, Offers};

pub(super) const KIND: Kind =
    Kind { name: "content", occasion: Occasion::Kept, after: DAY, within: MONTH, offers: Offers::Never, ..DEFAULTS };
