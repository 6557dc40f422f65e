//! Another article, for somebody who was served well. Practice P5.
//!
//! *Speaks when* an order was delivered `after` days ago (14), for `within` (60 days), in the phases trust and identification.
//!
//! *Stays silent when*
//! - no such order: occasion `none`
//! - the relation is in another phase: kind `not-in-phase`
//! - the order was spoken of: repeat `already-spoken`
//! - it has `suggest`, and the catalogue has no article this customer could want: honesty `nothing-to-suggest`
//! - the article of its offer, or that of a claim in every variant, is owned, in the cart, came back, is sold out, poorly rated or
//!   complained about: honesty `unwanted`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "nextOffer", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Va bien con tu cazuela" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-05T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(candidate("2026-10-19T10:00:00Z").contacts[0].occurrence, "o-1");
//! assert_eq!(candidate("2026-10-19T09:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::language::words::Class;
use crate::policy::kind::{Kind, MONTH, Occasion, PLAIN, WON};

pub(super) const KIND: Kind = Kind {
    name: "nextOffer",
    occasion: Occasion::Delivery,
    after: 14 * DAY,
    within: 2 * MONTH,
    class: Class::Promotional,
    allowed_classes: &[Class::Promotional],
    unowned_articles_only: true,
    phases: WON,
    ..PLAIN
};
