//! Where a customer's parcels go, and tables by region such as the delivery times `{ "ES": 2, "ES-35": 6, "*": 9 }`.

use crate::base::problem::{ProblemCode, Problems};
use crate::base::text::before_first;

/// What is known of the address to which a customer's parcels go.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Destination<'a> {
    pub country: Option<&'a str>,
    pub postcode: Option<&'a str>,
}

/// A postcode as it is compared: without spaces and hyphens, in capitals, and without the letters that some write before a code of
/// digits. ` es-35001` and `35001` are one; `SW1A 1AA` keeps its letters.
pub(crate) fn postcode(code: &str) -> String {
    let plain: String = postcode_letters(code).collect();
    match plain.trim_start_matches(|letter: char| letter.is_ascii_uppercase()) {
        digits if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.to_owned(),
        _ => plain,
    }
}

/// The letters and digits of a postcode, in capitals.
fn postcode_letters(code: &str) -> impl Iterator<Item = char> {
    code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase())
}

impl Destination<'_> {
    /// Whether it lies in a region: `ES` is a country, `ES-35` the postcodes of Spain that begin with 35, `*` everything. Letters
    /// before the first digit of a postcode are skipped, so `es-35001` lies in `ES-35`. None if the country or postcode that this
    /// depends on is not known; a postcode without digits counts as not known, and in Spain one without five: `7001` was `07001` once.
    pub fn lies_in(&self, region: &str) -> Option<bool> {
        if region == "*" {
            return Some(true);
        }
        let Some(part) = region.strip_prefix(self.country?) else {
            return Some(false);
        };
        let part = part.strip_prefix('-').unwrap_or(part);
        let begins = |code: &str| {
            let mut letters = postcode_letters(code);
            postcode_letters(part).all(|letter| letters.next() == Some(letter))
        };
        if part.is_empty() {
            return Some(true);
        }
        let code = self.postcode?;
        let digits = code.get(code.bytes().position(|byte| byte.is_ascii_digit())?..)?;
        if self.country == Some("ES") && postcode_letters(digits).count() != 5 {
            return None;
        }
        Some(begins(digits) || begins(code))
    }

    /// The row of a table for the smallest region in which it lies: of `ES` and `ES-35`, that of `ES-35`. `None` if that is not known,
    /// `Some(None)` if the table has no such region.
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

/// Adds a problem if a text is not a region.
pub(crate) fn check_region(region: &str, problems: &mut Problems) {
    let country = before_first(region, b'-');
    if region != "*" && (country.len() != 2 || !country.bytes().all(|letter| letter.is_ascii_uppercase())) {
        let expected = "not a region; write a country in capitals (`ES`), the beginning of a postcode (`ES-35`), or `*` for everything else";
        problems.add(ProblemCode::InvalidValue, expected);
    }
}
