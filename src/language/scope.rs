//! Which facts a condition may name, and with what it may compare them. It depends on where the policy has the condition.

use crate::base::problem::{ProblemCode, Problems};
use crate::base::sentence::{did_you_mean, shortened};
use crate::base::steps::Looked;
use crate::base::text::concat;
use crate::language::domain::Domain;
use crate::language::facts::{Fact, FactPath, NAMES};

/// The names of the policy's parts that a fact may mention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known<'a> {
    pub segments: &'a [&'a str],
    pub campaigns: &'a [&'a str],
    pub offers: &'a [&'a str],
}

/// Which facts a condition may name. It depends on where the policy has the condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope<'a> {
    /// anywhere else: every fact
    Policy(&'a Known<'a>),
    /// in `tiers`: not `tier` and `segments`, which are computed later
    Tier(&'a Known<'a>),
    /// in `segments`: not `segments`
    Segment(&'a Known<'a>),
    /// inside `$elemMatch`: no facts but paths into the element
    Element,
}

impl FactPath {
    /// Reads a path in a condition.
    pub fn read(name: &str, scope: Scope, problems: &mut Problems) -> Option<FactPath> {
        let Some(path) = Self::named(name) else {
            problems.add(ProblemCode::UnknownFact, || {
                let own = "; facts of the shop's own begin with `attributes.`";
                concat(&["`", &shortened(name), "` is not a fact", &did_you_mean(name, NAMES), own])
            });
            return None;
        };
        let too_early = match path.fact {
            Fact::Segments => !matches!(scope, Scope::Policy(_)),
            Fact::Tier => matches!(scope, Scope::Tier(_)),
            _ => false,
        };
        if let Scope::Policy(known) | Scope::Tier(known) | Scope::Segment(known) = scope {
            path.check_mention(known, problems);
        }
        if too_early {
            problems.add(ProblemCode::NotAllowed, || {
                concat(&["`", name, "` is computed after this condition, so it cannot be used here; leave it out"])
            });
            return None;
        }
        Some(path)
    }

    /// Refuses a campaign or an offer that the policy does not have.
    pub fn check_mention(&self, known: &Known, problems: &mut Problems) {
        let names = match self.fact {
            Fact::ContactsCount | Fact::SinceContactOf | Fact::ReactionTo => known.campaigns,
            Fact::CodeHeld | Fact::CodeEndsIn => known.offers,
            _ => return,
        };
        problems.steps.take(Looked::Element, names.len() / 8);
        if let Some(name) = self.inside.as_ref().filter(|name| !names.contains(&name.as_str())) {
            problems.add(ProblemCode::UnknownReference, || {
                concat(&["the policy has nothing called `", &shortened(name), "` here", &did_you_mean(name, names)])
            });
        }
    }

    /// What it can be.
    pub fn domain<'a>(&self, scope: Scope<'a>) -> Domain<'a> {
        match (self.fact, &self.inside) {
            (Fact::Event | Fact::Attributes | Fact::Forms, _) => Domain::Free,
            (Fact::Consent | Fact::Affinity, None) => Domain::Object,
            (Fact::Consent | Fact::Promoter | Fact::CodeHeld, _) => Domain::Flag,
            (Fact::Tier, _) => Domain::Tier,
            (Fact::Phase, _) => Domain::Phase,
            (Fact::ReactionTo, _) => Domain::Reaction,
            (Fact::Searches, _) => Domain::Word,
            (Fact::Country, _) => Domain::Country,
            (Fact::Language, _) => Domain::Language,
            (Fact::Locale, _) => Domain::Locale,
            (Fact::Postcode, _) => Domain::Postcode,
            (Fact::Families | Fact::Skus | Fact::CartFamilies, _) => Domain::Text,
            (Fact::Segments, _) => match scope {
                Scope::Policy(known) => Domain::Segments(known.segments),
                _ => Domain::Text,
            },
            _ => Domain::Number,
        }
    }
}
