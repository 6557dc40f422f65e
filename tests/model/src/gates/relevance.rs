use super::Verdict;
use crate::context::Context;
use crate::occasions::Occasion;
use crate::read::Campaign;
use serde_json::json;

/// Refuses when the customer's affinity is unknown or below the campaign's floor.
pub fn relevance(context: &Context, campaign: &Campaign, _: &Occasion) -> Verdict {
    if campaign.class == "transactional" {
        return None;
    }
    let affinity = campaign.relevance["affinity"].as_str()?;
    let floor = campaign.relevance["floor"].as_f64().unwrap();
    let value = &context.input.request["customer"]["affinity"][affinity];
    let detail =
        || context.detail(|| json!({ "affinity": affinity, "floor": campaign.relevance["floor"], "value": value }));
    match value.as_f64() {
        None => Some(("affinity-unknown", detail())),
        Some(value) if value < floor => Some(("below-floor", detail())),
        Some(_) => None,
    }
}
