//! `kind`: what the campaign's kind demands of the customer is true.
//!
//! `not-in-phase`: the relation is in a `phase` that is none of the kind's `phases`.
//! `not-allowed`: it is not; `demand` says what, `since` from when it counts (null: unknown), `days` how long it takes.

use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::candidates::candidate::Candidate;
use crate::decision::Refused;
use crate::gates::gate::{Gate, first};
use crate::language::words::{Class, Phase};
use crate::policy::kind::Demand;

pub(super) const GATE: Gate = Gate {
    name: "kind",
    check: |candidate| {
        let mut unmet_demands = vec![wrong_phase(candidate)];
        candidate.campaign.kind.demands.iter().for_each(|demand| unmet_demands.push(unmet(*demand, candidate)));
        first(unmet_demands)
    },
};

/// The relation is in a phase in which the kind does not speak.
fn wrong_phase(candidate: &Candidate) -> Option<Refused> {
    let (phase, mut phases) = (candidate.standing.phase, candidate.campaign.kind.phases);
    let promotional = candidate.campaign.class == Class::Promotional && !candidate.campaign.kind.obligation;
    if promotional && candidate.context.policy.phases.hold_promotions && phases.contains(&Phase::Letdown) {
        phases = Phase::CONTENT;
    }
    if phases.contains(&phase) {
        return None;
    }
    let mut words = Vec::new();
    phases.iter().for_each(|phase| words.push(Tree::from(phase.word())));
    let detail = Tree::from([("phase", phase.word().into()), ("phases", Tree::List(words))]);
    Some(Refused { code: "not-in-phase", detail, until: candidate.standing.until })
}

/// A demand that only something new can meet, or a date to come.
fn lacking(candidate: &Candidate, demand: &'static str) -> Refused {
    Refused { code: "not-allowed", detail: Tree::from([("demand", demand.into())]), until: candidate.standing.until }
}

/// A demand that is not met.
fn unmet(demand: Demand, candidate: &Candidate) -> Option<Refused> {
    let customer = candidate.context.customer;
    let (name, length, since, earlier) = match demand {
        Demand::BirthdayKnown(length) => {
            ("birthday-known", length, customer.birthday_since.or(customer.since), Instant::NEVER)
        }
        // a good order may come before the days are full
        Demand::Tenure(length) if candidate.standing.orders.good == 0 => {
            ("tenure", length, customer.since, candidate.standing.until)
        }
        Demand::Tenure(_) => return None,
        Demand::NoOpenCase | Demand::NoTrouble => {
            let trouble = demand == Demand::NoTrouble && candidate.standing.orders.incidents > 0;
            return (trouble || candidate.standing.open_cases_for(candidate.campaign.kind) > 0)
                .then(|| lacking(candidate, "no-open-case"));
        }
        Demand::Advocate(orders) => {
            let is_one = candidate.standing.orders.good >= orders && candidate.standing.is_promoter();
            return (!is_one).then(|| lacking(candidate, "advocate"));
        }
    };
    let met = since.map_or(Instant::NEVER, |since| since + length);
    if candidate.at >= met {
        return None;
    }
    let detail = Tree::from([("demand", name.into()), ("since", since.into()), ("days", (length / DAY).into())]);
    Some(Refused { code: "not-allowed", detail, until: met.min(earlier) })
}
