//! Substitutes: which campaign is used while another one is refused.

use super::{Campaign, Disposition};
use crate::base::problem::{ProblemCode, Problems};
use crate::base::tree::Tree;
use crate::policy::names::unknown_reference;

/// How long a chain of substitutes may be.
const LONGEST: usize = 8;

/// Reads the `substitute` of each campaign, once all campaigns are read.
pub(super) fn link(tree: &Tree, campaigns: &mut [Campaign], problems: &mut Problems) {
    let mut ids = Vec::new();
    campaigns.iter().for_each(|campaign| ids.push(campaign.id.clone()));
    let mut names = Vec::new();
    ids.iter().for_each(|id| names.push(id.as_str()));
    let mut next = Vec::new();
    for (index, tree) in tree.list("campaigns").iter().enumerate() {
        let substitute = problems.index(index, |problems| read(tree, &names, problems));
        if let Some(campaign) = substitute.and_then(|index| campaigns.get_mut(index)) {
            campaign.stands_in_for.get_mut().into_iter().for_each(|others| others.push(index));
            if !campaign.kind.audience_may_use_ratings {
                let message = "this campaign must ask everybody; as a substitute it would ask only customers for whom another campaign is refused; name another substitute";
                problems.index(index, |problems| problems.add_at("substitute", ProblemCode::NotAllowed, message));
            }
        }
        next.push(substitute);
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
            let message =
                "a chain of more than eight substitutes, or a circle; remove `substitute` from one of its campaigns";
            problems.index(index, |problems| problems.add_at("substitute", ProblemCode::NotAllowed, message));
        }
    }
}

/// The index of a campaign's substitute.
fn read(tree: &Tree, names: &[&str], problems: &mut Problems) -> Option<usize> {
    let is_substituted = tree.text("disposition") == Some(Disposition::Substitute.word());
    let Some(name) = tree.text("substitute") else {
        if is_substituted && tree.get("substitute").is_none() {
            problems.add_at("substitute", ProblemCode::MissingField, "name the campaign that is used instead");
        }
        return None;
    };
    if !is_substituted {
        let message = "`substitute` needs `\"disposition\": \"substitute\"`; add it, or remove `substitute`";
        problems.add_at("substitute", ProblemCode::NotAllowed, message);
    }
    let index = names.iter().position(|known| *known == name);
    if index.is_none() {
        unknown_reference("substitute", name, names, problems);
    }
    index
}
