//! Surprises a few customers, drawn by lot. Practice R7.
//!
//! *Speaks when* the draw of this `per` (week, month or year in the shop's zone; absent: month) picks the customer. `share` says how many
//! are picked: `"share": 0.01` is one customer in a hundred. The draw is a hash of the campaign's id, the `per` it is for and the customer's
//! id. So it can be checked later, and asking twice gives the same answer.
//!
//! *Stays silent when*
//! - the draw does not pick the customer, or the customer has no id: occasion `none`
//! - the customer is in the phase letdown: kind `not-in-phase`
//! - the customer had the surprise of this `per`: repeat `already-spoken`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "surprise", "channel": "onsite", "placement": "home", "message": "m", "share": 0.5 }],
//! #     "messages": { "m": { "es": [{ "body": "¡Sorpresa!" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |customer: &str| engine.decide(tree(serde_json::json!({ "now": "2026-10-12T10:00:00Z",
//!     "zones": { "Europe/Madrid": [[0, 120]] }, "customer": { "id": customer } }))).unwrap();
//! assert_eq!(decide("ana").contacts.len() + decide("ana").refused.len(), 1);
//! assert_eq!((0..1000).filter(|id| decide(&id.to_string()).contacts.len() == 1).count(), 492); // a half, drawn
//! ```

use crate::language::words::Phase;
use crate::policy::kind::{DEFAULTS, Kind, Occasion};

pub(super) const KIND: Kind = Kind { name: "surprise", occasion: Occasion::Draw, phases: Phase::CONTENT, ..DEFAULTS };
