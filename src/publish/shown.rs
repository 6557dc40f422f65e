//! What of the published part the shop might rather keep to itself: the paths of every condition, limit, code and threshold in it, and of
//! the ids of what is not in it.

use super::kept::{CHECKED, Kept, TASKS, decimal_of, names_pages};
use super::needed::Needed;
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::policy::Policy;

/// The fields of every campaign that say to whom, how often or how soon it speaks.
const OF_CAMPAIGN: [&str; 5] = ["audience", "weight", "relevance", "repeat", "suggest"];
/// The fields of an offer that are not in its message.
const OF_OFFER: [&str; 9] = ["code", "again", "validFor", "stacks", "from", "until", "sku", "to", "notTo"];

/// `elsewhere`: what the part names and does not have.
pub(super) fn paths(policy: &Policy, tree: &Tree, kept: &Kept, needed: &Needed, elsewhere: &[Tree]) -> Vec<String> {
    let mut paths = Vec::new();
    if tree.get("shop").is_some_and(|shop| shop.get("deliveryDays").is_some()) {
        paths.push("shop.deliveryDays".to_owned());
    }
    for key in ["tiers", "calm", "care", "phases", "holdout", "arbitration", "page", "honesty"] {
        for (name, value) in tree.entries(key) {
            let is_left_out = match key {
                "tiers" => !needed.tiers,
                "care" => TASKS.contains(&&**name),
                "honesty" => CHECKED.contains(&&**name),
                _ => false,
            };
            if !is_left_out && !value.is_null() {
                paths.push(concat(&[key, ".", name]));
            }
        }
    }
    for index in (0..policy.limits.len()).filter(|index| needed.has_limit(*index)) {
        paths.push(concat(&["limits[", &decimal_of(index), "]"]));
    }
    for (index, hours) in tree.list("quietHours").iter().enumerate() {
        if names_pages(hours) {
            paths.push(concat(&["quietHours[", &decimal_of(index), "]"]));
        }
    }
    for (index, (name, _)) in policy.segments().iter().enumerate() {
        if needed.has_segment(index) {
            paths.push(concat(&["segments.", name]));
        }
    }
    for (index, offer) in policy.offers.iter().enumerate().filter(|(index, _)| kept.has_offer(*index)) {
        let written = tree.entries("offers").iter().filter(|(_, value)| !value.is_null()).nth(index);
        for key in OF_OFFER.iter().filter(|key| written.is_some_and(|(_, written)| written.get(key).is_some())) {
            paths.push(concat(&["offers.", &offer.id, ".", key]));
        }
    }
    for campaign in kept.of_policy(policy) {
        let Some(written) = tree.list("campaigns").get(campaign.index) else { continue };
        let own = campaign.kind.occasion.fields().iter().map(|field| field.name);
        for key in OF_CAMPAIGN.into_iter().chain(own).filter(|key| written.get(key).is_some()) {
            paths.push(concat(&["campaigns[", &decimal_of(campaign.index), "].", key]));
        }
        // what nobody is told yet, for example a sale that is prepared
        if campaign.paused {
            paths.push(concat(&["campaigns[", &decimal_of(campaign.index), "].message"]));
        }
    }
    for id in elsewhere.iter().filter_map(|one| one.text("id")) {
        let named = policy.campaigns.iter().find(|campaign| campaign.id == id);
        paths.push(match named {
            Some(campaign) => concat(&["campaigns[", &decimal_of(campaign.index), "].id"]),
            None => concat(&["offers.", id]),
        });
    }
    paths
}
