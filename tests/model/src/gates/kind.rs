use super::Verdict;
use crate::context::Context;
use crate::occasions::Occasion;
use crate::read::{Campaign, instant};
use crate::time::DAY;
use serde_json::json;

/// What the kind demands, and whether the campaign is paused. Of the kinds only birthdays have demands here: the shop has known the birthday for 30 days, and the customer has been one for 30 days or has
/// one good order. Otherwise a visitor could type in today's date and collect the gift.
pub fn kind(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    if refuses_the_phase(context, campaign) {
        return Some(("not-in-phase", context.detail(|| json!({ "phase": context.phase() }))));
    }
    for (lack, field, absent) in [("store", "withoutStore", "service"), ("server", "withoutServer", "relational")] {
        if lacks(context, lack) && !may_speak(context.input.policy["page"][field].as_str().unwrap_or(absent), campaign)
        {
            return Some(("not-allowed", context.detail(|| json!({ "demand": lack }))));
        }
    }
    if campaign.paused {
        return Some(("not-allowed", context.detail(|| json!({ "demand": "paused" }))));
    }
    (!demands_hold(context, campaign)).then(|| ("not-allowed", context.detail(|| json!({}))))
}

/// Whether the asker says that it lacks this.
fn lacks(context: &Context, lack: &str) -> bool {
    context.input.request["without"].as_array().is_some_and(|lacks| lacks.iter().any(|one| one == lack))
}

/// Whether the policy's word lets the class speak all the same.
fn may_speak(word: &str, campaign: &Campaign) -> bool {
    match word {
        "nothing" => false,
        "service" => ["transactional", "service"].contains(&campaign.class.as_str()),
        "relational" => campaign.class != "promotional",
        _ => true,
    }
}

/// Whether what the kind demands of the customer is true.
pub fn demands_hold(context: &Context, campaign: &Campaign) -> bool {
    let complaints = context.open_complaints();
    let allowed = match campaign.kind.as_str() {
        "referral" => {
            let promoter = context.fact("promoter") == true;
            complaints == 0 && context.good_orders() >= 3 && promoter
        }
        "review" => complaints == 0,
        "notFound" => context.open_cases() == 0 && context.all_open_incidents() == 0,
        _ => true,
    };
    if !allowed || campaign.kind != "birthday" {
        return allowed;
    }
    let customer = &context.input.request["customer"];
    let since = instant(customer, "since");
    let known_since = instant(customer, "birthdaySince").or(since);
    let for_30_days = |since: Option<i64>| since.is_some_and(|since| since + 30 * DAY <= context.now);
    for_30_days(known_since) && (for_30_days(since) || context.good_orders() >= 1)
}

/// Whether the kind does not exist in the phase, or promotions are held in it.
pub fn refuses_the_phase(context: &Context, campaign: &Campaign) -> bool {
    let holds = context.input.hold_promotions
        && context.phase() == "letdown"
        && campaign.class == "promotional"
        && !campaign.is_obligation();
    holds || !speaks_in_the_phase(context, campaign)
}

/// Whether the kind exists in the phase.
pub fn speaks_in_the_phase(context: &Context, campaign: &Campaign) -> bool {
    let phases: &[&str] = match campaign.kind.as_str() {
        "community" | "nextOffer" | "topActivity" => &["trust", "identification"],
        "referral" => &["identification"],
        "surprise" => &["lapsed", "identification", "trust", "illusion"],
        _ => &["letdown", "lapsed", "identification", "trust", "illusion"],
    };
    phases.contains(&context.phase())
}
