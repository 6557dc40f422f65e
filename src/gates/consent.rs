//! `consent`: the customer lets us use this channel.
//!
//! `withdrawn`: they said no (`by`: `consent`, or the wish `unsubscribed` or `spam`, which no later consent undoes); that
//! stops all but transactional contacts, on every channel.
//! `not-given`: they never said yes, which relational and promotional contacts need on email, push, sms, phone and social.
//! Neither passes by itself.

use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::decision::Refused;
use crate::gates::gate::Gate;
use crate::language::words::Class;

/// The channels on which silence is not consent.
const ASKED: [&str; 5] = ["email", "push", "sms", "phone", "social"];

pub(super) const GATE: Gate = Gate {
    name: "consent",
    check: |candidate| {
        let campaign = candidate.campaign;
        let customer = candidate.context.customer;
        let wish = customer.wishes.closes(&campaign.channel);
        let consent = customer.consent(&campaign.channel).filter(|_| wish.is_none()).or(wish.map(|_| false));
        let code = match (campaign.class, consent) {
            (Class::Transactional, _) | (_, Some(true)) => return Ok(()),
            (_, Some(false)) => "withdrawn",
            (Class::Service, None) => return Ok(()),
            (_, None) if ASKED.contains(&campaign.channel.as_str()) => "not-given",
            (_, None) => return Ok(()),
        };
        let by = wish.unwrap_or("consent");
        let detail = Tree::from([("channel", (&campaign.channel).into()), ("by", by.into())]);
        Err(Refused { code, detail, until: Instant::NEVER })
    },
};
