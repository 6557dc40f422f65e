use super::Verdict;
use super::limits::last_counted_contact;
use super::quiet_hours::is_quiet;
use crate::context::Context;
use crate::occasions::Occasion;
use crate::read::Campaign;
use crate::time::parse_duration;
use serde_json::json;

/// What the customer asked for: channels to avoid, less often, hours without messages, topics. Transactional campaigns pass.
pub fn wishes(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    if campaign.class == "transactional" {
        return None;
    }
    let wishes = &context.input.request["customer"]["wishes"];
    let lists =
        |list: &str, one: &str| wishes[list].as_array().is_some_and(|list| list.iter().any(|name| *name == *one));
    if lists("avoid", &campaign.channel) {
        return Some(("not-this-channel", json!({ "channel": campaign.channel })));
    }
    // `lessOften` and `topics` do not hold back service contacts
    let is_optional = campaign.class != "service";
    let gap = wishes["lessOften"].as_str().and_then(parse_duration).filter(|_| is_optional);
    if let (Some(gap), Some(last)) = (gap, last_counted_contact(context))
        && last + gap > context.now
    {
        return Some(("less-often", json!({ "last": last, "gap": gap })));
    }
    if is_quiet(context, campaign, &context.input.wish_quiet) {
        return Some(("not-now", json!({})));
    }
    let topic = campaign.topic.as_ref()?;
    let is_unwanted = wishes["topics"].is_array() && !lists("topics", topic);
    (is_unwanted && is_optional).then(|| ("topic", json!({ "topic": topic })))
}
