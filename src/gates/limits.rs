//! `limits`: the customer has not been spoken to too often.
//!
//! `limit-full`: a limit is full; of several the one that frees latest: `limit`, `max`, `counted`, `per`.
//!
//! `urgency`: the same of a limit on what is urgent.
//!
//! Relational and promotional contacts obey; obligations pass. All but transactional records count, each with the class,
//! channel and campaign it was recorded with. Rolling windows are half-open, `(now − per, now]`.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::decision::Refused;
use crate::gates::gate::Gate;
use crate::language::words::Class;
use crate::ledger::totals::Counter;
use crate::policy::Limit;

pub(super) const GATE: Gate = Gate {
    name: "limits",
    check: |candidate| {
        if candidate.campaign.kind.obligation || candidate.campaign.class < Class::Relational {
            return Ok(());
        }
        let (mut worst, mut until) = (None::<(bool, Instant, Tree)>, Instant(0));
        for (place, limit) in candidate.context.policy.limits.iter().enumerate() {
            let Some(obeyed_until) = obeyed_until(limit, candidate) else {
                continue;
            };
            let full = candidate
                .window_count(Counter::Limit(place), limit.window)
                .and_then(|window_count| window_count.full(limit.max));
            if let Some((frees, counted)) = full {
                until = until.max(frees.min(obeyed_until));
                if worst
                    .as_ref()
                    .is_none_or(|(ordinary, latest, _)| (*ordinary, *latest) < (!limit.filter.urgent, frees))
                {
                    let detail = Tree::from([
                        ("limit", (&limit.id).into()),
                        ("max", limit.max.into()),
                        ("counted", counted.into()),
                        ("per", (&limit.per).into()),
                    ]);
                    worst = Some((!limit.filter.urgent, frees, detail));
                }
            }
        }
        let Some((ordinary, _, detail)) = worst else {
            return Ok(());
        };
        Err(Refused { code: if ordinary { "limit-full" } else { "urgency" }, detail, until })
    },
};

/// Until when this campaign obeys a limit with this customer, at least; none if it does not.
fn obeyed_until(limit: &Limit, candidate: &Candidate) -> Option<Instant> {
    let (campaign, obeys) = (candidate.campaign, &limit.filter);
    let selected = obeys.class.is_none_or(|class| class == campaign.class)
        && obeys.channel.as_ref().is_none_or(|channel| *channel == campaign.channel)
        && obeys.campaign.as_ref().is_none_or(|id| *id == campaign.id)
        && limit.tier.is_none_or(|tier| tier == candidate.standing.tier)
        && (!obeys.urgent || campaign.urgent);
    let when = limit.when.as_ref().map(|when| when.ask(candidate.standing));
    if !selected || when.is_some_and(|when| !when.holds) {
        return None;
    }
    let tier_until = if limit.tier.is_some() { candidate.standing.until } else { Instant::NEVER };
    Some(when.map_or(tier_until, |when| when.until.min(tier_until)))
}
