//! Holdout: a share of the customers is not spoken to, so that what speaking does can be measured.
//! The share is GrowthBook's hashing version 2, so both draw the same customers (ids outside ASCII aside:
//! here the hash is over UTF-8).

use crate::hash::fnv1a32;
use crate::look::Scene;
use crate::text::joined;

/// Whether the customer is withheld. A guest never is.
pub(crate) fn withholds(scene: &Scene) -> bool {
    let (Some((share, salt)), Some(id)) = (&scene.policy.holdout, &scene.customer.id) else {
        return false;
    };
    let inner = fnv1a32(joined(&[salt.as_str(), id]).as_bytes());
    let bucket = fnv1a32(inner.to_string().as_bytes()) % 10_000;
    f64::from(bucket) / 10_000.0 < *share
}
