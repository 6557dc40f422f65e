//! Thanks the customer for an order. Practice P1.
//!
//! *Speaks when* an order was placed in the last 7 × 24 hours, and was not cancelled, returned or refunded. A `purchase` event counts as an
//! order before the order appears in `customer.orders`, and its order goes before all others. Of the others, it thanks only for those
//! that were placed after the latest order thanked for. It thanks once for each order, whichever campaign of the kind does: thanks for
//! a first order and thanks for the others, on the page and by e-mail.
//!
//! *Stays silent when*
//! - no such order was placed in that time: occasion `none`
//! - the order is not paid (`paid: false`), or has an open incident `payment`: occasion `none`
//! - a later order was thanked for: occasion `none`
//! - the customer was thanked for this order: repeat `already-spoken`
//! - the customer refused the channel: consent `withdrawn`
//!
//! Thanks are of class service, or relational if the campaign says so. As service they need no consent to advertising. They are an
//! obligation: limits and holdout do not hold them back, but they count towards the limits. They carry no offer and show no price but
//! that of the order itself: a policy with another one is refused (`not-allowed`).
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
//! assert_eq!((&*speaks.contacts[0].occurrence, speaks.contacts[0].class.word()), ("o-1", "service"));
//!
//! let silent = engine.decide(tree(serde_json::json!({
//!     "now": "2026-11-22T10:00:00Z", "customer": { "orders": [{ "id": "o-1", "at": "2026-11-22T09:59:00Z", "paid": false }] } }))).unwrap();
//! assert_eq!(silent.refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::language::words::Class;
use crate::policy::kind::{DEFAULTS, Kind, Occasion, Offers};

pub(super) const KIND: Kind = Kind {
    name: "thankYou",
    occasion: Occasion::Order,
    within: 7 * DAY,
    class: Class::Service,
    allowed_classes: &[Class::Service, Class::Relational],
    obligation: true,
    once_across_campaigns: true,
    offers: Offers::Never,
    ..DEFAULTS
};
