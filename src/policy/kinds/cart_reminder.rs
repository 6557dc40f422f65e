//! Reminds of a cart that was left behind. Practice L5.
//!
//! *Speaks when* the cart has something in it and `cart.at` is `after` (4 hours) ago, for 7 days. Once per `cart.at`.
//!
//! *Stays silent when*
//! - the cart is empty, too fresh, too old, or its age is unknown, or they do not want it read (`consent.cart` false): occasion `none`
//! - all of its `items` are sold out (the catalogue's `stock` 0): occasion `none`
//! - it was bought: an order, or that of the `purchase` event, was placed at `cart.at` or later; occasion `none`
//! - it was spoken of: repeat `already-spoken`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "cartReminder", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Sigue aquí" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |now: &str| engine.decide(tree(serde_json::json!({ "now": now,
//!     "customer": { "cart": { "count": 1, "at": "2026-10-12T10:00:00Z" } } }))).unwrap();
//! assert_eq!(candidate("2026-10-12T14:00:00Z").contacts[0].campaign, "c");
//! assert_eq!(candidate("2026-10-12T13:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::{DAY, HOUR};
use crate::language::words::Class;
use crate::policy::kind::{Kind, Occasion, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "cartReminder",
    occasion: Occasion::Cart,
    after: 4 * HOUR,
    within: 7 * DAY,
    class: Class::Promotional,
    allowed_classes: &[Class::Promotional],
    ..PLAIN
};
