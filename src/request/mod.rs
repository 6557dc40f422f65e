//! A request: the moment to decide about, the customer and the ledger.

pub(crate) mod cart;
#[cfg_attr(not(feature = "page"), path = "catalog_unread.rs")]
pub(crate) mod catalog;
pub(crate) mod catalog_shape;
pub(crate) mod consent;
pub(crate) mod conversation;
pub(crate) mod count;
pub(crate) mod customer;
pub(crate) mod incident;
pub(crate) mod item;
pub(crate) mod mention;
pub(crate) mod merge;
pub(crate) mod order;
pub(crate) mod order_names;
pub(crate) mod personal_code;
pub(crate) mod product;
pub(crate) mod rating;
pub(crate) mod search;
pub(crate) mod wishes;

use crate::base::parts::{ForPage, ForWhole, Part};
use crate::base::problem::{Problem, ProblemCode, Problems};
use crate::base::steps::Steps;
use crate::base::text::decimal;
use crate::base::tree::Tree;
use crate::calendar::{Instant, Zones};
use crate::language::words::{CHANNEL, Channel, LACKS};
use crate::ledger::Ledger;
use crate::ledger::record::RECORDS;
use crate::policy::Policy;
use crate::reader::check::check;
use crate::reader::shape::{COUNT, Field, PER_THOUSAND, Shape, fields};
use crate::request::catalog::Catalog;
use crate::request::catalog_shape::CATALOG;
use crate::request::count::Count;
use crate::request::customer::{CUSTOMER, Customer};
use crate::request::order::{ORDER, Order, check_currency};

const EVENT: Shape = Shape::Open(
    "Event",
    fields! {
        "name" optional Shape::Name, "the name of the event, as GA4 has it; absent: a page view";
        "at" optional Shape::Instant, "when it happened; absent: now";
        "order" optional ORDER, "the order of a `purchase`; merged with the customer's copy of it, and placed at `now` whatever its `at`";
    },
);

const SHOP_NOW: Shape = Shape::Object(
    "ShopNow",
    fields! {
        "unanswered" optional COUNT, "how many conversations of all customers wait for an answer";
        "issued" optional Shape::Map(&COUNT), "by offer: how many were given in the current unit of its budget, as this month; an offer that is not named was given to nobody; absent: not known, so no offer with a budget is given";
        "fatigue" optional PER_THOUSAND, "how many unsubscribe or report spam, of 1,000 contacts of the whole shop; absent: 0";
        "fatigueBy" optional Shape::Map(&PER_THOUSAND), "by campaign: the same of its own contacts";
    },
);

const VISIT: Shape = Shape::Object(
    "Visit",
    fields! {
        "since" optional Shape::Now, "when the visit began; after `now` or absent: no visit";
    },
);

macro_rules! moment {
    ($($more:tt)*) => {
        fields! {
            "now" required Shape::Now, "the moment to decide about";
            "zone" optional Shape::Name, "IANA name of the customer's time zone; absent: unknown, so rules about local time must pass in every zone of `zones`";
            "zones" optional Shape::Map(&Shape::Any), "by zone: rows of an instant and the minutes east of UTC from then on, as `[[0, 60]]`";
            "explain" optional Shape::Flag, "false: the answer has contacts, ghosts, presents and `nextAt` alone, in about half of the time; absent: true";
            "nextAt" optional Shape::Flag, "false: the answer has no `nextAt`, which saves some time more; absent: true";
            "event" optional EVENT, "the event that just happened; absent: a page view, or a nightly run";
            "visit" optional VISIT, "the current visit; at most one question is asked in it; absent: not known";
            "channels" optional Shape::List(&CHANNEL), "the channels that are asked about; campaigns of other channels are left out of the decision, as if the policy had none; absent: all";
            "placements" optional Shape::List(&Shape::Name), "the placements of this page; an onsite campaign with another placement is left out; absent: any";
            "without" optional Shape::List(&Shape::Choice(&LACKS)), "what the asker lacks: `store`: it does not keep what it says beyond this page, so limits cannot be held, and the policy's `page.withoutStore` says what may be said; `server`: the shop's server does not answer, so what it knows is missing, and `page.withoutServer` says it; of both the stricter holds; absent: nothing";
            "catalog" optional CATALOG, "articles with prices and stock, for claims and suggestions; absent: no claim about an article can be proved";
            "shop" optional SHOP_NOW, "the state of the whole shop";
            $($more)*
        }
    };
}

