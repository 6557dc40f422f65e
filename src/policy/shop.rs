//! Who speaks.

use crate::read::{Shape, fields};
use crate::tree::Tree;

pub(crate) const SHOP: Shape = Shape::Object(
    "Shop",
    fields! {
        "name" must Shape::Text, "as customers know it";
        "currency" must Shape::Currency, "ISO 4217; all money is in its minor units";
        "country" may Shape::Country, "ISO 3166";
        "zone" must Shape::Name, "IANA name of the zone whose days, weeks, months and years count";
        "locales" must Shape::List(&Shape::Locale), "BCP 47, the first is the shop's own";
        "signer" may Shape::Text, "the person whose name stands under each message";
    },
);

/// The shop.
#[derive(Clone, Debug)]
pub(crate) struct Shop {
    pub name: String,
    pub currency: String,
    pub zone: String,
    pub locales: Vec<String>,
    pub signer: Option<String>,
}

impl Shop {
    pub fn read(tree: &Tree) -> Shop {
        Shop {
            name: tree.owned("name").unwrap_or_default(),
            currency: tree.owned("currency").unwrap_or_default(),
            zone: tree.owned("zone").unwrap_or_default(),
            locales: tree.texts("locales"),
            signer: tree.owned("signer"),
        }
    }
}
