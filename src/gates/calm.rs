//! `calm`: no promotion after a purchase, after a large order, or when promotions are ignored or too many. Only promotional contacts are
//! held, and those for a date of the customer's own only when promotions are ignored. Practices T2, P6, R9.

use super::gate::{Ahead, Gate, Verdict, first};
use crate::base::sorting::sort_by;
use crate::base::steps::Looked;
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::candidates::candidate::Candidate;
use crate::decision::codes;
use crate::language::words::Class;
use crate::ledger::Ledger;
use crate::ledger::totals::Counter;
use crate::policy::{BackOff, Balance, LargeOrder, Window};
use crate::standing::window_count::WindowCount;
use std::cmp::Reverse;

codes! { "calm":
    AFTER_PURCHASE "after-purchase" "An order is on its way, or it arrived less than `calm.until` ago. Ends `calm.until` after the delivery." {
        "order" optional Shape::Name, "the order; null: it has no id";
        "until" required MILLISECONDS, "the instant at which it ends";
    }
    BACK_OFF "back-off" "The customer ignored the latest promotional contacts, at least `calm.backOff.ignored` in a row. Ends `calm.backOff.for` after the latest of them." {
        "ignored" required COUNT, "`calm.backOff.ignored` of the policy, however many were ignored";
        "until" required MILLISECONDS, "the instant at which it ends";
    }
    LARGE_ORDER "large-order" "An order was large: at least `calm.largeOrder.percent` of the average of those before it. Ends `calm.largeOrder.for` after that order." {
        "order" optional Shape::Name, "the order; null: it has no id";
        "total" required MONEY, "its total";
        "average" required MONEY, "the average total of the orders before it";
        "until" required MILLISECONDS, "the instant at which it ends";
    }
    BALANCE "balance" "In the time `calm.balance.per` there were as many promotional contacts as allowed: `calm.balance.promotions` for each relational contact, or `calm.balance.promotions` in all if there was none. Ends when enough promotional contacts are older than that time." {
        "promotions" required COUNT, "how many promotional contacts there were in that time";
        "relational" required COUNT, "how many relational contacts there were in that time";
    }
}

/// After how long an order is taken as delivered when nobody says that it was, nor how long parcels take to its destination.
const DELIVERY: i64 = 30 * DAY;
/// How many orders there must be before an order that is large.
const USUAL: i64 = 2;

pub(super) const GATE: Gate = Gate {
    #[cfg(not(target_family = "wasm"))]
    codes: CODES,
    is_about_news: false,
    sees_contacts: true,
    ahead: Ahead::Always,
    complete: None,
    check: |candidate| {
        let kind = candidate.campaign.kind;
        if candidate.campaign.class != Class::Promotional || kind.obligation || kind.in_parcel {
            return Verdict::pass(Instant::NEVER);
        }
        if kind.own_date {
            return not_ignored(candidate);
        }
        if !candidate.context.steps.take(Looked::Order, candidate.context.orders.len()) {
            return Verdict::pass(Instant::NEVER);
        }
        first(candidate, &[after_delivery, not_ignored, after_large_order, in_balance])
    },
};

/// No order is on its way or has just come.
fn after_delivery(candidate: &Candidate) -> Verdict {
    let Some(calm) = candidate.context.policy.calm.get().and_then(|calm| calm.after_delivery) else {
        return Verdict::pass(Instant::NEVER);
    };
    let (standing, context) = (candidate.standing, candidate.context);
    let mut last = None;
    for order in &context.orders {
        let Some(at) = order.kept(standing.at).filter(|_| order.renewal != Some(true)) else { continue };
        // without a delivery: when it should have come, by the shop's usual days
        let usual = |days| order.shipped_at.filter(|shipped| *shipped <= standing.at).unwrap_or(at) + days;
        let delivered =
            order.delivered(standing.at).unwrap_or_else(|| context.delivery_time.map_or(at + DELIVERY, usual));
        let until = delivered + calm;
        if candidate.at < until {
            last = last.max(Some((until, Reverse(&order.id))));
        }
    }
    let Some((until, Reverse(id))) = last else {
        return Verdict::pass(standing.until);
    };
    let detail = || Tree::from([("order", id.clone().into()), ("until", until.into())]);
    // a date to come may end it sooner
    Verdict::refuse(candidate, &AFTER_PURCHASE, detail, until.min(standing.until))
}

