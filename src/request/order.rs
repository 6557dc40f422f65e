//! An order: what was bought, when it was delivered, what went wrong.

use crate::base::problem::{ProblemCode, Problems};
use crate::base::sentence::shortened;
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::language::words::IncidentKind;
use crate::reader::shape::{MONEY, SIGNED_MONEY, Shape, fields};
use crate::request::incident::{
    INCIDENT, Incident, IncidentEntry, each_incident, happened, read_incidents, remove_duplicates,
};
use crate::request::item::{ITEM, Item};
use crate::request::merge::raise;
use std::borrow::Cow;
use std::cmp::Ordering;

/// For how long a parcel is late at most, if nobody says what became of it.
const LATE: i64 = 30 * DAY;

pub(crate) const ORDER: Shape = Shape::Object(
    "Order",
    fields! {
        "id" optional Shape::Name, "the id of the order; copies with the same id are merged; absent: its `number`; an order without both gets a message only with its `purchase` event";
        "number" optional Shape::Name, "the number that the customer sees, where it is not the id; whatever names it means this order, if no other has it and none has it as its id";
        "at" optional Shape::Instant, "when it was placed; absent: not known, which counts as placed";
        "updatedAt" optional Shape::Instant, "when this copy of the order was written; of two copies the later is kept whole, and one without it is older than any with it";
        "paid" optional Shape::Flag, "false: the payment failed or is awaited, so the order counts for nothing yet; absent: paid, or paid on delivery";
        "renewal" optional Shape::Flag, "true: a subscription placed it, not the customer, so promotions do not pause after it";
        "promisedBy" optional Shape::Instant, "the latest instant that the shop promised for its delivery; once it has passed, the parcel is late: an incident of its own until it is delivered or undone, for at most 30 days";
        "shippedAt" optional Shape::Instant, "when it was shipped; later than `deliveredAt`: when it was shipped again";
        "deliveredAt" optional Shape::Instant, "when it was delivered";
        "cancelledAt" optional Shape::Instant, "when it was cancelled";
        "returnedAt" optional Shape::Instant, "when the whole order was returned; absent: returned once each of its items is";
        "refundedAt" optional Shape::Instant, "when it was refunded";
        "refunded" optional MONEY, "how much was given back, in minor units; less than `total` undoes nothing";
        "total" optional MONEY, "what the customer paid, in minor units";
        "currency" optional Shape::Currency, "ISO 4217; a problem if it is not the shop's and the order has amounts";
        "margin" optional SIGNED_MONEY, "what the shop earned on it after returns and shipping, in minor units; may be negative";
        "items" optional Shape::List(&ITEM), "the articles bought";
        "incidents" optional Shape::List(&INCIDENT), "what went wrong with it";
    },
);

/// An order. A date after `now` has not happened yet.
#[derive(Clone, Debug, Default, PartialEq, PartialOrd)]
pub(crate) struct Order {
    pub id: Option<String>,
    /// its id is only the instant of its purchase
    pub is_nameless: bool,
    /// what the customer calls it
    pub number: Option<String>,
    updated_at: Option<Instant>,
    pub at: Option<Instant>,
    pub paid: Option<bool>,
    pub renewal: Option<bool>,
    pub promised_by: Option<Instant>,
    pub shipped_at: Option<Instant>,
    pub delivered_at: Option<Instant>,
    pub cancelled_at: Option<Instant>,
    pub returned_at: Option<Instant>,
    pub refunded_at: Option<Instant>,
    refunded: Option<i64>,
    pub total: Option<i64>,
    pub margin: Option<i64>,
    pub items: Vec<Item>,
    /// without duplicates, by kind, then by `at`
    incidents: Vec<IncidentEntry>,
}

/// Refuses amounts in a currency that is not the shop's, because they cannot be compared with others.
pub(crate) fn check_currency(order: &Tree, own: &str, problems: &mut Problems) {
    let Some(given) = order.text("currency").filter(|given| *given != own) else { return };
    let refuse = |amounts: &Tree, keys: &[&str], problems: &mut Problems| {
        for key in keys.iter().filter(|key| amounts.get(key).is_some()) {
            problems.add_at(key, ProblemCode::InvalidValue, || {
                concat(&[
                    "an amount in `",
                    &shortened(given),
                    "`; convert it to the shop's `",
                    own,
                    "`, or leave it out",
                ])
            });
        }
    };
    refuse(order, &["total", "margin", "refunded"], problems);
    problems.key("items", |problems| {
        for (index, item) in order.list("items").iter().enumerate() {
            problems.index(index, |problems| refuse(item, &["price"], problems));
        }
    });
}

