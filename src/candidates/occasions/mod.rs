//! Occasions: what could make a campaign speak. A few algorithms serve all kinds.

mod anniversary;
mod cadence;
mod draw;
mod event;
pub(crate) mod found;
mod order;
mod threshold;
mod visit;

use crate::candidates::occasions::found::{Ask, Found};
use crate::policy::details::Details;

/// What could be spoken of, by the algorithm of the campaign's occasion.
pub(crate) fn find<'a>(ask: &Ask<'a, '_>) -> Found<'a> {
    match &ask.campaign.details {
        Details::Announcement { event, from, until } => event::announcement(ask, event.as_deref(), *from, *until),
        Details::Event => event::happened(ask),
        Details::Orders(state, timing) => order::orders(ask, *state, timing),
        Details::Articles(timing) => order::articles(ask, timing),
        Details::Incidents(timing) => order::incidents(ask, timing),
        Details::Birthday { lead, grace, leap_day, .. } => anniversary::birthday(ask, *lead, *grace, *leap_day),
        Details::Replenishment { lead, families, by_family } => {
            cadence::replenishment(ask, *lead, families.as_deref(), *by_family)
        }
        Details::Overdue { after, factor } => cadence::overdue(ask, *after, *factor),
        Details::Milestone(goal) => threshold::milestone(ask, *goal),
        Details::Activity { floor, per } => threshold::top_activity(ask, *floor, *per),
        Details::Draw { share, per } => draw::draw(ask, *share, *per),
        Details::Cart { after } => visit::cart(ask, *after),
        Details::Question { every } => visit::question(ask, *every),
    }
}
