//! Kinds that speak about an incident, an article, a cart, a customer who is overdue, what happens on the page, or a question.

use super::{Occasion, already_spoken, counting_records};
use crate::context::Context;
use crate::occasions::order::arrival;
use crate::read::{Campaign, Order, instant};
use crate::time::{DAY, HOUR, parse_duration};
use serde_json::Value;

fn occasion(context: &Context, campaign: &Campaign, occurrence: String, begins: i64, ends: Option<i64>) -> Occasion {
    let spoken = already_spoken(context, campaign, &occurrence);
    Occasion { spoken, occurrence, begins, ends, of_event: false, day: None }
}

fn duration(campaign: &Campaign, key: &str, default: i64) -> i64 {
    campaign.raw[key].as_str().and_then(parse_duration).unwrap_or(default)
}

/// An incident is spoken of for 14 days, and until it is resolved if it is known when. The first of its kind is `order/kind`, each later one has its `at` too.
pub fn apologies(context: &Context, campaign: &Campaign) -> Vec<Occasion> {
    let kinds = campaign.raw["incidents"].as_array();
    let mut found = vec![];
    for order in context.input.orders.iter().filter(|order| order.at.is_none() || context.happened(order.at)) {
        let incidents = context.incidents(order);
        for (index, one) in incidents.iter().enumerate() {
            let wanted = kinds.is_none_or(|kinds| kinds.iter().any(|kind| *kind == *one.kind));
            let Some(at) = one.at.filter(|at| wanted && *at <= context.facts_now().max(context.now)) else { continue };
            let is_first = incidents[..index].iter().all(|other| other.kind != one.kind);
            let name = format!("{}/{}", order.id.clone().unwrap_or_default(), one.kind);
            let name = if is_first { name } else { format!("{name}/{at}") };
            let ends = one.resolved_at.into_iter().chain([at + 14 * DAY]).max();
            found.push(occasion(context, campaign, name, at, ends));
        }
    }
    found
}

/// Each article that has come, by its latest order, for a review.
pub fn articles(context: &Context, campaign: &Campaign) -> Vec<Occasion> {
    let (after, within) = (duration(campaign, "after", 14 * DAY), duration(campaign, "within", 60 * DAY));
    let mut orders: Vec<&Order> = context.orders().into_iter().filter(|order| order.at.is_some()).collect();
    orders.retain(|order| !context.was_returned_or_refunded(order) && context.open_incidents(order) == 0);
    orders.sort_by_key(|order| (order.at, order.id.clone()));
    let mut found: Vec<(String, Option<i64>)> = vec![];
    for order in orders {
        for item in order.items.iter().filter(|item| !item.gift && !context.happened(item.returned_at)) {
            let is_of = |families: &Vec<String>| item.family.as_ref().is_some_and(|family| families.contains(family));
            let Some(sku) = item.sku.clone().filter(|_| campaign.families.as_ref().is_none_or(is_of)) else { continue };
            let own = item.delivered_at.filter(|at| context.happened(Some(*at)));
            found.retain(|one| one.0 != sku);
            found.push((sku, own.or_else(|| arrival(context, order))));
        }
    }
    found.retain(|one| !context.ratings().iter().any(|rating| rating.sku.as_ref() == Some(&one.0)));
    let open = |(sku, at): (String, Option<i64>)| {
        let begins = at? + after;
        Some(occasion(context, campaign, sku, begins, Some(begins + within)))
    };
    found.into_iter().filter_map(open).collect()
}

/// The cart that was left `after` ago, unless it was bought.
pub fn cart(context: &Context, campaign: &Campaign) -> Vec<Occasion> {
    let customer = &context.input.request["customer"];
    let cart = &customer["cart"];
    let Some(at) = instant(cart, "at").filter(|at| *at <= context.facts_now()) else { return vec![] };
    let is_empty = cart["count"] == 0 || cart["items"].as_array().is_some_and(Vec::is_empty);
    let known = cart["count"].as_f64().is_some_and(|count| count > 0.0) || cart["items"].is_array();
    let bought = context
        .input
        .orders
        .iter()
        .any(|order| context.happened(order.at) && order.at >= Some(at) && order.paid != Some(false));
    let products = context.input.request["catalog"]["products"].as_array();
    let sold_out =
        |item: &Value| products.into_iter().flatten().any(|one| one["sku"] == item["sku"] && one["stock"] == 0);
    let all_sold_out = cart["items"].as_array().is_some_and(|items| items.iter().all(sold_out));
    if is_empty || all_sold_out || !known || bought || customer["consent"]["cart"] == false {
        return vec![];
    }
    let begins = at + duration(campaign, "after", 4 * HOUR);
    vec![occasion(context, campaign, at.to_string(), begins, Some(begins + 7 * DAY))]
}

