//! What a decision knows, whatever the instant.

use crate::base::tree::Tree;
use crate::calendar::{Instant, LocalZones, Offsets};
use crate::ledger::Ledger;
use crate::ledger::history::ContactHistory;
use crate::ledger::record::Record;
use crate::ledger::totals::RunningTotals;
use crate::policy::{Campaign, Policy};
use crate::request::catalog::Catalog;
use crate::request::customer::Customer;
use crate::request::order::Order;
use crate::standing::phase::reasons;
use crate::standing::{Sources, Standing};

/// Everything a decision knows, whatever the instant.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub policy: &'a Policy,
    pub customer: &'a Customer,
    pub event: &'a Tree,
    /// the customer's orders, with that of the event
    pub orders: Vec<&'a Order>,
    pub ledger: Option<&'a Ledger>,
    pub local_zones: LocalZones<'a>,
    /// the places on the page; none: any
    pub placements: Option<&'a Tree>,
    /// how many conversations wait for the shop
    pub unanswered: i64,
    /// by offer, how many were given in this unit of its budget
    pub issued: Option<&'a Tree>,
    pub catalog: &'a Catalog,
    pub shop_zone: Option<&'a Offsets>,
    /// since when they are here
    pub visit: Option<Instant>,
    pub totals: &'a RunningTotals,
    /// the records under a lease or dated ahead
    pub pending: Vec<&'a Record>,
    pub now: Instant,
}

impl<'a> Context<'a> {
    /// Whether the page has the place of a campaign.
    pub fn has_place_for(&self, campaign: &Campaign) -> bool {
        match (self.placements, &campaign.placement) {
            (Some(Tree::List(there)), Some(placement)) if campaign.channel == "onsite" => {
                there.iter().any(|place| place.as_text() == Some(placement))
            }
            _ => true,
        }
    }

    /// Why a standing is what it is.
    pub fn because(&self, standing: &Standing) -> Vec<Tree> {
        let mut because = self.policy.tiers.because(standing);
        reasons(standing, &mut because);
        because
    }

    /// What a campaign has said as of an instant.
    pub fn said(&self, campaign: &Campaign, taken: &'a [Record], at: Instant) -> ContactHistory<'a> {
        let mut own = Vec::new();
        own.extend(taken.iter().filter(|record| record.campaign == campaign.id));
        ContactHistory::new(self.ledger.and_then(|ledger| ledger.of(&campaign.id)), own, at)
    }

    /// Tells what a campaign has said, and of `all` of its kind what the others have.
    pub fn each_of_kind(
        &self,
        campaign: &Campaign,
        all: bool,
        taken: &'a [Record],
        at: Instant,
        tell: &mut dyn FnMut(&ContactHistory),
    ) {
        tell(&self.said(campaign, taken, at));
        for place in campaign.siblings.iter().filter(|_| all) {
            if let Some(other) = self.policy.campaigns.get(*place) {
                tell(&self.said(other, taken, at));
            }
        }
    }

    /// The standing at an instant, with some contacts taken as spoken.
    pub fn standing(&'a self, at: Instant, taken: &[Record]) -> Standing<'a> {
        let mut spoken = None;
        taken.iter().for_each(|record| spoken = spoken.max(Some(record.at)));
        let sources = Sources {
            customer: self.customer,
            event: self.event,
            orders: &self.orders,
            ledger: self.ledger,
            spoken,
            tiers: &self.policy.tiers,
            segments: &self.policy.segments,
            phases: &self.policy.phases,
            low_score: self.policy.care.as_ref().and_then(|care| care.low_score),
        };
        Standing::derive(sources, at)
    }
}
