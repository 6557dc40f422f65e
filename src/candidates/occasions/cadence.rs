//! The customer's own rhythm: what runs out, and who is overdue.

use super::found::{About, Found, Query, next_order_change};
use crate::base::sorting::{contains, sort_by};
use crate::base::text::{concat, decimal};
use crate::calendar::{ORDERS, cadence, lasts};
use crate::candidates::occasions::found::{orders_in_time, ratings};
use crate::candidates::wanted::Wanted;

/// With how many orders of an article its rhythm is known.
const ARTICLES: usize = 2;

/// Each article whose rhythm is known, when what was bought last runs out.
pub(super) fn replenishment<'a>(
    query: &Query<'a, '_>,
    lead: i64,
    families: Option<&[String]>,
    by_family: bool,
) -> Found<'a> {
    let mut found = Found::default();
    let wanted = Wanted::of(query.context, query.known);
    ratings(query, &mut found);
    let mut bought = Vec::new();
    for (index, order) in query.context.orders.iter().enumerate() {
        found.next = found.next.min(next_order_change(query, order));
        let Some(at) = order.stands(query.known) else { continue };
        for item in &order.items {
            let back = order.came_back(query.known) || item.returned_at.is_some_and(|at| at <= query.known);
            let is_about = match (families, &item.family) {
                (Some(families), Some(family)) => contains(families, family),
                (families, _) => families.is_none(),
            };
            let product = item.sku.as_ref().and_then(|sku| query.context.catalog.product(sku));
            let name = if by_family { &item.family } else { &item.sku };
            if is_about
                && item.gift != Some(true)
                && product.is_none_or(|product| product.consumable != Some(false))
                && let Some(name) = name
            {
                let family = item.family.as_ref();
                let holds = !back
                    && wanted.is_offerable(item.sku.as_ref(), family, product)
                    && item.sku.as_ref().is_none_or(|sku| wanted.is_not_in_cart_nor_disliked(sku));
                bought.push((name, (at, index), About::Article(order, item), (back, holds), item.quantity()));
            }
        }
    }
    sort_by(&mut bought, |a, b| (a.0, a.1, a.3.0).cmp(&(b.0, b.1, b.3.0)));
    // twice in one order is once, of all that was kept; kept, if one of them was
    bought.dedup_by(|next, first| {
        let is_one = (next.0, next.1) == (first.0, first.1);
        if is_one && !next.3.0 {
            first.4 = first.4.saturating_add(next.4);
        }
        is_one
    });
    for purchases in bought.chunk_by(|a, b| a.0 == b.0) {
        let mut kept = Vec::new();
        let of_kept = purchases.iter().filter(|(.., (back, _), quantity)| !back && *quantity > 0);
        of_kept.for_each(|(_, (at, _), _, _, quantity)| kept.push((*at, *quantity)));
        if let (Some(time), Some((sku, (last, _), about, (_, true), _))) = (lasts(kept, ARTICLES), purchases.last()) {
            let begins = (*last + (time - lead)).max(*last);
            let key = concat(&[sku, "/", &decimal(last.0)]);
            found.note(query.at, begins, begins + query.campaign.kind.within, &key, about.clone());
        }
    }
    found
}

/// The customer's silence, when it lasts longer than theirs usually do.
pub(super) fn overdue<'a>(query: &Query<'a, '_>, after: i64, factor: i64) -> Found<'a> {
    let mut found = Found::default();
    let orders = orders_in_time(query, &mut found);
    let mut instants = Vec::new();
    orders.iter().for_each(|(at, _)| instants.push(*at));
    if let Some((last, order)) = orders.last() {
        let silence = cadence(instants, ORDERS).map_or(after, |cadence| cadence.saturating_mul(factor) / 100);
        let key = order.id.clone().unwrap_or_else(|| decimal(last.0));
        let begins = *last + silence;
        found.note(query.at, begins, begins + query.campaign.kind.within, &key, About::Order(order));
    }
    found
}
