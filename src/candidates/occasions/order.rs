//! Orders: placed, being packed, delivered.

use super::{About, Ask, Found, Occasion, again, ratings};
use crate::base::sorting::sort_by;
use crate::base::text::{digits, joined};
use crate::base::tree::Tree;
use crate::calendar::{Instant, parse_duration};
use crate::policy::kinds::Kind;
use crate::policy::{Details, days_field};
use crate::reader::shape::{Field, Shape, fields};
use crate::request::customer::Rating;
use crate::request::order::{INCIDENT_KINDS, Order};

const FIELDS: &[Field] = fields! {
    "after" may Shape::Days, "whole days from the anchor until it begins; absent: the kind's";
    "within" may Shape::Duration, "for how long it may be spoken of; absent: the kind's";
    "families" may Shape::List(&Shape::Name), "only of these product families; absent: of any";
};

const INCIDENTS: &[Field] = fields! {
    "incidents" may Shape::List(&Shape::Choice(INCIDENT_KINDS)), "only of these kinds of incident; absent: of any";
};

const PARAMETERS: &[&str] = &["order.id", "order.total", "order.at"];

/// What campaigns about orders say.
#[derive(Clone, Debug)]
pub(crate) struct Timing {
    /// milliseconds from the anchor, and for how long from then
    after: i64,
    within: i64,
    /// of which families, or kinds of incident, if not of any
    only: Option<Vec<String>>,
}

fn read(tree: &Tree, kind: &Kind, only: &str) -> Option<Details> {
    Some(Details::Order(Timing {
        after: tree.get("after").map_or(kind.timing.0, |_| days_field(tree, "after")),
        within: tree.text("within").and_then(parse_duration).unwrap_or(kind.timing.1),
        only: tree.get(only).map(|_| tree.texts(only)),
    }))
}

impl Timing {
    /// Whether a family, or kind of incident, is one of those it is about.
    fn is_about(&self, name: Option<&str>) -> bool {
        self.only.as_ref().is_none_or(|only| name.is_some_and(|name| only.iter().any(|one| one == name)))
    }
}

/// Each order that was not cancelled, from its instant on.
pub(crate) const ORDER: Occasion = Occasion { name: "order", fields: &[], ..PLACED_OR_NOT_CANCELLED };

const PLACED_OR_NOT_CANCELLED: Occasion = Occasion {
    name: "order",
    fields: FIELDS,
    parameters: PARAMETERS,
    once_each: true,
    read: |tree, kind, _, _| read(tree, kind, "families"),
    find: |ask| each(ask, None, |ask, order| order.stands(ask.known)),
};

/// Each order that was kept.
pub(crate) const PLACED: Occasion =
    Occasion { find: |ask| each(ask, None, |ask, order| order.kept(ask.known)), ..PLACED_OR_NOT_CANCELLED };

/// Each order that was kept and has not left.
pub(crate) const PACKING: Occasion = Occasion {
    name: "packing",
    find: |ask| {
        each(ask, None, |ask, order| {
            let here =
                order.shipped_at.is_none_or(|shipped| shipped > ask.known) && order.delivered(ask.known).is_none();
            order.kept(ask.known).filter(|_| here)
        })
    },
    ..PLACED_OR_NOT_CANCELLED
};

/// Each order that was kept, from its delivery on.
pub(crate) const DELIVERED: Occasion =
    Occasion { name: "delivery", find: |ask| each(ask, None, anchor), ..PLACED_OR_NOT_CANCELLED };

/// Those that nobody has rated.
pub(crate) const UNRATED: Occasion =
    Occasion { find: |ask| each(ask, Some(|rating| rating.order_id.as_ref()), anchor), ..DELIVERED };

/// What a rating is of.
type Of = fn(&Rating) -> Option<&String>;

/// The names of what the customer has rated, in order; notes when there will be more.
fn rated<'a>(ask: &Ask<'a, '_>, of: Option<Of>, found: &mut Found) -> Vec<&'a String> {
    let mut names = Vec::new();
    if let Some(of) = of {
        for rating in ratings(ask, found) {
            names.extend(of(rating));
        }
    }
    sort_by(&mut names, Ord::cmp);
    names
}

