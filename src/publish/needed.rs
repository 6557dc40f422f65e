//! What the published campaigns need of the rest of the policy.

use super::kept::Kept;
use crate::base::locale::for_reader;
use crate::base::tree::Tree;
use crate::language::condition::Condition;
use crate::language::facts::{Fact, FactPath};
use crate::policy::parameter::Inserts;
use crate::policy::{Message, Policy};

/// What is needed beside the campaigns and their offers. Lists are by index in the policy.
#[derive(Debug, Default)]
pub(super) struct Needed {
    pub tiers: bool,
    limits: Vec<usize>,
    segments: Vec<usize>,
    /// each needed message with the translation for the reader; none: all of them
    pub messages: Vec<(usize, Option<usize>)>,
    /// the campaigns that conditions, limits and messages name
    pub named: Vec<String>,
    /// the offers whose codes they ask for
    pub codes: Vec<String>,
    /// the topics of the needed limits
    pub topics: Vec<String>,
    /// the one locale that is published
    pub locale: Option<String>,
}

impl Needed {
    pub fn by(policy: &Policy, tree: &Tree, kept: &Kept, locale: Option<&str>) -> Needed {
        let mut needed = Needed { locale: locale.map(str::to_owned), ..Needed::default() };
        for campaign in kept.of_policy(policy) {
            needed.limits.extend(&campaign.limits);
            for index in [Some(campaign.message), campaign.early, campaign.belated].into_iter().flatten() {
                if !needed.has_message(index) {
                    let message = policy.messages.get(index);
                    let tags = message.and_then(|message| policy.locales.get(message.locales));
                    let translation = locale.zip(tags);
                    let translation =
                        translation.and_then(|(locale, tags)| for_reader(Some(locale), tags, &policy.shop.locales));
                    needed.messages.push((index, translation));
                }
            }
            campaign.audience.get().into_iter().for_each(|audience| needed.note(policy, audience));
        }
        needed.limits.sort_unstable();
        needed.limits.dedup();
        needed.messages.sort_unstable();
        for index in needed.limits.clone() {
            let Some(limit) = policy.limits.get(index) else { continue };
            needed.tiers |= limit.tier.get().is_some();
            limit.when.get().into_iter().for_each(|when| needed.note(policy, when));
            let written = tree.list("limits").get(index).unwrap_or(&Tree::Null);
            needed.named.extend(written.owned("campaign").into_iter().chain(written.texts("campaign")));
            needed.topics.extend(written.owned("topic"));
        }
        for (index, translation) in needed.messages.clone() {
            let message = policy.messages.get(index);
            message.iter().for_each(|message| needed.note_message(policy, message, translation));
        }
        // a segment may name the tier, and a tier no segment
        for index in needed.segments.clone() {
            let segment = policy.segments().get(index);
            segment.iter().for_each(|(_, condition)| needed.note(policy, condition));
        }
        if needed.tiers {
            let tiers = policy.tiers.get().into_iter().flat_map(|tiers| [&tiers.known, &tiers.advocate]);
            tiers.for_each(|tier| needed.note(policy, tier));
        }
        needed
    }

    pub fn has_limit(&self, index: usize) -> bool {
        self.limits.contains(&index)
    }

    pub fn has_segment(&self, index: usize) -> bool {
        self.segments.contains(&index)
    }

    pub fn has_message(&self, index: usize) -> bool {
        self.messages.iter().any(|(known, _)| *known == index)
    }

    fn note(&mut self, policy: &Policy, condition: &Condition) {
        condition.each_fact(&mut |path| self.note_fact(policy, path));
    }

    fn note_message(&mut self, policy: &Policy, message: &Message, translation: Option<usize>) {
        for (index, text) in message.translations.iter().enumerate() {
            let is_read = translation.is_none_or(|only| only == index);
            for parameter in text.variants.iter().filter(|_| is_read).flat_map(|variant| &variant.parameters) {
                if let Inserts::Fact(path, _) = &parameter.inserts {
                    self.note_fact(policy, path);
                }
            }
        }
    }

    fn note_fact(&mut self, policy: &Policy, path: &FactPath) {
        match path.fact {
            Fact::Tier => self.tiers = true,
            Fact::Segments if path.only.is_empty() => self.segments.extend(0..policy.segments().len()),
            Fact::Segments => self.segments.extend(&path.only),
            Fact::ContactsCount | Fact::SinceContactOf | Fact::ReactionTo => {
                self.named.push(path.mentioned().to_owned());
            }
            Fact::CodeHeld | Fact::CodeEndsIn => self.codes.push(path.mentioned().to_owned()),
            _ => {}
        }
    }
}
