//! What the shopper wishes: beats every rule, and only ever tightens.

use crate::facts::Look;
use crate::gates::Word;
use crate::limits::last_counted;
use crate::occasion::Occasion;
use crate::quiet::is_quiet;
use crate::read::Campaign;
use crate::time::length;
use serde_json::json;

/// Channels to avoid, less often, not now, topics.
pub fn wishes(look: &Look, campaign: &Campaign, _: &Occasion) -> Word {
    if campaign.class == "transactional" {
        return None;
    }
    let wishes = &look.world.request["customer"]["wishes"];
    let names =
        |list: &str, one: &str| wishes[list].as_array().is_some_and(|list| list.iter().any(|name| *name == *one));
    if names("avoid", &campaign.channel) {
        return Some(("not-this-channel", json!({ "channel": campaign.channel })));
    }
    // relational and promotional contacts obey the rest, obligations like all others
    let obeys = campaign.class != "service";
    let gap = wishes["lessOften"].as_str().and_then(length).filter(|_| obeys);
    if let (Some(gap), Some(last)) = (gap, last_counted(look))
        && last + gap > look.now
    {
        return Some(("less-often", json!({ "last": last, "gap": gap })));
    }
    if is_quiet(look, campaign, &look.world.wish_quiet) {
        return Some(("not-now", json!({})));
    }
    let topic = campaign.topic.as_ref()?;
    let unwelcome = wishes["topics"].is_array() && !names("topics", topic);
    (unwelcome && obeys).then(|| ("topic", json!({ "topic": topic })))
}
