//! Celebrates what they have reached together. Practice R3.
//!
//! *Speaks when* the customer's order number `orders` was placed, or the orders together came to `spend` minor units, less than 30 days ago;
//! or, with `years`, on the anniversary of the first order, from `lead` civil days before to `grace` after. Each once. Dates that are known
//! beforehand keep their slots.
//!
//! Orders that were cancelled are none. On one that was returned or refunded nothing was spent, nor on an article that came back (its
//! `price` by its `quantity`; one without a price stays); an order without a `total` adds nothing. The order that reaches the goal without
//! them is spoken of, and nobody is told twice. The number of orders and their anniversary count those that came back: they were placed.
//!
//! *Stays silent when* nothing was reached: occasion `none`; it was spoken of: repeat `already-spoken`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "milestone", "channel": "onsite", "placement": "home", "message": "m", "orders": 2 }],
//! #     "messages": { "m": { "es": [{ "body": "¡Dos pedidos!" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |orders: serde_json::Value| engine.decide(tree(serde_json::json!({ "now": "2026-10-02T10:00:00Z",
//!     "customer": { "orders": orders } }))).unwrap();
//! let (first, second) = (serde_json::json!({ "id": "o-1", "at": 0 }), serde_json::json!({ "id": "o-2", "at": "2026-10-01T10:00:00Z" }));
//! assert_eq!(candidate(serde_json::json!([first, second])).contacts[0].occurrence, "orders-2");
//! assert_eq!(candidate(serde_json::json!([second])).refused[0].code, "none");
//! ```

use crate::policy::kind::{Kind, MONTH, Occasion, PLAIN};

pub(super) const KIND: Kind =
    Kind { name: "milestone", occasion: Occasion::Milestone, within: MONTH, dated: true, ..PLAIN };
