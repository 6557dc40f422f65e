use super::Verdict;
use crate::context::Context;
use crate::ledger::Record;
use crate::occasions::Occasion;
use crate::occasions::order::delivery_days;
use crate::read::{Campaign, Order};
use crate::time::{DAY, parse_duration};
use serde_json::{Value, json};

/// Holds promotional contacts: after a purchase, after several ignored ones, after an unusually large order, and when
/// there have been too many for each relational contact.
pub fn calm(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    let calm = &context.input.calm;
    if calm.is_null() || campaign.class != "promotional" || campaign.is_obligation() || campaign.kind == "parcelInsert"
    {
        return None;
    }
    // the customer's own dates are held by `back-off` alone
    if campaign.kind == "birthday" || campaign.kind == "milestone" {
        return back_off(context, &calm["backOff"]);
    }
    after_purchase(context, calm)
        .or_else(|| back_off(context, &calm["backOff"]))
        .or_else(|| large_order(context, &calm["largeOrder"]))
        .or_else(|| balance(context, &calm["balance"]))
}

/// Dated orders that are not cancelled, returned or refunded.
fn kept<'a>(context: &Context<'a>) -> Vec<&'a Order> {
    let orders = context.orders().into_iter();
    orders.filter(|order| order.at.is_some() && !context.was_returned_or_refunded(order)).collect()
}

/// From an order's `at` until its delivery + `until`. While the order is not delivered, the delivery is taken to be its shipment, or
/// else `at`, + the days of `shop.deliveryDays`; without an entry for the destination `at` + 30 days.
fn after_purchase(context: &Context, calm: &Value) -> Verdict {
    let until = parse_duration(calm["until"].as_str()?)?;
    let expected = |order: &Order| match delivery_days(context.input) {
        Some(days) => order.shipped_at.filter(|at| context.happened(Some(*at))).unwrap_or(order.at.unwrap()) + days,
        None => order.at.unwrap() + 30 * DAY,
    };
    let end = |order: &Order| context.delivered(order).unwrap_or_else(|| expected(order)) + until;
    let orders = kept(context).into_iter().filter(|order| !order.renewal);
    let mut holding: Vec<_> = orders.filter(|order| context.now < end(order)).collect();
    holding.sort_by(|a, b| end(b).cmp(&end(a)).then(a.id.cmp(&b.id)));
    let last = holding.first()?;
    Some(("after-purchase", context.detail(|| json!({ "order": last.id, "until": end(last) }))))
}

/// For some time after `ignored` promotional contacts in a row that were shown and neither clicked nor converted.
fn back_off(context: &Context, back_off: &Value) -> Verdict {
    let enough = back_off["ignored"].as_u64()?;
    let wait = parse_duration(back_off["for"].as_str()?)?;
    let shown = context.facts_ledger().iter().filter(|record| record.was_shown() && record.class == "promotional");
    let shown: Vec<&Record> = shown.collect();
    let welcome = shown.iter().filter(|record| record.was_welcome());
    let last_welcome = welcome.map(|record| record.as_of(context.now)).max();
    let ignored = |record: &&&Record| !record.was_welcome() && Some(record.as_of(context.now)) > last_welcome;
    let ignored: Vec<_> = shown.iter().filter(ignored).collect();
    let until = ignored.iter().map(|record| record.dated()).max()? + wait;
    (ignored.len() as u64 >= enough && context.now < until)
        .then(|| ("back-off", context.detail(|| json!({ "ignored": enough, "until": until }))))
}

/// For some time after an order of at least `percent` of the average of the orders before it. There must be at least two of those.
fn large_order(context: &Context, large: &Value) -> Verdict {
    let percent = large["percent"].as_i64()?;
    let wait = parse_duration(large["for"].as_str()?)?;
    let orders: Vec<&Order> = kept(context).into_iter().filter(|order| order.total.is_some()).collect();
    let mut found: Vec<(i64, Option<String>, i64, i64)> = vec![];
    for order in &orders {
        let before: Vec<i64> =
            orders.iter().filter(|other| other.at < order.at).filter_map(|other| other.total).collect();
        let (count, sum) = (i64::try_from(before.len()).unwrap(), before.iter().sum::<i64>());
        let total = order.total.unwrap();
        let until = order.at.unwrap() + wait;
        if count >= 2 && total > 0 && total * 100 * count >= percent * sum && context.now < until {
            found.push((-until, order.id.clone(), total, sum / count));
        }
    }
    // of the orders whose wait ends last: the largest total, then the greatest id
    let (until, order, total, average) = found.into_iter().max_by_key(|(until, _, total, _)| (-until, *total))?;
    Some((
        "large-order",
        context.detail(|| json!({ "order": order, "total": total, "average": average, "until": -until })),
    ))
}

/// When the window has at least `promotions` promotional contacts for each relational one. Without a relational
/// contact, as if there were one.
fn balance(context: &Context, balance: &Value) -> Verdict {
    let most = balance["promotions"].as_u64()?;
    let per = parse_duration(balance["per"].as_str()?)?;
    let counted = |class: &str| {
        let counts = |record: &&Record| record.class == class && record.counts(context.now) && !record.is_later_part();
        let records = context.facts_ledger().iter().filter(counts);
        records.filter(|record| context.now - per < record.as_of(context.now)).count() as u64
    };
    let (promotions, relational) = (counted("promotional"), counted("relational"));
    (promotions >= most * relational.max(1))
        .then(|| ("balance", context.detail(|| json!({ "promotions": promotions, "relational": relational }))))
}
