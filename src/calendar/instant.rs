//! Instants: moments that are the same in every zone.

use crate::base::compiled::compiled_as;
use crate::base::tree::Tree;
use serde::ser::{Serialize, Serializer};
use std::ops::{Add, RangeInclusive, Sub};

/// Milliseconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub i64);

impl Instant {
    /// What a document may give: 1970 to 9999.
    pub(crate) const RANGE: RangeInclusive<i64> = 0..=253_402_300_799_999;
    /// Later than any instant of a document.
    pub(crate) const NEVER: Instant = Instant(i64::MAX);
}

impl Add<i64> for Instant {
    type Output = Instant;
    fn add(self, milliseconds: i64) -> Instant {
        Instant(self.0.saturating_add(milliseconds))
    }
}

impl Sub<Instant> for Instant {
    type Output = i64;
    fn sub(self, earlier: Instant) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl From<Instant> for Tree {
    fn from(instant: Instant) -> Self {
        instant.0.into()
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Tree {
    /// The instant of a key. The reader has already replaced text such as `2026-12-24T18:00:00Z` by milliseconds.
    pub(crate) fn instant(&self, key: &str) -> Option<Instant> {
        self.integer(key).map(Instant)
    }
}

compiled_as!(Instant as i64, |instant| instant.0, Instant);
