//! Offers help to a visitor who cannot find something. Practice D2.
//!
//! *Speaks when* the event is `no_results` (a search without results) or `lost` (the visitor goes back and forth), each time it happens.
//! A visitor sees every variant of the text before one comes again.
//!
//! *Stays silent when* the event is another: occasion `none`
//!
//! It is service, not advertising: it carries no offer, and its contacts do not count towards any limit.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "helpPrompt", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "¿Te ayudo a buscar?" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |event: &str| engine.decide(tree(serde_json::json!({ "now": "2026-10-12T10:00:00Z", "event": { "name": event } }))).unwrap();
//! assert_eq!(decide("no_results").contacts[0].class.word(), "service");
//! assert_eq!(decide("page_view").refused[0].code, "none");
//! ```

use crate::language::words::Class;
use crate::policy::kind::{DEFAULTS, Kind, Occasion, Offers};

pub(super) const KIND: Kind = Kind {
    name: "helpPrompt",
    occasion: Occasion::Event,
    events: &["no_results", "lost"],
    class: Class::Service,
    allowed_classes: &[Class::Service],
    uncounted: true,
    offers: Offers::Never,
    ..DEFAULTS
};
