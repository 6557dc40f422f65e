//! Who the customer is to the shop at one instant: what the gates ask and the tasks read.

mod cases;
mod contacts;
pub(crate) mod context;
mod facts;
pub(crate) mod full_window;
mod phase;
pub(crate) mod tasks;
mod tier;
pub(crate) mod window_count;

use crate::language::words::{Phase, Tier};
use crate::policy::kind::Kind;
use crate::policy::{Care, Phases, Tiers};
use cases::FRESH;
pub(crate) use cases::low_scores;

use crate::base::parts::{Cares, Conditions, Part, PhaseRules};
use crate::base::sorting::sort_by;
use crate::base::steps::{Looked, Steps};
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::condition::{Condition, Truth};
use crate::language::facts::Kept;
use crate::ledger::Ledger;
use crate::ledger::record::Record;
use crate::request::customer::Customer;
use crate::request::order::Order;
use crate::request::rating::Rating;
use std::cell::{Cell, OnceCell};
use std::rc::Rc;

/// From which rating on a customer speaks well of the shop.
const PROMOTER: f64 = 9.0;

/// What is known of a customer at an instant, and until when that holds if nothing happens.
#[derive(Clone, Debug)]
pub(crate) struct Standing<'a> {
    pub at: Instant,
    /// the earliest instant at which a date in the customer passes or the tier changes
    pub until: Instant,
    pub tier: Tier,
    pub phase: Phase,
    /// whether facts stay as they are while the clock moves on
    pub frozen: bool,
    /// whether the request has an id and a ledger; without them the tier is unknown
    pub recognised: bool,
    pub orders: Orders,
    pub customer: &'a Customer,
    /// the customer's orders, and that of the event
    placed: &'a [&'a Order],
    event: &'a Tree,
    last_contact: Option<Instant>,
    /// open complaints and low ratings
    pub open_cases: i64,
    /// how many of the open cases are low ratings
    pub low_scores: i64,
    /// when the latest complaint that is solved was solved
    solved: Option<Instant>,
    unanswered: i64,
    segments: &'a [(String, Condition)],
    ledger: Option<&'a Ledger>,
    /// the contacts of this decision that are facts: none at its own instant
    pub taken: &'a [Record],
    pub steps: &'a Steps,
    /// what stays as it is until then, once somebody has asked
    kept: Rc<Found>,
}

/// What is found once, when somebody first asks.
#[derive(Debug, Default)]
struct Found {
    facts: Kept,
    /// by its place in the catalogue, how far each article that could be suggested is from what the customer has
    distances: OnceCell<Vec<Option<u8>>>,
    /// the words of the searches, since when, and until when
    searches: OnceCell<(Tree, Instant, Instant)>,
    /// by segment, its latest answer
    segments: OnceCell<Vec<Cell<Option<Asked>>>>,
}

/// The answer of a segment, since when it is known, and whether the facts were frozen.
#[derive(Clone, Copy, Debug)]
struct Asked {
    from: Instant,
    frozen: bool,
    truth: Truth,
}

/// Sums over the orders that were not cancelled.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Orders {
    pub count: i64,
    pub good: i64,
    pub returned: i64,
    pub value: i64,
    pub margin: Option<i64>,
    /// how many have no total
    pub unpriced: i64,
    /// how many have no margin
    pub unweighed: i64,
    pub first: Option<Instant>,
    pub last: Option<Instant>,
    pub delivery: Option<Instant>,
    /// open incidents, of cancelled orders too
    pub incidents: i64,
    /// how many of the open incidents say that a parcel is late
    pub late: i64,
}

impl Orders {
    /// Sums up orders at an instant. Lowers `until` to the next instant at which something about one of them happens.
    /// `troubled` are the sorted ids of those that an open complaint or a low score names.
    fn sum(placed: &[&Order], troubled: &[&String], at: Instant, until: &mut Instant) -> Orders {
        let mut orders = Orders::default();
        for order in placed {
            order.each_instant(&mut |instant| note(until, at, &[Some(instant)]));
            let (open, late) = order.open_incidents(at);
            orders.incidents += open;
            orders.late += late;
            if !order.was_placed(at) {
                continue;
            }
            let delivered = order.delivered(at);
            let troubled = order.id.as_ref().is_some_and(|id| troubled.binary_search(&id).is_ok());
            orders.count += 1;
            orders.good += i64::from(delivered.is_some() && !troubled && !order.came_back(at));
            orders.returned += i64::from(order.was_returned(at));
            orders.value = orders.value.saturating_add(order.total.unwrap_or(0));
            orders.unpriced += i64::from(order.total.is_none());
            match order.margin {
                Some(margin) => orders.margin = Some(orders.margin.unwrap_or(0).saturating_add(margin)),
                None => orders.unweighed += 1,
            }
            if let Some(placed) = order.at {
                orders.first = Some(orders.first.map_or(placed, |first| first.min(placed)));
            }
            orders.last = orders.last.max(order.at);
            orders.delivery = orders.delivery.max(delivered);
        }
        orders
    }
}

/// What a standing is derived from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sources<'a> {
    pub customer: &'a Customer,
    pub event: &'a Tree,
    pub orders: &'a [&'a Order],
    pub ledger: Option<&'a Ledger>,
    /// the contacts of this decision, as if they were made
    pub taken: &'a [Record],
    pub steps: &'a Steps,
    /// none: nobody asks for the tier
    pub tiers: &'a Part<Tiers, Conditions>,
    /// none: nobody asks for the phase
    pub phases: &'a Part<Phases, PhaseRules>,
    pub segments: &'a [(String, Condition)],
    pub care: &'a Part<Care, Cares>,
}

