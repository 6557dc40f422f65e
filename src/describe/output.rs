//! The shapes of what the engine returns. Every key is present: a `required` field is never null, an `optional` one is null if there
//! is nothing to say.

use super::refusals::check_refusal;
use crate::base::problem::{Problem, ProblemCode, Problems, WARNING_NAMES};
use crate::base::tree::Tree;
use crate::language::words::{CHANNEL, Class, Phase, TIER};
use crate::policy::claim::CLAIM;
use crate::policy::parameter::ValueType;
use crate::policy::{ACTION, Disposition, IMAGE};
use crate::reader::check::check;
use crate::reader::shape::{COUNT, MONEY, Shape, fields};

pub(crate) const PROBLEM: Shape = Shape::Object(
    "Problem",
    fields! {
        "code" required Shape::Text, "what is wrong, for programs; a code never changes its meaning";
        "path" required Shape::Text, "where the mistake is, as `campaigns[2].lead`; empty: the document itself";
        "message" required Shape::Text, "what is wrong and how to correct it, for people";
    },
);

pub(crate) const WARNING: Shape = Shape::Object(
    "Warning",
    fields! {
        "code" required Shape::Choice(WARNING_NAMES), "what the policy should change, for programs";
        "path" required Shape::Text, "where it is, as `offers.spring.percent`";
        "message" required Shape::Text, "what is wrong and how to correct it, for people";
    },
);

const PARAM: Shape = Shape::Object(
    "Param",
    fields! {
        "type" required Shape::Choice(ValueType::WORDS), "how `render` writes the value";
        "value" required Shape::Any, "a text; a number; an amount in minor units; a date as `2026-12-31`, or epoch milliseconds; a list of texts";
        "currency" optional Shape::Currency, "the currency of an amount";
        "zone" optional Shape::Name, "the zone in which `render` writes an instant";
        "hour" optional Shape::Flag, "whether `render` writes the hour of an instant too: an offer that ends in less than 48 hours";
    },
);

const STRIPPED: Shape = Shape::Object(
    "StrippedVariant",
    fields! {
        "variant" required COUNT, "the index of the variant, from 0";
        "code" required Shape::Text, "why it cannot be shown, as `claim-unproven`";
        "detail" required Shape::Open("Detail", &[]), "the figures that belong to the code";
    },
);

const MESSAGE: Shape = Shape::Object(
    "ContactMessage",
    fields! {
        "locale" required Shape::Locale, "the locale of the message: the best match for the customer's among those that the message has";
        "variant" required COUNT, "the index of the chosen variant, from 0";
        "title" optional Shape::Text, "the title, a template; null: none";
        "body" required Shape::Text, "the text, a template";
        "share" optional Shape::Text, "the call to share the message, a template; null: the variant has none, or it is left out because of a recent complaint";
        "action" optional ACTION, "a link below the text; null: none";
        "image" optional IMAGE, "a picture above the text; null: none";
        "params" required Shape::Map(&PARAM), "the values that the templates insert, by name";
        "stripped" required Shape::List(&STRIPPED), "the variants that were not chosen because a claim does not hold, each with its reason";
        "signer" optional Shape::Text, "the person who signs the message";
        "benefit" optional Shape::Text, "why the message is useful to the reader";
    },
);

/// The codes of `why`: those of the occasions, and `share-withheld`.
pub(super) const WHY_CODES: &[&str] = &[
    "announcement",
    "event",
    "order",
    "packing",
    "delivery",
    "article",
    "incident",
    "birthday",
    "replenishment",
    "overdue",
    "milestone",
    "activity",
    "draw",
    "cart",
    "question",
    "share-withheld",
];

const REASON: Shape = Shape::Open(
    "Reason",
    fields! {
        "code" required Shape::Choice(WHY_CODES), "the occasion, as `order`; or `share-withheld`: the call to share was left out";
        "order" optional Shape::Name, "the order it is about";
        "on" optional Shape::Date, "the day it is about, as `2026-05-14`";
    },
);

const STANDING_REASON: Shape = Shape::Open(
    "StandingReason",
    fields! {
        "fact" optional Shape::Text, "a fact of the tier's condition";
        "value" optional Shape::Any, "the value of that fact";
        "phase" optional Shape::Choice(Phase::WORDS), "the phase that the code explains";
        "code" optional Shape::Text, "why the customer is in the phase; `not-recognised`: the tier is unknown for want of an id or a ledger";
    },
);

