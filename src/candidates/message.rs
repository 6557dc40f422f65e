//! Chooses the words of a contact: the locale, the variant, and the values of its parameters. `render` writes the values into the
//! text in JavaScript, where `Intl` is.

use crate::base::explanation::{self, Detail};
use crate::base::sorting::distinct;
use crate::base::steps::Looked;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::candidates::candidate::{Candidate, next_id};
use crate::candidates::occasions::found::About;
use crate::candidates::offer::code;
use crate::candidates::parameter::Values;
use crate::candidates::suggest::{claims_wanted, suggestions};
use crate::decision::RefusalCode;
use crate::honesty::codes::PARAMETER_MISSING;
use crate::honesty::proof::Facts;
use crate::policy::claim::Claim;
use crate::policy::parameter::{Inserts, Key};
use crate::policy::{Translation, Variant};
use crate::request::product::Product;
use std::borrow::Cow;

/// A parameter of a message: most are facts.
const FACT: usize = 4;

/// The words of a contact.
#[derive(Debug)]
pub(crate) struct Choice<'a> {
    pub locale: &'a str,
    /// the variant's index in its list
    pub index: usize,
    pub variant: &'a Variant,
    /// about the article that it names
    facts: Facts<'a>,
    /// the variants that could not be used, and why
    pub stripped: Vec<Tree>,
    /// the choice stays the same at least until then
    pub until: Instant,
}

/// Why no variant can be used.
#[derive(Debug)]
pub(crate) struct Unsaid {
    pub code: &'static RefusalCode,
    pub detail: Detail,
    /// the reason stays the same at least until then
    pub until: Instant,
}

/// Until when something can be said for sure: a wording needs nothing to be known and claims nothing.
pub(crate) fn surely_said_until(candidate: &Candidate) -> Option<Instant> {
    // an offer may be for another article than the message is about
    let is_plain = candidate.campaign.offer.is_none() && translation(candidate)?.variants.iter().any(Variant::is_plain);
    is_plain.then(|| same_until(candidate))
}

/// Until when the candidate speaks of the same, with the same message.
fn same_until(candidate: &Candidate) -> Instant {
    // another occurrence may have what is missing, or use another message
    let until = candidate.standing.until.min(candidate.next_proposal());
    let change = candidate.occurrence.as_ref().map(|occurrence| occurrence.next_change(candidate.at));
    until.min(change.unwrap_or(Instant::NEVER))
}

/// Chooses the words for a candidate. If no variant can be used, the reason is the first claim that does not hold, else the
/// parameters that are unknown.
pub(crate) fn choose<'a>(candidate: &Candidate<'a>) -> Result<Choice<'a>, Unsaid> {
    let policy = candidate.context.policy;
    let Some(Translation { locale, variants }) = translation(candidate) else {
        let detail = explanation::detail(true, || Tree::from([]));
        return Err(Unsaid { code: &PARAMETER_MISSING, detail, until: Instant::NEVER });
    };
    let form = candidate.context.customer.form.or(policy.shop.form);
    let mut search = Search::new(candidate);
    let (mut chosen, mut least) = (None, (true, i64::MAX));
    for (index, variant) in variants.iter().enumerate() {
        let possible = search.try_variant(index, variant);
        let is_bad_joke = variant.humour && candidate.standing.open_cases + candidate.standing.orders.incidents > 0;
        let is_other_form = variant.form.is_some() && form.is_some() && variant.form != form;
        let rank = (is_other_form, candidate.history.used(i64::try_from(index).unwrap_or(i64::MAX)));
        if let Some(facts) = possible
            && !is_bad_joke
            && (chosen.is_none() || rank < least)
        {
            least = rank;
            chosen = Some((index, variant, facts));
        }
    }
    let Search { stripped, missing, unproven, until, .. } = search;
    if let Some((index, variant, facts)) = chosen {
        return Ok(Choice { locale, index, variant, facts, stripped, until });
    }
    let code = unproven.as_ref().map_or(&PARAMETER_MISSING, |(code, _)| *code);
    let detail = explanation::detail(true, || match unproven {
        Some((_, detail)) => detail,
        None => Tree::from([("parameters", distinct(missing).into())]),
    });
    Err(Unsaid { code, detail, until })
}

