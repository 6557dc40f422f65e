//! Reminds customers of an article that they have probably used up, such as coffee. Practice P7.
//!
//! *Speaks when* the article will be used up in `lead` or less (absent: 3 days), and for 30 days from then. How long it lasts is learnt from
//! this customer: it is the median time that the article lasted them, for the quantity of the latest order. At least two orders are needed. Orders less than 24 hours apart
//! are one order, because somebody who forgot something orders twice on the same day.
//!
//! *Stays silent when*
//! - no article is about to be used up; what was bought for somebody else (`gift`) does not count: occasion `none`
//! - the article is sold out, the customer complained about it or its product family, or promotions of the family pause: occasion `none`
//! - the customer sent it back the last time, rated it below 6 or has it in the cart: occasion `none`
//! - the customer was reminded after their latest order of it: repeat `already-spoken`
//!
//! *Names* the article that runs out: `{product.name}`, if the catalogue lists it, even if the campaign has `suggest`.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "replenishment", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "¿Queda café?" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-08-01T10:00:00Z", "items": [{ "sku": "coffee" }] },
//!     { "id": "o-2", "at": "2026-08-31T10:00:00Z", "items": [{ "sku": "coffee" }] }] } }))).unwrap();
//! assert_eq!(decide("2026-09-27T10:00:00Z").contacts[0].occurrence, "coffee/1788170400000");
//! assert_eq!(decide("2026-09-27T09:59:59Z").refused[0].code, "none");
//! ```

use crate::language::words::Class;
use crate::policy::kind::{DEFAULTS, Kind, MONTH, Occasion};

pub(super) const KIND: Kind = Kind {
    name: "replenishment",
    occasion: Occasion::Replenishment,
    within: MONTH,
    class: Class::Promotional,
    allowed_classes: &[Class::Promotional],
    ..DEFAULTS
};
