//! Anything a shop wants to tell: promotional, unless it says relational, carries no offer and tells no price.
//!
//! *Speaks when* its `event` just happened (without `event`: at every candidate) on a date of the shop from `from` to `until`, both
//! inclusive. Once, unless `repeat` says after how long again.
//!
//! *Stays silent when*
//! - the event is another or there is none, or the date lies outside: occasion `none`
//! - it was said: repeat `already-spoken`; with a duration in `repeat`, said more recently: `too-soon`
//!
//! Declaring it `service` does not carry it past the limits: it stays promotional.
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
use crate::policy::kind::{Kind, Occasion, PLAIN, Repeat};

pub(super) const KIND: Kind = Kind {
    name: "announcement",
    occasion: Occasion::Announcement,
    class: Class::Promotional,
    allowed_classes: &[Class::Relational, Class::Promotional],
    repeat: Repeat::Never,
    ..PLAIN
};
