//! Suggests another article to customers who were happy with their last order. Practice P5.
//!
//! *Speaks when* an order was delivered at least `after` ago (absent: 14 days), and for `within` from then (absent: 60 days). The customer
//! must be in the phase trust or identification.
//!
//! *Stays silent when*
//! - no order was delivered in that time: occasion `none`
//! - the customer is in another phase: kind `not-in-phase`
//! - the customer had the message for this order: repeat `already-spoken`
//! - the campaign has `suggest`, and the catalogue has no article to suggest to this customer: honesty `nothing-to-suggest`
//! - the article of its offer is unwanted, or every variant makes a claim about an unwanted one: honesty `unwanted`. An article is
//!   unwanted if the customer owns it, has it in the cart, sent it back, rated it badly or complained about it, or if it is sold out.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "nextOffer", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Va bien con tu cazuela" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-05T10:00:00Z" }] } }))).unwrap();
//! assert_eq!(decide("2026-10-19T10:00:00Z").contacts[0].occurrence, "o-1");
//! assert_eq!(decide("2026-10-19T09:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::language::words::Class;
use crate::policy::kind::{DEFAULTS, Kind, MONTH, Occasion, SERVED_WELL};

pub(super) const KIND: Kind = Kind {
    name: "nextOffer",
    occasion: Occasion::Delivery,
    after: 14 * DAY,
    within: 2 * MONTH,
    class: Class::Promotional,
    allowed_classes: &[Class::Promotional],
    unowned_articles_only: true,
    phases: SERVED_WELL,
    ..DEFAULTS
};
