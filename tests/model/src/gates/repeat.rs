use super::Verdict;
use crate::context::Context;
use crate::occasions::{Occasion, repeating_records};
use crate::read::Campaign;
use serde_json::json;

/// A campaign speaks once for each occurrence. `repeat` is the least time between two of its contacts.
pub fn repeat(context: &Context, campaign: &Campaign, occasion: &Occasion) -> Verdict {
    if occasion.spoken {
        return Some(("already-spoken", json!({})));
    }
    if let Some((gap, of_kind)) = campaign.gap {
        let is_one = |other: &&Campaign| other.id == campaign.id || (of_kind && other.kind == campaign.kind);
        let records = context.input.campaigns.iter().filter(is_one).flat_map(|other| repeating_records(context, other));
        let last = records.map(|record| record.as_of(context.now)).max();
        if last.is_some_and(|last| last + gap > context.now) {
            return Some(("too-soon", json!({})));
        }
    }
    let last = repeating_records(context, campaign).map(|record| record.as_of(context.now)).max()?;
    if campaign.never_again {
        return Some(("already-spoken", json!({})));
    }
    (last + campaign.repeat? > context.now).then(|| ("too-soon", json!({})))
}
