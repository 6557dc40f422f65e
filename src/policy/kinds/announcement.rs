//! Tells customers news of the shop, such as the first oranges of the year.
//!
//! *Speaks when* the date in the shop's zone lies from `from` to `until`, both included. With `event`, only when that event just
//! happened. It speaks once, unless `repeat` allows it again (`"repeat": "30d"`).
//!
//! *Stays silent when*
//! - the date lies outside `from` to `until`, or the `event` did not happen: occasion `none`
//! - the customer has already had this message: repeat `already-spoken`; with a duration in `repeat`, had it too recently: `too-soon`
//!
//! An announcement is promotional. It can be relational if it says so, carries no offer and shows no price. It cannot be `service`: a
//! campaign that says so is refused (`not-allowed`).
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "news", "kind": "announcement", "channel": "onsite", "placement": "home", "message": "n",
//! #                     "event": "login" }],
//! #     "messages": { "n": { "es": [{ "body": "Han llegado las naranjas" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let now = "2026-11-22T10:00:00Z";
//! let speaks = engine.decide(tree(serde_json::json!({ "now": now, "event": { "name": "login" } }))).unwrap();
//! assert_eq!(speaks.contacts[0].class.word(), "promotional");
//! let silent = engine.decide(tree(serde_json::json!({ "now": now, "event": { "name": "search" } }))).unwrap();
//! assert_eq!(silent.refused[0].code, "none");
//! ```

use crate::language::words::Class;
use crate::policy::kind::{DEFAULTS, Kind, Occasion, Repeat};

pub(super) const KIND: Kind = Kind {
    name: "announcement",
    occasion: Occasion::Announcement,
    class: Class::Promotional,
    allowed_classes: &[Class::Relational, Class::Promotional],
    repeat: Repeat::Never,
    ..DEFAULTS
};
