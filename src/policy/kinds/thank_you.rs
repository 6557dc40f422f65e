//! Thanks the customer for an order. Practice P1.
//!
//! *Speaks when* an order was placed in the last 7 × 24 hours and not cancelled. A `purchase` event counts as an order before the order
//! appears in `customer.orders`. It thanks once for each order.
//!
//! *Stays silent when*
//! - no such order was placed in that time: occasion `none`
//! - the customer was thanked for this order: repeat `already-spoken`
//! - the customer withdrew consent for the channel: consent `withdrawn`. E-mail and other channels that need consent: it was never given,
//!   `not-given`
//!
//! Thanks are an obligation: limits and holdout do not hold them back, but they count towards the limits. They carry no offer and show no
//! price but that of the order itself: a policy with another one is refused (`not-allowed`).
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "thanks", "kind": "thankYou", "channel": "onsite", "placement": "thank-you", "message": "thanks" }],
//! #     "messages": { "thanks": { "es": [{ "body": "Gracias" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let speaks = engine.decide(tree(serde_json::json!({
//!     "now": "2026-11-22T10:00:00Z", "customer": { "orders": [{ "id": "o-1", "at": "2026-11-22T09:59:00Z" }] } }))).unwrap();
//! assert_eq!(speaks.contacts[0].occurrence, "o-1");
//!
//! let silent = engine.decide(tree(serde_json::json!({
//!     "now": "2026-11-22T10:00:00Z", "customer": { "orders": [{ "id": "o-1", "at": "2026-11-15T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(silent.refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{ANY_CLASS, DEFAULTS, Kind, Occasion, Offers};

pub(super) const KIND: Kind = Kind {
    name: "thankYou",
    occasion: Occasion::Order,
    within: 7 * DAY,
    obligation: true,
    offers: Offers::Never,
    allowed_classes: ANY_CLASS,
    ..DEFAULTS
};
