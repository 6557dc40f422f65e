//! Something nobody expected. Practice R7.
//!
//! *Speaks when* the draw of this `per` (a month; week and year in the shop's zone) falls on the customer: a hash of campaign, unit and
//! customer id, so any record can be checked; `share` of the customers with an id.
//!
//! *Stays silent when*
//! - it does not, or there is no id: occasion `none`
//! - in letdown: kind `not-in-phase`; it was spoken of: repeat `already-spoken`
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "surprise", "channel": "onsite", "placement": "home", "message": "m", "share": 0.5 }],
//! #     "messages": { "m": { "es": [{ "body": "¡Sorpresa!" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |customer: &str| engine.decide(tree(serde_json::json!({ "now": "2026-10-12T10:00:00Z",
//!     "zones": { "Europe/Madrid": [[0, 120]] }, "customer": { "id": customer } }))).unwrap();
//! assert_eq!(candidate("ana").contacts.len() + candidate("ana").refused.len(), 1);
//! assert_eq!((0..1000).filter(|id| candidate(&id.to_string()).contacts.len() == 1).count(), 492); // a half, drawn
//! ```

use crate::language::words::Phase;
use crate::policy::kind::{Kind, Occasion, PLAIN};

pub(super) const KIND: Kind = Kind { name: "surprise", occasion: Occasion::Draw, phases: Phase::CONTENT, ..PLAIN };
