//! Tells what is not published, and why.

use super::kept::{Kept, TASKS, decimal_of, names_pages};
use super::needed::Needed;
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::policy::Policy;

/// A part of the policy that is not published.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// as `offers.birthday-10`
    pub path: String,
    /// a sentence
    pub why: String,
}

impl From<LeftOut> for Tree {
    fn from(one: LeftOut) -> Tree {
        Tree::from([("path", one.path.into()), ("why", one.why.into())])
    }
}

/// What is not published, in the policy's order.
pub(super) fn told(policy: &Policy, tree: &Tree, kept: &Kept, needed: &Needed) -> Vec<LeftOut> {
    let mut told = Vec::new();
    let mut note = |path: &[&str], why: &str| told.push(LeftOut { path: concat(path), why: why.to_owned() });
    let unneeded = "nothing that is published needs it";
    if tree.get("tiers").is_some() && !needed.tiers {
        note(&["tiers"], unneeded);
    }
    for index in (0..policy.limits.len()).filter(|index| !needed.has_limit(*index)) {
        note(&["limits[", &decimal_of(index), "]"], "it limits no published campaign");
    }
    for (index, hours) in tree.list("quietHours").iter().enumerate() {
        if !names_pages(hours) {
            note(&["quietHours[", &decimal_of(index), "]"], "it does not name the channel `onsite`");
        }
    }
    for key in TASKS.iter().filter(|key| tree.get("care").is_some_and(|care| care.get(key).is_some())) {
        note(&["care.", key], "it makes tasks for the shop, which a page does not have");
    }
    for (index, (name, _)) in policy.segments().iter().enumerate() {
        if !needed.has_segment(index) {
            note(&["segments.", name], unneeded);
        }
    }
    for (offer, why) in policy.offers.iter().zip(&kept.offers) {
        why.iter().for_each(|why| note(&["offers.", &offer.id], why));
    }
    for (index, why) in kept.campaigns.iter().enumerate() {
        why.iter().for_each(|why| note(&["campaigns[", &decimal_of(index), "]"], why));
    }
    for (index, message) in policy.messages.iter().enumerate() {
        if !needed.has_message(index) {
            note(&["messages.", &message.id], "no published campaign says it");
        }
    }
    told
}
