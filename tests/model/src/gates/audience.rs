use super::Verdict;
use crate::context::Context;
use crate::occasions::Occasion;
use crate::read::Campaign;
use serde_json::json;

/// Refuses when the campaign's `audience` does not hold.
pub fn audience(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    (!context.holds(&campaign.audience)).then(|| ("not-in-audience", json!({})))
}
