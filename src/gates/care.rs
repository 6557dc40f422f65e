//! `care`: who wrote to the shop is answered before they are sold to. Holds promotional contacts, and those that ask a favour. Practices C2,
//! C3, P9.
//!
//! `case-open`: complaints are not solved, incidents of orders not resolved, or low ratings not cared for: `open`, how many. A low rating
//! alone does not hold what asks everybody, whatever they may answer.
//! `unanswered`: questions are neither answered nor solved: `unanswered`, how many.
//! `cool-down`: a complaint was solved a short while ago; passes at `until`.
//! `backlog`: in the whole shop more conversations wait (`unanswered`) than the `brake` allows. Does not pass by itself.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::decision::Refused;
use crate::gates::gate::{Gate, first};
use crate::language::words::Class;

pub(super) const GATE: Gate = Gate {
    name: "care",
    check: |candidate| {
        let Some(care) = &candidate.context.policy.care else {
            return Ok(());
        };
        let kind = candidate.campaign.kind;
        if kind.obligation || (candidate.campaign.class != Class::Promotional && !kind.asks_favour) {
            return Ok(());
        }
        let now = candidate.standing.at;
        let (mut unanswered, mut cool) = (0_i64, None);
        let open = candidate.standing.open_cases_for(kind) + candidate.standing.orders.incidents;
        for conversation in &candidate.context.customer.conversations {
            if !conversation.complaint {
                unanswered += i64::from(conversation.waits(now));
            } else if conversation.has_begun(now)
                && !conversation.is_open(now)
                && let (Some(solved), Some(length)) = (conversation.solved_at, care.cool_down)
            {
                cool = cool.max(Some(solved + length));
            }
        }
        // what a date in a conversation ends may begin with another's
        let count = |code, key, count: i64| {
            let refused = Refused { code, detail: Tree::from([(key, count.into())]), until: candidate.standing.until };
            (count > 0).then_some(refused)
        };
        let cool = cool.filter(|until| candidate.at < *until);
        let cool =
            cool.map(|until| Refused { code: "cool-down", detail: Tree::from([("until", until.into())]), until });
        let waiting = candidate.context.unanswered;
        let brake = care.backlog_brake.filter(|brake| waiting > *brake).map(|brake| {
            let detail = Tree::from([("unanswered", waiting.into()), ("brake", brake.into())]);
            Refused { code: "backlog", detail, until: Instant::NEVER }
        });
        first([count("case-open", "open", open), count("unanswered", "unanswered", unanswered), cool, brake])
    },
};
