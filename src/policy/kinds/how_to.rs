//! Tells customers how to use what they have just received. Practice P6.
//!
//! *Speaks when* an order was delivered at least `after` ago (absent: at once), and for `within` from then (absent: 14 days). With
//! `families`, only if the order has an article of one of these product families.
//!
//! *Stays silent when*
//! - no such order was delivered in that time: occasion `none`
//! - the customer had the message for this order: repeat `already-spoken`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "howTo", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Cúrala con leche" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-05T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(decide("2026-10-05T10:00:00Z").contacts[0].occurrence, "o-1");
//! assert_eq!(decide("2026-10-19T10:00:00Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{DEFAULTS, Kind, Occasion, Offers};

pub(super) const KIND: Kind =
    Kind { name: "howTo", occasion: Occasion::Delivery, within: 14 * DAY, offers: Offers::Never, ..DEFAULTS };