impl Order {
    pub fn read(tree: &Tree) -> Order {
        Order {
            id: tree.owned("id").or_else(|| tree.owned("number")),
            is_nameless: false,
            number: tree.owned("number"),
            updated_at: tree.instant("updatedAt"),
            at: tree.instant("at"),
            paid: tree.flag("paid"),
            renewal: tree.flag("renewal"),
            promised_by: tree.instant("promisedBy"),
            shipped_at: tree.instant("shippedAt"),
            delivered_at: tree.instant("deliveredAt"),
            cancelled_at: tree.instant("cancelledAt"),
            returned_at: tree.instant("returnedAt"),
            refunded_at: tree.instant("refundedAt"),
            refunded: tree.integer("refunded"),
            total: tree.integer("total"),
            margin: tree.integer("margin"),
            items: Item::read_list(tree),
            incidents: read_incidents(tree),
        }
    }

    /// What the customer calls it: its number, else its id.
    pub fn name(&self) -> Option<&str> {
        let id = self.id.as_deref().filter(|_| !self.is_nameless);
        self.number.as_deref().or(id)
    }

    /// Merges another copy of the order. That with the later `updatedAt` is kept whole. Of two that are equally new it keeps the
    /// later of two instants, the larger of two amounts, the longer list of items, the incidents of both, and that it was paid.
    pub fn merge(&mut self, other: &Order) {
        match other.updated_at.cmp(&self.updated_at) {
            Ordering::Less => return,
            Ordering::Greater => {
                *self = other.clone();
                return;
            }
            Ordering::Equal => {}
        }
        if other.number > self.number {
            self.number = other.number.clone();
        }
        raise(&mut self.paid, other.paid);
        raise(&mut self.renewal, other.renewal);
        raise(&mut self.at, other.at);
        raise(&mut self.promised_by, other.promised_by);
        raise(&mut self.shipped_at, other.shipped_at);
        raise(&mut self.delivered_at, other.delivered_at);
        raise(&mut self.cancelled_at, other.cancelled_at);
        raise(&mut self.returned_at, other.returned_at);
        raise(&mut self.refunded_at, other.refunded_at);
        raise(&mut self.refunded, other.refunded);
        raise(&mut self.total, other.total);
        raise(&mut self.margin, other.margin);
        let size = |order: &Order| order.items.len();
        if (size(other), &other.items) > (size(self), &self.items) {
            self.items = other.items.clone();
        }
        self.incidents.extend(other.incidents.iter().cloned());
    }

    /// Sorts what several copies brought: once, however many there were.
    pub fn settle(&mut self) {
        if self.incidents.len() > 1 {
            remove_duplicates(&mut self.incidents);
        }
    }

    /// Calls `each` with every instant of the order, so that a decision knows when the order changes.
    pub fn each_instant(&self, each: &mut dyn FnMut(Instant)) {
        self.promised_by.iter().for_each(|promised| each(*promised + LATE));
        let own = [self.at, self.promised_by, self.shipped_at, self.delivered_at];
        own.iter().flatten().for_each(|at| each(*at));
        [self.cancelled_at, self.returned_at, self.refunded_at].iter().flatten().for_each(|at| each(*at));
        for item in &self.items {
            [item.delivered_at, item.returned_at].iter().flatten().for_each(|at| each(*at));
        }
        for entry in &self.incidents {
            [entry.at, entry.resolved_at].iter().flatten().for_each(|at| each(*at));
        }
    }

    /// Whether it was placed, and neither cancelled nor left unpaid. An order without `at` counts as placed.
    pub fn was_placed(&self, now: Instant) -> bool {
        self.at.is_none_or(|at| at <= now) && self.paid != Some(false) && !happened(self.cancelled_at, now)
    }

    /// Whether it was returned, as a whole or item by item.
    pub fn was_returned(&self, now: Instant) -> bool {
        happened(self.returned_at, now) || happened(self.of_all_items(|item| item.returned_at), now)
    }

    /// Whether it was returned or refunded as a whole.
    pub fn came_back(&self, now: Instant) -> bool {
        self.was_returned(now) || self.was_refunded(now)
    }

    /// Whether all was given back: not where `refunded` is less than `total`. Without `refundedAt`, `refunded` must say so.
    fn was_refunded(&self, now: Instant) -> bool {
        let part = self.total.zip(self.refunded).map(|(total, refunded)| refunded < total);
        match self.refunded_at {
            Some(at) => at <= now && part != Some(true),
            None => part == Some(false) && self.refunded > Some(0),
        }
    }

    /// When it was placed; none if it was cancelled or is unpaid.
    pub fn stands(&self, now: Instant) -> Option<Instant> {
        self.at.filter(|_| self.was_placed(now))
    }

    /// When it was placed; none if it was cancelled, returned or refunded, or is unpaid.
    pub fn kept(&self, now: Instant) -> Option<Instant> {
        self.stands(now).filter(|_| !self.came_back(now))
    }

