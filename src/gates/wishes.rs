//! `wishes`: what the customer asked of us. It beats every rule and only tightens; transactional contacts pass.
//!
//! `not-this-channel`: they would rather not hear from it: `channel`. Does not pass by itself.
//! `less-often`: they want at most one contact in `gap` milliseconds, and the latest was at `last`.
//! `not-now`: it is their quiet time: `zone`, `until`.
//! `topic`: the campaign's `topic` is none of those they chose. Does not pass by itself.

use super::quiet_hours::silence;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Look;
use crate::decision::Refused;
use crate::gates::gate::{Gate, first};
use crate::language::words::Class;
use crate::ledger::totals::Counted;
use crate::policy::Window;

pub(super) const GATE: Gate = Gate {
    name: "wishes",
    check: |look| {
        if look.campaign.class == Class::Transactional {
            return Ok(());
        }
        let quiet = silence(look, &look.scene.customer.wishes.quiet);
        let not_now = quiet.map(|(until, detail)| Refused { code: "not-now", detail, until });
        first([avoided(look), less_often(look), not_now, topic(look)])
    },
};

fn avoided(look: &Look) -> Option<Refused> {
    let channel = &look.campaign.channel;
    let detail = Tree::from([("channel", channel.into())]);
    let refused = Refused { code: "not-this-channel", detail, until: Instant::NEVER };
    look.scene.customer.wishes.avoids(channel).then_some(refused)
}

fn less_often(look: &Look) -> Option<Refused> {
    let gap = look.scene.customer.wishes.less_often.filter(|_| look.campaign.class >= Class::Relational)?;
    let (mut last, mut until) = (None, Instant(0));
    look.tally(Counted::All, Window::Rolling(gap))?.ends(&mut |as_of, leaves| {
        last = last.max(Some(as_of));
        until = until.max(leaves);
    });
    Some(Refused { code: "less-often", detail: Tree::from([("last", last?.into()), ("gap", gap.into())]), until })
}

fn topic(look: &Look) -> Option<Refused> {
    let topics = look.scene.customer.wishes.topics.as_ref().filter(|_| look.campaign.class >= Class::Relational)?;
    let topic = look.campaign.topic.as_ref().filter(|topic| !topics.contains(topic))?;
    Some(Refused { code: "topic", detail: Tree::from([("topic", topic.into())]), until: Instant::NEVER })
}