impl<'a> Standing<'a> {
    /// Derives the standing at an instant.
    pub fn derive(sources: Sources<'a>, at: Instant) -> Standing<'a> {
        let Sources { customer, event, orders: placed, ledger, taken, steps, tiers, phases, segments, care } = sources;
        let mut until = Instant::NEVER;

        let (mut solved, mut open_cases, mut unanswered) = (None, 0, 0);
        let mut troubled = Vec::new();
        for case in &customer.conversations {
            note(&mut until, at, &[case.at, case.answered_at, case.solved_at, case.reopened_at]);
            if case.complaint {
                solved = solved.max(case.solved(at));
                if case.is_open(at) {
                    open_cases += 1;
                    troubled.extend(&case.order_id);
                }
            }
            unanswered += i64::from(case.waits(at));
        }
        let low = match care.get() {
            Some(care) => low_scores(customer, care.low_score, at),
            None => Vec::new(),
        };
        for rating in &low {
            note(&mut until, at, &[rating.at.map(|given| given + FRESH)]);
            troubled.extend(&rating.order_id);
        }
        sort_by(&mut troubled, Ord::cmp);
        let low_scores = i64::try_from(low.len()).unwrap_or(i64::MAX);
        customer.ratings.list().iter().for_each(|rating| note(&mut until, at, &[rating.at]));
        note(&mut until, at, &[customer.since, customer.birthday_since]);

        let orders = Orders::sum(placed, &troubled, at, &mut until);
        let mut spoken = None;
        taken.iter().for_each(|record| spoken = spoken.max(Some(record.at)));
        let last_contact = last_contact(ledger, spoken, at, &mut until, steps);
        let mut standing = Standing {
            at,
            until,
            tier: Tier::Unknown,
            phase: Phase::Illusion,
            frozen: false,
            recognised: customer.id.is_some() && ledger.is_some(),
            open_cases: open_cases + low_scores,
            low_scores,
            solved,
            unanswered,
            orders,
            customer,
            placed,
            event,
            last_contact,
            segments,
            ledger,
            taken,
            steps,
            kept: Rc::default(),
        };
        if let Some(phases) = phases.get() {
            let (phase, phase_until) = phases.of(&standing);
            standing.phase = phase;
            standing.until = standing.until.min(phase_until);
        }
        if let Some(tiers) = tiers.get() {
            let (tier, tier_until) = tiers.of(&standing);
            standing.tier = tier;
            standing.until = standing.until.min(tier_until);
        }
        standing
    }

    /// The ratings given until now, the latest first; of several of one instant the highest first.
    pub fn ratings(&self) -> impl Iterator<Item = &'a Rating> {
        let (at, steps) = (self.at, self.steps);
        // they are kept oldest first, then lowest first
        self.customer
            .ratings
            .list()
            .iter()
            .rev()
            .filter(move |rating| steps.take(Looked::Order, 1) && rating.at.is_none_or(|given| given <= at))
    }

    /// By its place in the catalogue, how far each article that could be suggested is from what the customer has.
    pub fn distances(&self, find: impl FnOnce() -> Vec<Option<u8>>) -> &[Option<u8>] {
        self.kept.distances.get_or_init(find)
    }

    /// How many open cases hold a kind. Low ratings do not hold a kind that asks everybody for an opinion, as `review`.
    pub fn open_cases_for(&self, kind: &Kind) -> i64 {
        if kind.audience_may_use_ratings { self.open_cases } else { self.open_cases - self.low_scores }
    }

    /// Whether the latest rating is 9 or 10.
    pub fn is_promoter(&self) -> bool {
        self.ratings().next().is_some_and(|rating| rating.score >= PROMOTER)
    }

    /// The same standing with its facts frozen, to look ahead.
    pub fn frozen(&self) -> Standing<'a> {
        Standing { frozen: true, until: Instant::NEVER, ..self.clone() }
    }

    /// The same standing at another instant before `until`.
    pub fn at(&self, at: Instant) -> Standing<'a> {
        Standing { at, ..self.clone() }
    }
}

/// Lowers `until` to the earliest of some instants that is still to come.
fn note(until: &mut Instant, at: Instant, instants: &[Option<Instant>]) {
    for instant in instants {
        if let Some(instant) = *instant
            && instant > at
        {
            *until = instant.min(*until);
        }
    }
}

/// The instant of the latest contact. It may lie ahead: a record dated ahead counts as of now until its date has come. Lowers `until` to
/// the instant at which the answer changes by itself.
fn last_contact(
    ledger: Option<&Ledger>,
    spoken: Option<Instant>,
    at: Instant,
    until: &mut Instant,
    steps: &Steps,
) -> Option<Instant> {
    let (mut last, mut looked) = (spoken, 0);
    for record in ledger.map_or(&[][..], Ledger::all).iter().rev() {
        let from = record.counts_from();
        looked += 1;
        if last.is_some_and(|last| last >= from) {
            break;
        }
        if record.counts(at) {
            last = last.max(Some(from));
            note(until, at, &[record.lapses(), from].map(Some));
        }
    }
    steps.take(Looked::Record, looked);
    last
}
