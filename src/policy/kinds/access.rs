//! Opens something that is not for everybody. Practice R4.
//!
//! *Speaks when* somebody of its audience visits on a date of the shop from `from` to `until`, both inclusive; with `event`, when that just
//! happened. Once, unless `repeat` says after how long again.
//!
//! *Stays silent when* outside its dates: occasion `none`; it was said: repeat `already-spoken`
//!
//! Its offer is one of `access`: a policy that gives it another, or none, is refused.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "offers": { "o": { "access": "preview" } },
//! #     "campaigns": [{ "id": "c", "kind": "access", "channel": "onsite", "placement": "home", "message": "m", "offer": "o", "audience": { "attributes.club": "gold" } }],
//! #     "messages": { "m": { "es": [{ "body": "Antes que nadie" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |tier: &str| engine.decide(tree(serde_json::json!({ "now": "2026-10-12T10:00:00Z",
//!     "customer": { "attributes": { "club": tier } } }))).unwrap();
//! assert_eq!(candidate("gold").contacts[0].class.word(), "promotional");
//! assert_eq!(candidate("none").refused[0].code, "not-in-audience");
//! ```

use crate::language::words::Class;
use crate::policy::kind::{Kind, Offers, PLAIN, Repeat};

pub(super) const KIND: Kind = Kind {
    name: "access",
    class: Class::Promotional,
    allowed_classes: &[Class::Promotional],
    offers: Offers::Must("access"),
    repeat: Repeat::Never,
    ..PLAIN
};
