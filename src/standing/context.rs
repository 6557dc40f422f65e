//! What a decision knows, whatever the instant.

use crate::base::steps::{Looked, Steps};
use crate::base::tree::Tree;
use crate::calendar::{Instant, LocalZones, Offsets, Silence};
use crate::language::words::{Channel, LACKS};
use crate::ledger::Ledger;
use crate::ledger::history::ContactHistory;
use crate::ledger::record::Record;
use crate::ledger::totals::RunningTotals;
use crate::policy::{Campaign, Policy};
use crate::request::Event;
use crate::request::catalog::Catalog;
use crate::request::count::Count;
use crate::request::customer::Customer;
use crate::request::order::Order;
use crate::standing::full_window::Counted;
use crate::standing::phase::reasons;
use crate::standing::{Sources, Standing};
use std::cell::Cell;

/// Everything a decision knows, whatever the instant.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub policy: &'a Policy,
    pub customer: &'a Customer,
    pub event: &'a Event,
    /// the customer's orders, with that of the event
    pub orders: Vec<&'a Order>,
    /// the order of the event
    pub event_order: Option<&'a Order>,
    pub ledger: Option<&'a Ledger>,
    pub local_zones: LocalZones<'a>,
    /// the channels that are asked about; none: all
    pub channels: Option<&'a [Channel]>,
    /// the placements of the page; none: any
    pub placements: Option<&'a [String]>,
    /// how many conversations wait for the shop
    pub unanswered: i64,
    /// by offer, how many were given in this unit of its budget; none: not known
    pub issued: Option<&'a [Count]>,
    /// how many customers of 1,000 contacts leave
    pub fatigue: f64,
    /// the same by campaign
    pub fatigue_by: &'a [Count<f64>],
    /// whether the answer says why campaigns are silent
    pub explain: bool,
    /// whether the answer says when to ask again
    pub next_at: bool,
    pub catalog: &'a Catalog,
    /// how long a parcel usually takes to the customer, in milliseconds
    pub delivery_time: Option<i64>,
    pub shop_zone: Option<&'a Offsets>,
    /// by limit
    pub counted: Vec<Cell<Option<Counted>>>,
    /// by channel, what was last found of its quiet hours
    pub silences: [Cell<Option<Silence>>; Channel::WORDS.len()],
    /// whether the asker lacks each of `LACKS`
    pub without: [bool; LACKS.len()],
    /// since when the customer is on the site
    pub visit: Option<Instant>,
    pub totals: &'a RunningTotals,
    /// the records under a lease or dated ahead
    pub pending: Vec<&'a Record>,
    /// how many steps it is to look at all orders with their articles
    pub size_of_orders: usize,
    /// how many entries the lists have in which a look at a campaign looks up names
    pub size_of_lists: usize,
    pub steps: Steps,
    pub now: Instant,
}

impl<'a> Context<'a> {
    /// Whether the request asks about the channel of a campaign.
    pub fn asks_about(&self, campaign: &Campaign) -> bool {
        self.channels.is_none_or(|channels| channels.contains(&campaign.channel))
    }

    /// Whether the page has the placement of a campaign. Other channels than onsite need none.
    pub fn has_placement_of(&self, campaign: &Campaign) -> bool {
        match (self.placements, &campaign.placement) {
            (Some(placements), Some(placement)) if campaign.channel == Channel::Onsite => {
                placements.contains(placement)
            }
            _ => true,
        }
    }

    /// Whether an order is the one that the event is about.
    pub fn is_of_event(&self, order: &Order) -> bool {
        self.event_order.is_some_and(|told| told.id == order.id)
    }

    /// What a record may call an order: its id, and its number if that means no other.
    pub fn names_of<'o>(&self, order: &'o Order) -> impl Iterator<Item = &'o String> {
        let (id, customer) = (order.id.as_ref(), self.customer);
        let is_its_own = |number: &&String| id.is_some_and(|id| *number != id && customer.calls(id, number));
        id.into_iter().chain(order.number.as_ref().filter(is_its_own))
    }

    /// The facts that made the tier, and the reasons for the phase.
    pub fn because(&self, standing: &Standing) -> Vec<Tree> {
        let mut because = Vec::new();
        if let (Some(tiers), Some(phases)) = (self.policy.tiers.get(), self.policy.phases.get()) {
            because = tiers.because(standing);
            reasons(standing, phases, &mut because);
        }
        because
    }

    /// The contacts of a campaign as of an instant.
    pub fn history(&'a self, campaign: &Campaign, taken: &'a [Record], at: Instant) -> ContactHistory<'a> {
        let mut own = Vec::new();
        own.extend(taken.iter().filter(|record| record.campaign == campaign.id));
        let place = self.totals.place_of(campaign.index);
        let history = self.ledger.zip(place).and_then(|(ledger, place)| ledger.at(place));
        ContactHistory::new(history, own, at, &self.steps)
    }

    /// What the other campaigns of a campaign's kind have said, if the kind asks for it: by campaign what the ledger has, and together
    /// what this decision has taken.
    pub fn kin(&'a self, campaign: &Campaign, taken: &'a [Record], at: Instant) -> Vec<ContactHistory<'a>> {
        let (mut kin, siblings) = (Vec::new(), &campaign.siblings);
        for sibling in siblings.iter().filter(|id| **id != campaign.id) {
            let history = self.ledger.and_then(|ledger| ledger.of(sibling));
            kin.extend(history.map(|history| ContactHistory::new(Some(history), Vec::new(), at, &self.steps)));
        }
        let mut said = Vec::new();
        said.extend(
            taken
                .iter()
                .filter(|record| record.campaign != campaign.id && siblings.binary_search(&record.campaign).is_ok()),
        );
        if !said.is_empty() {
            kin.push(ContactHistory::new(None, said, at, &self.steps));
        }
        kin
    }

    /// The standing at an instant, with some contacts counted as made.
    pub fn standing(&'a self, at: Instant, taken: &'a [Record]) -> Standing<'a> {
        let Customer { conversations, ratings, .. } = self.customer;
        self.steps.take(Looked::Order, self.size_of_orders + conversations.len() + ratings.list().len() + taken.len());
        let sources = Sources {
            customer: self.customer,
            event: self.event.fields.tree(),
            orders: &self.orders,
            ledger: self.ledger,
            taken,
            steps: &self.steps,
            tiers: &self.policy.tiers,
            segments: self.policy.segments(),
            phases: &self.policy.phases,
            care: &self.policy.care,
        };
        Standing::derive(sources, at)
    }
}
