//! After a purchase, after silence, after a large order, after too many of their like: promotional contacts are held.

use crate::facts::Look;
use crate::gates::Word;
use crate::ledger::Record;
use crate::occasion::Occasion;
use crate::read::{Campaign, Order};
use crate::time::{DAY, length};
use serde_json::{Value, json};

/// In the order of its codes.
pub fn calm(look: &Look, campaign: &Campaign, _: &Occasion) -> Word {
    let calm = &look.world.policy["calm"];
    if calm.is_null() || campaign.class != "promotional" {
        return None;
    }
    after_purchase(look, calm)
        .or_else(|| back_off(look, &calm["backOff"]))
        .or_else(|| large_order(look, &calm["largeOrder"]))
        .or_else(|| balance(look, &calm["balance"]))
}

/// Not cancelled, returned or refunded, and with `at`.
fn kept<'a>(look: &Look<'a>) -> Vec<&'a Order> {
    let gone = |order: &&Order| look.came_back(order);
    look.orders().into_iter().filter(|order| order.at.is_some() && !gone(order)).collect()
}

/// From an order's `at` until its delivery (while that is unknown or to come: `at` + 30 days) + `until`.
fn after_purchase(look: &Look, calm: &Value) -> Word {
    let until = length(calm["until"].as_str()?)?;
    let end = |order: &Order| look.delivered(order).unwrap_or(order.at.unwrap() + 30 * DAY) + until;
    let mut holding: Vec<_> = kept(look).into_iter().filter(|order| look.now < end(order)).collect();
    holding.sort_by(|a, b| end(b).cmp(&end(a)).then(a.id.cmp(&b.id)));
    let last = holding.first()?;
    Some(("after-purchase", json!({ "order": last.id, "until": end(last) })))
}

/// So many promotional contacts in a row were shown and not welcomed.
fn back_off(look: &Look, back_off: &Value) -> Word {
    let enough = back_off["ignored"].as_u64()?;
    let wait = length(back_off["for"].as_str()?)?;
    let shown = look.ledger.iter().filter(|record| record.was_shown() && record.class == "promotional");
    let shown: Vec<&Record> = shown.collect();
    let welcome = shown.iter().filter(|record| record.was_welcome());
    let last_welcome = welcome.map(|record| record.as_of(look.now)).max();
    let ignored = |record: &&&Record| !record.was_welcome() && Some(record.as_of(look.now)) > last_welcome;
    let ignored: Vec<_> = shown.iter().filter(ignored).collect();
    let until = ignored.iter().map(|record| record.will_count_as_of(look.now)).max()? + wait;
    (ignored.len() as u64 >= enough && look.now < until)
        .then(|| ("back-off", json!({ "ignored": enough, "until": until })))
}

/// An order of at least `percent` of the average of those placed before it, of which there must be two.
fn large_order(look: &Look, large: &Value) -> Word {
    let percent = large["percent"].as_i64()?;
    let wait = length(large["for"].as_str()?)?;
    let orders: Vec<&Order> = kept(look).into_iter().filter(|order| order.total.is_some()).collect();
    let mut found: Vec<(i64, Option<String>, i64, i64)> = vec![];
    for order in &orders {
        let before: Vec<i64> =
            orders.iter().filter(|other| other.at < order.at).filter_map(|other| other.total).collect();
        let (count, sum) = (i64::try_from(before.len()).unwrap(), before.iter().sum::<i64>());
        let total = order.total.unwrap();
        let until = order.at.unwrap() + wait;
        if count >= 2 && total > 0 && total * 100 * count >= percent * sum && look.now < until {
            found.push((-until, order.id.clone(), total, sum / count));
        }
    }
    // of those that end together the largest, then the last by id
    let (until, order, total, average) = found.into_iter().max_by_key(|(until, _, total, _)| (-until, *total))?;
    Some(("large-order", json!({ "order": order, "total": total, "average": average, "until": -until })))
}

/// In the window at least so many promotional contacts for each relational one, or for one where there was none.
fn balance(look: &Look, balance: &Value) -> Word {
    let most = balance["promotions"].as_u64()?;
    let per = length(balance["per"].as_str()?)?;
    let counted = |class: &str| {
        let counts = |record: &&Record| record.class == class && record.counts(look.now) && !record.is_later_part();
        let records = look.ledger.iter().filter(counts);
        records.filter(|record| look.now - per < record.as_of(look.now)).count() as u64
    };
    let (promotions, relational) = (counted("promotional"), counted("relational"));
    (promotions >= most * relational.max(1))
        .then(|| ("balance", json!({ "promotions": promotions, "relational": relational })))
}