/// The median of the times between orders; those less than 24 hours after one are one with it. There must be three.
pub fn cadence(context: &Context) -> Option<i64> {
    let mut dates: Vec<i64> = context.orders().iter().filter_map(|order| order.at).collect();
    dates.sort_unstable();
    let mut distinct: Vec<i64> = vec![];
    for at in dates {
        if distinct.last().is_none_or(|last| at - last >= DAY) {
            distinct.push(at);
        }
    }
    if distinct.len() < 3 {
        return None;
    }
    let mut gaps: Vec<i64> = distinct.windows(2).map(|pair| pair[1] - pair[0]).collect();
    gaps.sort_unstable();
    Some(gaps[(gaps.len() - 1) / 2])
}

/// A customer is overdue `factor` percent of the cadence after the latest order; without a cadence, `after` it.
pub fn overdue(context: &Context, campaign: &Campaign) -> Vec<Occasion> {
    let orders = context.orders();
    let Some(last) = orders.iter().filter(|order| order.at.is_some()).max_by_key(|order| (order.at, order.id.clone()))
    else {
        return vec![];
    };
    let factor = campaign.raw["factor"].as_i64().unwrap_or(150);
    let wait = cadence(context).map_or(duration(campaign, "after", 180 * DAY), |cadence| cadence * factor / 100);
    let begins = last.at.unwrap() + wait;
    let name = last.id.clone().unwrap_or(last.at.unwrap().to_string());
    vec![occasion(context, campaign, name, begins, Some(begins + 60 * DAY))]
}

/// What happens on the page: `page_not_found`, or `no_results` and `lost`. The occurrence is the event's instant.
pub fn page_event(context: &Context, campaign: &Campaign) -> Vec<Occasion> {
    let names: &[&str] = if campaign.kind == "notFound" { &["page_not_found"] } else { &["no_results", "lost"] };
    let event = context.input.request["event"]["name"].as_str();
    if !event.is_some_and(|name| names.contains(&name)) {
        return vec![];
    }
    let last = counting_records(context, campaign).map(|record| record.at).max().unwrap_or(0);
    vec![Occasion {
        spoken: false,
        occurrence: last.to_string(),
        begins: i64::MIN,
        ends: None,
        of_event: true,
        day: None,
    }]
}

/// A question at any moment, but only one in a visit, and with `every` only after enough other contacts.
pub fn question(context: &Context, campaign: &Campaign) -> Vec<Occasion> {
    let is_question =
        |id: &str| context.input.campaigns.iter().any(|one| one.id == id && one.kind == "preferenceQuestion");
    let asked: Vec<i64> = context
        .facts_ledger()
        .iter()
        .filter(|record| record.counts(context.now) && is_question(&record.campaign))
        .map(|record| record.as_of(context.now))
        .collect();
    let visit = instant(&context.input.request["visit"], "since").filter(|since| *since <= context.now);
    if visit.is_some_and(|since| asked.iter().any(|at| *at >= since)) {
        return vec![];
    }
    if let Some(others) = contacts_since_the_question(context, campaign)
        && !asked.is_empty()
        && others + 1 < campaign.raw["every"].as_u64().unwrap()
    {
        return vec![];
    }
    let last = counting_records(context, campaign).map(|record| record.at).max().unwrap_or(0);
    vec![Occasion {
        spoken: false,
        occurrence: last.to_string(),
        begins: i64::MIN,
        ends: None,
        of_event: false,
        day: None,
    }]
}

/// With `every`: how many relational and promotional contacts came after the last question of the kind.
pub fn contacts_since_the_question(context: &Context, campaign: &Campaign) -> Option<u64> {
    if campaign.raw["every"] == Value::Null {
        return None;
    }
    let is_question =
        |id: &str| context.input.campaigns.iter().any(|one| one.id == id && one.kind == "preferenceQuestion");
    let counts = context.facts_ledger().iter().filter(|record| record.counts(context.now) && !record.is_later_part());
    let (questions, others): (Vec<_>, Vec<_>) = counts.partition(|record| is_question(&record.campaign));
    let last = questions.iter().map(|record| record.as_of(context.now)).max();
    let sells = |class: &str| class == "relational" || class == "promotional";
    let others = others.iter().filter(|record| sells(&record.class) && Some(record.as_of(context.now)) > last);
    Some(others.count() as u64)
}
