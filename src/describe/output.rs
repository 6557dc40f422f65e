//! What goes out, described like what comes in. Here `must` means never null; `may`, that it is null where there is nothing.

use super::refusals::check_refusal;
use crate::base::problem::{Code, Problem, Problems};
use crate::base::tree::Tree;
use crate::language::words::{CHANNEL, Class, Phase, TIER};
use crate::policy::Disposition;
use crate::policy::claim::CLAIM;
use crate::reader::check::check;
use crate::reader::shape::{COUNT, MONEY, Shape, fields};

pub(crate) const PROBLEM: Shape = Shape::Object(
    "Problem",
    fields! {
        "code" required Shape::Text, "stable, kebab-case";
        "path" required Shape::Any, "where, as `campaigns[2].lead`; empty for the document itself";
        "message" required Shape::Text, "what is wrong and what would mend it";
    },
);

const PARAM: Shape = Shape::Object(
    "Param",
    fields! {
        "type" required Shape::Choice(&["text", "name", "code", "number", "percent", "money", "date", "list"]), "how `render` writes it";
        "value" required Shape::Any, "text; a number; money in minor units; a date as `2026-12-31` or epoch milliseconds; a list of texts";
        "currency" optional Shape::Currency, "of money";
        "zone" optional Shape::Name, "of an instant";
    },
);

const STRIPPED: Shape = Shape::Object(
    "StrippedVariant",
    fields! {
        "variant" required COUNT, "from 0";
        "code" required Shape::Text, "why";
        "detail" required Shape::Open("Detail", &[]), "its figures";
    },
);

const MESSAGE: Shape = Shape::Object(
    "ContactMessage",
    fields! {
        "locale" required Shape::Locale, "the locale that was found";
        "variant" required COUNT, "from 0";
        "title" optional Shape::Text, "a template";
        "body" required Shape::Text, "a template";
        "share" optional Shape::Text, "a template, of the call to share it; null: there is none, or a complaint is near";
        "params" required Shape::Map(&PARAM), "what the templates insert";
        "stripped" required Shape::List(&STRIPPED), "the variants that claim what is not so, and why";
        "signer" optional Shape::Text, "the person who signs";
        "benefit" optional Shape::Text, "what the reader has of it, for those who ask why they see it";
    },
);

const REASON: Shape = Shape::Open("Reason", fields! { "code" optional Shape::Text, "why, for the customer who asks"; });

const CONTACT: Shape = Shape::Object(
    "Contact",
    fields! {
        "id" required Shape::Text, "32 hexadecimal digits; deciding twice gives the same";
        "campaign" required Shape::Name, "the campaign that speaks";
        "class" required Shape::Choice(Class::WORDS), "its class";
        "channel" required CHANNEL, "how it reaches the customer";
        "placement" optional Shape::Name, "where on the page";
        "occurrence" required Shape::Name, "the order, the birthday's year, …";
        "at" required COUNT, "when it was decided, epoch milliseconds";
        "expiresAt" optional COUNT, "the end of the occasion, epoch milliseconds";
        "message" required MESSAGE, "the words";
        "offer" optional Shape::Name, "the offer it carries";
        "urgent" required Shape::Flag, "whether it hurries the customer";
        "digest" optional Shape::Text, "the id of the contact of which it is a part, its own if it is the first; null: it stands alone";
        "why" required Shape::List(&REASON), "for the customer who asks why they see it";
    },
);

pub(super) const REFUSAL_NAME: &str = "Refusal";
pub(super) const REFUSED_CAMPAIGN_NAME: &str = "RefusedCampaign";

/// One gate's refusal; the types write it as a union over the codes.
const REFUSAL: Shape = Shape::Object(
    REFUSAL_NAME,
    fields! {
        "gate" required Shape::Text, "the gate";
        "code" required Shape::Text, "why";
        "detail" required Shape::Open("Detail", &[]), "its figures";
    },
);

/// A refused campaign: the first refusal, and what becomes of the campaign.
const REFUSED_CAMPAIGN: Shape = Shape::Object(
    REFUSED_CAMPAIGN_NAME,
    fields! {
        "campaign" required Shape::Name, "the campaign that stays silent";
        "gate" required Shape::Text, "the first gate that refused, or `arbitration`";
        "code" required Shape::Text, "why";
        "detail" required Shape::Open("Detail", &[]), "its figures";
        "retryAt" optional COUNT, "the earliest later instant, within 400 days, at which all gates pass; epoch milliseconds";
        "disposition" required Shape::Choice(Disposition::WORDS), "what becomes of it";
        "expiresAt" optional COUNT, "the end of the occasion, epoch milliseconds";
        "also" required Shape::List(&REFUSAL), "the other gates that refused";
    },
);