/// The orders that have an anchor, and were not rated.
fn each<'a>(ask: &Ask<'a, '_>, of: Option<Of>, anchor: fn(&Ask, &Order) -> Option<Instant>) -> Found<'a> {
    let mut found = Found::default();
    let Details::Order(timing) = &ask.campaign.details else {
        return found;
    };
    let rated = rated(ask, of, &mut found);
    for order in &ask.scene.orders {
        found.next = found.next.min(again(ask, order));
        let is_about = timing.only.is_none() || order.items.iter().any(|item| timing.is_about(item.family.as_deref()));
        if let Some(key) = &order.id
            && is_about
            && rated.binary_search(&key).is_err()
            && let Some(anchor) = anchor(ask, order)
        {
            let begins = anchor + timing.after;
            found.note(ask.at, begins, begins + timing.within, key, About::Order(order));
        }
    }
    found
}

/// When an order came, or should have: what is left unsaid is the shop's usual days. None while something is wrong with it.
fn anchor(ask: &Ask, order: &Order) -> Option<Instant> {
    order.kept(ask.known).filter(|_| order.open_incidents(ask.known) == 0)?;
    let usual = || ask.scene.policy.shop.delivery_time(ask.scene.customer);
    match (order.delivered(ask.known), order.shipped_at.filter(|shipped| *shipped <= ask.known)) {
        // what was sent again is yet to come
        (delivered, Some(shipped)) if Some(shipped) > delivered => Some(shipped + usual()),
        (delivered, _) => delivered,
    }
}

/// Each article of an order that was kept, from its own delivery on; of several of one article the latest.
pub(crate) const ARTICLE: Occasion = Occasion {
    name: "article",
    fields: FIELDS,
    parameters: &["order.id", "order.total", "order.at", "item.sku", "item.family"],
    once_each: true,
    read: |tree, kind, _, _| read(tree, kind, "families"),
    find: |ask| {
        let mut found = Found::default();
        let Details::Order(timing) = &ask.campaign.details else {
            return found;
        };
        let rated = rated(ask, Some(|rating| rating.sku.as_ref()), &mut found);
        let mut latest = Vec::<(&String, Instant, About)>::new();
        for order in &ask.scene.orders {
            found.next = found.next.min(again(ask, order));
            if order.kept(ask.known).is_none() || order.open_incidents(ask.known) > 0 {
                continue;
            }
            let order_anchor = anchor(ask, order);
            for item in &order.items {
                let happened = |instant: Option<Instant>| instant.filter(|instant| *instant <= ask.known);
                let Some(sku) = &item.sku else { continue };
                if happened(item.returned_at).is_some() || !timing.is_about(item.family.as_deref()) {
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
                found.note(ask.at, begins, begins + timing.within, sku, about);
            }
            last = Some(sku);
        }
        found
    },
};

/// Each incident of an order, of a cancelled one too.
pub(crate) const INCIDENT: Occasion = Occasion {
    name: "incident",
    fields: INCIDENTS,
    parameters: PARAMETERS,
    once_each: true,
    read: |tree, kind, _, _| read(tree, kind, "incidents"),
    find: |ask| {
        let mut found = Found::default();
        let Details::Order(timing) = &ask.campaign.details else {
            return found;
        };
        for order in &ask.scene.orders {
            found.next = found.next.min(again(ask, order));
            if order.at.is_some_and(|at| at > ask.known) {
                continue;
            }
            order.each_incident(&mut |incident| {
                if let (Some(id), Some(at)) = (&order.id, incident.at)
                    && at <= ask.known
                    && timing.is_about(Some(incident.kind))
                {
                    // the first of a kind needs no instant to be known by
                    let begun = if incident.again { joined(&["/", &digits(at.0)]) } else { String::new() };
                    let key = joined(&[id, "/", incident.kind, &begun]);
                    found.note(ask.at, at, at + timing.within, &key, About::Order(order));
                }
            });
        }
        found
    },
};
