//! What a policy's parts call each other.

use crate::base::problem::{Code, Problems};
use crate::base::sentence::{did_you_mean, shortened};
use crate::base::text::concat;
use crate::base::tree::Tree;

/// What a campaign may refer to, in the order of the policy's lists.
#[derive(Default)]
pub(crate) struct Names<'a> {
    pub offers: Vec<&'a str>,
    /// what each offer gives
    pub benefits: Vec<&'static str>,
    pub messages: Vec<&'a str>,
    /// whether each message tells a price
    pub priced: Vec<bool>,
    /// whether ratings may be cases
    pub scored: bool,
}

/// Every `id` of a list names one thing.
pub(super) fn refuse_twins(list: &[Tree], problems: &mut Problems) {
    for (index, tree) in list.iter().enumerate() {
        let Some(id) = tree.text("id") else { continue };
        if list.iter().take(index).any(|other| other.text("id") == Some(id)) {
            let told = || concat(&["`", &shortened(id), "` is the id of another one before; give each its own"]);
            problems.index(index, |problems| problems.add_at("id", Code::DuplicateId, told));
        }
    }
}

/// Notes that a name at `key` names nothing.
pub(super) fn unknown_reference(key: &str, said: &str, known: &[&str], problems: &mut Problems) {
    problems.add_at(key, Code::UnknownReference, || {
        concat(&["nothing is called `", &shortened(said), "` here", &did_you_mean(said, known)])
    });
}