/// The tasks for the docs: kind, when there is one, the field that names what it is about, when it is due.
pub(crate) const TASKS: &[[&str; 4]] = &[
    [
        "reply",
        "a conversation is neither answered nor solved, and the policy says `care.replyWithin`",
        "conversation",
        "its `at`, or `reopenedAt`, + `replyWithin`",
    ],
    [
        "callback",
        "the customer asked for a call (`callbackAt`) and was not answered after it",
        "conversation",
        "`callbackAt`",
    ],
    [
        "callback",
        "a low score is a case (`care.lowScore`); one call for each order",
        "order",
        "the rating's `at` + `replyWithin`",
    ],
    [
        "engage",
        "the customer wrote about the shop elsewhere (`customer.mentions`), and the shop has not taken part (`engagedAt`)",
        "mention",
        "its `at` + `replyWithin`",
    ],
    [
        "neglect",
        "an order of the last 90 days was not cancelled, and since its `at` nobody spoke to the customer for `care.neglectAfter`",
        "order",
        "its `at` + `neglectAfter`",
    ],
];

const TASK: Shape = Shape::Object(
    "Task",
    fields! {
        "kind" required Shape::Choice(&["reply", "callback", "engage", "neglect"]), "`reply`: nobody has answered; `callback`: they wait for a call, or gave a low score; `engage`: they wrote about the shop; `neglect`: nobody spoke to them since an order";
        "conversation" optional Shape::Name, "of `reply`, and of `callback` who asked for it: its id";
        "mention" optional Shape::Name, "of `engage`: its id";
        "order" optional Shape::Name, "of `neglect`, and of `callback` after a low score: its id";
        "dueAt" optional COUNT, "until when, epoch milliseconds";
    },
);

const STANDING: Shape = Shape::Object(
    "Standing",
    fields! {
        "tier" required TIER, "how much the customer stands";
        "phase" required Shape::Choice(Phase::WORDS), "how far the relation has come";
        "because" required Shape::List(&Shape::Open("Reason", &[])), "the facts that made the tier, and what made the phase";
    },
);

pub(crate) const DECISION: Shape = Shape::Object(
    "Decision",
    fields! {
        "contacts" required Shape::List(&CONTACT), "who speaks now";
        "ghosts" required Shape::List(&CONTACT), "who would, but for the holdout: to be recorded, not shown";
        "refused" required Shape::List(&REFUSED_CAMPAIGN), "every other campaign, in the order of the policy";
        "tasks" required Shape::List(&TASK), "what people should do, soonest due first";
        "standing" required STANDING, "what the customer is to the shop";
        "nextAt" optional COUNT, "the least future instant at which asking again is worth it; epoch milliseconds";
        "policy" optional Shape::Text, "the SHA-256 of the policy's RFC 8785 form";
    },
);

const SURCHARGE: Shape = Shape::Object(
    "SurchargeDue",
    fields! {
        "amount" required MONEY, "in minor units";
        "what" required Shape::Text, "what it is, as `IGIC`";
    },
);

const STRIPPED_CLAIM: Shape = Shape::Object(
    "StrippedClaim",
    fields! {
        "claim" required CLAIM, "as it was asked";
        "code" required Shape::Text, "why";
        "detail" required Shape::Open("Detail", &[]), "its figures";
    },
);

pub(crate) const CLAIMS: Shape = Shape::Object(
    "Claims",
    fields! {
        "sku" required Shape::Name, "the article";
        "price" optional MONEY, "what it costs; null: not known";
        "prior" optional MONEY, "the lowest price of the 30 days before this one; null: not known";
        "percent" optional Shape::Number { min: 0.0, max: 100.0 }, "how much less that is, rounded down; 0: no reduction; null: not known";
        "surcharge" optional SURCHARGE, "what is due beside it; null: nothing, or, where `total` is null, not known";
        "total" optional MONEY, "price and surcharge; null: not known";
        "shipping" optional MONEY, "what the parcel costs; null: not known";
        "freeShippingFrom" optional MONEY, "the total from which it costs nothing; null: none, or not known";
        "freeShipping" optional Shape::Flag, "whether it costs nothing for this article alone; null: not known";
        "allowed" required Shape::List(&CLAIM), "the claims that hold";
        "stripped" required Shape::List(&STRIPPED_CLAIM), "those that do not, and why";
    },
);

/// Where a decision is not what the types say. For tests.
pub fn misfits(decision: &Tree) -> Vec<Problem> {
    let mut decision = decision.clone();
    let mut problems = Problems::default();
    for field in super::output_keys(&DECISION) {
        if decision.find(field).is_none() {
            problems.add_at(field, Code::MissingField, "every key is present");
        }
    }
    check(&mut decision, &DECISION, &mut problems);
    problems.key("refused", |problems| {
        for (index, refused) in decision.list("refused").iter().enumerate() {
            problems.index(index, |problems| {
                check_refusal(refused, problems);
                problems.key("also", |problems| {
                    for (index, refusal) in refused.list("also").iter().enumerate() {
                        problems.index(index, |problems| check_refusal(refusal, problems));
                    }
                });
            });
        }
    });
    problems.in_order_of(&decision)
}
