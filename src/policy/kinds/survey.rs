//! Asks whether they are content, when they have had time to know. Practice P3.
//!
//! *Speaks when* an order was delivered `after` days ago (7), for `within` (30 days): once per order, by whichever survey campaign, so
//! never on two channels. Where nobody says that it was delivered: from its shipment and the destination's usual days.
//!
//! *Stays silent when*
//! - no such order, or it was cancelled, returned, refunded, or has an unresolved incident: occasion `none`
//! - a rating names the order (`orderId`), high or low: they have answered; occasion `none`
//! - any survey spoke of the order: repeat `already-spoken`
//!
//! It carries no offer: answers are not bought. Its date is known beforehand, so it keeps its slot.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "survey", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "¿Todo bien?" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-05T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(candidate("2026-10-12T10:00:00Z").contacts[0].occurrence, "o-1");
//! assert_eq!(candidate("2026-10-12T09:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{Kind, MONTH, Occasion, Offers, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "survey",
    occasion: Occasion::Unrated,
    after: 7 * DAY,
    within: MONTH,
    dated: true,
    once_across_campaigns: true,
    offers: Offers::Never,
    ..PLAIN
};
