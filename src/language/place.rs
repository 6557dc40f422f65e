//! Where parcels go, and what a table by place says of it.

use crate::base::problem::{Code, Problems};
use crate::base::text::before;

/// Where somebody's parcels go, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Destination<'a> {
    pub country: Option<&'a str>,
    pub postcode: Option<&'a str>,
}

impl Destination<'_> {
    /// Whether it lies in a place: a country, or the beginning of country-postcode as `ES-35`; `*` is everywhere. A postcode
    /// also begins with its first digit, whatever is written before it, as in `es-35001`; one without digits is none. None:
    /// nobody knows.
    pub fn lies_in(&self, place: &str) -> Option<bool> {
        if place == "*" {
            return Some(true);
        }
        let Some(part) = place.strip_prefix(self.country?) else {
            return Some(false);
        };
        let part = part.strip_prefix('-').unwrap_or(part);
        let begins = |code: &str| code.get(..part.len()).is_some_and(|start| start.eq_ignore_ascii_case(part));
        if part.is_empty() {
            return Some(true);
        }
        let code = self.postcode?;
        let digits = code.get(code.bytes().position(|byte| byte.is_ascii_digit())?..)?;
        Some(begins(digits) || begins(code.trim_start()))
    }

    /// The row of the smallest region that it lies in. The outer none: that is not known. The inner none: no row is about it.
    pub fn find<'t, T>(&self, table: &'t [ByRegion<T>]) -> Option<Option<&'t ByRegion<T>>> {
        let mut found = None::<&ByRegion<T>>;
        for row in table {
            if self.lies_in(&row.region)? && found.is_none_or(|found| row.precision() >= found.precision()) {
                found = Some(row);
            }
        }
        Some(found)
    }
}

/// A row of a table by region.
#[derive(Clone, Debug)]
pub(crate) struct ByRegion<T> {
    /// as [`Destination::lies_in`] reads it
    pub region: String,
    pub value: T,
}

impl<T> ByRegion<T> {
    /// How precise the region is: `ES-35` is more precise than `ES`, and `ES` than `*`.
    pub fn precision(&self) -> usize {
        if self.region == "*" { 0 } else { self.region.len() }
    }
}

/// Notes that a place is none.
pub(crate) fn check_region(place: &str, problems: &mut Problems) {
    let country = before(place, b'-');
    if place != "*" && (country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase())) {
        let told = "no place; write a country or country-postcode as `ES` or `ES-35`, `*` for all others";
        problems.add(Code::InvalidValue, told);
    }
}
