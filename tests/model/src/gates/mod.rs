//! The list of gates, in the order of the contract, and what follows from asking all of them. One gate a file.

mod audience;
pub mod budget;
mod calm;
mod care;
mod consent;
mod honesty;
mod kind;
mod limits;
pub mod quiet_hours;
mod relevance;
mod repeat;
pub mod wishes;

use crate::context::Context;
use crate::occasions::{Occasion, find_occasion, occurrences, own_occasion};
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

/// Whether something holds at an instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// It does.
    Holds,
    /// It does not, and the answer stays until a date of the input, or such a date and a duration.
    NotUntilDated,
    /// It does not, and the calendar alone may change that.
    No,
}

/// A gate's answer: `None` if the campaign passes, else the code and the fields of `detail`.
pub type Verdict = Option<(&'static str, Value)>;

type Gate = fn(&Context, &Campaign, &Occasion) -> Verdict;

/// The gates after `occasion`.
const GATES: [(&str, Gate); 12] = [
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
    ("budget", budget::budget),
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

/// The same; of a refusal whether the calendar alone (quiet hours, a day's limit) cannot end it.
pub fn asked(context: &Context, campaign: &Campaign) -> Answer {
    let of_calendar = |name: &str| ["limits", "quiet-hours", "wishes"].contains(&name);
    let passes = |occasion: &Occasion, calendar: bool| {
        let mut gates = GATES.iter().filter(|(name, _)| of_calendar(name) == calendar);
        gates.all(|(_, check)| check(context, campaign, occasion).is_none())
    };
    match find_occasion(context, campaign) {
        Some(occasion) if passes(&occasion, false) => {
            if passes(&occasion, true) {
                Answer::Holds
            } else {
                Answer::No
            }
        }
        none => refusal_of(context, campaign, none),
    }
}

/// Whether a substitute has an occasion follows from all gates of its originals.
fn refusal_of(context: &Context, campaign: &Campaign, occasion: Option<Occasion>) -> Answer {
    let is_originals = campaign.is_substitute && occasion.is_none() && own_occasion(context, campaign).is_some();
    if is_originals { Answer::No } else { Answer::NotUntilDated }
}

/// What the campaign would speak about if it passes all gates but `limits` and the wish for less, which count contacts as a limit does.
pub fn asked_but_limits(context: &Context, campaign: &Campaign) -> Result<String, Answer> {
    let occasion = find_occasion(context, campaign);
    let of_calendar = |name: &str| ["limits", "quiet-hours", "wishes"].contains(&name);
    let mut gates = GATES.iter().filter(|(name, _)| !of_calendar(name));
    match occasion {
        Some(occasion) if gates.all(|(_, check)| check(context, campaign, &occasion).is_none()) => {
            let is_free = wishes::wishes_but_less(context, campaign, &occasion).is_none()
                && quiet_hours::quiet_hours(context, campaign, &occasion).is_none();
            if is_free { Ok(occasion.occurrence) } else { Err(Answer::No) }
        }
        none => Err(refusal_of(context, campaign, none)),
    }
}

/// Whether the campaign passes all gates with this occasion.
pub fn passes_with(context: &Context, campaign: &Campaign, occasion: &Occasion) -> bool {
    GATES.iter().all(|(_, check)| check(context, campaign, occasion).is_none())
}

/// Whether limits, repetition, the `again` of an offer and the wish for less let the campaign speak about this occurrence.
pub fn passes_limits_and_repetition(context: &Context, campaign: &Campaign, occurrence: &str) -> bool {
    let all = occurrences(context, campaign);
    let is_it = |one: &Occasion| campaign.is_renamed() || one.occurrence == occurrence;
    let Some(occasion) = all.into_iter().find(is_it) else { return false };
    repeat::repeat(context, campaign, &occasion).is_none()
        && limits::limits(context, campaign, &occasion).is_none()
        && wishes::less_often(context).is_none()
        && budget::already_given(context, campaign).is_none()
}

/// Whether the campaign may join a digest: only repetition sees the digest's earlier parts.
pub fn may_repeat(context: &Context, campaign: &Campaign, occurrence: &str) -> bool {
    let all = occurrences(context, campaign);
    all.into_iter()
        .find(|one| campaign.is_renamed() || one.occurrence == occurrence)
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

/// Whether a campaign gives its present, spoken of or not: the audience, what the kind demands, and the budget allow it.
pub fn gives(context: &Context, campaign: &Campaign) -> bool {
    let any = Occasion { occurrence: String::new(), begins: 0, ends: None, spoken: false, of_event: false, day: None };
    !campaign.paused
        && audience::audience(context, campaign, &any).is_none()
        && kind::speaks_in_the_phase(context, campaign)
        && kind::demands_hold(context, campaign)
        && budget::spent(context, campaign).is_none()
}

/// Whether a gate refuses that time does not change while the facts stay as they are. It only makes the model faster.
pub fn stays_refused(context: &Context, campaign: &Campaign) -> bool {
    let any = Occasion { occurrence: String::new(), begins: 0, ends: None, spoken: false, of_event: false, day: None };
    refuses_at_any_time(context, campaign)
        || audience::audience(context, campaign, &any).is_some()
        || kind::refuses_the_phase(context, campaign)
        || care::has_open_case(context, campaign)
}

/// Whether `consent` or `relevance` refuses. Neither depends on the time or on the occasion.
pub fn refuses_at_any_time(context: &Context, campaign: &Campaign) -> bool {
    let any = Occasion { occurrence: String::new(), begins: 0, ends: None, spoken: false, of_event: false, day: None };
    consent::consent(context, campaign, &any).is_some() || relevance::relevance(context, campaign, &any).is_some()
}
