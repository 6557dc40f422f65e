//! Occasions: what could make a campaign speak. A few algorithms serve all kinds.

mod anniversary;
mod cadence;
mod draw;
mod event;
pub(crate) mod found;
mod order;
mod threshold;
mod visit;

use crate::candidates::occasions::found::{Found, Query};
use crate::policy::details::Details;

/// What could be spoken of, by the algorithm of the campaign's occasion.
pub(crate) fn find<'a>(query: &Query<'a, '_>) -> Found<'a> {
    match &query.campaign.details {
        Details::Announcement { event, from, until } => event::announcement(query, event.as_deref(), *from, *until),
        Details::Event => event::happened(query),
        Details::Thanks => order::thanks(query),
        Details::Orders(state, timing) => order::orders(query, *state, timing),
        Details::Articles(timing) => order::articles(query, timing),
        Details::Incidents(timing) => order::incidents(query, timing),
        Details::Birthday { lead, grace, leap_day, .. } => anniversary::birthday(query, *lead, *grace, *leap_day),
        Details::Replenishment { lead, families, by_family } => {
            cadence::replenishment(query, *lead, families.as_deref(), *by_family)
        }
        Details::Overdue { after, factor } => cadence::overdue(query, *after, *factor),
        Details::Milestone(goal) => threshold::milestone(query, *goal),
        Details::Activity { floor, per } => threshold::top_activity(query, *floor, *per),
        Details::Draw { share, per } => draw::draw(query, *share, *per),
        Details::Cart { after } => visit::cart(query, *after),
        Details::Question { every } => visit::question(query, *every),
    }
}
