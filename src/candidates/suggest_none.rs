//! In place of `suggest.rs` in a build for policies that suggest no article.

use crate::candidates::candidate::Candidate;
use crate::honesty::proof::Proof;
use crate::policy::Variant;
use crate::request::product::Product;

pub(crate) fn suggestions<'a>(_: &Candidate<'a>) -> Vec<&'a Product> {
    Vec::new()
}

pub(crate) fn claims_wanted(_: &Candidate, _: &Variant) -> Proof {
    Ok(())
}

pub(crate) fn check_wanted(_: &Candidate, _: &String) -> Proof {
    Ok(())
}
