//! `consent`: the customer lets the shop use this channel. Neither code passes by itself.

use super::gate::{Ahead, Gate, Verdict};
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::decision::codes;
use crate::language::words::Class;

codes! { "consent":
    NOT_GIVEN "not-given"
        "The customer never gave consent to this channel. Relational and promotional contacts need consent on email, push, sms, phone and social. Does not end by itself." {
            "channel" required CHANNEL, "the campaign's channel";
            "by" required Shape::Choice(&["consent"]), "always `consent` here";
        }
    WITHDRAWN "withdrawn"
        "The customer refused this channel. That stops all but transactional contacts on it. A later consent does not undo `unsubscribed` or `spam`. Does not end by itself." {
            "channel" required CHANNEL, "the campaign's channel";
            "by" required Shape::Choice(&["consent", "unsubscribed", "spam"]), "where the no was said: in `consent`, or in the wish `unsubscribed` or `spam`";
        }
}

pub(super) const GATE: Gate = Gate {
    #[cfg(not(target_family = "wasm"))]
    codes: CODES,
    is_about_news: false,
    sees_contacts: false,
    ahead: Ahead::Once,
    complete: None,
    check: |candidate| {
        let campaign = candidate.campaign;
        let customer = candidate.context.customer;
        let wish = customer.wishes.closes(campaign.channel);
        let consent = customer.consent_for(campaign.channel).filter(|_| wish.is_none()).or(wish.map(|_| false));
        let code = match (campaign.class, consent) {
            (Class::Transactional, _) | (_, Some(true)) | (Class::Service, None) => None,
            (_, Some(false)) => Some(&WITHDRAWN),
            (_, None) => Some(&NOT_GIVEN).filter(|_| campaign.channel.interrupts()),
        };
        let Some(code) = code else {
            return Verdict::pass(Instant::NEVER);
        };
        let by = wish.unwrap_or("consent");
        let detail = || Tree::from([("channel", campaign.channel.word().into()), ("by", by.into())]);
        Verdict::refuse(candidate, code, detail, Instant::NEVER)
    },
};
