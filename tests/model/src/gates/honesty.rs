use super::Verdict;
use crate::context::Context;
use crate::message::choose_variant;
use crate::occasions::Occasion;
use crate::read::Campaign;
use serde_json::json;

/// Refuses when every variant of the message names a parameter that has no value.
pub fn honesty(context: &Context, campaign: &Campaign, occasion: &Occasion) -> Verdict {
    let chosen = choose_variant(context, campaign, occasion);
    chosen.err().map(|missing| ("parameter-missing", context.detail(|| json!({ "parameters": missing }))))
}