/// The shape of a moment: a request to a handle, which has the customer and the ledger already.
pub(crate) const MOMENT: Shape = Shape::Object("Moment", moment! {});

/// The fields of a request.
pub(crate) const FIELDS: &[Field] = moment! {
    "customer" optional CUSTOMER, "the customer; absent: a guest";
    "ledger" optional RECORDS, "the records of earlier contacts; absent: unknown, so the customer counts as not recognised";
};

pub(crate) const REQUEST: Shape = Shape::Object("Request", FIELDS);

/// The moment to decide about: the instant, the page, the event, and the state of the shop.
#[derive(Clone, Debug)]
pub(crate) struct Moment {
    pub now: Instant,
    /// the IANA name of the customer's time zone
    pub zone: Option<String>,
    /// none: those of the moment before
    pub zones: Option<Zones>,
    pub event: Event,
    /// whether the answer says why campaigns are silent, and what else it rests on
    pub explain: bool,
    /// whether the answer says when to ask again
    pub next_at: bool,
    /// when the visit began
    pub visit: Option<Instant>,
    /// the channels that are asked about; none: all
    pub channels: Option<Vec<Channel>>,
    /// the placements of the page; none: any
    pub placements: Option<Vec<String>>,
    /// whether the asker lacks each of `LACKS`
    pub without: [bool; LACKS.len()],
    /// how many conversations of all customers wait for an answer
    pub unanswered: i64,
    /// by offer, how many were given in the current unit of its budget; none: not known
    pub issued: Part<Vec<Count>, ForWhole>,
    /// how many customers of 1,000 contacts leave
    pub fatigue: f64,
    /// the same by campaign
    pub fatigue_by: Part<Vec<Count<f64>>, ForWhole>,
    pub catalog: Catalog,
}

/// The event that just happened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Event {
    /// none if nothing happened
    pub name: Option<String>,
    at: Option<Instant>,
    /// of a `purchase`; empty if the event brought none
    order: Option<Order>,
    /// the whole event, whose fields conditions may ask for
    pub fields: Part<Tree, ForPage>,
}

/// A whole request.
#[derive(Debug)]
pub(crate) struct Request {
    pub moment: Moment,
    pub customer: Customer,
    pub ledger: Option<Ledger>,
}

impl Request {
    /// Reads a request, and its ledger if that was not read before.
    ///
    /// # Errors
    /// Every problem, in the order of the document.
    pub fn read(mut tree: Tree, ledger: Option<Ledger>, currency: &str) -> Result<Request, Vec<Problem>> {
        let mut problems = Problems::of_request();
        check(&mut tree, &REQUEST, &mut problems);
        let moment = Moment::read_checked(&tree, currency, &mut problems);
        let customer = problems.key("customer", |problems| Customer::read(tree.get("customer"), currency, problems));
        if !problems.is_empty() {
            return Err(problems.in_order_of(&tree));
        }
        Ok(Request { moment, customer, ledger: ledger.or_else(|| Ledger::read(tree.get("ledger"))) })
    }
}

impl Event {
    fn read(tree: &Tree, currency: &str, problems: &mut Problems) -> Event {
        let mut event = Event {
            name: tree.owned("name"),
            at: tree.instant("at"),
            order: None,
            fields: Part::read(|| Some(tree.clone())),
        };
        if tree.text("name") == Some("purchase") {
            let order = tree.get("order").unwrap_or(&Tree::Null);
            problems.key("event.order", |problems| check_currency(order, currency, problems));
            event.order = Some(Order::read(order));
        }
        event
    }
}

