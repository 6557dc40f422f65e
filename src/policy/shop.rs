//! Who speaks.

use crate::base::tree::Tree;
use crate::calendar::DAY;
use crate::language::destination::Destination;
use crate::language::words::FORM;
use crate::reader::shape::{COUNT, Shape, fields};

pub(crate) const SHOP: Shape = Shape::Object(
    "Shop",
    fields! {
        "name" required Shape::Text, "as customers know it";
        "currency" required Shape::Currency, "ISO 4217; all money is in its minor units";
        "country" optional Shape::Country, "ISO 3166";
        "zone" required Shape::Name, "IANA name of the zone whose days, weeks, months and years count";
        "locales" required Shape::List(&Shape::Locale), "BCP 47, the first is the shop's own";
        "deliveryDays" optional Shape::Map(&COUNT), "usual days from shipment to delivery, by country or country-postcode as `ES-35`; `*`: all others";
        "form" optional FORM, "how it addresses those who did not say; absent: as the variants come";
        "signer" optional Shape::Text, "the person whose name stands under each message";
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
    pub form: Option<String>,
    /// by the beginning of country-postcode: milliseconds from shipment to delivery
    delivery: Vec<(String, i64)>,
}

/// Where nobody says how long a parcel takes.
const USUAL: i64 = 10 * DAY;

impl Shop {
    pub fn read(tree: &Tree) -> Shop {
        let mut delivery = Vec::new();
        for (place, days) in tree.entries("deliveryDays") {
            delivery.push((place.to_string(), days.as_integer().unwrap_or(0).saturating_mul(DAY)));
        }
        Shop {
            name: tree.owned("name").unwrap_or_default(),
            currency: tree.owned("currency").unwrap_or_default(),
            zone: tree.owned("zone").unwrap_or_default(),
            locales: tree.texts("locales"),
            signer: tree.non_blank("signer"),
            form: tree.owned("form"),
            delivery,
        }
    }

    /// How long a parcel usually takes to a destination, in milliseconds.
    pub fn delivery_time(&self, destination: Destination) -> i64 {
        let (mut longest, mut time) = (0, USUAL);
        for (key, known) in &self.delivery {
            let length = if key == "*" { 0 } else { key.len() };
            if destination.lies_in(key) == Some(true) && length >= longest {
                (longest, time) = (length, *known);
            }
        }
        time
    }
}
