//! The names by which the parts of a policy refer to each other.

use crate::base::problem::{ProblemCode, Problems};
use crate::base::sentence::{did_you_mean, shortened};
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::language::scope::Known;

/// What a campaign may refer to, in the order of the policy's lists.
#[derive(Default)]
pub(crate) struct Names<'a> {
    pub offers: Vec<&'a str>,
    /// what a fact may mention
    pub known: Known<'a>,
    /// the field of each offer that says what it gives, for example `percent`
    pub benefits: Vec<&'static str>,
    pub messages: Vec<&'a str>,
    /// whether each message shows a price
    pub priced: Vec<bool>,
    /// whether a low rating counts as an open case: `care.lowScore` is set
    pub low_scores_are_cases: bool,
}

/// Refuses a second item with the same `id` in one list.
pub(super) fn refuse_duplicate_ids(list: &[Tree], problems: &mut Problems) {
    for (index, tree) in list.iter().enumerate() {
        let Some(id) = tree.text("id") else { continue };
        if list.iter().take(index).any(|other| other.text("id") == Some(id)) {
            let sentence = || concat(&["an earlier item already has the id `", &shortened(id), "`; choose another"]);
            problems.index(index, |problems| problems.add_at("id", ProblemCode::DuplicateId, sentence));
        }
    }
}

/// Adds a problem: the policy has nothing with the name at `key`.
pub(super) fn unknown_reference(key: &str, name: &str, known: &[&str], problems: &mut Problems) {
    problems.key(key, |problems| unknown(name, known, problems));
}

/// Adds a problem: the policy has nothing with this name.
pub(super) fn unknown(name: &str, known: &[&str], problems: &mut Problems) {
    problems.add(ProblemCode::UnknownReference, || {
        concat(&["the policy has nothing called `", &shortened(name), "` here", &did_you_mean(name, known)])
    });
}
