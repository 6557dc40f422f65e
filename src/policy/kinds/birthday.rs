//! Congratulates the customer on their birthday, with a present or without. Practice R1.
//!
//! *Speaks when* today's date, where the customer is, lies between `lead` days before the birthday and `grace` days after it, both
//! included. Before the day it uses the message `early`, after it `belated`, if the campaign names them. It speaks once for each birthday
//! and at least 300 × 24 hours after the last time, so that a customer who changes their birthday gets no second present. Both hold over
//! all campaigns of the kind: one with a present, one without, one by e-mail.
//!
//! Is the birthday an offer's occasion, the customer has the present on all of these days, spoken of or not: the decision lists it in
//! `entitled`. A birthday is a date of the customer's own: of `calm` only `backOff` holds it back.
//!
//! *Stays silent when*
//! - the birthday is not known, or today's date lies outside these days: occasion `none`
//! - the birthday has been known for less than 30 × 24 hours (`birthdaySince`, or `since` without it): kind `not-allowed`
//! - the person has been a customer for less than 30 × 24 hours and has no good order: kind `not-allowed`
//! - the customer had this year's message: repeat `already-spoken`; had one less than 300 × 24 hours ago: `too-soon`
//!
//! *Dates* In years without 29 February, a birthday on that day is kept on 28 February, or on 1 March with `leapDay: "mar-1"`. The days
//! around a birthday may reach into another year: a birthday on 2 January with `lead: "5d"` begins on 28 December. The date is the one
//! in the customer's zone. If the zone is not known, the date must lie between those days in every zone of the request. The year of
//! birth is neither needed nor kept: `1990-11-22`, `--11-22` and a year in the future give the same result.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "birthday", "kind": "birthday", "channel": "onsite", "placement": "home", "message": "b" }],
//! #     "messages": { "b": { "es": [{ "body": "¡Felicidades!" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |now: &str| engine.decide(tree(serde_json::json!({
//!     "now": now, "zone": "Europe/Madrid", "zones": { "Europe/Madrid": [["2026-10-25T01:00:00Z", 60]] },
//!     "customer": { "id": "ana", "birthday": "--11-22", "since": "2025-01-01T00:00:00Z" } }))).unwrap();
//! assert_eq!(decide("2026-11-21T23:00:00Z").contacts[0].occurrence, "2026"); // midnight in Madrid
//! assert_eq!(decide("2026-11-21T22:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{DEFAULTS, Demand, Kind, MONTH, Occasion};

pub(super) const KIND: Kind = Kind {
    name: "birthday",
    occasion: Occasion::Birthday,
    own_date: true,
    once_across_campaigns: true,
    gap: 300 * DAY,
    demands: &[Demand::BirthdayKnown(MONTH), Demand::Tenure(MONTH)],
    ..DEFAULTS
};