const CONTACT: Shape = Shape::Object(
    "Contact",
    fields! {
        "id" required Shape::Text, "32 hexadecimal digits. The same campaign, customer, occurrence and attempt give the same id";
        "campaign" required Shape::Name, "the campaign that speaks";
        "class" required Shape::Choice(Class::WORDS), "the class of the campaign";
        "channel" required CHANNEL, "the channel to use";
        "placement" optional Shape::Name, "the place on the page; null: not an onsite contact";
        "occurrence" required Shape::Name, "what the contact is about: an order's id, a birthday's year, …";
        "at" required COUNT, "when the decision was made, in epoch milliseconds";
        "expiresAt" optional COUNT, "when the occasion ends, in epoch milliseconds; null: it has no end";
        "message" required MESSAGE, "what to show or send";
        "offer" optional Shape::Name, "the id of the offer that the contact carries; null: none";
        "urgent" required Shape::Flag, "whether the campaign is marked `urgent`";
        "digest" optional Shape::Text, "the id of the first contact of the digest that this one belongs to; null: it is in no digest";
        "why" required Shape::List(&REASON), "the reasons to show to a customer who asks why they see the message";
    },
);

pub(super) const REFUSAL_NAME: &str = "Refusal";
pub(super) const REFUSED_CAMPAIGN_NAME: &str = "RefusedCampaign";

/// One gate's refusal; the types write it as a union over the codes.
const REFUSAL: Shape = Shape::Object(
    REFUSAL_NAME,
    fields! {
        "gate" required Shape::Text, "the gate that refused";
        "code" required Shape::Text, "the reason";
        "detail" required Shape::Open("Detail", &[]), "the figures that belong to the code";
    },
);

/// A refused campaign: the first refusal, and what becomes of the campaign.
const REFUSED_CAMPAIGN: Shape = Shape::Object(
    REFUSED_CAMPAIGN_NAME,
    fields! {
        "campaign" required Shape::Name, "the campaign that is held back";
        "gate" required Shape::Text, "the first gate that refused, or `arbitration`";
        "code" required Shape::Text, "the reason";
        "detail" required Shape::Open("Detail", &[]), "the figures that belong to the code";
        "retryAt" optional COUNT, "the earliest later instant at which all gates pass, in epoch milliseconds; null: none within 400 days";
        "disposition" required Shape::Choice(Disposition::WORDS), "what the campaign says should become of it";
        "expiresAt" optional COUNT, "when the occasion ends, in epoch milliseconds; null: it has no end, or there is no occasion";
        "also" required Shape::List(&REFUSAL), "the refusals of the other gates";
    },
);

/// A present that the customer has.
const PRESENT: Shape = Shape::Object(
    "Present",
    fields! {
        "campaign" required Shape::Name, "the campaign that gives it";
        "offer" required Shape::Name, "the id of the offer";
        "occurrence" required Shape::Name, "what it is given for: a birthday's year, an order's id, …";
        "until" optional COUNT, "when it ends, in epoch milliseconds: the end that was told, else the end of the occasion; null: it has no end";
        "code" optional Shape::Text, "the customer's own code, else the offer's; null: none, or none was issued yet";
    },
);

/// The kinds of task.
const TASK_KINDS: &[&str] = &["reply", "solve", "callback", "engage", "neglect"];
/// The tasks for the docs: kind, when there is one, the field that names what it is about, when it is due.
pub(crate) const TASKS: &[[&str; 4]] = &[
    [
        "reply",
        "a conversation is neither answered nor solved, and the policy says `care.replyWithin`",
        "conversation",
        "its `at`, or `reopenedAt`, + `replyWithin`",
    ],
    [
        "solve",
        "a conversation is answered but not solved, and the policy says `care.solveWithin`",
        "conversation",
        "its `at`, or `reopenedAt`, + `solveWithin`",
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
        "an order was delivered in the last 90 days, and since then the customer had no relational contact for `care.neglectAfter`",
        "order",
        "its delivery + `neglectAfter`",
    ],
];

const TASK: Shape = Shape::Object(
    "Task",
    fields! {
        "kind" required Shape::Choice(TASK_KINDS), "`reply`: nobody has answered the customer; `solve`: they were answered, and nothing was solved; `callback`: the customer waits for a call, or gave a low score; `engage`: the customer wrote about the shop elsewhere; `neglect`: nobody has spoken to the customer since an order arrived";
        "conversation" optional Shape::Name, "the id of the conversation: of `reply`, and of `callback` if the customer asked for a call";
        "mention" optional Shape::Name, "the id of the mention: of `engage`";
        "order" optional Shape::Name, "the id of the order: of `neglect`, and of `callback` after a low score";
        "dueAt" optional COUNT, "when the task is due, in epoch milliseconds; null: it has no date";
    },
);

