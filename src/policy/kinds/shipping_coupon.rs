//! Gives some customers free or cheaper shipping. Practice R5.
//!
//! *Speaks when* the date in the shop's zone lies from `from` to `until`, both included, and the customer is in its `audience`. With
//! `event`, only when that event just happened. It speaks once, unless `repeat` allows it again (`"repeat": "90d"`).
//!
//! *Stays silent when*
//! - the date lies outside `from` to `until`, or the `event` did not happen: occasion `none`
//! - the customer has already had this message: repeat `already-spoken`; with a duration in `repeat`, had it too recently: `too-soon`
//!
//! Its offer must have the benefit `shipping`, as `{ "shipping": "free" }`. A policy is refused if the campaign has another offer, or none.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "offers": { "o": { "shipping": "free" } },
//! #     "campaigns": [{ "id": "c", "kind": "shippingCoupon", "channel": "onsite", "placement": "home", "message": "m", "offer": "o", "audience": { "attributes.club": "gold" } }],
//! #     "messages": { "m": { "es": [{ "body": "El envío va de nuestra cuenta" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |tier: &str| engine.decide(tree(serde_json::json!({ "now": "2026-10-12T10:00:00Z",
//!     "customer": { "attributes": { "club": tier } } }))).unwrap();
//! assert_eq!(decide("gold").contacts[0].class.word(), "promotional");
//! assert_eq!(decide("none").refused[0].code, "not-in-audience");
//! ```

use crate::language::words::Class;
use crate::policy::kind::{DEFAULTS, Kind, Offers, Repeat};

pub(super) const KIND: Kind = Kind {
    name: "shippingCoupon",
    class: Class::Promotional,
    allowed_classes: &[Class::Promotional],
    offers: Offers::Must("shipping"),
    repeat: Repeat::Never,
    ..DEFAULTS
};
