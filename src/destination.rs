//! Where parcels go, and what a table by place says of it.

use crate::problem::Problems;
use crate::text::{before, joined};
use crate::tree::Tree;
use std::borrow::Cow;

/// Where somebody's parcels go, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Destination<'a> {
    pub country: Option<&'a str>,
    pub postcode: Option<&'a str>,
}

impl Destination<'_> {
    /// Whether it lies in a place: a country, or the beginning of country-postcode as `ES-35`; `*` is everywhere. None: nobody
    /// knows.
    pub fn lies_in(&self, place: &str) -> Option<bool> {
        if place == "*" {
            return Some(true);
        }
        let start = joined(&[self.country?, "-"]);
        if joined(&[&start, self.postcode.unwrap_or_default()]).starts_with(place) {
            return Some(true);
        }
        (self.postcode.is_some() || !place.starts_with(&start)).then_some(false)
    }

    /// What a table says of the smallest place it lies in. The outer none: that is not known.
    pub fn find<'t>(&self, table: &'t [(Cow<'static, str>, Tree)]) -> Option<Option<&'t Tree>> {
        let (mut longest, mut found) = (0, None);
        for (place, said) in table {
            let length = if place == "*" { 0 } else { place.len() };
            if self.lies_in(place)? && length >= longest {
                (longest, found) = (length, Some(said));
            }
        }
        Some(found)
    }
}

/// Notes that a place is none.
pub(crate) fn check_place(place: &str, problems: &mut Problems) {
    let country = before(place, b'-');
    if place != "*" && (country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase())) {
        let told = "no place; write a country or country-postcode as `ES` or `ES-35`, `*` for all others";
        problems.add("invalid-value", told);
    }
}
