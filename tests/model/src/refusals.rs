//! All gates of one campaign at one look.

use crate::facts::Look;
use crate::gates;
use crate::occasion::{Occasion, propose};
use crate::read::Campaign;
use serde_json::{Value, json};

/// What a gate says when it refuses.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Refusal {
    pub gate: &'static str,
    pub code: &'static str,
    pub detail: Value,
}

type Gate = fn(&Look, &Campaign, &Occasion) -> Option<(&'static str, Value)>;

/// In order, after `occasion`.
const GATES: [(&str, Gate); 11] = [
    ("audience", gates::audience),
    ("kind", gates::kind),
    ("consent", gates::consent),
    ("wishes", crate::wishes::wishes),
    ("care", crate::care::care),
    ("relevance", gates::relevance),
    ("repeat", gates::repeat),
    ("calm", crate::calm::calm),
    ("limits", crate::limits::limits),
    ("quiet-hours", crate::quiet::quiet_hours),
    ("honesty", crate::message::honesty),
];

/// Every gate that refuses, in order; only the first when there is no occasion.
pub fn refusals(look: &Look, campaign: &Campaign) -> Vec<Refusal> {
    let Some(occasion) = propose(look, campaign) else {
        return vec![Refusal { gate: "occasion", code: "none", detail: json!({}) }];
    };
    let refuses = |(gate, check): &(&'static str, Gate)| {
        check(look, campaign, &occasion).map(|(code, detail)| Refusal { gate, code, detail })
    };
    GATES.iter().filter_map(refuses).collect()
}

/// Whether all gates pass together.
pub fn passes(look: &Look, campaign: &Campaign) -> bool {
    propose(look, campaign).is_some_and(|occasion| passes_with(look, campaign, &occasion))
}

/// The same for an occasion that was proposed.
pub fn passes_with(look: &Look, campaign: &Campaign, occasion: &Occasion) -> bool {
    GATES.iter().all(|(_, check)| check(look, campaign, occasion).is_none())
}

/// While this holds its substitute is a candidate: `occasion` and `repeat` pass and another gate refuses.
pub fn refused_though_unspoken(look: &Look, campaign: &Campaign) -> bool {
    if campaign.disposition != "substitute" {
        return false;
    }
    propose(look, campaign).is_some_and(|occasion| {
        gates::repeat(look, campaign, &occasion).is_none() && !passes_with(look, campaign, &occasion)
    })
}
