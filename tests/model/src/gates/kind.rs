use super::Verdict;
use crate::context::Context;
use crate::occasions::Occasion;
use crate::read::{Campaign, instant};
use crate::time::DAY;
use serde_json::json;

/// Only birthdays have demands here: the shop has known the birthday for 30 days, and the customer has been one for 30 days or has
/// one good order. Otherwise a visitor could type in today's date and collect the gift.
pub fn kind(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    if campaign.kind != "birthday" {
        return None;
    }
    let customer = &context.input.request["customer"];
    let since = instant(customer, "since");
    let known_since = instant(customer, "birthdaySince").or(since);
    let for_30_days = |since: Option<i64>| since.is_some_and(|since| since + 30 * DAY <= context.now);
    let allowed = for_30_days(known_since) && (for_30_days(since) || context.good_orders() >= 1);
    (!allowed).then(|| ("not-allowed", json!({})))
}
