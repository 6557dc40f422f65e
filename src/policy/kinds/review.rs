//! Asks customers to rate an article in public. Practice P4.
//!
//! *Speaks when* an article was delivered at least `after` ago (absent: 14 days), and for `within` from then (absent: 60 days). It asks
//! once for each article. There are at least 120 days between two requests.
//!
//! *Stays silent when*
//! - no article was delivered in that time, it was returned, or it was bought for somebody else (`gift`): occasion `none`
//! - the customer has already rated it (a rating of its `sku`, high or low): occasion `none`
//! - a complaint is open: kind `not-allowed`
//! - the customer was asked about this article: repeat `already-spoken`; about another one less than 120 days ago: `too-soon`
//!
//! *Names* the article it asks about: `{product.name}`, `{product.url}`, if the catalogue lists it.
//!
//! *Everybody is asked* A shop must not ask only happy customers: Directive 2005/29/EC, annex I, 23c, forbids misrepresenting reviews. (This
//! is no legal advice.) So a policy is refused (`not-allowed`) if it uses ratings to choose who is asked:
//! - the campaign's audience names `ratings.*`, `promoter`, or a fact that depends on ratings: `tier`, `phase`, `segments`, and with
//!   `care.lowScore` also `cases.open`
//! - a limit for this campaign alone (`"campaign": "review"`) has a `tier`, or its `when` names one of these facts
//! - the campaign is the `substitute` of another: it would ask only those whom the other leaves out
//! - the campaign has a `relevance`
//!
//! A limit without `campaign` may have a `tier`, because it limits everything that is said to these customers. For example,
//! `"limits": [{ "id": "l", "max": 3, "per": "7d", "tier": "unknown" }]` is accepted; with `"campaign": "review"` it is refused at
//! `limits[0].tier`. A low score that counts as a case (`care.lowScore`) holds back other requests for a favour, but not this one.
//!
//! ```
//! # use querencia::{Engine, Tree};
//! # fn tree(value: serde_json::Value) -> Tree { serde_json::from_value(value).unwrap() }
//! # let policy = tree(serde_json::json!({ "querencia": 1,
//! #     "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
//! #     "campaigns": [{ "id": "c", "kind": "review", "channel": "onsite", "placement": "home", "message": "m" }],
//! #     "messages": { "m": { "es": [{ "body": "¿Qué te parece «{product.name}»?" }] } } }));
//! let engine = Engine::new(policy).unwrap();
//! let decide = |now: &str| engine.decide(tree(serde_json::json!({ "now": now,
//!     "catalog": { "products": [{ "sku": "jug", "name": "Jarra" }] }, "customer": { "orders": [{ "id": "o-1",
//!     "at": "2026-10-01T10:00:00Z", "deliveredAt": "2026-10-05T10:00:00Z", "items": [{ "sku": "jug" }] }] } }))).unwrap();
//! assert_eq!(decide("2026-10-19T10:00:00Z").contacts[0].occurrence, "jug");
//! assert_eq!(decide("2026-10-19T09:59:59Z").refused[0].code, "none");
//! ```

use crate::calendar::DAY;
use crate::policy::kind::{DEFAULTS, Demand, Kind, MONTH, Occasion, Offers};

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
    ..DEFAULTS
};
