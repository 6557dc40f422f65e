//! The shop that sends the messages.

use crate::base::compiled::compiled;
use crate::base::problem::{ProblemCode, Problems};
use crate::base::tree::Tree;
use crate::calendar::DAY;
use crate::language::destination::{Destination, check_region};
use crate::language::words::{FORM, Form};
use crate::reader::shape::{COUNT, Shape, fields};

pub(crate) const SHOP: Shape = Shape::Object(
    "Shop",
    fields! {
        "name" required Shape::Text, "the name that customers know";
        "currency" required Shape::Currency, "ISO 4217, for example `EUR`; all money is in its minor units";
        "country" optional Shape::Country, "ISO 3166, for example `ES`";
        "zone" required Shape::Name, "IANA name of the shop's time zone, for example `Europe/Madrid`; its days, weeks, months and years count";
        "locales" required Shape::List(&Shape::Locale), "BCP 47, for example `es-ES`; the first is the shop's own language";
        "deliveryDays" optional Shape::Map(&COUNT), "usual days from shipment to delivery, by region: a country as `ES`, a country and the start of a postcode as `ES-35`, or `*` for all others";
        "form" optional FORM, "how messages address customers who chose no form, formal as `usted` or informal as `tú`; absent: in the order of the variants";
        "signer" optional Shape::Text, "the name of the person who signs each message";
    },
);

/// The shop.
#[derive(Clone, Debug)]
pub(crate) struct Shop {
    pub name: String,
    pub currency: String,
    pub country: Option<String>,
    pub zone: String,
    pub locales: Vec<String>,
    pub signer: Option<String>,
    pub form: Option<Form>,
    delivery_times: Vec<DeliveryTime>,
}

/// How long a parcel takes to a region.
#[derive(Clone, Debug)]
struct DeliveryTime {
    /// `ES`, `ES-35` or `*`
    region: String,
    /// milliseconds from shipment to delivery
    time: i64,
}

impl Shop {
    pub fn read(policy: &Tree, problems: &mut Problems) -> Shop {
        let tree = policy.get("shop").unwrap_or(&Tree::Null);
        let mut delivery_times = Vec::new();
        for (region, days) in tree.entries("deliveryDays") {
            problems
                .key("shop.deliveryDays", |problems| problems.key(region, |problems| check_region(region, problems)));
            let time = days.as_integer().unwrap_or(0).saturating_mul(DAY);
            delivery_times.push(DeliveryTime { region: region.to_string(), time });
        }
        if matches!(tree.get("locales"), Some(Tree::List(_)) if tree.texts("locales").is_empty()) {
            let sentence = "no locale; name at least the one in which the shop writes, for example `es-ES`";
            problems.key("shop", |problems| problems.add_at("locales", ProblemCode::MissingField, sentence));
        }
        Shop {
            name: tree.owned("name").unwrap_or_default(),
            currency: tree.owned("currency").unwrap_or_default(),
            country: tree.owned("country"),
            zone: tree.owned("zone").unwrap_or_default(),
            locales: tree.texts("locales"),
            signer: tree.non_blank("signer"),
            form: tree.text("form").and_then(Form::named),
            delivery_times,
        }
    }

    /// How long a parcel usually takes to a destination, in milliseconds; none if the policy does not say.
    pub fn delivery_time(&self, destination: Destination) -> Option<i64> {
        // the longest region is the most precise
        let (mut longest, mut time) = (0, None);
        for known in &self.delivery_times {
            let length = if known.region == "*" { 0 } else { known.region.len() };
            if destination.lies_in(&known.region) == Some(true) && length >= longest {
                (longest, time) = (length, Some(known.time));
            }
        }
        time
    }
}

compiled! {
    struct Shop { name, currency, country, zone, locales, signer, form, delivery_times }
    struct DeliveryTime { region, time }
}
