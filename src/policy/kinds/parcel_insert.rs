//! Puts a printed card into the parcel. Practice P10.
//!
//! *Speaks when* an order was placed less than 30 days ago and has not been shipped: the person who packs it asks. It uses the channel
//! `post` only, and speaks once for each order. The card counts as a contact when its record is `delivered`, with the parcel.
//!
//! *Stays silent when*
//! - the order was shipped or cancelled: occasion `none`
//! - the order already has its card: repeat `already-spoken`
//! - its personal code has not been issued, or belongs to another order: budget `not-issued`
//!
//! *Personal codes* If its offer is `personal`, each order's card needs a code of its own. The decision asks for it with `issue`, which
//! names the `contact`. The shop sends the code back with that name (`codes["parcel-3"].contact`), and it is printed on that order's
//! card alone. The card of the next order asks for another code. A code without `contact` belongs to the customer and may be printed on
//! the card of any of their orders.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "parcelInsert", "channel": "post", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Gracias" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |shipped: &str| engine.decide(tree(serde_json::json!({ "now": "2026-10-02T10:00:00Z", "customer": { "orders": [
//!     { "id": "o-1", "at": "2026-10-01T10:00:00Z", "shippedAt": shipped }] } }))).unwrap();
//! assert_eq!(decide("2026-10-02T10:00:01Z").contacts[0].occurrence, "o-1");
//! assert_eq!(decide("2026-10-02T10:00:00Z").refused[0].code, "none");
//! ```

use crate::language::words::{Channel, Class};
use crate::policy::kind::{DEFAULTS, Kind, MONTH, Occasion};

pub(super) const KIND: Kind = Kind {
    name: "parcelInsert",
    occasion: Occasion::Packing,
    within: MONTH,
    class: Class::Promotional,
    in_parcel: true,
    channel: Some(Channel::Post),
    ..DEFAULTS
};
