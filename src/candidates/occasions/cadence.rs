//! The customer's own rhythm: what runs out, and who is overdue.

use super::{About, Found, Occasion, again};
use crate::base::sorting::sort_by;
use crate::base::text::{digits, joined};
use crate::calendar::{DAY, ORDERS, cadence, parse_duration};
use crate::candidates::suggest::Wanted;
use crate::policy::{Details, days_field};
use crate::reader::shape::{Shape, fields};

/// With how many orders of an article its rhythm is known.
const ARTICLES: usize = 2;
/// How long before it is used up, where a campaign does not say.
const LEAD: i64 = 3 * DAY;
/// How many percent of the cadence are too long, where a campaign does not say.
const FACTOR: i64 = 150;

/// Each article whose rhythm is known, when it runs out.
pub(crate) const REPLENISHMENT: Occasion = Occasion {
    name: "replenishment",
    fields: fields! {
        "lead" may Shape::Days, "whole days before it is used up; absent: 3";
        "by" may Shape::Choice(&["sku", "family"]), "whose rhythm counts, each article's or each product family's; absent: sku";
        "families" may Shape::List(&Shape::Name), "only articles of these product families; absent: of any";
    },
    parameters: &["item.sku", "item.family"],
    once_each: true,
    read: |tree, _, _, _| {
        Some(Details::Replenishment {
            lead: tree.get("lead").map_or(LEAD, |_| days_field(tree, "lead")),
            families: tree.get("families").map(|_| tree.texts("families")),
            by_family: tree.text("by") == Some("family"),
        })
    },
    find: |ask| {
        let mut found = Found::default();
        let Details::Replenishment { lead, families, by_family } = &ask.campaign.details else {
            return found;
        };
        let wanted = Wanted::of(ask.scene, ask.known);
        super::ratings(ask, &mut found);
        let mut bought = Vec::new();
        for (place, order) in ask.scene.orders.iter().enumerate() {
            found.next = found.next.min(again(ask, order));
            let Some(at) = order.stands(ask.known) else { continue };
            for item in &order.items {
                let back = order.came_back(ask.known) || item.returned_at.is_some_and(|at| at <= ask.known);
                let is_about = match (families, &item.family) {
                    (Some(families), Some(family)) => families.contains(family),
                    (families, _) => families.is_none(),
                };
                let product = item.sku.as_ref().and_then(|sku| ask.scene.catalog.product(sku));
                let name = if *by_family { &item.family } else { &item.sku };
                if is_about
                    && product.is_none_or(|product| product.consumable != Some(false))
                    && let Some(name) = name
                {
                    let family = item.family.as_ref();
                    let holds = !back
                        && wanted.bears(item.sku.as_ref(), family, product)
                        && item.sku.as_ref().is_none_or(|sku| wanted.spares(sku));
                    bought.push((name, (at, place), About::Article(order, item), (back, holds)));
                }
            }
        }
        sort_by(&mut bought, |a, b| (a.0, a.1, a.3.0).cmp(&(b.0, b.1, b.3.0)));
        // twice in one order is once, and kept if one of them was
        bought.dedup_by(|a, b| (a.0, a.1) == (b.0, b.1));
        for purchases in bought.chunk_by(|a, b| a.0 == b.0) {
            let mut instants = Vec::new();
            let kept = purchases.iter().filter(|(.., (back, _))| !back);
            kept.for_each(|(_, (at, _), ..)| instants.push(*at));
            if let (Some(cadence), Some((sku, (last, _), about, (_, true)))) =
                (cadence(instants, ARTICLES), purchases.last())
            {
                let begins = (*last + (cadence - lead)).max(*last);
                let key = joined(&[sku, "/", &digits(last.0)]);
                found.note(ask.at, begins, begins + ask.campaign.kind.timing.1, &key, about.clone());
            }
        }
        found
    },
};

/// The customer's silence, when it lasts longer than theirs usually do.
pub(crate) const OVERDUE: Occasion = Occasion {
    name: "overdue",
    fields: fields! {
        "after" may Shape::Duration, "since the latest order, where no cadence is known; absent: 180d";
        "factor" may Shape::Integer { min: 100, max: 1_000 }, "percent of the cadence; absent: 150";
    },
    parameters: &["order.id", "order.total", "order.at"],
    once_each: true,
    read: |tree, kind, _, _| {
        Some(Details::Overdue {
            after: tree.text("after").and_then(parse_duration).unwrap_or(kind.timing.0),
            factor: tree.integer("factor").unwrap_or(FACTOR),
        })
    },
    find: |ask| {
        let mut found = Found::default();
        let Details::Overdue { after, factor } = &ask.campaign.details else {
            return found;
        };
        let orders = super::in_order(ask, &mut found);
        let mut instants = Vec::new();
        orders.iter().for_each(|(at, _)| instants.push(*at));
        if let Some((last, order)) = orders.last() {
            let silence = cadence(instants, ORDERS).map_or(*after, |cadence| cadence.saturating_mul(*factor) / 100);
            let key = order.id.clone().unwrap_or_else(|| digits(last.0));
            let begins = *last + silence;
            found.note(ask.at, begins, begins + ask.campaign.kind.timing.1, &key, About::Order(order));
        }
        found
    },
};