const STANDING: Shape = Shape::Object(
    "Standing",
    fields! {
        "tier" required TIER, "how well the customer knows the shop";
        "phase" required Shape::Choice(Phase::WORDS), "how far the relation with the customer has come";
        "because" required Shape::List(&STANDING_REASON), "the facts behind the tier, and the reasons for the phase";
    },
);

pub(crate) const DECISION: Shape = Shape::Object(
    "Decision",
    fields! {
        "contacts" required Shape::List(&CONTACT), "the contacts to make now";
        "ghosts" required Shape::List(&CONTACT), "contacts that are not made because the customer is in the holdout group: record them, do not show them";
        "refused" required Shape::List(&REFUSED_CAMPAIGN), "every other campaign and why it is held back, in the order of the policy";
        "entitled" required Shape::List(&PRESENT), "the presents that the customer has now, spoken of or not, in the order of the policy, those of a campaign by `occurrence`";
        "tasks" required Shape::List(&TASK), "what the shop's people should do, the soonest due first";
        "standing" required STANDING, "what is known of the relation with the customer";
        "nextAt" optional COUNT, "the earliest future `retryAt` or `expiresAt`, in epoch milliseconds: before it, with nothing changed, there is no new contact; null: none is known";
        "policy" optional Shape::Text, "the SHA-256 of the policy's RFC 8785 form; null: the host computed none";
    },
);

const SURCHARGE: Shape = Shape::Object(
    "SurchargeDue",
    fields! {
        "amount" required MONEY, "the amount in minor units";
        "what" required Shape::Text, "what is due, as `IGIC`";
    },
);

const STRIPPED_CLAIM: Shape = Shape::Object(
    "StrippedClaim",
    fields! {
        "claim" required CLAIM, "the claim, as it was asked";
        "code" required Shape::Text, "why it does not hold";
        "detail" required Shape::Open("Detail", &[]), "the figures that belong to the code";
    },
);

pub(crate) const CLAIMS: Shape = Shape::Object(
    "Claims",
    fields! {
        "sku" required Shape::Name, "the article";
        "price" optional MONEY, "its price, in minor units; null: not known";
        "prior" optional MONEY, "the lowest price of the 30 days before this one; null: not known";
        "percent" optional Shape::Number { min: 0.0, max: 100.0 }, "the reduction from `prior` to `price` in percent, rounded down; 0: no reduction; null: not known";
        "surcharge" optional SURCHARGE, "what is due on top of the price at the destination; null: nothing, or, if `total` is null, not known";
        "total" optional MONEY, "the price with the surcharge; null: not known";
        "shipping" optional MONEY, "what delivery costs; null: not known";
        "freeShippingFrom" optional MONEY, "the total from which delivery is free; null: there is none, or it is not known";
        "freeShipping" optional Shape::Flag, "whether delivery is free for this article alone; null: not known";
        "allowed" required Shape::List(&CLAIM), "the claims that hold, and may be shown";
        "stripped" required Shape::List(&STRIPPED_CLAIM), "the claims that do not hold, each with its reason";
    },
);

/// The differences between a decision and the types. For tests.
pub fn misfits(decision: &Tree) -> Vec<Problem> {
    let mut decision = decision.clone();
    let mut problems = Problems::default();
    for field in super::output_keys(&DECISION) {
        if decision.find(field).is_none() {
            problems.add_at(field, ProblemCode::MissingField, "every key is present");
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

#[cfg(test)]
mod tests {
    use super::WHY_CODES;
    use super::*;
    use crate::policy::kinds::KINDS;

    #[test]
    fn the_docs_describe_every_kind_of_task() {
        let mut described: Vec<&str> = TASKS.iter().map(|[kind, ..]| *kind).collect();
        described.dedup();
        assert_eq!(described, TASK_KINDS);
    }

    #[test]
    fn every_occasion_has_its_code_in_why() {
        for kind in KINDS {
            assert!(WHY_CODES.contains(&kind.occasion.code()), "`{}` is no code of `why`", kind.occasion.code());
        }
    }
}
