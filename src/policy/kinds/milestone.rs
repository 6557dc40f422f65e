//! Celebrates a milestone with the customer: their tenth order, 500 € spent, or a year since their first order. Practice R3.
//!
//! *Speaks when* one of three goals was reached. It speaks once for each, whichever campaign of the kind does.
//! - `orders`: the customer placed their order of this number less than 30 days ago (`"orders": 10`)
//! - `spend`: an order placed less than 30 days ago brought the sum of their orders to this amount (`"spend": 50000` is 500 €)
//! - `years`: today lies between `lead` days before the anniversary of the first order and `grace` days after it, both included
//!
//! *Stays silent when*
//! - no goal was reached in that time: occasion `none`
//! - the customer had the message for this goal: repeat `already-spoken`
//!
//! Of `calm` only `backOff` holds a milestone back, because it is a date of the customer's own.
//!
//! *Which orders count* Cancelled and unpaid orders never do. Returned and refunded orders count for `orders` and `years`, because they were placed,
//! but not for `spend`. Nor does an article that came back: its `price` times its `quantity` is subtracted, unless it has no price. An order
//! without a `total` adds nothing to `spend`. When an order comes back later, another order may become the one that reached the goal; the
//! customer still gets the message only once.
//!
//! The dates of a milestone are known in advance: what can wait leaves room for them.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "milestone", "channel": "onsite", "placement": "home", "message": "m", "orders": 2 }],
//! #     "messages": { "m": { "es": [{ "body": "¡Dos pedidos!" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |orders: serde_json::Value| engine.decide(tree(serde_json::json!({ "now": "2026-10-02T10:00:00Z",
//!     "customer": { "orders": orders } }))).unwrap();
//! let (first, second) = (serde_json::json!({ "id": "o-1", "at": 0 }), serde_json::json!({ "id": "o-2", "at": "2026-10-01T10:00:00Z" }));
//! assert_eq!(decide(serde_json::json!([first, second])).contacts[0].occurrence, "orders-2");
//! assert_eq!(decide(serde_json::json!([second])).refused[0].code, "none");
//! ```

use crate::policy::kind::{DEFAULTS, Kind, MONTH, Occasion};

pub(super) const KIND: Kind = Kind {
    name: "milestone",
    occasion: Occasion::Milestone,
    within: MONTH,
    own_date: true,
    once_across_campaigns: true,
    ..DEFAULTS
};