/// What was found out about the variants of a message.
struct Search<'a, 'c> {
    candidate: &'c Candidate<'a>,
    facts: Facts<'a>,
    /// the articles that may be suggested, the nearest first
    suggestions: Vec<&'a Product>,
    /// whether the customer's personal code is still to be issued, which the gate `budget` reports
    awaits_code: bool,
    stripped: Vec<Tree>,
    /// the parameters that are unknown
    missing: Vec<String>,
    /// the first claim that does not hold
    unproven: Option<(&'static RefusalCode, Tree)>,
    /// nothing of this changes before
    until: Instant,
}

impl<'a, 'c> Search<'a, 'c> {
    fn new(candidate: &'c Candidate<'a>) -> Self {
        let offer = candidate.context.policy.offer_of(candidate.campaign).filter(|offer| offer.reward.personal);
        let facts = Facts::of(candidate);
        Search {
            candidate,
            facts,
            suggestions: if facts.is_spoken_of { Vec::new() } else { suggestions(candidate) },
            awaits_code: offer.is_some_and(|offer| code(candidate, offer).is_none()),
            stripped: Vec::new(),
            missing: Vec::new(),
            unproven: None,
            until: same_until(candidate),
        }
    }

    /// The facts with which a variant can be said: about the campaign's own article, or about the first suggestion of which all that it
    /// says is true. None if it cannot be said; then it is noted what the first of them lacks.
    fn try_variant(&mut self, index: usize, variant: &Variant) -> Option<Facts<'a>> {
        for parameter in &variant.parameters {
            let may_look = self.candidate.context.steps.take(Looked::Rule, FACT);
            if let Inserts::Fact(path, _) = &parameter.inserts
                && may_look
            {
                self.until = self.until.min(self.candidate.standing.fact(path).until);
            }
        }
        // an offer for one article is not said of another: then the first suggestion counts alone
        let is_free = variant.names_article() && self.facts.only.is_none();
        let mut articles = Vec::new();
        for product in &self.suggestions {
            if is_free || articles.is_empty() {
                articles.push(Some(*product));
            }
        }
        if articles.is_empty() {
            articles.push(self.facts.product);
        }
        let mut lacks = None;
        let is_reduction = variant.claims().iter().any(Claim::is_reduction);
        for product in articles {
            let (claims, parameters) = (variant.claims().len(), variant.parameters.len());
            // a parameter may be what a claim says
            let said = 1 + claims + parameters + claims.saturating_mul(parameters) / 4;
            if !self.candidate.context.steps.take(Looked::Order, said) {
                break;
            }
            let facts = Facts { product, ..self.facts };
            self.until = self.until.min(facts.next_change(variant));
            // most articles are not reduced: no reason is written for each of them
            if lacks.is_some() && is_reduction && facts.reduction(variant).is_none() {
                continue;
            }
            let proof = facts.honest(variant).and_then(|()| claims_wanted(self.candidate, variant));
            if lacks.is_some() && proof.is_err() {
                continue;
            }
            let missing = self.missing(&facts, variant);
            if missing.is_empty() && proof.is_ok() {
                return Some(facts);
            }
            lacks.get_or_insert((missing, proof));
        }
        let (missing, proof) = lacks?;
        self.missing.extend(missing);
        if let Err((code, detail)) = proof {
            self.stripped.push(Tree::from([
                ("variant", index.into()),
                ("code", code.name.into()),
                ("detail", detail.clone()),
            ]));
            self.unproven.get_or_insert((code, detail));
        }
        None
    }

    /// The parameters of a variant that are unknown.
    fn missing(&mut self, facts: &Facts<'a>, variant: &Variant) -> Vec<String> {
        let values = Values { candidate: self.candidate, facts };
        let mut missing = Vec::new();
        for parameter in &variant.parameters {
            let is_of_code = parameter.is(Key::OfferCode) || parameter.is(Key::OfferExpires);
            if !(values.has(parameter, variant) || self.awaits_code && is_of_code) {
                missing.push(parameter.name.clone());
                if is_of_code {
                    self.until = self.until.min(next_id(self.candidate));
                }
            }
        }
        missing
    }
}

impl<'a> Choice<'a> {
    /// The values of the parameters, each with its type.
    pub fn params(&self, candidate: &Candidate<'a>) -> Tree {
        let mut params = Vec::new();
        let values = Values { candidate, facts: &self.facts };
        for parameter in &self.variant.parameters {
            if let Some(value) = values.of(parameter, self.variant) {
                params.push((Cow::Owned(parameter.name.clone()), value));
            }
        }
        Tree::Object(params)
    }
}

/// The candidate's message in the customer's locale.
fn translation<'a>(candidate: &Candidate<'a>) -> Option<&'a Translation> {
    let policy = candidate.context.policy;
    let (campaign, at) = (candidate.campaign, candidate.at);
    let other = match candidate.occurrence.as_ref().map(|occurrence| &occurrence.about) {
        Some(About::Day(_, begins, _)) if at < *begins => campaign.early,
        Some(About::Day(_, _, over)) if at >= *over => campaign.belated,
        _ => None,
    };
    let message = policy.messages.get(other.unwrap_or(campaign.message))?;
    message.translations.get((*candidate.context.customer.translations.get(message.locales)?)?)
}
