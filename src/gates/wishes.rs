//! `wishes`: what the customer asked of us. It beats every rule and only tightens; transactional contacts pass.
//!
//! `not-this-channel`: they would rather not hear from it: `channel`. Does not pass by itself.
//! `less-often`: they want at most one contact in `gap` milliseconds, and the latest was at `last`.
//! `not-now`: it is their quiet time: `zone`, `until`.
//! `topic`: the campaign's `topic` is none of those they chose. Does not pass by itself.

use super::quiet_hours::silence;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::decision::Refused;
use crate::gates::gate::{Gate, first};
use crate::language::words::Class;
use crate::ledger::totals::Counter;
use crate::policy::Window;

pub(super) const GATE: Gate = Gate {
    name: "wishes",
    check: |candidate| {
        if candidate.campaign.class == Class::Transactional {
            return Ok(());
        }
        let quiet = silence(candidate, &candidate.context.customer.wishes.quiet);
        let not_now = quiet.map(|(until, detail)| Refused { code: "not-now", detail, until });
        first([avoided(candidate), less_often(candidate), not_now, topic(candidate)])
    },
};

fn avoided(candidate: &Candidate) -> Option<Refused> {
    let channel = &candidate.campaign.channel;
    let detail = Tree::from([("channel", channel.into())]);
    let refused = Refused { code: "not-this-channel", detail, until: Instant::NEVER };
    candidate.context.customer.wishes.avoids(channel).then_some(refused)
}

fn less_often(candidate: &Candidate) -> Option<Refused> {
    let gap = candidate.context.customer.wishes.less_often.filter(|_| candidate.campaign.class >= Class::Relational)?;
    let (mut last, mut until) = (None, Instant(0));
    candidate.window_count(Counter::All, Window::Rolling(gap))?.ends(&mut |as_of, leaves| {
        last = last.max(Some(as_of));
        until = until.max(leaves);
    });
    Some(Refused { code: "less-often", detail: Tree::from([("last", last?.into()), ("gap", gap.into())]), until })
}

fn topic(candidate: &Candidate) -> Option<Refused> {
    let topics =
        candidate.context.customer.wishes.topics.as_ref().filter(|_| candidate.campaign.class >= Class::Relational)?;
    let topic = candidate.campaign.topic.as_ref().filter(|topic| !topics.contains(topic))?;
    Some(Refused { code: "topic", detail: Tree::from([("topic", topic.into())]), until: Instant::NEVER })
}
