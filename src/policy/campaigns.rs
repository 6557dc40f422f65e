//! The list of campaigns, read once offers and messages are.

use crate::base::problem::Problems;
use crate::base::sorting::distinct;
use crate::base::tree::Tree;
use crate::policy::campaign::Campaign;
use crate::policy::elsewhere::Elsewhere;
use crate::policy::message::Message;
use crate::policy::names::{Names, refuse_duplicate_ids};
use crate::policy::offer::Offer;
use crate::policy::substitute;
use std::rc::Rc;

pub(super) fn read_campaigns<'a>(
    tree: &'a Tree,
    offers: &'a [Offer],
    messages: &'a [Message],
    (names, elsewhere): (&mut Names<'a>, &[Elsewhere]),
    problems: &mut Problems,
) -> Vec<Campaign> {
    for offer in offers {
        names.offers.push(&offer.id);
        names.benefits.push(offer.benefit.word());
    }
    // an offer with a problem of its own is there all the same
    let mut read = offers.iter().peekable();
    for (id, _) in tree.entries("offers") {
        if read.next_if(|offer| offer.id == *id).is_none() {
            names.offers.push(id);
        }
    }
    for message in messages {
        names.messages.push(&message.id);
        names.priced.push(message.shows_price());
    }
    let mut campaigns = Vec::new();
    problems.key("campaigns", |problems| {
        for (index, tree) in tree.list("campaigns").iter().enumerate() {
            if let Some(campaign) = problems.index(index, |problems| Campaign::read(tree, names, problems)) {
                campaigns.push(Campaign { index: campaigns.len(), ..campaign });
            }
        }
        refuse_duplicate_ids(tree.list("campaigns"), problems);
        substitute::link(tree, &mut campaigns, problems);
    });
    link_siblings(&mut campaigns, elsewhere);
    campaigns
}

/// Fills `siblings` of the campaigns whose kind needs them.
fn link_siblings(campaigns: &mut [Campaign], elsewhere: &[Elsewhere]) {
    let mut kinds = Vec::<(&str, Rc<Vec<String>>)>::new();
    for index in 0..campaigns.len() {
        let Some(kind) = campaigns.get(index).map(|campaign| campaign.kind) else { continue };
        if !kind.once_across_campaigns && !kind.one_per_decision {
            continue;
        }
        let known = kinds.iter().find(|(name, _)| *name == kind.name).map(|(_, siblings)| siblings.clone());
        let siblings = known.unwrap_or_else(|| {
            let mut ids = Vec::new();
            let of_kind = campaigns.iter().filter(|other| other.kind.name == kind.name);
            of_kind.for_each(|other| ids.push(other.id.clone()));
            let of_kind = elsewhere.iter().filter(|other| other.kind.is_some_and(|other| other.name == kind.name));
            of_kind.for_each(|other| ids.push(other.id.clone()));
            let siblings = Rc::new(distinct(ids));
            kinds.push((kind.name, siblings.clone()));
            siblings
        });
        if let Some(campaign) = campaigns.get_mut(index) {
            campaign.siblings = siblings;
        }
    }
}
