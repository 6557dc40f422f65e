//! Which campaigns and offers a page gets, and why not the others.

use crate::base::text::{concat, decimal};
use crate::base::tree::Tree;
use crate::language::words::Channel;
use crate::policy::kind::Occasion;
use crate::policy::{Campaign, Offer, Policy};

/// The fields of `care` that only make tasks.
pub(super) const TASKS: [&str; 4] = ["replyWithin", "solveWithin", "hours", "neglectAfter"];

/// The fields of `honesty` that were checked when the whole was read.
pub(super) const CHECKED: [&str; 2] = ["signer", "benefit"];

/// What is published. What is not has its reason.
pub(super) struct Kept {
    /// by campaign
    pub campaigns: Vec<Option<String>>,
    /// by offer
    pub offers: Vec<Option<String>>,
}

impl Kept {
    pub fn of(policy: &Policy, tree: &Tree) -> Kept {
        let mut kept = Kept { campaigns: Vec::new(), offers: Vec::new() };
        for offer in &policy.offers {
            let written = tree.get("offers").and_then(|offers| offers.get(&offer.id)).unwrap_or(&Tree::Null);
            kept.offers.push(secret(offer, written));
        }
        for campaign in &policy.campaigns {
            kept.campaigns.push(kept.silent(policy, campaign));
        }
        // one that stands in only for what is left out has nothing to stand in for
        let mut changes = true;
        while changes {
            changes = false;
            for campaign in &policy.campaigns {
                let left = |index: &usize| !kept.has_campaign(*index);
                let originals = campaign.originals();
                if kept.has_campaign(campaign.index) && !originals.is_empty() && originals.iter().all(left) {
                    let why = "it stands in only for campaigns that are left out, so a page never says it";
                    kept.campaigns.iter_mut().skip(campaign.index).take(1).for_each(|one| *one = Some(why.to_owned()));
                    changes = true;
                }
            }
        }
        let is_given = |index: usize| {
            policy.campaigns.iter().any(|campaign| campaign.offer == Some(index) && kept.has_campaign(campaign.index))
        };
        let mut given = Vec::new();
        (0..policy.offers.len()).for_each(|index| given.push(is_given(index)));
        for (why, given) in kept.offers.iter_mut().zip(given) {
            if why.is_none() && !given {
                *why = Some("no published campaign gives it".to_owned());
            }
        }
        kept
    }

    pub fn has_campaign(&self, index: usize) -> bool {
        matches!(self.campaigns.get(index), Some(None))
    }

    pub fn has_offer(&self, index: usize) -> bool {
        matches!(self.offers.get(index), Some(None))
    }

    /// The published campaigns.
    pub fn of_policy<'a>(&self, policy: &'a Policy) -> impl Iterator<Item = &'a Campaign> {
        policy.campaigns.iter().filter(|campaign| self.has_campaign(campaign.index))
    }

    /// Why a campaign is not published, whatever the others are.
    fn silent(&self, policy: &Policy, campaign: &Campaign) -> Option<String> {
        if campaign.channel != Channel::Onsite {
            return Some(concat(&[
                "it is for the channel `",
                campaign.channel.word(),
                "`, which a page does not have",
            ]));
        }
        if campaign.kind.occasion == Occasion::Draw {
            return Some("a draw: who reads it can find an id that wins".to_owned());
        }
        let why = campaign.offer.and_then(|index| self.offers.get(index)?.as_ref());
        if let (Some(offer), Some(_)) = (policy.offer_of(campaign), why) {
            return Some(concat(&["its offer `", &offer.id, "` is left out"]));
        }
        // the presents that it told of would be missing
        let is_over = campaign.paused && campaign.offer.is_none() && no_substitute(policy, campaign);
        is_over.then(|| "it is paused".to_owned())
    }
}

/// Whether no other campaign speaks in place of one.
fn no_substitute(policy: &Policy, campaign: &Campaign) -> bool {
    !policy.campaigns.iter().any(|other| other.originals().contains(&campaign.index))
}

/// Why an offer stays with the server.
fn secret(offer: &Offer, written: &Tree) -> Option<String> {
    let is_enforced = written.flag("enforced") == Some(true);
    let why = if offer.reward.margin_share.get().is_some() {
        "`marginShare` shows the shop's margins"
    } else if offer.reward.cost.is_some() {
        "`cost` shows what the shop pays"
    } else if offer.reward.budget.get().is_some() {
        "`budget` is counted by the server"
    } else if offer.code.is_some() && offer.reward.again.get().is_some() && !is_enforced {
        "a page shows `code` to everybody and holds nobody to `again`; set `enforced` if the shop's platform does"
    } else {
        return None;
    };
    Some(why.to_owned())
}

/// Whether quiet hours are for pages too.
pub(super) fn names_pages(hours: &Tree) -> bool {
    hours.list("channels").iter().any(|channel| channel.as_text() == Some(Channel::Onsite.word()))
}

pub(super) fn decimal_of(index: usize) -> String {
    decimal(i64::try_from(index).unwrap_or(i64::MAX))
}
