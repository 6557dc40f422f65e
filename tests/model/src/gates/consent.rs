use super::Verdict;
use crate::context::Context;
use crate::occasions::Occasion;
use crate::read::Campaign;
use serde_json::json;

/// `false`, `unsubscribed` and `spam` stop everything except transactional campaigns. Relational and promotional campaigns need
/// `true`, except onsite and by post.
pub fn consent(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    campaign.consent.get_or_init(|| verdict(context, campaign)).clone()
}

fn verdict(context: &Context, campaign: &Campaign) -> Verdict {
    if campaign.class == "transactional" {
        return None;
    }
    let customer = &context.input.request["customer"];
    let given = &customer["consent"][&campaign.channel];
    let wishes_list = |wish: &str| {
        customer["wishes"][wish].as_array().is_some_and(|list| list.iter().any(|one| *one == *campaign.channel))
    };
    if wishes_list("spam") {
        return Some(("withdrawn", json!({ "by": "spam" })));
    }
    if wishes_list("unsubscribed") && !wishes_list("subscribe") {
        return Some(("withdrawn", json!({ "by": "unsubscribed" })));
    }
    if *given == false {
        return Some(("withdrawn", json!({ "by": "consent" })));
    }
    let needs_consent = campaign.class != "service" && campaign.channel != "onsite" && campaign.channel != "post";
    (needs_consent && *given != true).then(|| ("not-given", json!({})))
}
