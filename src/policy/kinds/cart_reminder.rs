//! Reminds customers of a cart that they left behind. Practice L5.
//!
//! *Speaks when* the cart has an article in it and was last changed (`cart.at`) at least `after` ago (absent: 4 hours). The reminder
//! can be shown for 7 days. It speaks once for each `cart.at`.
//!
//! *Stays silent when*
//! - the cart is empty, changed too recently or too long ago, or `cart.at` is not known: occasion `none`
//! - the customer does not want their cart to be used (`consent.cart` is false): occasion `none`
//! - every one of the cart's `items` is sold out (`stock` 0 in the catalogue): occasion `none`
//! - the customer has placed an order at `cart.at` or later, or the `purchase` event brings one: occasion `none`. An order with all
//!   articles of the cart may be up to 5 minutes older. An order that is not paid (`paid: false`) has bought nothing
//! - the customer was already reminded of this cart: repeat `already-spoken`
//!
//! *Names* the first article of the cart that the catalogue lists and that is not sold out: `{product.name}`, even if the campaign has
//! `suggest`.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "cartReminder", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Sigue aquí" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |now: &str| engine.decide(tree(serde_json::json!({ "now": now,
//!     "customer": { "cart": { "count": 1, "at": "2026-10-12T10:00:00Z" } } }))).unwrap();
//! assert_eq!(decide("2026-10-12T14:00:00Z").contacts[0].campaign, "c");
//! assert_eq!(decide("2026-10-12T13:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::{DAY, HOUR};
use crate::language::words::Class;
use crate::policy::kind::{DEFAULTS, Kind, Occasion};

pub(super) const KIND: Kind = Kind {
    name: "cartReminder",
    occasion: Occasion::Cart,
    after: 4 * HOUR,
    within: 7 * DAY,
    class: Class::Promotional,
    allowed_classes: &[Class::Promotional],
    ..DEFAULTS
};
