//! What goes out, described like what comes in. Here `must` means never null; `may`, that it is null where there is nothing.

use crate::base::problem::{Problem, Problems};
use crate::base::tree::Tree;
use crate::language::words::{CHANNEL, Class, Phase, TIER};
use crate::policy::Disposition;
use crate::policy::claim::CLAIM;
use crate::reader::check::check;
use crate::reader::shape::{COUNT, MONEY, Shape, fields};

pub(crate) const PROBLEM: Shape = Shape::Object(
    "Problem",
    fields! {
        "code" must Shape::Text, "stable, kebab-case";
        "path" must Shape::Any, "where, as `campaigns[2].lead`; empty for the document itself";
        "message" must Shape::Text, "what is wrong and what would mend it";
    },
);

const PARAM: Shape = Shape::Object(
    "Param",
    fields! {
        "type" must Shape::Choice(&["text", "name", "code", "number", "percent", "money", "date", "list"]), "how `render` writes it";
        "value" must Shape::Any, "text; a number; money in minor units; a date as `2026-12-31` or epoch milliseconds; a list of texts";
        "currency" may Shape::Currency, "of money";
        "zone" may Shape::Name, "of an instant";
    },
);

const STRIPPED: Shape = Shape::Object(
    "StrippedVariant",
    fields! {
        "variant" must COUNT, "from 0";
        "code" must Shape::Text, "why";
        "detail" must Shape::Open("Detail", &[]), "its figures";
    },
);

const MESSAGE: Shape = Shape::Object(
    "ContactMessage",
    fields! {
        "locale" must Shape::Locale, "the locale that was found";
        "variant" must COUNT, "from 0";
        "title" may Shape::Text, "a template";
        "body" must Shape::Text, "a template";
        "share" may Shape::Text, "a template, of the call to share it; null: there is none, or a complaint is near";
        "params" must Shape::Map(&PARAM), "what the templates insert";
        "stripped" must Shape::List(&STRIPPED), "the variants that claim what is not so, and why";
        "signer" may Shape::Text, "the person who signs";
        "benefit" may Shape::Text, "what the reader has of it, for those who ask why they see it";
    },
);

const REASON: Shape = Shape::Open("Reason", fields! { "code" may Shape::Text, "why, for the customer who asks"; });

const CONTACT: Shape = Shape::Object(
    "Contact",
    fields! {
        "id" must Shape::Text, "32 hexadecimal digits; deciding twice gives the same";
        "campaign" must Shape::Name, "the campaign that speaks";
        "class" must Shape::Choice(Class::WORDS), "its class";
        "channel" must CHANNEL, "how it reaches the customer";
        "placement" may Shape::Name, "where on the page";
        "occurrence" must Shape::Name, "the order, the birthday's year, …";
        "at" must COUNT, "when it was decided, epoch milliseconds";
        "expiresAt" may COUNT, "the end of the occasion, epoch milliseconds";
        "message" must MESSAGE, "the words";
        "offer" may Shape::Name, "the offer it carries";
        "urgent" must Shape::Flag, "whether it hurries the customer";
        "digest" may Shape::Text, "the id of the contact of which it is a part, its own if it is the first; null: it stands alone";
        "why" must Shape::List(&REASON), "for the customer who asks why they see it";
    },
);

const OTHER: Shape = Shape::Object(
    "OtherRefusal",
    fields! {
        "gate" must Shape::Text, "the gate";
        "code" must Shape::Text, "why";
        "detail" must Shape::Open("Detail", &[]), "its figures";
    },
);

const REFUSAL: Shape = Shape::Object(
    "Refusal",
    fields! {
        "campaign" must Shape::Name, "the campaign that stays silent";
        "gate" must Shape::Text, "the first gate that refused, or `arbitration`";
        "code" must Shape::Text, "why";
        "detail" must Shape::Open("Detail", &[]), "its figures";
        "retryAt" may COUNT, "the earliest later instant, within 400 days, at which all gates pass; epoch milliseconds";
        "disposition" must Shape::Choice(Disposition::WORDS), "what becomes of it";
        "expiresAt" may COUNT, "the end of the occasion, epoch milliseconds";
        "also" must Shape::List(&OTHER), "the other gates that refused";
    },
);

