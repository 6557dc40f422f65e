//! Who stands in for whom.

use super::{Campaign, Disposition};
use crate::base::problem::{Code, Problems};
use crate::base::tree::Tree;
use crate::policy::names::unknown_reference;

/// How many may stand in for one another in a row.
const LONGEST: usize = 8;

/// Reads the `substitute` of each campaign, once all are known.
pub(super) fn link(tree: &Tree, campaigns: &mut [Campaign], problems: &mut Problems) {
    let mut ids = Vec::new();
    campaigns.iter().for_each(|campaign| ids.push(campaign.id.clone()));
    let mut names = Vec::new();
    ids.iter().for_each(|id| names.push(id.as_str()));
    let mut next = Vec::new();
    for (index, tree) in tree.list("campaigns").iter().enumerate() {
        let named = problems.index(index, |problems| read(tree, &names, problems));
        if let Some(campaign) = named.and_then(|place| campaigns.get_mut(place)) {
            campaign.stands_in_for.push(index);
            if !campaign.kind.audience_may_use_ratings {
                let message = "it asks everybody; whoever left it a place would choose whom it asks";
                problems.index(index, |problems| problems.add_at("substitute", Code::NotAllowed, message));
            }
        }
        next.push(named);
    }
    for index in 0..next.len() {
        let (mut here, mut steps) = (index, 0);
        while let Some(Some(there)) = next.get(here)
            && steps <= LONGEST
        {
            here = *there;
            steps += 1;
        }
        if steps > LONGEST {
            let message = "more than eight in a row, or a circle; let one of them name no substitute";
            problems.index(index, |problems| problems.add_at("substitute", Code::NotAllowed, message));
        }
    }
}

/// The place of the substitute of a campaign.
fn read(tree: &Tree, names: &[&str], problems: &mut Problems) -> Option<usize> {
    let stands_in = tree.text("disposition") == Some(Disposition::Substitute.word());
    let Some(name) = tree.text("substitute") else {
        if stands_in && tree.get("substitute").is_none() {
            problems.add_at("substitute", Code::MissingField, "name the campaign that takes the place");
        }
        return None;
    };
    if !stands_in {
        let message = "only with `\"disposition\": \"substitute\"`; write that too, or leave this out";
        problems.add_at("substitute", Code::NotAllowed, message);
    }
    let place = names.iter().position(|known| *known == name);
    if place.is_none() {
        unknown_reference("substitute", name, names, problems);
    }
    place
}
