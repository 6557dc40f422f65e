//! `budget`: the offer may be given. Practices R2, R3, R7, L2.

use super::gate::{Ahead, Gate, Verdict, first};
use crate::base::explanation;
use crate::base::scaled::scaled;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::{Candidate, id, next_id};
use crate::candidates::offer::{code, offer_ends};
use crate::decision::{Refusal, codes};
use crate::ledger::totals::Counter;
use crate::policy::{Benefit, Budget, Offer, Window};
#[cfg(not(target_family = "wasm"))]
use crate::reader::shape::{COUNT, MILLISECONDS, Shape, fields};
use crate::request::count::Count;
use crate::standing::Orders;

#[cfg(not(target_family = "wasm"))]
const ISSUE: Shape = Shape::Object(
    "CodeToIssue",
    fields! {
        "offer" required Shape::Name, "the offer the code is for";
        "contact" required Shape::Name, "the id of the contact that will carry it";
        "campaign" required Shape::Name, "the campaign";
        "customer" optional Shape::Name, "the customer's id; null: a guest";
        "occurrence" required Shape::Name, "what the contact is about";
        "at" required COUNT, "when it was decided, epoch milliseconds";
        "expiresAt" optional MILLISECONDS, "when the code must expire; null: nothing ends it";
    },
);

codes! { "budget":
    SPENT "spent" "In this day, week, month or year of the shop's calendar the offer was given as often as its `budget` allows. Ends when the next one begins. Or the request does not say how often (`shop.issued`); this does not end by itself." {
        "offer" required Shape::Name, "the offer";
        "max" required COUNT, "how often it may be given";
        "issued" optional COUNT, "how often it was given; null: the request does not say, as `shop.issued` is absent";
    }
    ALREADY_GIVEN "already-given" "The customer got this offer less than its `again` ago. Ends when that time has passed." {
        "offer" required Shape::Name, "the offer";
        "last" required MILLISECONDS, "when it was given";
        "gap" optional COUNT, "`again` in milliseconds; null: the offer is given only once to each customer";
    }
    MARGIN_UNKNOWN "margin-unknown" "The offer has a `marginShare`, and the margin of an order or the cost of the offer is not known. Does not end by itself." {
        "offer" required Shape::Name, "the offer";
    }
    OVER_SHARE "over-share" "The offer costs more than `marginShare` percent of the customer's average margin. Does not end by itself." {
        "offer" required Shape::Name, "the offer";
        "cost" required MONEY, "what it costs";
        "margin" required SIGNED_MONEY, "the average margin of the customer's orders";
        "share" required COUNT, "how many percent of it the offer may cost";
    }
    NOT_ISSUED "not-issued" "The offer needs a code for this customer alone (`personal`). Ends when `customer.codes` has one that has not expired and that no other contact uses." {
        "issue" optional ISSUE, "what to ask the server for; null while another gate refuses too";
    }
}

pub(super) const GATE: Gate = Gate {
    #[cfg(not(target_family = "wasm"))]
    codes: CODES,
    is_about_news: false,
    sees_contacts: true,
    ahead: Ahead::Always,
    // a code that something else keeps from the customer is not to be issued
    complete: explanation::used(|candidate, refusal| {
        if refusal.code == NOT_ISSUED.name {
            ask_for_code(candidate, refusal);
        }
    }),
    check: |candidate| {
        if candidate.campaign.offer.is_none() {
            return Verdict::pass(Instant::NEVER);
        }
        first(candidate, &[not_spent, not_given, within_share, issued])
    },
};

/// The campaign's offer.
fn offer<'a>(candidate: &Candidate<'a>) -> Option<&'a Offer> {
    candidate.context.policy.offer_of(candidate.campaign)
}

pub(super) fn not_spent(candidate: &Candidate) -> Verdict {
    let context = candidate.context;
    let Some((offer, Budget { max, per })) =
        offer(candidate).and_then(|offer| Some((offer, *offer.reward.budget.get()?)))
    else {
        return Verdict::pass(Instant::NEVER);
    };
    // what was given in this unit says nothing about the next; who does not say it now will not say it then
    let issued = context.issued.map(|issued| Count::of(issued, &offer.id));
    let next = match (issued, context.shop_zone) {
        (Some(_), Some(zone)) => per.around(context.now, zone).1,
        _ => Instant::NEVER,
    };
    if issued.is_some_and(|issued| issued < max) || candidate.at >= next {
        return Verdict::pass(Instant::NEVER);
    }
    let detail = || Tree::from([("offer", (&offer.id).into()), ("max", max.into()), ("issued", issued.into())]);
    Verdict::refuse(candidate, &SPENT, detail, next)
}

