//! Says sorry when something went wrong with an order. Practice P9.
//!
//! *Speaks when* an order had an incident in the last 14 days: `late`, `payment`, `stock` or `not-as-described`, resolved or not.
//! With `incidents`, only for the kinds listed there, so that a late parcel and a failed payment can have different texts. It speaks
//! once for each order and kind of incident. If the same thing goes wrong again after it was resolved, it speaks again. An order that
//! is not delivered by its `promisedBy` is `late` without anybody filing it, for at most 30 days; as long as it is, an apology is due.
//!
//! *Stays silent when*
//! - no order had such an incident in the last 14 days, and none is late: occasion `none`
//! - the customer already had the apology for this incident: repeat `already-spoken`
//!
//! An apology is of class service, so by e-mail it needs no consent to advertising. It is relational if the campaign says so, and
//! promotional with an offer. It is an obligation: limits and holdout do not hold it back, but it counts towards the limits. While an incident is
//! unresolved, the `care` gate holds back promotions to this customer.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "apology", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Lo sentimos" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [{ "id": "o-1",
//!     "at": "2026-10-01T10:00:00Z", "incidents": [{ "kind": "late", "at": "2026-10-06T10:00:00Z" }] }] } }))).unwrap();
//! assert_eq!(decide("2026-10-06T10:00:00Z").contacts[0].occurrence, "o-1/late");
//! assert_eq!(decide("2026-10-20T10:00:00Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::language::words::Class;
use crate::policy::kind::{DEFAULTS, Kind, Occasion};

pub(super) const KIND: Kind = Kind {
    name: "apology",
    occasion: Occasion::Incident,
    within: 14 * DAY,
    class: Class::Service,
    allowed_classes: &[Class::Service, Class::Relational, Class::Promotional],
    obligation: true,
    ..DEFAULTS
};
