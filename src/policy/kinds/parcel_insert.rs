//! A card to put into the parcel. Practice P10.
//!
//! *Speaks when* an order was placed less than 30 days ago and has not left: the packer asks. By `post` only. Once per order; it counts as
//! a contact when its record is delivered with the parcel.
//!
//! Where its offer is `personal`, its code is bound to the order: each order's card is another contact, so the code asked for with
//! `issue` comes back with that `contact` (`codes["parcel-3"].contact`) and goes into that order's parcel alone. The card of the next
//! order asks for another: `not-issued`. A code without `contact` is bound to the customer, and goes into any of their parcels.
//!
//! *Stays silent when*
//! - the order has left, or was cancelled: occasion `none`
//! - it has its card: repeat `already-spoken`
//! - the code is another order's, or not there yet: budget `not-issued`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "parcelInsert", "channel": "post", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Gracias" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |shipped: &str| engine.decide(tree(serde_json::json!({ "now": "2026-10-02T10:00:00Z", "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z", "shippedAt": shipped }] } }))).unwrap();
//! assert_eq!(candidate("2026-10-02T10:00:01Z").contacts[0].occurrence, "o-1");
//! assert_eq!(candidate("2026-10-02T10:00:00Z").refused[0].code, "none");
//! ```

use crate::language::words::{Channel, Class};
use crate::policy::kind::{Kind, MONTH, Occasion, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "parcelInsert",
    occasion: Occasion::Packing,
    within: MONTH,
    class: Class::Promotional,
    in_parcel: true,
    channel: Some(Channel::Post),
    ..PLAIN
};
