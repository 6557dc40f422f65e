//! Warnings about conditions that hold for nobody, or most likely mean something else. Builds for browsers do not have this file.

use super::Campaign;
use super::details::Details;
use super::kind::{Demand, Occasion};
use crate::base::problem::{MISREAD, NEVER_SPEAKS, Problems};
use crate::base::sentence::shortened;
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::language::contradiction::{compares_words, contradiction};
use crate::language::misread::warn_of_misreads;
use crate::language::words::{Class, Phase};

/// A warning that is true at any time.
const ALWAYS: i64 = i64::MIN;

/// Warns of a tier, a segment or a limit's `when` that holds for nobody.
pub(super) fn warn_of_condition(condition: &Tree, key: &str, problems: &mut Problems) {
    if let Some(fact) = contradiction(condition, &[]) {
        problems.key(key, |problems| {
            problems.warn(NEVER_SPEAKS, ALWAYS, || {
                concat(&[
                    "the fact `",
                    &shortened(fact),
                    "` can have no value for which this holds; correct the conditions on it",
                ])
            });
        });
    }
    warn_of_parts(condition, key, problems);
}

/// Warns of parts that most likely mean something else. Tiers and phases are texts, and cannot be compared as numbers.
fn warn_of_parts(condition: &Tree, key: &str, problems: &mut Problems) {
    problems.key(key, |problems| {
        if compares_words(condition) {
            let sentence = "tiers and phases are compared by their letters, so `known` is more than `advocate`; name them as `{ \"$in\": [\"known\", \"advocate\"] }`";
            problems.warn(MISREAD, ALWAYS, sentence);
        }
        warn_of_misreads(condition, problems);
    });
}

/// Warns of an audience that nobody is in, or nobody to whom the campaign may speak.
pub(super) fn warn_of_audience(audience: &Tree, campaign: &Campaign, policy: &Tree, problems: &mut Problems) {
    let kind = campaign.kind;
    let promotes = campaign.class == Class::Promotional && !kind.obligation;
    let holds_promotions = policy.get("phases").and_then(|phases| phases.flag("holdPromotions")) == Some(true);
    let phases = if promotes && holds_promotions { Phase::CONTENT } else { Phase::ALL };
    let phases: Vec<Tree> =
        phases.iter().filter(|phase| kind.phases.contains(phase)).map(|phase| phase.word().into()).collect();
    let consent = concat(&["consent.", campaign.channel.word()]);
    let consents: &[Tree] = match campaign.class {
        Class::Relational | Class::Promotional if campaign.channel.interrupts() => &[Tree::Bool(true)],
        Class::Transactional => &[Tree::Null, Tree::Bool(true), Tree::Bool(false)],
        _ => &[Tree::Null, Tree::Bool(true)],
    };
    let mut known = vec![("phase", &phases[..]), (&consent, consents)];
    let events: Vec<Tree> = match &campaign.details {
        Details::Announcement { event: Some(event), .. } => vec![event.clone().into()],
        Details::Event(_) => kind.events.iter().map(|event| (*event).into()).collect(),
        _ => Vec::new(),
    };
    if !events.is_empty() {
        known.push(("event.name", &events));
    }
    if kind.demands.iter().any(|demand| matches!(demand, Demand::Advocate(_))) {
        known.push(("promoter", &[Tree::Bool(true)]));
    }
    let together = Tree::from([("$and", Tree::List(vec![audience.clone(), implied(campaign, promotes, policy)]))]);
    if let Some(fact) = contradiction(&together, &known) {
        problems.key("audience", |problems| {
            problems.warn(NEVER_SPEAKS, ALWAYS, || {
                let mend = "` can have no value for which the campaign may speak; correct the conditions on it";
                concat(&["the fact `", &shortened(fact), mend])
            });
        });
    }
    warn_of_parts(audience, "audience", problems);
}

/// What holds of every customer to whom a campaign speaks.
fn implied(campaign: &Campaign, promotes: bool, policy: &Tree) -> Tree {
    let kind = campaign.kind;
    let at_least = |number: i64| Tree::from([("$gte", number.into())]);
    let mut holds = Vec::new();
    if matches!(
        kind.occasion,
        Occasion::Order
            | Occasion::Kept
            | Occasion::Packing
            | Occasion::Delivery
            | Occasion::Unrated
            | Occasion::Article
    ) {
        holds.push(("orders.count".into(), at_least(1)));
    }
    for demand in kind.demands {
        match demand {
            Demand::Advocate(good) => holds.push(("orders.good".into(), at_least(*good))),
            Demand::NoOpenCase | Demand::NoTrouble if kind.audience_may_use_ratings => {
                holds.push(("cases.open".into(), 0_i64.into()));
            }
            _ => {}
        }
    }
    if policy.get("care").is_some() && promotes && kind.audience_may_use_ratings {
        holds.push(("cases.open".into(), 0_i64.into()));
    }
    Tree::Object(holds)
}
