//! Asks the customer one question about what they like, such as "What do you cook?". Practice L3.
//!
//! *Speaks when* somebody visits. With `every`, one of that many contacts is a question. With `"every": 5` its turn comes when the
//! customer has had four contacts since their last question; it then goes before all relational and promotional campaigns. The same
//! campaign asks again after `repeat` (absent: 30 days; with `every` and no `repeat`, as soon as its turn comes).
//!
//! *Stays silent when*
//! - it is not yet its turn: occasion `none`
//! - the customer was already asked a question in this visit (since `visit.since` of the request): occasion `none`
//! - the customer was asked less than `repeat` ago: repeat `too-soon`
//! - it is its turn, but another closes sooner, such as a birthday, and the question can wait: arbitration `slot-kept`
//!
//! It carries no offer, because answers are not bought. One decision never has two questions.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "preferenceQuestion", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "¿Qué cocinas?" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |ledger: serde_json::Value| engine.decide(tree(serde_json::json!({ "now": "2026-10-12T10:00:00Z", "ledger": ledger }))).unwrap();
//! assert_eq!(decide(serde_json::json!([])).contacts[0].campaign, "c");
//! let asked = serde_json::json!([{ "id": "r", "campaign": "c", "class": "relational", "channel": "onsite", "at": "2026-10-01T10:00:00Z",
//!     "state": "delivered" }]);
//! assert_eq!(decide(asked).refused[0].code, "too-soon");
//! ```

use crate::policy::kind::{DEFAULTS, Kind, MONTH, Occasion, Offers, Repeat};

pub(super) const KIND: Kind = Kind {
    name: "preferenceQuestion",
    occasion: Occasion::Question,
    one_per_decision: true,
    offers: Offers::Never,
    repeat: Repeat::After(MONTH),
    ..DEFAULTS
};
