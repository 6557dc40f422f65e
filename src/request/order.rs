//! An order: what was bought, when it came, what went wrong.

use crate::base::problem::{Code, Problems};
use crate::base::sentence::brief;
use crate::base::sorting::sort_by;
use crate::base::text::joined;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::policy::details::INCIDENT_KINDS;
use crate::reader::shape::{COUNT, MONEY, SIGNED_MONEY, Shape, fields};
use crate::request::merge::raise;

pub(crate) const ITEM: Shape = Shape::Object(
    "Item",
    fields! {
        "sku" optional Shape::Name, "the article";
        "family" optional Shape::Name, "the product family";
        "quantity" optional COUNT, "how many; absent: 1";
        "price" optional MONEY, "of one, in minor units";
        "deliveredAt" optional Shape::Instant, "when this article arrived, if apart from the order";
        "returnedAt" optional Shape::Instant, "when this article came back";
    },
);

const INCIDENT: Shape = Shape::Object(
    "Incident",
    fields! {
        "kind" required Shape::Choice(INCIDENT_KINDS), "what went wrong";
        "at" optional Shape::Instant, "since when";
        "resolvedAt" optional Shape::Instant, "until when";
    },
);

pub(crate) const ORDER: Shape = Shape::Object(
    "Order",
    fields! {
        "id" optional Shape::Name, "the order; one without is thanked for as soon as its event comes, never later";
        "at" optional Shape::Instant, "when it was placed";
        "promisedBy" optional Shape::Instant, "until when its delivery was promised";
        "shippedAt" optional Shape::Instant, "when it left; after `deliveredAt`: when it was sent again";
        "deliveredAt" optional Shape::Instant, "when it arrived";
        "cancelledAt" optional Shape::Instant, "when it was cancelled";
        "returnedAt" optional Shape::Instant, "when it came back; absent: the latest of its items, once each has one";
        "refundedAt" optional Shape::Instant, "when it was refunded";
        "total" optional MONEY, "in minor units";
        "currency" optional Shape::Currency, "ISO 4217; amounts in another than the shop's are refused";
        "margin" optional SIGNED_MONEY, "contribution margin after returns and shipping, in minor units; may be negative";
        "items" optional Shape::List(&ITEM), "what was bought";
        "incidents" optional Shape::List(&INCIDENT), "what went wrong with it";
    },
);

#[derive(Clone, Debug, Default, PartialEq, PartialOrd)]
pub(crate) struct Item {
    pub sku: Option<String>,
    pub family: Option<String>,
    pub quantity: Option<i64>,
    pub price: Option<i64>,
    pub delivered_at: Option<Instant>,
    pub returned_at: Option<Instant>,
}

/// What somebody told of an incident.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Telling {
    kind: String,
    at: Option<Instant>,
    resolved_at: Option<Instant>,
}

/// What the tellings of an incident come to.
#[derive(Debug)]
pub(crate) struct Incident<'a> {
    pub kind: &'a str,
    /// as its first telling has it
    begun: Option<Instant>,
    /// the first instant that is known
    pub at: Option<Instant>,
    resolved_at: Option<Instant>,
    /// whether another of its kind was over before
    pub again: bool,
}

/// An order. What is dated after now has not happened.
#[derive(Clone, Debug, Default, PartialEq, PartialOrd)]
pub(crate) struct Order {
    pub id: Option<String>,
    pub at: Option<Instant>,
    pub promised_by: Option<Instant>,
    pub shipped_at: Option<Instant>,
    pub delivered_at: Option<Instant>,
    pub cancelled_at: Option<Instant>,
    pub returned_at: Option<Instant>,
    pub refunded_at: Option<Instant>,
    pub total: Option<i64>,
    /// of the total, if it was told
    pub margin: Option<i64>,
    pub items: Vec<Item>,
    /// each telling once, in the order of kinds and instants
    told: Vec<Telling>,
}

