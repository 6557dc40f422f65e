//! Occasions about orders: placed, being packed, delivered; about their articles and their incidents.

use super::found::{About, Found, Query, next_order_change, ratings};
use crate::base::sorting::sort_by;
use crate::base::text::{concat, decimal};
use crate::calendar::{DAY, Instant};
use crate::policy::details::{OrderState, Timing};
use crate::request::order::Order;
use crate::request::rating::Rating;

/// How long a parcel takes to a region for which the policy does not say it.
const DELIVERY_TIME: i64 = 10 * DAY;

/// The name of what a rating is about: an order or an article.
type RatedName = fn(&Rating) -> Option<&String>;

/// The sorted names of what the customer has rated. Notes when there will be more.
fn rated<'a>(query: &Query<'a, '_>, of: Option<RatedName>, found: &mut Found) -> Vec<&'a String> {
    let mut names = Vec::new();
    if let Some(of) = of {
        for rating in ratings(query, found) {
            names.extend(of(rating));
        }
    }
    sort_by(&mut names, Ord::cmp);
    names
}

/// The orders to thank for, of those that stand: the event's, those that were thanked for, and those placed after them all. An older
/// order without thanks is passed over: nobody is thanked for it after a later one.
pub(super) fn thanks<'a>(query: &Query<'a, '_>) -> Found<'a> {
    let (mut found, mut open) = (Found::default(), Vec::new());
    let (orders, within) = (&query.context.orders, query.campaign.kind.within);
    for order in orders {
        found.next = found.next.min(next_order_change(query, order));
        let stands = order.kept(query.known).filter(|_| !order.awaits_payment(query.known));
        if let (Some(key), Some(at)) = (&order.id, stands)
            && query.at < at + within
        {
            open.push((at, key, order));
        }
    }
    let Some(earliest) = open.iter().map(|(at, ..)| *at).min() else { return found };
    // the greatest `at` of an order that was thanked for; of an order that the request does not list, of its record
    let mut latest = None;
    let (mut listed, mut recent, mut thanked) = (Vec::new(), Vec::new(), Vec::new());
    for order in orders {
        let (Some(key), Some(at)) = (&order.id, order.at) else { continue };
        for name in query.context.names_of(order) {
            listed.push(name);
            if at >= earliest {
                recent.push((name, key, at));
            }
        }
    }
    sort_by(&mut listed, Ord::cmp);
    query.each_of_kind(&mut |history| {
        for (name, key, at) in &recent {
            if let Some(until) = history.about_until(name) {
                thanked.push(*key);
                latest = latest.max(Some(*at));
                found.next = found.next.min(until);
            }
        }
        history.each_since(earliest, &mut |record| {
            if record.occurrence.as_ref().is_some_and(|key| listed.binary_search(&key).is_err()) {
                latest = latest.max(Some(record.counts_from()));
                found.next = found.next.min(record.lapses());
            }
        });
    });
    sort_by(&mut thanked, Ord::cmp);
    for (at, key, order) in open {
        if query.context.is_of_event(order) || Some(at) > latest || thanked.binary_search(&key).is_ok() {
            found.note(query.at, at, at + within, key, About::Order(order));
        }
    }
    found
}

/// The orders in a state, from the instant that puts them in it. An order without an id is left out: a record could not name it.
pub(super) fn orders<'a>(query: &Query<'a, '_>, state: OrderState, timing: &Timing) -> Found<'a> {
    let mut found = Found::default();
    let by_order: Option<RatedName> = match state {
        OrderState::DeliveredAndUnrated => Some(|rating| rating.order_id.as_ref()),
        _ => None,
    };
    let rated = rated(query, by_order, &mut found);
    let disputed = if by_order.is_some() { disputed(query, &mut found) } else { Vec::new() };
    for order in &query.context.orders {
        found.next = found.next.min(next_order_change(query, order));
        let is_about = timing.only.is_none() || order.items.iter().any(|item| timing.is_about(item.family.as_deref()));
        if let Some(key) = &order.id
            && is_about
            && rated.binary_search(&key).is_err()
            && disputed.binary_search(&key).is_err()
            && let Some(anchor) = anchor_in(query, order, state)
        {
            let begins = anchor + timing.after;
            found.note(query.at, begins, begins + timing.within, key, About::Order(order));
        }
    }
    found
}

