//! Where a customer's parcels go, and tables by region such as the delivery times `{ "ES": 2, "ES-35": 6, "*": 9 }`.

use crate::base::problem::{Code, Problems};
use crate::base::text::before_first;
use crate::base::tree::Tree;
use std::borrow::Cow;

/// What is known of the address to which a customer's parcels go.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Destination<'a> {
    pub country: Option<&'a str>,
    pub postcode: Option<&'a str>,
}

impl Destination<'_> {
    /// Whether it lies in a region: `ES` is a country, `ES-35` the postcodes of Spain that begin with 35, `*` everything. Letters
    /// before the first digit of a postcode are skipped, so `es-35001` lies in `ES-35`. None if the country or postcode that this
    /// depends on is not known; a postcode without digits counts as not known.
    pub fn lies_in(&self, region: &str) -> Option<bool> {
        if region == "*" {
            return Some(true);
        }
        let Some(part) = region.strip_prefix(self.country?) else {
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

    /// The entry of a table for the smallest region in which it lies, and the length of that region's name: of `ES` and `ES-35`, that of
    /// `ES-35`. `None` if that is not known, `Some(None)` if the table has no such region.
    pub fn find<'t>(&self, table: &'t [(Cow<'static, str>, Tree)]) -> Option<Option<(usize, &'t Tree)>> {
        let mut found = None;
        for (region, entry) in table {
            let length = if region == "*" { 0 } else { region.len() };
            if self.lies_in(region)? && found.is_none_or(|(longest, _)| length >= longest) {
                found = Some((length, entry));
            }
        }
        Some(found)
    }
}

/// Adds a problem if a text is not a region.
pub(crate) fn check_region(region: &str, problems: &mut Problems) {
    let country = before_first(region, b'-');
    if region != "*" && (country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase())) {
        let expected =
            "not a region; write a country (`ES`), the beginning of a postcode (`ES-35`), or `*` for everything else";
        problems.add(Code::InvalidValue, expected);
    }
}
