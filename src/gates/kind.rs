//! `kind`: what the campaign's kind demands of the customer is true, the shop has not paused the campaign, and its class may speak where
//! nothing is kept, or the server does not answer.

use super::gate::{Ahead, Gate, Verdict, first};
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::candidates::candidate::Candidate;
use crate::decision::codes;
use crate::language::words::{Class, LACKS, Phase};
use crate::policy::kind::Demand;

codes! { "kind":
    NOT_IN_PHASE "not-in-phase" "The customer is in a phase in which campaigns of this kind do not speak. Ends when the phase changes with time." {
        "phase" required Shape::Choice(Phase::WORDS), "the customer's phase";
        "phases" required Shape::List(&Shape::Choice(Phase::WORDS)), "the phases in which the campaign may speak";
    }
    NOT_ALLOWED "not-allowed" "The kind asks for something that is not true of the customer, the campaign is `paused`, the browser keeps nothing, or the server does not answer. Ends when time makes it true, for example when a birthday has been known for 30 days." {
        "demand" required Shape::Choice(&["store", "server", "paused", "birthday-known", "tenure", "no-open-case", "advocate"]), "what the kind asks for; `store`: the browser keeps nothing, and the policy's `page.withoutStore` lets no campaign of this class speak there; `server`: the shop's server does not answer, and `page.withoutServer` lets none; `paused`: the policy has paused the campaign";
        "since" optional MILLISECONDS, "of `birthday-known` and `tenure`: the instant from which the days are counted; null: unknown";
        "days" optional COUNT, "of `birthday-known` and `tenure`: how many days it takes";
    }
}

pub(super) const GATE: Gate = Gate {
    #[cfg(not(target_family = "wasm"))]
    codes: CODES,
    is_about_news: false,
    sees_contacts: false,
    ahead: Ahead::Once,
    complete: None,
    check: |candidate| first(candidate, &[phase, lacks, demands]),
};

/// The relation is in a phase in which the kind speaks.
fn phase(candidate: &Candidate) -> Verdict {
    let (standing, kind) = (candidate.standing, candidate.campaign.kind);
    let mut phases = kind.phases;
    let promotional = candidate.campaign.class == Class::Promotional && !kind.obligation;
    if promotional
        && candidate.context.policy.phases.get().is_some_and(|phases| phases.hold_promotions)
        && phases.contains(&Phase::Letdown)
    {
        phases = Phase::CONTENT;
    }
    if phases.contains(&standing.phase) {
        return Verdict::pass(standing.until);
    }
    let detail = || {
        let mut words = Vec::new();
        phases.iter().for_each(|phase| words.push(Tree::from(phase.word())));
        Tree::from([("phase", standing.phase.word().into()), ("phases", Tree::List(words))])
    };
    Verdict::refuse(candidate, &NOT_IN_PHASE, detail, standing.until)
}

/// The asker lacks nothing, or the policy lets the class speak all the same.
fn lacks(candidate: &Candidate) -> Verdict {
    let (context, class) = (candidate.context, Some(candidate.campaign.class));
    let ([store, server], (last, server_last)) = (context.without, context.policy.without);
    let lack = if store && class > last { LACKS[0] } else { LACKS[1] };
    holds(candidate, lack, !(store && class > last || server && class > server_last), Instant::NEVER)
}

/// The kind's demands are met.
pub(super) fn demands(candidate: &Candidate) -> Verdict {
    if candidate.campaign.paused {
        return holds(candidate, "paused", false, Instant::NEVER);
    }
    let mut until = Instant::NEVER;
    for demand in candidate.campaign.kind.demands {
        let verdict = met(*demand, candidate);
        if verdict.refusal.is_some() {
            return verdict;
        }
        until = until.min(verdict.until);
    }
    Verdict::pass(until)
}

/// A demand is met.
fn met(demand: Demand, candidate: &Candidate) -> Verdict {
    let (customer, standing) = (candidate.context.customer, candidate.standing);
    let orders = &standing.orders;
    match demand {
        Demand::BirthdayKnown(length) => {
            lasts(candidate, "birthday-known", length, customer.birthday_since.or(customer.since))
        }
        Demand::Tenure(_) if orders.good > 0 => Verdict::pass(standing.until),
        Demand::Tenure(length) => {
            let verdict = lasts(candidate, "tenure", length, customer.since);
            // a good order may come before the days are full
            let until = if verdict.refusal.is_some() { verdict.until.min(standing.until) } else { verdict.until };
            Verdict { until, not_before: until, ..verdict }
        }
        Demand::NoOpenCase | Demand::NoTrouble => {
            let trouble = demand == Demand::NoTrouble && orders.incidents > 0;
            let met = !trouble && standing.open_cases_for(candidate.campaign.kind) == 0;
            holds(candidate, "no-open-case", met, standing.until)
        }
        Demand::Advocate(count) => {
            holds(candidate, "advocate", orders.good >= count && standing.is_promoter(), standing.until)
        }
    }
}

/// A demand about the customer's standing.
fn holds(candidate: &Candidate, demand: &'static str, met: bool, until: Instant) -> Verdict {
    if met {
        return Verdict::pass(until);
    }
    Verdict::refuse(candidate, &NOT_ALLOWED, || Tree::from([("demand", demand.into())]), until)
}

/// A demand that something has lasted for so many milliseconds.
fn lasts(candidate: &Candidate, demand: &'static str, length: i64, since: Option<Instant>) -> Verdict {
    let met = since.map_or(Instant::NEVER, |since| since + length);
    if candidate.at >= met {
        return Verdict::pass(Instant::NEVER);
    }
    let detail = || Tree::from([("demand", demand.into()), ("since", since.into()), ("days", (length / DAY).into())]);
    Verdict::refuse(candidate, &NOT_ALLOWED, detail, met)
}