fn not_given(candidate: &Candidate) -> Verdict {
    let Some((offer, gap)) = offer(candidate).and_then(|offer| Some((offer, *offer.reward.again.get()?))) else {
        return Verdict::pass(Instant::NEVER);
    };
    let index = candidate.campaign.offer.unwrap_or_default();
    let (mut last, mut until) = (None, Instant(0));
    if let Some(count) = candidate.window_count(Counter::Offer(index), Window::Rolling(gap)) {
        count.ends(&mut |as_of, leaves| {
            last = last.max(Some(as_of));
            until = until.max(leaves);
        });
    }
    let Some(last) = last else {
        return Verdict::pass(candidate.next_record_change());
    };
    let gap = Some(gap).filter(|gap| *gap < i64::MAX);
    let detail = || Tree::from([("offer", (&offer.id).into()), ("last", last.into()), ("gap", gap.into())]);
    Verdict::refuse(candidate, &ALREADY_GIVEN, detail, until)
}

pub(super) fn within_share(candidate: &Candidate) -> Verdict {
    let Some((offer, share)) = offer(candidate).and_then(|offer| Some((offer, *offer.reward.margin_share.get()?)))
    else {
        return Verdict::pass(Instant::NEVER);
    };
    let (orders, until) = (&candidate.standing.orders, candidate.standing.until);
    let (Some(cost), Some(margin), 0) = (Cost::of(candidate, offer), orders.margin, orders.unweighed) else {
        return Verdict::refuse(candidate, &MARGIN_UNKNOWN, || Tree::from([("offer", (&offer.id).into())]), until);
    };
    // a customer with a negative margin can still be given an offer that costs nothing
    if cost.of_all(orders) <= i128::from(margin.max(0)) * i128::from(share) * 100 {
        return Verdict::pass(until);
    }
    let detail = || {
        Tree::from([
            ("offer", (&offer.id).into()),
            ("cost", cost.of_one(orders).into()),
            ("margin", (margin / orders.count.max(1)).into()),
            ("share", share.into()),
        ])
    };
    Verdict::refuse(candidate, &OVER_SHARE, detail, until)
}

/// What an offer costs if it is given with each of the customer's orders.
enum Cost {
    /// so much for each
    Each(i64),
    /// so many hundredths of a percent of their value
    Share(i64),
}

impl Cost {
    fn of(candidate: &Candidate, offer: &Offer) -> Option<Cost> {
        let (orders, context) = (&candidate.standing.orders, candidate.context);
        match (offer.reward.cost, &offer.benefit) {
            (Some(cost), _) => Some(Cost::Each(cost)),
            (None, Benefit::Amount(amount)) => Some(Cost::Each(*amount)),
            (None, Benefit::Percent(percent)) => {
                Some(Cost::Share(hundredths(*percent))).filter(|_| orders.unpriced == 0)
            }
            (None, Benefit::FreeShipping(_)) => {
                context.catalog.shipping(context.customer.destination()).map(|cost| Cost::Each(cost.amount))
            }
            (None, Benefit::Access) => Some(Cost::Each(0)),
        }
    }

    /// With all orders, in ten-thousandths, so that nothing is rounded.
    fn of_all(&self, orders: &Orders) -> i128 {
        match self {
            Cost::Each(amount) => i128::from(*amount) * i128::from(orders.count) * 10_000,
            Cost::Share(hundredths) => i128::from(orders.value) * i128::from(*hundredths),
        }
    }

    /// With an average order, rounded down.
    fn of_one(&self, orders: &Orders) -> i64 {
        match self {
            Cost::Each(amount) => *amount,
            Cost::Share(hundredths) => scaled(orders.value, *hundredths, orders.count.saturating_mul(10_000)),
        }
    }
}

/// A percentage in hundredths of a percent, the nearest.
fn hundredths(percent: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "at most 100")]
    let hundredths = (percent * 100.0).round() as i64;
    hundredths
}

fn issued(candidate: &Candidate) -> Verdict {
    let Some(offer) = offer(candidate).filter(|offer| offer.reward.personal) else {
        return Verdict::pass(Instant::NEVER);
    };
    if let Some(code) = code(candidate, offer) {
        let expires = code.expires_at.unwrap_or(Instant::NEVER);
        return Verdict::pass(expires.min(next_id(candidate)));
    }
    // a code that was issued for another contact may be the next contact's
    let until = candidate.context.customer.code_for(&offer.id).map_or(Instant::NEVER, |_| next_id(candidate));
    Verdict::refuse(candidate, &NOT_ISSUED, || Tree::from([("issue", Tree::Null)]), until)
}

/// Says which code the server is to issue.
fn ask_for_code(candidate: &Candidate, refusal: &mut Refusal) {
    let (Some(offer), Some(occurrence)) = (offer(candidate), &candidate.occurrence) else { return };
    let issue = Tree::from([
        ("offer", (&offer.id).into()),
        ("contact", id(candidate, occurrence).into()),
        ("campaign", (&candidate.campaign.id).into()),
        ("customer", candidate.context.customer.id.clone().into()),
        ("occurrence", (&occurrence.key).into()),
        ("at", candidate.at.into()),
        ("expiresAt", offer_ends(candidate, offer).into()),
    ]);
    refusal.detail = explanation::detail(true, || Tree::from([("issue", issue)]));
}