/// The sorted ids of the orders that an open complaint names. Notes when there will be others.
fn disputed<'a>(query: &Query<'a, '_>, found: &mut Found) -> Vec<&'a String> {
    let mut orders = Vec::new();
    for case in &query.context.customer.conversations {
        if case.complaint && case.is_open(query.known) {
            orders.extend(&case.order_id);
        }
        for instant in [case.at, case.solved_at, case.reopened_at].into_iter().flatten() {
            if query.known == query.at && instant > query.at {
                found.next = found.next.min(instant);
            }
        }
    }
    sort_by(&mut orders, Ord::cmp);
    orders
}

/// The instant that put an order in a state; none: it is not in it.
fn anchor_in(query: &Query, order: &Order, state: OrderState) -> Option<Instant> {
    match state {
        OrderState::Kept => order.kept(query.known),
        OrderState::Packing => {
            let here =
                order.shipped_at.is_none_or(|shipped| shipped > query.known) && order.delivered(query.known).is_none();
            order.kept(query.known).filter(|_| here)
        }
        OrderState::Delivered | OrderState::DeliveredAndUnrated => anchor(query, order),
    }
}

/// When an order was delivered; for a shipped order without `deliveredAt`, when it should have been by the shop's usual days. None while
/// an incident of it is open, or while one of its articles has come and another has not.
fn anchor(query: &Query, order: &Order) -> Option<Instant> {
    order.kept(query.known).filter(|_| order.open_incidents(query.known).0 == 0 && !order.came_in_part(query.known))?;
    let usual = || query.context.delivery_time.unwrap_or(DELIVERY_TIME);
    match (order.delivered(query.known), order.shipped_at.filter(|shipped| *shipped <= query.known)) {
        // shipped after its delivery: it was sent again
        (delivered, Some(shipped)) if Some(shipped) > delivered => Some(shipped + usual()),
        (delivered, _) => delivered,
    }
}

/// Each article of a kept order, from its own delivery on. Of an article that was bought several times, the latest.
pub(super) fn articles<'a>(query: &Query<'a, '_>, timing: &Timing) -> Found<'a> {
    let mut found = Found::default();
    let rated = rated(query, Some(|rating| rating.sku.as_ref()), &mut found);
    let mut latest = Vec::<(&String, Instant, About)>::new();
    for order in &query.context.orders {
        found.next = found.next.min(next_order_change(query, order));
        if order.kept(query.known).is_none() || order.open_incidents(query.known).0 > 0 {
            continue;
        }
        let order_anchor = anchor(query, order);
        for item in &order.items {
            let happened = |instant: Option<Instant>| instant.filter(|instant| *instant <= query.known);
            let Some(sku) = &item.sku else { continue };
            let is_kept = happened(item.returned_at).is_none() && item.gift != Some(true);
            if !is_kept || !timing.is_about(item.family.as_deref()) {
                continue;
            }
            if let Some(anchor) = happened(item.delivered_at).or(order_anchor) {
                latest.push((sku, anchor, About::Article(order, item)));
            }
        }
    }
    sort_by(&mut latest, |a, b| a.0.cmp(b.0).then(b.1.cmp(&a.1)));
    let mut last = None;
    for (sku, anchor, about) in latest {
        if last != Some(sku) && rated.binary_search(&sku).is_err() {
            let begins = anchor + timing.after;
            found.note(query.at, begins, begins + timing.within, sku, about);
        }
        last = Some(sku);
    }
    found
}

/// Each incident of an order, also of a cancelled order.
pub(super) fn incidents<'a>(query: &Query<'a, '_>, timing: &Timing) -> Found<'a> {
    let mut found = Found::default();
    for order in &query.context.orders {
        found.next = found.next.min(next_order_change(query, order));
        if order.at.is_some_and(|at| at > query.known) {
            continue;
        }
        order.each_incident(&mut |incident| {
            if let (Some(id), Some(at)) = (&order.id, incident.at)
                && at <= query.known
                && timing.is_about(Some(incident.kind.word()))
            {
                // the key of the first incident of a kind has no instant, so that a corrected `at` does not make another occurrence
                let begun = if incident.again { concat(&["/", &decimal(at.0)]) } else { String::new() };
                let key = concat(&[id, "/", incident.kind.word(), &begun]);
                found.note(query.at, at, incident.ends(at, timing.within), &key, About::Order(order));
            }
        });
    }
    found
}
