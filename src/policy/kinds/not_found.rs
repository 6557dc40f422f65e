//! A joke and a way out, where a page is missing. Practice D1.
//!
//! *Speaks when* the event is `page_not_found`, as often as it happens; no variant comes again until all were seen.
//!
//! *Stays silent when*
//! - the event is another: occasion `none`
//! - a case is open (a complaint, a low score with `care.lowScore`), or an incident of an order is not resolved, for jokes would hurt:
//!   kind `not-allowed`
//!
//! It costs no slot: its contacts count towards no limit. It carries no offer.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "notFound", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Aquí no hay nada. Ni gazpacho" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |event: &str| engine.decide(tree(serde_json::json!({ "now": "2026-10-12T10:00:00Z", "event": { "name": event } }))).unwrap();
//! assert_eq!(candidate("page_not_found").contacts[0].class.word(), "service");
//! assert_eq!(candidate("page_view").refused[0].code, "none");
//! ```

use crate::language::words::Class;
use crate::policy::kind::{Demand, Kind, Occasion, Offers, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "notFound",
    occasion: Occasion::Event,
    events: &["page_not_found"],
    class: Class::Service,
    allowed_classes: &[Class::Service],
    uncounted: true,
    offers: Offers::Never,
    demands: &[Demand::NoTrouble],
    ..PLAIN
};
