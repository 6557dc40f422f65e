//! `wishes`: what the customer asked for.

use super::Verdict;
use super::limits::last_counted_contact;
use super::quiet_hours::is_quiet;
use crate::context::Context;
use crate::occasions::Occasion;
use crate::read::Campaign;
use serde_json::json;

/// Whether the last contact was less long ago than the customer wishes.
pub fn less_often(context: &Context) -> Verdict {
    let gap = context.input.less_often?;
    let last = last_counted_contact(context)?;
    (last + gap > context.now).then(|| ("less-often", context.detail(|| json!({ "last": last, "gap": gap }))))
}

/// What the customer asked for: channels to avoid, less often, hours without messages, topics. Transactional campaigns pass.
pub fn wishes(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    verdict(context, campaign, true)
}

/// The same without the wish for less.
pub fn wishes_but_less(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    verdict(context, campaign, false)
}

fn verdict(context: &Context, campaign: &Campaign, asks_for_less: bool) -> Verdict {
    let wishes = &context.input.wishes;
    if campaign.class == "transactional" || wishes.is_null() {
        return None;
    }
    let lists =
        |list: &str, one: &str| wishes[list].as_array().is_some_and(|list| list.iter().any(|name| *name == *one));
    if lists("avoid", &campaign.channel) {
        return Some(("not-this-channel", context.detail(|| json!({ "channel": campaign.channel }))));
    }
    // `lessOften` and `topics` do not hold back service contacts, but thanks of every class
    let is_optional = campaign.class != "service" || campaign.is_obligation();
    if let Some(refusal) = less_often(context).filter(|_| is_optional && asks_for_less) {
        return Some(refusal);
    }
    if is_quiet(context, campaign, &context.input.wish_quiet) {
        return Some(("not-now", json!({})));
    }
    let topic = campaign.topic.as_ref()?;
    let is_unwanted = wishes["topics"].is_array() && !lists("topics", topic);
    (is_unwanted && is_optional).then(|| ("topic", context.detail(|| json!({ "topic": topic }))))
}
