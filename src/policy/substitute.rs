//! Who stands in for whom.

use super::{Campaign, Disposition, unknown_reference};
use crate::problem::Problems;
use crate::standing::Phase;
use crate::tree::Tree;

/// How many may stand in for one another in a row.
const LONGEST: usize = 8;

/// Reads the `substitute` of each campaign, once all are known.
pub(super) fn link(tree: &Tree, campaigns: &mut [Campaign], scored: bool, problems: &mut Problems) {
    let mut ids = Vec::new();
    campaigns.iter().for_each(|campaign| ids.push(campaign.id.clone()));
    let mut names = Vec::new();
    ids.iter().for_each(|id| names.push(id.as_str()));
    let mut next = Vec::new();
    for (index, tree) in tree.list("campaigns").iter().enumerate() {
        let named = problems.index(index, |problems| read(tree, &names, problems));
        if let Some(campaign) = named.and_then(|place| campaigns.get_mut(place)) {
            campaign.stands_in_for.push(index);
        }
        next.push(named);
    }
    for index in 0..next.len() {
        let (mut here, mut steps, mut asks_all) = (index, 0, false);
        while let Some(Some(there)) = next.get(here)
            && steps <= LONGEST
        {
            here = *there;
            steps += 1;
            asks_all |= campaigns.get(here).is_some_and(|campaign| !campaign.kind.may_expect);
        }
        // with one that could not be read the places are others, and the policy is refused anyway
        let all_read = campaigns.len() == next.len();
        if let Some(campaign) = campaigns.get_mut(index).filter(|_| asks_all && all_read) {
            campaign.asks_all = true;
            let rates = campaign.audience.as_ref().is_some_and(|audience| audience.expects(scored));
            if rates || campaign.kind.phases.len() < Phase::ALL.len() {
                let message = "it asks everybody, whatever they may answer, so it takes no place that ratings decide";
                problems.index(index, |problems| problems.add_at("substitute", "not-allowed", message));
            }
        }
        if steps > LONGEST {
            let message = "more than eight in a row, or a circle; let one of them name no substitute";
            problems.index(index, |problems| problems.add_at("substitute", "not-allowed", message));
        }
    }
}

/// The place of the substitute of a campaign.
fn read(tree: &Tree, names: &[&str], problems: &mut Problems) -> Option<usize> {
    let stands_in = tree.text("disposition") == Some(Disposition::Substitute.word());
    let Some(name) = tree.text("substitute") else {
        if stands_in && tree.get("substitute").is_none() {
            problems.add_at("substitute", "missing-field", "name the campaign that takes the place");
        }
        return None;
    };
    if !stands_in {
        let message = "only with `\"disposition\": \"substitute\"`; write that too, or leave this out";
        problems.add_at("substitute", "not-allowed", message);
    }
    let place = names.iter().position(|known| *known == name);
    if place.is_none() {
        unknown_reference("substitute", name, names, problems);
    }
    place
}
