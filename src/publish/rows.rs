//! The table of where and when a page may have something to say. A page that fits no row downloads no engine.
//!
//! A row says *may*, never *will*: it is made from the kind of a campaign, its dates, and what its audience says of somebody of whom
//! nothing is known. Gates that look at the ledger are not asked.

use super::kept::Kept;
use crate::base::problem::Problem;
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::engine::Engine;
use crate::language::condition::Condition;
use crate::language::facts::{Fact, FactPath};
use crate::ledger::totals::RunningTotals;
use crate::policy::details::Details;
use crate::policy::kind::{Demand, Occasion};
use crate::policy::{Campaign, Offer, Policy};
use crate::request::Request;
use crate::standing::Standing;
use crate::standing::context::Context;

/// A line of the table. Each field that is set must fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// the page has an element with this placement
    pub placement: String,
    /// this event has just happened
    pub event: Option<String>,
    /// it is this instant or later. A day early, because the date is that of the shop
    pub from: Option<Instant>,
    /// it is before this instant, which is a day late
    pub until: Option<Instant>,
    /// something is known of the customer: the page has their island (`data-customer`), or this browser remembers something that they did
    /// (orders, a cart, ratings, searches, …), or the event brings it: `purchase`, `refund`, `view_cart`, `add_to_cart`,
    /// `remove_from_cart`. Language, consent and wishes are not meant.
    pub customer: bool,
}

/// A page at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// the placements of the page; none: any
    pub placements: Option<&'a [&'a str]>,
    /// the event that has just happened
    pub event: Option<&'a str>,
    /// the page's clock
    pub now: Instant,
    /// whether something is known of the customer
    pub customer: bool,
}

impl Row {
    /// Whether something may be said. js/loader/ has the same in JavaScript.
    #[must_use]
    pub fn fits(&self, asked: &Asked) -> bool {
        asked.placements.is_none_or(|placements| placements.contains(&&*self.placement))
            && self.event.as_deref().is_none_or(|event| asked.event == Some(event))
            && self.from.is_none_or(|from| asked.now >= from)
            && self.until.is_none_or(|until| asked.now < until)
            && (!self.customer || asked.customer)
    }

    /// Whether it fits whenever another one does.
    fn covers(&self, other: &Row) -> bool {
        self.placement == other.placement
            && (self.event.is_none() || self.event == other.event)
            && self.from.is_none_or(|from| other.from >= Some(from))
            && self.until.is_none_or(|until| other.until.is_some_and(|other| other <= until))
            && (!self.customer || other.customer)
    }
}

impl From<Row> for Tree {
    fn from(row: Row) -> Tree {
        let mut entries = vec![("placement".into(), Tree::from(row.placement))];
        entries.extend(row.event.map(|event| ("event".into(), event.into())));
        entries.extend(row.from.map(|from| ("from".into(), from.into())));
        entries.extend(row.until.map(|until| ("until".into(), until.into())));
        entries.extend(row.customer.then(|| ("customer".into(), true.into())));
        Tree::Object(entries)
    }
}

/// The rows of the published campaigns, none of which another one covers.
pub(super) fn rows(engine: &Engine, kept: &Kept) -> Result<Vec<Row>, Vec<Problem>> {
    let policy = &engine.policy;
    // somebody of whom nothing is known, in a shop whose days are those of UTC
    let offsets = Tree::List(vec![Tree::List(vec![Tree::Number(0.0), Tree::Number(0.0)])]);
    let zones = Tree::Object(vec![(policy.shop.zone.clone().into(), offsets)]);
    let request = Tree::from([("now", Tree::Number(0.0)), ("zones", zones)]);
    let Request { mut moment, mut customer, .. } = Request::read(request, None, &policy.shop.currency)?;
    engine.find_translations(&mut customer);
    let zones = moment.zones.take().unwrap_or_default();
    let mut rows = Vec::new();
    engine.in_context(&mut moment, &zones, &customer, None, &RunningTotals::default(), |context| {
        let nobody = context.standing(context.now, &[]);
        let spoken = kept.of_policy(policy).filter(|campaign| !campaign.paused);
        spoken.for_each(|campaign| rows.extend(rows_of(context, &nobody, campaign)));
    })?;
    let mut table = Vec::<Row>::new();
    for row in rows {
        if !table.iter().any(|other| other.covers(&row)) {
            table.retain(|other| !row.covers(other));
            table.push(row);
        }
    }
    Ok(table)
}

/// The rows of a campaign: one, or one for each event of its kind.
fn rows_of(context: &Context, nobody: &Standing, campaign: &Campaign) -> Vec<Row> {
    let zone = context.shop_zone;
    let offer = context.policy.offer_of(campaign);
    let mut from = offer.and_then(|offer| offer.begins(zone));
    let mut until = offer.map_or(Instant::NEVER, |offer| offer.ends(zone));
    let mut events = Vec::new();
    if let Details::Announcement { event, from: first, until: last } = &campaign.details {
        events.extend(event.clone());
        let begins = |date| zone.map(|zone| zone.first(date, 0));
        from = from.max(first.and_then(begins));
        until = until.min(last.and_then(begins).map_or(Instant::NEVER, |last| last + DAY));
    }
    if campaign.kind.occasion == Occasion::Event {
        campaign.kind.events.iter().for_each(|event| events.push((*event).to_owned()));
    }
    let row = Row {
        placement: campaign.placement.clone().unwrap_or_default(),
        event: None,
        from: from.map(|from| from + -DAY),
        until: Some(until).filter(|until| *until < Instant::NEVER).map(|until| until + DAY),
        customer: needs_customer(context.policy, nobody, campaign, offer),
    };
    match events.is_empty() {
        true => vec![row],
        false => events.into_iter().map(|event| Row { event: Some(event), ..row.clone() }).collect(),
    }
}

/// Whether a campaign is silent to somebody of whom nothing is known.
fn needs_customer(policy: &Policy, nobody: &Standing, campaign: &Campaign, offer: Option<&Offer>) -> bool {
    let kind = campaign.kind;
    let is_of_anybody = matches!(kind.occasion, Occasion::Announcement | Occasion::Event | Occasion::Question);
    let demands_more =
        |demand: &Demand| matches!(demand, Demand::BirthdayKnown(_) | Demand::Tenure(_) | Demand::Advocate(_));
    let is_excluded = |audience: &Condition| {
        audience.decided(nobody, &|path| is_known_of_nobody(policy, nobody, path)) == Some(false)
    };
    !is_of_anybody
        || kind.demands.iter().any(demands_more)
        || !kind.phases.contains(&nobody.phase)
        || campaign.relevance.get().is_some()
        || offer.is_some_and(|offer| offer.reward.personal)
        || campaign.audience.get().is_some_and(is_excluded)
}

/// Whether a fact is the same for everybody of whom nothing is known: not what the event says, what the browser's language is, what was
/// said to them before, and what they allowed.
fn is_known_of_nobody(policy: &Policy, nobody: &Standing, path: &FactPath) -> bool {
    match path.fact {
        Fact::Event
        | Fact::Locale
        | Fact::Language
        | Fact::Consent
        | Fact::SinceContact
        | Fact::ContactsCount
        | Fact::SinceContactOf
        | Fact::ReactionTo => false,
        Fact::Segments => {
            let is_decided = |condition: &Condition| {
                condition.decided(nobody, &|path| is_known_of_nobody(policy, nobody, path)).is_some()
            };
            let mut all = policy.segments().iter().enumerate();
            all.all(|(index, (_, segment))| !path.only.is_empty() && !path.only.contains(&index) || is_decided(segment))
        }
        _ => true,
    }
}