    /// What the customer spent on it: the total less what was given back, for articles that were returned or of the amount; 0 if
    /// the order does not stand.
    pub fn spent(&self, now: Instant) -> i64 {
        let mut back = 0_i64;
        for item in self.items.iter().filter(|item| happened(item.returned_at, now)) {
            back = back.saturating_add(item.amount().unwrap_or(0));
        }
        // an article that was returned is often what the amount was given back for
        let refunded = self.refunded.filter(|_| self.refunded_at.is_none_or(|at| at <= now));
        (self.kept(now).and(self.total).unwrap_or(0) - back.max(refunded.unwrap_or(0))).max(0)
    }

    /// When it was delivered: `deliveredAt`, else the latest `deliveredAt` of its items if all were delivered. An article that was
    /// returned need not have been.
    pub fn delivered(&self, now: Instant) -> Option<Instant> {
        let own = self.delivered_at.filter(|at| *at <= now);
        own.or_else(|| {
            let waits = |item: &Item| item.delivered(now).is_none() && !happened(item.returned_at, now);
            if self.items.iter().any(waits) { None } else { self.latest_item(now) }
        })
    }

    /// Whether some of its articles came, and others did not yet.
    pub fn came_in_part(&self, now: Instant) -> bool {
        self.delivered(now).is_none() && self.latest_item(now).is_some()
    }

    /// When the latest of its articles that came alone was delivered.
    fn latest_item(&self, now: Instant) -> Option<Instant> {
        self.items.iter().filter_map(|item| item.delivered(now)).max()
    }

    /// Whether the customer waits for it: it was placed, and neither delivered nor undone.
    fn is_awaited(&self, now: Instant) -> bool {
        self.was_placed(now) && self.delivered(now).is_none() && !self.came_back(now)
    }

    /// The incident that nobody needs to file: the parcel did not come by `promisedBy`. It ends when the parcel comes or the order is
    /// undone, and after 30 days at the latest: a shop that never says when parcels arrive is not late for ever.
    fn late(&self) -> Option<IncidentEntry> {
        let promised = self.promised_by.filter(|promised| self.is_awaited(*promised))?;
        let mut resolved = promised + LATE;
        let returned = self.of_all_items(|item| item.returned_at);
        let came = self.of_all_items(|item| [item.delivered_at, item.returned_at].into_iter().flatten().min());
        for end in [self.delivered_at, came, returned, self.cancelled_at, self.returned_at, self.refunded_at]
            .into_iter()
            .flatten()
        {
            if end > promised && !self.is_awaited(end) {
                resolved = resolved.min(end);
            }
        }
        Some(IncidentEntry { kind: IncidentKind::Late, at: Some(promised), resolved_at: Some(resolved) })
    }

    /// When something had happened to all of its items; none if it does not happen to one of them.
    fn of_all_items(&self, happens: fn(&Item) -> Option<Instant>) -> Option<Instant> {
        let mut last = None;
        for item in &self.items {
            last = last.max(Some(happens(item)?));
        }
        last
    }

    /// How many steps it is to look at it, its articles and its incidents.
    pub fn size(&self) -> usize {
        1 + self.items.len() + self.incidents.len()
    }

    /// Calls `each` with every incident.
    pub fn each_incident(&self, each: &mut dyn FnMut(&Incident)) {
        let mut entries = Cow::Borrowed(&self.incidents);
        if let Some(late) = self.late() {
            entries.to_mut().push(late);
            remove_duplicates(entries.to_mut());
        }
        each_incident(&entries, each);
    }

    /// How many incidents are not resolved, and how many of them say that it is late.
    pub fn open_incidents(&self, now: Instant) -> (i64, i64) {
        let (mut open, mut late) = (0, 0);
        // an order to come has no trouble yet
        if self.at > Some(now) {
            return (open, late);
        }
        self.each_incident(&mut |incident| {
            if incident.is_open(now) {
                open += 1;
                late += i64::from(incident.kind == IncidentKind::Late);
            }
        });
        (open, late)
    }

    /// Whether its payment is in trouble: an incident of it is not resolved.
    pub fn awaits_payment(&self, now: Instant) -> bool {
        let mut awaits = false;
        self.each_incident(&mut |incident| {
            awaits |= incident.kind == IncidentKind::Payment && incident.is_open(now);
        });
        awaits
    }

    /// Whether an incident says that an article was not as described.
    pub fn was_not_as_described(&self, now: Instant) -> bool {
        let begun = |entry: &IncidentEntry| entry.at.is_none_or(|at| at <= now);
        self.incidents.iter().any(|entry| entry.kind == IncidentKind::NotAsDescribed && begun(entry))
    }
}
