//! What a decision is asked about: a moment, and who is there.

pub(crate) mod catalog;
pub(crate) mod conversation;
pub(crate) mod customer;
pub(crate) mod merge;
pub(crate) mod order;
pub(crate) mod wishes;

use crate::base::problem::{Code, Problem, Problems};
use crate::base::text::decimal;
use crate::base::tree::Tree;
use crate::calendar::{Instant, Zones};
use crate::ledger::Ledger;
use crate::ledger::record::RECORDS;
use crate::policy::Policy;
use crate::reader::check::check;
use crate::reader::shape::{COUNT, Field, Shape, fields};
use crate::request::catalog::{CATALOG, Catalog};
use crate::request::customer::{CUSTOMER, Customer};
use crate::request::order::{ORDER, Order, check_currency};

const EVENT: Shape = Shape::Open(
    "Event",
    fields! {
        "name" required Shape::Name, "what happened, by its GA4 name";
        "at" optional Shape::Instant, "when; absent: now";
        "order" optional ORDER, "the order of a `purchase`; merged into the customer's by id";
    },
);

const SHOP_NOW: Shape = Shape::Object(
    "ShopNow",
    fields! {
        "unanswered" optional COUNT, "how many conversations wait for the shop";
        "issued" optional Shape::Map(&COUNT), "by offer: how many were given in this unit of its budget";
    },
);

const VISIT: Shape = Shape::Object(
    "Visit",
    fields! {
        "since" required Shape::Instant, "when they came; after `now`: no visit";
    },
);

macro_rules! moment {
    ($($more:tt)*) => {
        fields! {
            "now" required Shape::Instant, "the moment decided about";
            "zone" optional Shape::Name, "IANA name of the customer's zone; absent: unknown, so civil rules must pass in every zone";
            "zones" optional Shape::Map(&Shape::Any), "by zone: rows of an instant and the minutes east of UTC from then on";
            "event" optional EVENT, "what just happened; absent: a visit or a nightly run";
            "visit" optional VISIT, "the visit now, in which at most one question is asked; absent: not known";
            "placements" optional Shape::List(&Shape::Name), "the places this page has; onsite campaigns of others do not contend; absent: any";
            "catalog" optional CATALOG, "what is true of the articles, for claims and suggestions; absent: nothing is known";
            "shop" optional SHOP_NOW, "the shop's own state";
            $($more)*
        }
    };
}

/// A moment: a request to a handle, which has customer and ledger.
pub(crate) const MOMENT: Shape = Shape::Object("Moment", moment! {});

/// The fields of a request.
pub(crate) const FIELDS: &[Field] = moment! {
    "customer" optional CUSTOMER, "who is there; absent: a guest";
    "ledger" optional RECORDS, "what was said to them; absent: unknown, so nobody is known";
};

pub(crate) const REQUEST: Shape = Shape::Object("Request", FIELDS);

/// When, where, and what just happened.
#[derive(Clone, Debug)]
pub(crate) struct Moment {
    pub now: Instant,
    pub zone: Option<String>,
    /// none: those of the moment before
    pub zones: Option<Zones>,
    pub event: Tree,
    /// since when they are here
    pub visit: Option<Instant>,
    /// none: any place
    pub placements: Option<Tree>,
    /// the shop's own state
    pub shop: Tree,
    pub catalog: Catalog,
}

/// A moment with everybody in it.
#[derive(Debug)]
pub(crate) struct Request {
    pub moment: Moment,
    pub customer: Customer,
    pub ledger: Option<Ledger>,
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// Every problem, in the order of the document.
    pub fn read(mut tree: Tree, currency: &str) -> Result<Request, Vec<Problem>> {
        let mut problems = Problems::default();
        check(&mut tree, &REQUEST, &mut problems);
        let moment = Moment::read_checked(&tree, currency, &mut problems);
        let customer = problems.key("customer", |problems| Customer::read(tree.get("customer"), currency, problems));
        if !problems.is_empty() {
            return Err(problems.in_order_of(&tree));
        }
        Ok(Request { moment, customer, ledger: Ledger::read(tree.get("ledger")) })
    }
}

impl Moment {
    /// Reads a moment.
    ///
    /// # Errors
    /// Every problem, in the order of the document.
    pub fn read(mut tree: Tree, currency: &str) -> Result<Moment, Vec<Problem>> {
        let mut problems = Problems::default();
        check(&mut tree, &MOMENT, &mut problems);
        let moment = Moment::read_checked(&tree, currency, &mut problems);
        if problems.is_empty() { Ok(moment) } else { Err(problems.in_order_of(&tree)) }
    }

    fn read_checked(tree: &Tree, currency: &str, problems: &mut Problems) -> Moment {
        let event = tree.get("event").unwrap_or(&Tree::Null);
        if let Some(order) = event.get("order").filter(|_| event.text("name") == Some("purchase")) {
            problems.key("event.order", |problems| check_currency(order, currency, problems));
        }
        let now = tree.instant("now");
        let zones = tree.get("zones").map(|_| Zones::read(tree.entries("zones"), now, problems));
        Moment {
            now: now.unwrap_or(Instant(0)),
            zone: tree.text("zone").map(str::to_owned),
            zones,
            event: event.clone(),
            visit: tree.get("visit").and_then(|visit| visit.instant("since")).filter(|since| Some(*since) <= now),
            shop: tree.get("shop").cloned().unwrap_or(Tree::Null),
            placements: tree.get("placements").cloned(),
            catalog: problems.key("catalog", |problems| Catalog::read(tree.get("catalog"), problems)),
        }
    }

    /// The order that a `purchase` brought, merged with what the customer has of it. Without an id it is known by its instant.
    pub fn order(&self, customer: &Customer) -> Option<Order> {
        if self.event.text("name") != Some("purchase") {
            return None;
        }
        let mut order = self.event.get("order").map(Order::read).unwrap_or_default();
        let same = |known: &&Order| order.id.is_some() && known.id == order.id;
        if let Some(known) = customer.orders.iter().find(same) {
            order.merge(known);
        }
        let at = order.at.or_else(|| self.event.integer("at").map(Instant)).unwrap_or(self.now);
        order.id.get_or_insert_with(|| decimal(at.0));
        order.at = Some(at);
        Some(order)
    }
}

/// Refuses a moment whose zones do not answer what the policy asks.
///
/// # Errors
/// One problem, at `zones`.
pub(crate) fn check_zones(policy: &Policy, customer: &Customer, zones: &Zones) -> Result<(), Vec<Problem>> {
    let told = if policy.asks_the_shops_date() && zones.get(&policy.shop.zone).is_none() {
        "the policy asks for dates in the shop's zone; give that zone's rows"
    } else if zones.is_empty() && (policy.asks_the_customers_date() || !customer.wishes.quiet.is_empty()) {
        "the policy or a wish asks for the customer's local time; give the rows of their zone, or of all it could be"
    } else {
        return Ok(());
    };
    let mut problems = Problems::default();
    problems.add_at("zones", Code::ZoneTable, told);
    Err(problems.in_order_of(&Tree::Null))
}
