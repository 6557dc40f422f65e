//! `elsewhere`: what the other parts of a policy have that this part names, or whose contacts it counts. A policy is published as a part.

use crate::base::problem::Problems;
use crate::base::tree::Tree;
use crate::policy::kind::Kind;
use crate::policy::kinds::KINDS;
use crate::policy::names::unknown_reference;
use crate::reader::shape::{Shape, fields};

pub(super) const ELSEWHERE: Shape = Shape::Object(
    "Elsewhere",
    fields! {
        "id" required Shape::Name, "the id of a campaign or of an offer";
        "kind" optional Shape::Name, "the kind of the campaign, where its contacts count for campaigns of the same kind, or towards no limit";
        "topic" optional Shape::Name, "the topic of the campaign, where a limit counts it, or no other has it";
    },
);

/// A campaign or an offer of another part.
#[derive(Clone, Debug)]
pub(super) struct Elsewhere {
    pub id: String,
    pub kind: Option<&'static Kind>,
    pub topic: Option<String>,
}

impl Elsewhere {
    pub fn read_list(policy: &Tree, problems: &mut Problems) -> Vec<Elsewhere> {
        let mut list = Vec::new();
        problems.key("elsewhere", |problems| {
            for (index, tree) in policy.list("elsewhere").iter().enumerate() {
                let kind = tree.text("kind").and_then(|name| {
                    let known = KINDS.iter().find(|kind| kind.name == name);
                    if known.is_none() {
                        let mut names = Vec::new();
                        KINDS.iter().for_each(|kind| names.push(kind.name));
                        problems.index(index, |problems| unknown_reference("kind", name, &names, problems));
                    }
                    known
                });
                let one = tree.owned("id").map(|id| Elsewhere { id, kind, topic: tree.owned("topic") });
                list.extend(one);
            }
        });
        list
    }
}