impl Moment {
    /// Reads a moment.
    ///
    /// # Errors
    /// Every problem, in the order of the document.
    pub fn read(mut tree: Tree, currency: &str) -> Result<Moment, Vec<Problem>> {
        let mut problems = Problems::of_request();
        check(&mut tree, &MOMENT, &mut problems);
        let moment = Moment::read_checked(&tree, currency, &mut problems);
        if problems.is_empty() { Ok(moment) } else { Err(problems.in_order_of(&tree)) }
    }

    fn read_checked(tree: &Tree, currency: &str, problems: &mut Problems) -> Moment {
        let event = tree.get("event").map(|event| Event::read(event, currency, problems));
        let shop = tree.get("shop").unwrap_or(&Tree::Null);
        let now = tree.instant("now");
        let zones = tree.get("zones").map(|_| Zones::read(tree.entries("zones"), now, problems));
        Moment {
            now: now.unwrap_or(Instant(0)),
            zone: tree.owned("zone"),
            zones,
            event: event.unwrap_or_default(),
            explain: tree.flag("explain").unwrap_or(true),
            next_at: tree.flag("nextAt").unwrap_or(true),
            visit: tree.get("visit").and_then(|visit| visit.instant("since")).filter(|since| Some(*since) <= now),
            channels: tree
                .get("channels")
                .map(|_| tree.texts("channels").iter().filter_map(|word| Channel::named(word)).collect()),
            placements: tree.get("placements").map(|_| tree.texts("placements")),
            without: LACKS.map(|lack| tree.list("without").iter().any(|word| word.as_text() == Some(lack))),
            unanswered: shop.integer("unanswered").unwrap_or(0),
            issued: Part::read(|| shop.get("issued").map(|_| Count::read_map(shop, "issued", Tree::as_integer))),
            fatigue: shop.number("fatigue").unwrap_or(0.0),
            // it is only told
            fatigue_by: Part::read(|| {
                Some(Count::read_map(shop, "fatigueBy", |tree| {
                    if let Tree::Number(count) = tree { Some(*count) } else { None }
                }))
            }),
            catalog: problems.key("catalog", |problems| Catalog::read(tree.get("catalog"), problems)),
        }
    }

    /// Takes the order of a `purchase`, merged with the customer's copy of it, whose id it gets. It counts as placed now, whatever the
    /// clock of the shop says. An order without an id gets the instant of the purchase as its id.
    pub fn take_order(&mut self, customer: &Customer) -> Option<Order> {
        let mut order = self.event.order.take()?;
        let told = order.at.or(self.event.at).unwrap_or(self.now);
        order.is_nameless = order.id.is_none();
        let id = order.id.get_or_insert_with(|| decimal(told.0));
        if let Some(known) = customer.order(id).or_else(|| customer.order(order.number.as_ref()?)) {
            order.id = known.id.clone();
            order.is_nameless = false;
            order.merge(known);
            order.settle();
        }
        order.at = Some(self.now);
        Some(order)
    }
}

/// Refuses a moment without the time zones that the policy or a wish needs.
///
/// # Errors
/// One problem, at `zones`.
pub(crate) fn check_zones(policy: &Policy, customer: &Customer, zones: &Zones) -> Result<(), Vec<Problem>> {
    let sentence = if policy.asks_the_shops_date() && zones.get(&policy.shop.zone).is_none() {
        "the policy uses dates in the shop's time zone; give the rows of that zone"
    } else if zones.is_empty() && (policy.asks_the_customers_date() || !customer.wishes.quiet.is_empty()) {
        "the policy or a wish uses the customer's local time; give the rows of their time zone, or of every zone it could be"
    } else {
        return Ok(());
    };
    let mut problems = Problems::default();
    problems.add_at("zones", ProblemCode::ZoneTable, sentence);
    Err(problems.in_order_of(&Tree::Null))
}

/// Refuses what took more steps than a decision may.
///
/// # Errors
/// One problem, of the whole request.
pub(crate) fn check_steps(steps: &Steps) -> Result<(), Vec<Problem>> {
    let mut problems = Problems::default();
    if steps.are_spent() {
        problems.add(ProblemCode::TooLarge, || steps.sentence());
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.in_order_of(&Tree::Null)) }
}