const TASK: Shape = Shape::Object(
    "Task",
    fields! {
        "kind" must Shape::Choice(&["reply", "callback", "engage", "neglect"]), "`reply`: nobody has answered; `callback`: they wait for a call, or gave a low score; `engage`: they wrote about the shop; `neglect`: nobody spoke to them since an order";
        "conversation" may Shape::Name, "of `reply`, and of `callback` who asked for it: its id";
        "mention" may Shape::Name, "of `engage`: its id";
        "order" may Shape::Name, "of `neglect`, and of `callback` after a low score: its id";
        "dueAt" may COUNT, "until when, epoch milliseconds";
    },
);

const STANDING: Shape = Shape::Object(
    "Standing",
    fields! {
        "tier" must TIER, "how much the customer stands";
        "phase" must Shape::Choice(Phase::WORDS), "how far the relation has come";
        "because" must Shape::List(&Shape::Open("Reason", &[])), "the facts that made the tier, and what made the phase";
    },
);

pub(crate) const DECISION: Shape = Shape::Object(
    "Decision",
    fields! {
        "contacts" must Shape::List(&CONTACT), "who speaks now";
        "ghosts" must Shape::List(&CONTACT), "who would, but for the holdout: to be recorded, not shown";
        "refused" must Shape::List(&REFUSAL), "every other campaign, in the order of the policy";
        "tasks" must Shape::List(&TASK), "what people should do, soonest due first";
        "standing" must STANDING, "what the customer is to the shop";
        "nextAt" may COUNT, "the least future instant at which asking again is worth it; epoch milliseconds";
        "policy" may Shape::Text, "the SHA-256 of the policy's RFC 8785 form";
    },
);

const SURCHARGE: Shape = Shape::Object(
    "SurchargeDue",
    fields! {
        "amount" must MONEY, "in minor units";
        "what" must Shape::Text, "what it is, as `IGIC`";
    },
);

const STRIPPED_CLAIM: Shape = Shape::Object(
    "StrippedClaim",
    fields! {
        "claim" must CLAIM, "as it was asked";
        "code" must Shape::Text, "why";
        "detail" must Shape::Open("Detail", &[]), "its figures";
    },
);

pub(crate) const CLAIMS: Shape = Shape::Object(
    "Claims",
    fields! {
        "sku" must Shape::Name, "the article";
        "price" may MONEY, "what it costs; null: not known";
        "prior" may MONEY, "the lowest price of the 30 days before this one; null: not known";
        "percent" may Shape::Number { min: 0.0, max: 100.0 }, "how much less that is, rounded down; 0: no reduction; null: not known";
        "surcharge" may SURCHARGE, "what is due beside it; null: nothing, or, where `total` is null, not known";
        "total" may MONEY, "price and surcharge; null: not known";
        "shipping" may MONEY, "what the parcel costs; null: not known";
        "freeShippingFrom" may MONEY, "the total from which it costs nothing; null: none, or not known";
        "freeShipping" may Shape::Flag, "whether it costs nothing for this article alone; null: not known";
        "allowed" must Shape::List(&CLAIM), "the claims that hold";
        "stripped" must Shape::List(&STRIPPED_CLAIM), "those that do not, and why";
    },
);

/// Where a decision is not what the types say. For tests.
pub fn misfits(decision: &Tree) -> Vec<Problem> {
    let mut decision = decision.clone();
    let mut problems = Problems::default();
    for field in super::output_keys(&DECISION) {
        if decision.find(field).is_none() {
            problems.add_at(field, "missing-field", "every key is present");
        }
    }
    check(&mut decision, &DECISION, &mut problems);
    problems.in_order_of(&decision)
}
