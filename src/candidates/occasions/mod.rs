//! Occasions: what could make a campaign speak. A few algorithms serve all kinds.

mod anniversary;
mod cadence;
mod draw;
mod event;
pub(crate) mod found;
mod order;
mod threshold;
mod visit;

use crate::base::steps::Looked;
use crate::candidates::occasions::found::{Found, Query};
use crate::policy::details::Details;

/// What could be spoken of, by the algorithm of the campaign's occasion.
pub(crate) fn find<'a>(query: &Query<'a, '_>) -> Found<'a> {
    let (context, details) = (query.context, &query.campaign.details);
    // what these look at; the others look at no list
    let size = match details {
        Details::Thanks => context.size_of_orders.saturating_mul(2 + query.kin.len()),
        Details::Orders(..) | Details::Articles(..) => {
            context.size_of_orders + context.customer.ratings.list().len() + context.customer.conversations.len()
        }
        Details::Cart { .. } => context.orders.len() + context.customer.cart.get().map_or(0, |cart| cart.items().len()),
        Details::Incidents(..) | Details::Replenishment { .. } | Details::Overdue { .. } | Details::Milestone(..) => {
            context.size_of_orders
        }
        _ => 0,
    };
    if size > 0 && !context.steps.take(Looked::Order, size) {
        return Found::default();
    }
    match details {
        Details::Announcement { event, from, until } => event::announcement(query, event.as_deref(), *from, *until),
        Details::Event(_) => event::happened(query),
        Details::Thanks => order::thanks(query),
        Details::Orders(state, timing, _) => order::orders(query, *state, timing),
        Details::Articles(timing, _) => order::articles(query, timing),
        Details::Incidents(timing, _) => order::incidents(query, timing),
        Details::Birthday { lead, grace, leap_day, .. } => anniversary::birthday(query, *lead, *grace, *leap_day),
        Details::Replenishment { lead, families, by_family, .. } => {
            cadence::replenishment(query, *lead, families.as_deref(), *by_family)
        }
        Details::Overdue { after, factor, .. } => cadence::overdue(query, *after, *factor),
        Details::Milestone(goal, _) => threshold::milestone(query, *goal),
        Details::Activity { floor, per, .. } => threshold::top_activity(query, *floor, *per),
        Details::Draw { share, per, .. } => draw::draw(query, *share, *per),
        Details::Cart { after, .. } => visit::cart(query, *after),
        Details::Question { every, .. } => visit::question(query, *every),
    }
}
