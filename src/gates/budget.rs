//! `budget`: the offer may be given. Practices R2, R3, R7, L2.
//!
//! `spent`: in this unit of the shop's calendar as many were given (`issued`) as the budget allows (`max`); passes with the next
//! unit, if as many are still said to be given in the one then.
//! `already-given`: it was given to this customer at `last`, and may be again `gap` milliseconds later (null: never).
//! `margin-unknown`: nobody says what each of the customer's orders earned, or what the offer costs. Does not pass by itself.
//! `over-share`: it costs more than the `share` in percent of the margin to be expected of the customer: `cost`, `margin`.
//! `not-issued`: it needs a code of the customer's own: `issue` is what to ask the server for, null while anything else refuses.
//! Passes when the code comes with the customer (`codes`), is not over and not another contact's.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::candidates::{candidate, offer};
use crate::decision::Refused;
use crate::gates::gate::{Gate, first};
use crate::ledger::totals::Counter;
use crate::policy::{Benefit, Offer, Window};

pub(crate) const NOT_ISSUED: &str = "not-issued";

pub(super) const GATE: Gate = Gate {
    name: "budget",
    check: |candidate| {
        let Some(offer) = candidate.campaign.offer.and_then(|place| candidate.context.policy.offers.get(place)) else {
            return Ok(());
        };
        first([
            spent(candidate, offer),
            already_given(candidate, offer),
            too_dear(candidate, offer),
            not_issued(candidate, offer),
        ])
    },
};

fn spent(candidate: &Candidate, offer: &Offer) -> Option<Refused> {
    let (max, per) = offer.reward.budget?;
    let issued = candidate.context.issued.and_then(|issued| issued.integer(&offer.id)).unwrap_or(0);
    let (_, next) = per.around(candidate.context.now, candidate.context.shop_zone?);
    if issued < max || candidate.at >= next {
        return None;
    }
    let detail = Tree::from([("offer", (&offer.id).into()), ("max", max.into()), ("issued", issued.into())]);
    Some(Refused { code: "spent", detail, until: next })
}

fn already_given(candidate: &Candidate, offer: &Offer) -> Option<Refused> {
    let gap = offer.reward.again?;
    let (mut last, mut until) = (None, Instant(0));
    candidate.window_count(Counter::Offer(candidate.campaign.offer?), Window::Rolling(gap))?.ends(
        &mut |as_of, leaves| {
            last = last.max(Some(as_of));
            until = until.max(leaves);
        },
    );
    let gap = Some(gap).filter(|gap| *gap < i64::MAX);
    let detail = Tree::from([("offer", (&offer.id).into()), ("last", last?.into()), ("gap", gap.into())]);
    Some(Refused { code: "already-given", detail, until })
}

fn too_dear(candidate: &Candidate, offer: &Offer) -> Option<Refused> {
    let share = offer.reward.margin_share?;
    let (orders, context) = (&candidate.standing.orders, candidate.context);
    // in ten-thousandths, of all orders together, so that nothing is rounded
    let each = |amount: i64| i128::from(amount) * i128::from(orders.count) * 10_000;
    let cost = match (offer.reward.cost, &offer.benefit) {
        (Some(cost), _) => Some(each(cost)),
        (None, Benefit::Amount(amount)) => Some(each(*amount)),
        (None, Benefit::Percent(percent)) => {
            Some(i128::from(orders.value) * hundredths(*percent)).filter(|_| orders.unpriced == 0)
        }
        (None, Benefit::FreeShipping) => {
            context.catalog.shipping(context.customer.destination()).map(|(amount, _)| each(amount))
        }
        (None, Benefit::Access) => Some(0),
    };
    let (Some(cost), Some(margin), 0) = (cost, orders.margin, orders.unweighed) else {
        let detail = Tree::from([("offer", (&offer.id).into())]);
        return Some(Refused { code: "margin-unknown", detail, until: candidate.standing.until });
    };
    // who costs the shop money is given what costs it none
    if cost <= i128::from(margin.max(0)) * i128::from(share) * 100 {
        return None;
    }
    let one = |sum: i128| i64::try_from(sum / i128::from(orders.count)).unwrap_or(i64::MAX);
    let detail = Tree::from([
        ("offer", (&offer.id).into()),
        ("cost", one(cost / 10_000).into()),
        ("margin", one(i128::from(margin)).into()),
        ("share", share.into()),
    ]);
    Some(Refused { code: "over-share", detail, until: candidate.standing.until })
}

/// A percentage in hundredths, the nearest.
fn hundredths(percent: f64) -> i128 {
    #[allow(clippy::cast_possible_truncation, reason = "at most 100")]
    let hundredths = (percent * 100.0).round() as i64;
    i128::from(hundredths)
}

fn not_issued(candidate: &Candidate, offer: &Offer) -> Option<Refused> {
    let customer = candidate.context.customer;
    if !offer.reward.personal || offer::code(candidate, offer).is_some() {
        return None;
    }
    let occurrence = candidate.occurrence.as_ref()?;
    // one that is another contact's may be that of the next
    let until = customer.code(&offer.id).map_or(Instant::NEVER, |_| candidate::next_id(candidate));
    let issue = Tree::from([
        ("offer", (&offer.id).into()),
        ("contact", candidate::id(candidate, occurrence).into()),
        ("campaign", (&candidate.campaign.id).into()),
        ("customer", customer.id.clone().into()),
        ("occurrence", (&occurrence.key).into()),
        ("at", candidate.at.into()),
        ("expiresAt", offer::offer_ends(candidate, offer).into()),
    ]);
    Some(Refused { code: NOT_ISSUED, detail: Tree::from([("issue", issue)]), until })
}
