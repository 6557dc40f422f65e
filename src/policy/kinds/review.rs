//! Asks for a public rating of an article. Practice P4.
//!
//! *Speaks when* an article was delivered `after` days ago (14), for `within` (60 days): once per article, 120 days apart.
//!
//! *Stays silent when*
//! - no such article, it was returned, or they have rated it (a rating of its `sku`, high or low): occasion `none`
//! - a complaint is open: kind `not-allowed`
//! - the article was asked about: repeat `already-spoken`; anything was, less than 120 days ago: `too-soon`
//!
//! Everybody is asked, whatever they may answer, a low rating before included: a policy whose audience names `ratings.*`, `promoter`,
//! or what depends on them (`tier`, `phase`, `segments`; with `care.lowScore` `cases.open`) is refused (`not-allowed`), and so are
//! - a limit for the campaign (`"campaign": "review"`) with a `tier`, or whose `when` names one of these;
//! - a campaign of which it is the `substitute`: it would ask those whom that one leaves out;
//! - a `relevance`.
//!
//! A limit without `campaign` may have a `tier`: it caps whatever is said to them, and chooses nobody for this. `"limits": [{ "id": "l",
//! "max": 3, "per": "7d", "tier": "unknown" }]` works; with `"campaign": "review"` it fails at `limits[0].tier`.
//! A low score that is a case holds other favours, not this one.
//! Directive 2005/29/EC, annex I, 23c forbids to misrepresent reviews; asking only the happy would. This is no legal advice.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "review", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "¿Qué te parece?" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let candidate = |now: &str| engine.decide(tree(serde_json::json!({ "now": now, "customer": { "orders": [{ "id": "o-1",
//!     "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-05T10:00:00Z", "items": [{ "sku": "jug" }] }] } }))).unwrap();
//! assert_eq!(candidate("2026-10-19T10:00:00Z").contacts[0].occurrence, "jug");
//! assert_eq!(candidate("2026-10-19T09:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{Demand, Kind, MONTH, Occasion, Offers, PLAIN};

pub(super) const KIND: Kind = Kind {
    name: "review",
    occasion: Occasion::Article,
    after: 14 * DAY,
    within: 2 * MONTH,
    asks_favour: true,
    once_across_campaigns: true,
    offers: Offers::Never,
    audience_may_use_ratings: false,
    demands: &[Demand::NoOpenCase],
    gap: 120 * DAY,
    ..PLAIN
};
