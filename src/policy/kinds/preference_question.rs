//! Asks one thing, to know whom it speaks to. Practice L3.
//!
//! *Speaks when* somebody visits. Of `every` contacts the last is a question: with 5, when four came since the customer's last question,
//! it is its turn, and it goes before all that is relational or promotional. Not again before `repeat` (30 days; with `every`, which says how
//! often, only where the campaign says one).
//!
//! *Stays silent when*
//! - fewer contacts came: occasion `none`
//! - a question of the kind was asked in this visit (the request's `visit.since`): occasion `none`
//! - it was asked more recently: repeat `too-soon`
//! - it is its turn, and a known date that outweighs it would lose its slot: arbitration `slot-kept`
//!
//! It carries no offer: answers are not bought. Two questions never come in one decision.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "preferenceQuestion", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "¿Qué cocinas?" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |ledger: serde_json::Value| engine.decide(tree(serde_json::json!({ "now": "2026-10-12T10:00:00Z", "ledger": ledger }))).unwrap();
//! assert_eq!(candidate(serde_json::json!([])).contacts[0].campaign, "c");
//! let asked = serde_json::json!([{ "id": "r", "campaign": "c", "class": "relational", "channel": "onsite", "at": "2026-10-01T10:00:00Z",
//!     "state": "delivered" }]);
//! assert_eq!(candidate(asked).refused[0].code, "too-soon");
//! ```

use crate::policy::kind::{Kind, MONTH, Occasion, Offers, PLAIN, Repeat};

pub(super) const KIND: Kind = Kind {
    name: "preferenceQuestion",
    occasion: Occasion::Question,
    one_per_decision: true,
    offers: Offers::Never,
    repeat: Repeat::After(MONTH),
    ..PLAIN
};
