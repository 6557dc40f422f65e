//! The personal codes that the server has issued.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::reader::shape::{Shape, fields};

pub(crate) const CODE: Shape = Shape::Object(
    "Code",
    fields! {
        "code" optional Shape::Text, "what the customer types; absent: not issued yet";
        "contact" optional Shape::Name, "the id of the only contact that may show the code; absent: any contact with the offer";
        "expiresAt" optional Shape::Instant, "the instant from which the code cannot be used; absent: it does not expire";
    },
);

/// A code that only this customer can use.
#[derive(Clone, Debug)]
pub(crate) struct PersonalCode {
    pub offer: String,
    pub code: String,
    /// the id of the only contact that may show it
    pub contact: Option<String>,
    pub expires_at: Option<Instant>,
}

/// The codes of a customer that were issued.
pub(super) fn read_codes(customer: &Tree) -> Vec<PersonalCode> {
    let mut codes = Vec::new();
    for (offer, code) in customer.entries("codes") {
        let Some(text) = code.owned("code") else { continue };
        codes.push(PersonalCode {
            offer: offer.to_string(),
            code: text,
            contact: code.owned("contact"),
            expires_at: code.instant("expiresAt"),
        });
    }
    codes
}
