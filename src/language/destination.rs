//! Where parcels go, and what a table by place says of it.

use crate::base::problem::{Code, Problems};
use crate::base::text::before_first;
use crate::base::tree::Tree;
use std::borrow::Cow;

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

    /// What a table says of the smallest place it lies in, and how long that place's name is. The outer none: that is not known.
    pub fn find<'t>(&self, table: &'t [(Cow<'static, str>, Tree)]) -> Option<Option<(usize, &'t Tree)>> {
        let mut found = None;
        for (place, said) in table {
            let length = if place == "*" { 0 } else { place.len() };
            if self.lies_in(place)? && found.is_none_or(|(longest, _)| length >= longest) {
                found = Some((length, said));
            }
        }
        Some(found)
    }
}

/// Notes that a place is none.
pub(crate) fn check_region(place: &str, problems: &mut Problems) {
    let country = before_first(place, b'-');
    if place != "*" && (country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase())) {
        let told = "no place; write a country or country-postcode as `ES` or `ES-35`, `*` for all others";
        problems.add(Code::InvalidValue, told);
    }
}
