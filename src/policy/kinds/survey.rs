//! Asks customers whether they are happy with their order, once they have had time to find out. Practice P3.
//!
//! *Speaks when* an order was delivered at least `after` ago (absent: 7 days), and for `within` from then (absent: 30 days). If the shop
//! does not say when the order was delivered, the date is estimated: the day of shipment plus the usual delivery time of the destination. It
//! asks once for each order. If there are two survey campaigns, such as one on the site and one by e-mail, only one of them asks.
//!
//! *Stays silent when*
//! - no order was delivered in that time, or only some of its articles came, or it was cancelled, returned or refunded, or has an unresolved incident: occasion `none`
//! - a complaint about the order (`orderId`) is open: occasion `none`
//! - a rating names the order (`orderId`), high or low, so the customer has answered: occasion `none`
//! - a survey has asked about this order: repeat `already-spoken`
//!
//! It carries no offer, because answers are not bought.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "survey", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "¿Todo bien?" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-05T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(decide("2026-10-12T10:00:00Z").contacts[0].occurrence, "o-1");
//! assert_eq!(decide("2026-10-12T09:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{DEFAULTS, Kind, MONTH, Occasion, Offers};

pub(super) const KIND: Kind = Kind {
    name: "survey",
    occasion: Occasion::Unrated,
    after: 7 * DAY,
    within: MONTH,
    once_across_campaigns: true,
    offers: Offers::Never,
    ..DEFAULTS
};