/// The customer noticed one of the latest promotional contacts.
fn not_ignored(candidate: &Candidate) -> Verdict {
    let Some(BackOff { ignored: most, pause }) = candidate.context.policy.calm.get().and_then(|calm| calm.back_off)
    else {
        return Verdict::pass(Instant::NEVER);
    };
    let enough = usize::try_from(most).unwrap_or(usize::MAX);
    // newest first, until enough were ignored or one was noticed
    let (mut ignored, mut noticed, mut until, mut changes) = (Vec::new(), None, Instant(0), Instant::NEVER);
    let (mut least, mut looked) = (None::<Instant>, 0);
    let promotions = candidate.context.ledger.map_or(&[][..], Ledger::promotions).iter().rev().map(|record| &**record);
    // what this decision has taken is no fact of it
    for record in candidate.standing.taken.iter().chain(promotions) {
        // the list is in the order in which they count, so the older ones change nothing
        looked += 1;
        if Some(record.counts_from()) < noticed.max(least.filter(|_| ignored.len() >= enough)) {
            break;
        }
        if !record.is_seen_promotion() {
            continue;
        }
        let at = record.effective(candidate.at);
        if record.is_ignored() {
            ignored.push(at);
            least = Some(least.map_or(at, |least| least.min(at)));
            until = until.max(record.counts_from() + pause);
        } else {
            noticed = noticed.max(Some(at));
        }
        changes = record.next_change(candidate.at).min(changes);
    }
    candidate.context.steps.take(Looked::Record, looked);
    let in_a_row = ignored.iter().filter(|at| Some(**at) > noticed).count();
    if in_a_row < enough || until <= candidate.at {
        return Verdict::pass(candidate.next_record_change());
    }
    let detail = || Tree::from([("ignored", most.into()), ("until", until.into())]);
    Verdict::refuse(candidate, &BACK_OFF, detail, until.min(changes))
}

/// The latest order that was large beside those before it is long enough ago.
fn after_large_order(candidate: &Candidate) -> Verdict {
    let Some(LargeOrder { percent, pause }) = candidate.context.policy.calm.get().and_then(|calm| calm.large_order)
    else {
        return Verdict::pass(Instant::NEVER);
    };
    let standing = candidate.standing;
    let mut orders = Vec::new();
    for order in &candidate.context.orders {
        if let (Some(at), Some(total)) = (order.kept(standing.at), order.total) {
            orders.push((at, total, &order.id));
        }
    }
    sort_by(&mut orders, Ord::cmp);
    // how many orders there were before, and what they came to; and those of the same instant
    let (mut count, mut sum, mut here) = (0_i64, 0_i64, (Instant(0), 0_i64, 0_i64));
    let mut large = None;
    for (at, total, id) in orders {
        if at > here.0 {
            (count, sum, here) = (count + here.1, sum.saturating_add(here.2), (at, 0, 0));
        }
        here = (at, here.1 + 1, here.2.saturating_add(total));
        let is_large = i128::from(total) * i128::from(count) * 100 >= i128::from(percent) * i128::from(sum);
        if count >= USUAL && total > 0 && is_large && candidate.at < at + pause {
            large = Some((at + pause, total, sum / count, id));
        }
    }
    let Some((until, total, average, id)) = large else {
        return Verdict::pass(standing.until);
    };
    let detail = || {
        Tree::from([
            ("order", id.clone().into()),
            ("total", total.into()),
            ("average", average.into()),
            ("until", until.into()),
        ])
    };
    Verdict::refuse(candidate, &LARGE_ORDER, detail, until.min(standing.until))
}

/// There are no more promotional contacts than the relational ones allow.
fn in_balance(candidate: &Candidate) -> Verdict {
    let Some(Balance { promotions: each, per }) = candidate.context.policy.calm.get().and_then(|calm| calm.balance)
    else {
        return Verdict::pass(Instant::NEVER);
    };
    let Candidate { context, standing, at, .. } = candidate;
    let count = |counter| WindowCount::of(context, *at, standing.taken, counter, Window::Rolling(per));
    let (Some(relational), Some(promotional)) = (count(Counter::Relational), count(Counter::Promotional)) else {
        return Verdict::pass(Instant::NEVER);
    };
    let given = relational.counted();
    // what is dated ahead may come to count as of another time, inside the window or outside
    let mut changes = candidate.next_record_change();
    let Some(full) = promotional.full(each.saturating_mul(given.max(1))) else {
        // a relational contact that leaves the window takes its promotions with it
        relational.ends(&mut |_, leaves| changes = changes.min(leaves));
        return Verdict::pass(changes);
    };
    let detail = || Tree::from([("promotions", full.counted.into()), ("relational", given.into())]);
    // relational contacts only become fewer, so as many promotional ones must leave at least
    Verdict::refuse(candidate, &BALANCE, detail, full.frees_at.min(changes))
}
