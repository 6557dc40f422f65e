//! Congratulations, and perhaps a present. Practice R1.
//!
//! *Speaks when* the customer's civil day lies from `lead` days before their birthday to `grace` days after it, both
//! inclusive; after the day with the message `belated`, if there is one. Once per birthday-year and not within 300 × 24 hours
//! of the last time, so that a changed date grants nothing twice.
//!
//! *Stays silent when*
//! - the birthday is unknown or the day lies outside: occasion `none`
//! - the birthday is known less than 30 × 24 hours (`birthdaySince`, else `since`), or somebody who is a customer for less
//!   has no good order: kind `not-allowed`
//! - this year's was spoken of: repeat `already-spoken`; the last was less than 300 × 24 hours ago: `too-soon`
//!
//! *Dates* Who was born on 29 February celebrates on the 28th where the year has none, or on 1 March with
//! `leapDay: "mar-1"`. Windows may cross the new year. The day is that of the customer's zone; in an unknown zone it must be
//! the day in every zone of the request. No year is needed, and none is kept: one to come
//! changes nothing.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "birthday", "kind": "birthday", "channel": "onsite", "placement": "home", "message": "b" }],
//! #     "messages": { "b": { "es": [{ "body": "¡Felicidades!" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |now: &str| engine.decide(tree(serde_json::json!({
//!     "now": now, "zone": "Europe/Madrid", "zones": { "Europe/Madrid": [["2026-10-25T01:00:00Z", 60]] },
//!     "customer": { "id": "ana", "birthday": "--11-22", "since": "2025-01-01T00:00:00Z" } }))).unwrap();
//! assert_eq!(candidate("2026-11-21T23:00:00Z").contacts[0].occurrence, "2026"); // midnight in Madrid
//! assert_eq!(candidate("2026-11-21T22:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{ANY_CLASS, Demand, Kind, MONTH, Occasion, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "birthday",
    occasion: Occasion::Birthday,
    dated: true,
    gap: 300 * DAY,
    demands: &[Demand::BirthdayKnown(MONTH), Demand::Tenure(MONTH)],
    allowed_classes: ANY_CLASS,
    ..PLAIN
};