/// Refuses the amounts of an order in a currency that is not the shop's: they cannot be compared.
pub(crate) fn check_currency(order: &Tree, own: &str, problems: &mut Problems) {
    let Some(said) = order.text("currency").filter(|said| *said != own) else { return };
    let refuse = |amounts: &Tree, keys: &[&str], problems: &mut Problems| {
        for key in keys.iter().filter(|key| amounts.get(key).is_some()) {
            problems.add_at(key, Code::InvalidValue, || {
                joined(&["an amount in `", &brief(said), "`; convert it to the shop's `", own, "`, or leave it out"])
            });
        }
    };
    refuse(order, &["total", "margin"], problems);
    problems.key("items", |problems| {
        for (index, item) in order.list("items").iter().enumerate() {
            problems.index(index, |problems| refuse(item, &["price"], problems));
        }
    });
}

impl Order {
    pub fn read(tree: &Tree) -> Order {
        let mut told = Vec::new();
        for incident in tree.list("incidents") {
            let Some(kind) = incident.owned("kind") else { continue };
            let (mut at, resolved_at) = (incident.instant("at"), incident.instant("resolvedAt"));
            if resolved_at.is_some() && resolved_at < at {
                // what was over before it began came again
                told.push(Telling { kind: kind.clone(), at, resolved_at: None });
                at = resolved_at;
            }
            told.push(Telling { kind, at, resolved_at });
        }
        Order {
            id: tree.owned("id"),
            at: tree.instant("at"),
            promised_by: tree.instant("promisedBy"),
            shipped_at: tree.instant("shippedAt"),
            delivered_at: tree.instant("deliveredAt"),
            cancelled_at: tree.instant("cancelledAt"),
            returned_at: tree.instant("returnedAt"),
            refunded_at: tree.instant("refundedAt"),
            total: tree.integer("total"),
            margin: tree.integer("margin"),
            items: Item::read_list(tree),
            told: distinct(told),
        }
    }

    /// What two tellings of one order know together: the later instant, the greater figure, the longer list.
    pub fn merge(&mut self, other: &Order) {
        raise(&mut self.at, other.at);
        raise(&mut self.promised_by, other.promised_by);
        raise(&mut self.shipped_at, other.shipped_at);
        raise(&mut self.delivered_at, other.delivered_at);
        raise(&mut self.cancelled_at, other.cancelled_at);
        raise(&mut self.returned_at, other.returned_at);
        raise(&mut self.refunded_at, other.refunded_at);
        raise(&mut self.total, other.total);
        raise(&mut self.margin, other.margin);
        let size = |order: &Order| order.items.len();
        if (size(other), &other.items) > (size(self), &self.items) {
            self.items.clone_from(&other.items);
        }
        self.told.extend(other.told.iter().cloned());
        self.told = distinct(std::mem::take(&mut self.told));
    }

    /// The instants that are dated, of what may still be to come.
    pub fn each_instant(&self, tell: &mut dyn FnMut(Instant)) {
        let own = [self.at, self.promised_by, self.shipped_at, self.delivered_at];
        own.iter().flatten().for_each(|at| tell(*at));
        [self.cancelled_at, self.returned_at, self.refunded_at].iter().flatten().for_each(|at| tell(*at));
        for item in &self.items {
            [item.delivered_at, item.returned_at].iter().flatten().for_each(|at| tell(*at));
        }
        for telling in &self.told {
            [telling.at, telling.resolved_at].iter().flatten().for_each(|at| tell(*at));
        }
    }

    /// Whether it was placed, if not known when, and was not cancelled.
    pub fn was_placed(&self, now: Instant) -> bool {
        self.at.is_none_or(|at| at <= now) && !happened(self.cancelled_at, now)
    }

    /// Whether it was returned: as a whole, or article by article.
    pub fn was_returned(&self, now: Instant) -> bool {
        let mut items = self.items.iter();
        happened(self.returned_at, now) || items.len() > 0 && items.all(|item| happened(item.returned_at, now))
    }

