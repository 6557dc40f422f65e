//! `calm`: promotions rest when they would hurt. Practices T2, P6, R9. Only promotional contacts are held.
//!
//! `after-purchase`: an `order` is on its way or has just come; passes at `until`.
//! `back-off`: the customer `ignored` so many promotional contacts in a row; passes at `until`.
//! `large-order`: an `order` of `total` was large beside the `average` of those before it; passes at `until`.
//! `balance`: in the window as many `promotions` were sent as what was given besides (`relational`) is_offerable; passes when enough of
//! them have left it.

use crate::base::sorting::sort_by;
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::candidates::candidate::Candidate;
use crate::decision::Refused;
use crate::gates::gate::{Gate, first};
use crate::language::words::Class;
use crate::ledger::Ledger;
use crate::ledger::record::State;
use crate::ledger::totals::Counter;
use crate::policy::Window;
use std::cmp::Reverse;

/// When an order is taken as delivered that nobody says was.
const DELIVERY: i64 = 30 * DAY;
/// With how many orders before it an order can be large.
const USUAL: i64 = 2;

pub(super) const GATE: Gate = Gate {
    name: "calm",
    check: |candidate| match candidate.campaign.class {
        Class::Promotional if !candidate.campaign.kind.obligation && !candidate.campaign.kind.in_parcel => {
            first([after_purchase(candidate), back_off(candidate), large_order(candidate), out_of_balance(candidate)])
        }
        _ => Ok(()),
    },
};

fn after_purchase(candidate: &Candidate) -> Option<Refused> {
    let calm = candidate.context.policy.calm.until?;
    let mut last = None;
    for order in &candidate.context.orders {
        let Some(at) = order.kept(candidate.standing.at) else { continue };
        let until = order.delivered(candidate.standing.at).unwrap_or(at + DELIVERY) + calm;
        if candidate.at < until {
            last = last.max(Some((until, Reverse(&order.id))));
        }
    }
    let (until, Reverse(id)) = last?;
    let detail = Tree::from([("order", id.clone().into()), ("until", until.into())]);
    // a date to come may end it sooner
    Some(Refused { code: "after-purchase", detail, until: until.min(candidate.standing.until) })
}

fn back_off(candidate: &Candidate) -> Option<Refused> {
    let (most, length) = candidate.context.policy.calm.back_off?;
    let enough = usize::try_from(most).ok()?;
    // newest first, until enough were ignored or one was noticed
    let (mut ignored, mut noticed, mut until, mut changes) = (Vec::new(), None, Instant(0), Instant::NEVER);
    let mut least = None::<Instant>;
    let told = candidate.context.ledger.map_or(&[][..], Ledger::promotions).iter().rev().map(|record| &**record);
    for record in candidate.taken.iter().chain(told) {
        // none counts as of later than its date
        if Some(record.at) < noticed.max(least.filter(|_| ignored.len() >= enough)) {
            break;
        }
        if record.class != Class::Promotional || record.state < State::Armed {
            continue;
        }
        let at = record.effective(candidate.at);
        if record.is_ignored() {
            ignored.push(at);
            least = Some(least.map_or(at, |least| least.min(at)));
            until = until.max(record.runs_from(candidate.at) + length);
        } else {
            noticed = noticed.max(Some(at));
        }
        changes = record.next_change(candidate.at).min(changes);
    }
    let in_a_row = ignored.iter().filter(|at| Some(**at) > noticed).count();
    if in_a_row < enough || until <= candidate.at {
        return None;
    }
    let detail = Tree::from([("ignored", most.into()), ("until", until.into())]);
    Some(Refused { code: "back-off", detail, until: until.min(changes) })
}

fn out_of_balance(candidate: &Candidate) -> Option<Refused> {
    let (each, length) = candidate.context.policy.calm.balance?;
    let window_count = |counted| candidate.window_count(counted, Window::Rolling(length));
    let given = window_count(Counter::Relational)?.counted();
    // what is given besides only becomes less, so as many must leave at least
    let (mut until, promotions) = window_count(Counter::Promotional)?.full(each.saturating_mul(given.max(1)))?;
    // what is dated ahead may come to count as of another time, inside the window or outside
    let ahead = candidate.context.ledger.map_or(&[][..], |ledger| ledger.after(candidate.at));
    ahead.iter().for_each(|record| until = until.min(record.next_change(candidate.at)));
    let detail = Tree::from([("promotions", promotions.into()), ("relational", given.into())]);
    Some(Refused { code: "balance", detail, until })
}

fn large_order(candidate: &Candidate) -> Option<Refused> {
    let (percent, length) = candidate.context.policy.calm.large_order?;
    let mut orders = Vec::new();
    for order in &candidate.context.orders {
        if let (Some(at), Some(total)) = (order.kept(candidate.standing.at), order.total) {
            orders.push((at, total, &order.id));
        }
    }
    sort_by(&mut orders, Ord::cmp);
    // what the orders before one come to, and those of the same instant
    let (mut count, mut sum, mut here) = (0_i64, 0_i64, (Instant(0), 0_i64, 0_i64));
    let mut large = None;
    for (at, total, id) in orders {
        if at > here.0 {
            (count, sum, here) = (count + here.1, sum.saturating_add(here.2), (at, 0, 0));
        }
        here = (at, here.1 + 1, here.2.saturating_add(total));
        let is_large = i128::from(total) * i128::from(count) * 100 >= i128::from(percent) * i128::from(sum);
        if count >= USUAL && total > 0 && is_large && candidate.at < at + length {
            large = Some((at + length, total, sum / count, id));
        }
    }
    let (until, total, average, id) = large?;
    let detail = Tree::from([
        ("order", id.clone().into()),
        ("total", total.into()),
        ("average", average.into()),
        ("until", until.into()),
    ]);
    Some(Refused { code: "large-order", detail, until: until.min(candidate.standing.until) })
}
