//! `wishes`: what the customer asked of the shop. No rule overrides it. Transactional contacts pass.

use super::gate::{Ahead, Gate, Verdict, first};
use super::quiet_hours::not_wished;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::Candidate;
use crate::decision::codes;
use crate::language::words::Class;
use crate::ledger::totals::Counter;
use crate::policy::Window;

codes! { "wishes":
    NOT_THIS_CHANNEL "not-this-channel" "The customer would rather not hear from this channel. Does not end by itself." {
        "channel" required CHANNEL, "the campaign's channel";
    }
    LESS_OFTEN "less-often" "The customer wants at most one contact in some time, and the latest contact is more recent than that. Ends when that time has passed since the latest contact." {
        "last" required MILLISECONDS, "the time of the latest contact";
        "gap" required COUNT, "what the customer wishes, in milliseconds";
    }
    NOT_NOW "not-now" "The customer does not want messages at this time of day. Ends when that time is over." {
        "zone" optional Shape::Name, "the customer's zone; null: it is unknown, so the message waits while it is such a time in any zone of the request";
        "until" required MILLISECONDS, "the end of that time";
    }
    TOPIC "topic" "The campaign's topic is not one of those the customer chose. Does not end by itself." {
        "topic" required Shape::Name, "the campaign's topic";
    }
}

pub(super) const GATE: Gate = Gate {
    #[cfg(not(target_family = "wasm"))]
    codes: CODES,
    is_about_news: false,
    sees_contacts: true,
    ahead: Ahead::Always,
    complete: None,
    check: |candidate| {
        if candidate.campaign.class == Class::Transactional {
            return Verdict::pass(Instant::NEVER);
        }
        first(candidate, &[channel, less_often, not_now, topic])
    },
};

fn channel(candidate: &Candidate) -> Verdict {
    let channel = candidate.campaign.channel;
    if !candidate.context.customer.wishes.avoids(channel) {
        return Verdict::pass(Instant::NEVER);
    }
    Verdict::refuse(candidate, &NOT_THIS_CHANNEL, || Tree::from([("channel", channel.word().into())]), Instant::NEVER)
}

/// Whether it obeys `lessOften` and `topics`: notices of service do not, thanks and apologies do.
fn obeys(candidate: &Candidate) -> bool {
    candidate.campaign.class >= Class::Relational || candidate.campaign.kind.obligation
}

fn less_often(candidate: &Candidate) -> Verdict {
    let Some(gap) = candidate.context.customer.wishes.less_often.filter(|_| obeys(candidate)) else {
        return Verdict::pass(Instant::NEVER);
    };
    let (mut last, mut until) = (None, Instant(0));
    if let Some(count) = candidate.window_count(Counter::All, Window::Rolling(gap)) {
        count.ends(&mut |as_of, leaves| {
            last = last.max(Some(as_of));
            until = until.max(leaves);
        });
    }
    let Some(last) = last else {
        return Verdict::pass(candidate.next_record_change());
    };
    Verdict::refuse(candidate, &LESS_OFTEN, || Tree::from([("last", last.into()), ("gap", gap.into())]), until)
}

fn not_now(candidate: &Candidate) -> Verdict {
    not_wished(&candidate.context.customer.wishes.quiet, &NOT_NOW, candidate)
}

fn topic(candidate: &Candidate) -> Verdict {
    let chosen = candidate.context.customer.wishes.topics.as_ref();
    let chosen = chosen.filter(|_| obeys(candidate));
    match (chosen, &candidate.campaign.topic) {
        (Some(chosen), Some(topic)) if !chosen.contains(topic) => {
            Verdict::refuse(candidate, &TOPIC, || Tree::from([("topic", topic.into())]), Instant::NEVER)
        }
        _ => Verdict::pass(Instant::NEVER),
    }
}
