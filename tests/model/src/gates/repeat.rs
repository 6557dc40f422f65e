use super::Verdict;
use crate::context::Context;
use crate::occasions::{Occasion, counting_records};
use crate::read::Campaign;
use serde_json::json;

/// A campaign speaks once for each occurrence. `repeat` is the least time between two of its contacts.
pub fn repeat(context: &Context, campaign: &Campaign, occasion: &Occasion) -> Verdict {
    if occasion.spoken {
        return Some(("already-spoken", json!({})));
    }
    let last = counting_records(context, campaign).map(|record| record.as_of(context.now)).max()?;
    if campaign.never_again {
        return Some(("already-spoken", json!({})));
    }
    (last + campaign.repeat? > context.now).then(|| ("too-soon", json!({})))
}