    /// Whether it was returned or refunded.
    pub fn came_back(&self, now: Instant) -> bool {
        self.was_returned(now) || happened(self.refunded_at, now)
    }

    /// When it was placed, if it was and was not cancelled.
    pub fn stands(&self, now: Instant) -> Option<Instant> {
        self.at.filter(|_| self.was_placed(now))
    }

    /// When it was placed, if it was and was not cancelled, returned or refunded.
    pub fn kept(&self, now: Instant) -> Option<Instant> {
        self.stands(now).filter(|_| !self.came_back(now))
    }

    /// What was spent on it: nothing if it was cancelled, returned or refunded, nor on articles of it that came back.
    pub fn spent(&self, now: Instant) -> i64 {
        let mut spent = self.kept(now).and(self.total).unwrap_or(0);
        for item in self.items.iter().filter(|item| happened(item.returned_at, now)) {
            let back = item.price.unwrap_or(0).saturating_mul(item.quantity.unwrap_or(1));
            spent = spent.saturating_sub(back).max(0);
        }
        spent
    }

    /// When it was delivered: as a whole, or the last of its articles if each says.
    pub fn delivered(&self, now: Instant) -> Option<Instant> {
        let mut last = None;
        for item in &self.items {
            match item.delivered_at.filter(|at| *at <= now) {
                Some(at) => last = last.max(Some(at)),
                None => {
                    last = None;
                    break;
                }
            }
        }
        self.delivered_at.filter(|at| *at <= now).or(last)
    }

    /// Tells what went wrong with it: a telling that begins after all before it were resolved begins another incident of its kind.
    pub fn each_incident(&self, tell: &mut dyn FnMut(&Incident)) {
        let mut last = None::<Incident>;
        for Telling { kind, at, resolved_at } in &self.told {
            let same = last.as_ref().is_some_and(|last| last.kind == kind);
            match &mut last {
                Some(last) if same && (last.resolved_at.is_none() || last.resolved_at >= *at) => {
                    last.at = last.at.or(*at);
                    raise(&mut last.resolved_at, *resolved_at);
                }
                _ => {
                    last.iter().for_each(&mut *tell);
                    last = Some(Incident { kind, begun: *at, at: *at, resolved_at: *resolved_at, again: same });
                }
            }
        }
        last.iter().for_each(tell);
    }

    /// How much went wrong with it and is not mended.
    pub fn open_incidents(&self, now: Instant) -> i64 {
        let mut open = 0;
        self.each_incident(&mut |incident| {
            open += i64::from(incident.begun.is_none_or(|at| at <= now) && !happened(incident.resolved_at, now));
        });
        open
    }

    /// Whether an article of it was said not to be what was promised.
    pub fn was_not_as_described(&self, now: Instant) -> bool {
        self.told.iter().any(|telling| telling.kind == "not-as-described" && telling.at.is_none_or(|at| at <= now))
    }

    /// Whether its delivery was promised for earlier.
    pub fn is_late(&self, now: Instant) -> bool {
        happened(self.promised_by, now) && self.kept(now).is_some() && self.delivered(now).is_none()
    }
}

fn happened(instant: Option<Instant>, now: Instant) -> bool {
    instant.is_some_and(|instant| instant <= now)
}

/// Each telling once: how often and in what order they were told does not matter.
fn distinct(mut told: Vec<Telling>) -> Vec<Telling> {
    sort_by(&mut told, Ord::cmp);
    told.dedup();
    told
}

impl Item {
    /// The items of a cart or an order.
    pub fn read_list(tree: &Tree) -> Vec<Item> {
        let mut items = Vec::new();
        tree.list("items").iter().for_each(|item| items.push(Item::read(item)));
        items
    }

    fn read(tree: &Tree) -> Item {
        Item {
            sku: tree.owned("sku"),
            family: tree.owned("family"),
            quantity: tree.integer("quantity"),
            price: tree.integer("price"),
            delivered_at: tree.instant("deliveredAt"),
            returned_at: tree.instant("returnedAt"),
        }
    }
}
