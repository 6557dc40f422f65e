//! The list of gates, in the order of the contract, and what follows from asking all of them. One gate a file.

mod audience;
mod calm;
mod care;
mod consent;
mod honesty;
mod kind;
mod limits;
pub mod quiet_hours;
mod relevance;
mod repeat;
mod wishes;

use crate::context::Context;
use crate::occasions::{Occasion, find_occasion, occurrences};
use crate::read::Campaign;
use serde_json::{Value, json};

/// One entry of `refused`.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the contract's names")]
pub struct Refusal {
    pub gate: &'static str,
    pub code: &'static str,
    pub detail: Value,
}

/// A gate's answer: `None` if the campaign passes, else the code and the fields of `detail`.
pub type Verdict = Option<(&'static str, Value)>;

type Gate = fn(&Context, &Campaign, &Occasion) -> Verdict;

/// The gates after `occasion`.
const GATES: [(&str, Gate); 11] = [
    ("audience", audience::audience),
    ("kind", kind::kind),
    ("consent", consent::consent),
    ("wishes", wishes::wishes),
    ("care", care::care),
    ("relevance", relevance::relevance),
    ("repeat", repeat::repeat),
    ("calm", calm::calm),
    ("limits", limits::limits),
    ("quiet-hours", quiet_hours::quiet_hours),
    ("honesty", honesty::honesty),
];

/// The refusals of all gates, in order. Without an occasion the other gates are not asked.
pub fn refusals(context: &Context, campaign: &Campaign) -> Vec<Refusal> {
    let Some(occasion) = find_occasion(context, campaign) else {
        return vec![Refusal { gate: "occasion", code: "none", detail: json!({}) }];
    };
    let refuses = |(gate, check): &(&'static str, Gate)| {
        check(context, campaign, &occasion).map(|(code, detail)| Refusal { gate, code, detail })
    };
    GATES.iter().filter_map(refuses).collect()
}

/// Whether the campaign has an occasion and passes all gates.
pub fn passes(context: &Context, campaign: &Campaign) -> bool {
    find_occasion(context, campaign).is_some_and(|occasion| passes_with(context, campaign, &occasion))
}

/// Whether the campaign passes all gates with this occasion.
pub fn passes_with(context: &Context, campaign: &Campaign, occasion: &Occasion) -> bool {
    GATES.iter().all(|(_, check)| check(context, campaign, occasion).is_none())
}

/// The same without the gate `limits` and the wish for less, which count contacts as a limit does.
pub fn passes_but_limits(context: &Context, campaign: &Campaign, occasion: &Occasion) -> bool {
    GATES.iter().all(|(name, check)| match *name {
        "limits" => true,
        "wishes" => wishes::wishes_but_less(context, campaign, occasion).is_none(),
        _ => check(context, campaign, occasion).is_none(),
    })
}

/// Whether limits, repetition and the wish for less let the campaign speak about this occurrence.
pub fn passes_limits_and_repetition(context: &Context, campaign: &Campaign, occurrence: &str) -> bool {
    let all = occurrences(context, campaign);
    let Some(occasion) = all.into_iter().find(|one| one.occurrence == occurrence) else { return false };
    repeat::repeat(context, campaign, &occasion).is_none()
        && limits::limits(context, campaign, &occasion).is_none()
        && wishes::less_often(context).is_none()
}

/// Whether the campaign may join a digest: only repetition sees the digest's earlier parts.
pub fn may_repeat(context: &Context, campaign: &Campaign, occurrence: &str) -> bool {
    let all = occurrences(context, campaign);
    all.into_iter()
        .find(|one| one.occurrence == occurrence)
        .is_some_and(|occasion| repeat::repeat(context, campaign, &occasion).is_none())
}

/// Whether the campaign's substitute is a candidate: the campaign has an occasion it has not used, and a gate other than `repeat`
/// refuses it.
pub fn lets_its_substitute_speak(context: &Context, campaign: &Campaign) -> bool {
    if campaign.disposition != "substitute" {
        return false;
    }
    find_occasion(context, campaign).is_some_and(|occasion| {
        repeat::repeat(context, campaign, &occasion).is_none() && !passes_with(context, campaign, &occasion)
    })
}

/// Whether `consent` or `relevance` refuses. Neither depends on the time or on the occasion.
pub fn refuses_at_any_time(context: &Context, campaign: &Campaign) -> bool {
    let any = Occasion { occurrence: String::new(), begins: 0, ends: None, spoken: false, of_event: false, day: None };
    consent::consent(context, campaign, &any).is_some() || relevance::relevance(context, campaign, &any).is_some()
}
