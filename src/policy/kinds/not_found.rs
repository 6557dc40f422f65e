//! Makes a joke and shows a way out on the page for a missing address (404). Practice D1.
//!
//! *Speaks when* the event is `page_not_found`, each time it happens. A visitor sees every variant of the text before one comes again.
//!
//! *Stays silent when*
//! - the event is another: occasion `none`
//! - the customer has an open case (a complaint, or with `care.lowScore` a low score), or an order with an unresolved incident: kind
//!   `not-allowed`. A joke would hurt then.
//!
//! It carries no offer, and its contacts do not count towards any limit.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "notFound", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "Aquí no hay nada. Ni gazpacho" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |event: &str| engine.decide(tree(serde_json::json!({ "now": "2026-10-12T10:00:00Z", "event": { "name": event } }))).unwrap();
//! assert_eq!(decide("page_not_found").contacts[0].class.word(), "service");
//! assert_eq!(decide("page_view").refused[0].code, "none");
//! ```

use crate::language::words::Class;
use crate::policy::kind::{DEFAULTS, Demand, Kind, Occasion, Offers};

pub(super) const KIND: Kind = Kind {
    name: "notFound",
    occasion: Occasion::Event,
    events: &["page_not_found"],
    class: Class::Service,
    allowed_classes: &[Class::Service],
    uncounted: true,
    offers: Offers::Never,
    demands: &[Demand::NoTrouble],
    ..DEFAULTS
};
