//! How it is said: variants by locale, each a title and a body with parameters in braces.

use super::{Campaign, Offer};
use crate::message::lookup;
use crate::problem::Problems;
use crate::read::{Shape, brief, fields, is_locale, listed, nearest};
use crate::standing::FactPath;
use crate::template;
use crate::tree::Tree;
use std::borrow::Cow;

pub(crate) const MESSAGE: Shape = Shape::Map(&Shape::List(&VARIANT));

const VARIANT: Shape = Shape::Object(
    "Variant",
    fields! {
        "title" may Shape::Text, "one line";
        "body" must Shape::Text, "plain text; `{name}` inserts a parameter, `{n, plural, one {# order} other {# orders}}` counts";
    },
);

/// A message in every locale it has.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub id: String,
    pub locales: Vec<(String, Vec<Variant>)>,
}

/// One way to say it.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub title: Option<String>,
    pub body: String,
    pub parameters: Vec<Parameter>,
}

/// What a template inserts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    pub name: String,
    /// where it was first found, `title` or `body`
    pub part: &'static str,
    /// it is counted, so it must be a number
    pub plural: bool,
    pub source: Source,
}

/// Where a parameter comes from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    GivenName,
    ShopName,
    Signer,
    OfferCode,
    OfferPercent,
    OfferAmount,
    OfferExpires,
    /// what the occasion brings, as `order.total`
    Occasion,
    Fact(FactPath),
}

/// The parameters that are not facts.
const NAMES: [(&str, Source); 11] = [
    ("givenName", Source::GivenName),
    ("shop.name", Source::ShopName),
    ("signer", Source::Signer),
    ("offer.code", Source::OfferCode),
    ("offer.percent", Source::OfferPercent),
    ("offer.amount", Source::OfferAmount),
    ("offer.expires", Source::OfferExpires),
    ("order.id", Source::Occasion),
    ("order.total", Source::Occasion),
    ("order.at", Source::Occasion),
    ("birthday", Source::Occasion),
];

impl Source {
    fn named(name: &str) -> Option<Source> {
        let known = NAMES.iter().find(|(known, _)| *known == name).map(|(_, source)| source.clone());
        known.or_else(|| FactPath::named(name).map(Source::Fact))
    }

    /// Whether it can be counted.
    fn counts(&self) -> bool {
        matches!(self, Source::Fact(_) | Source::OfferPercent)
    }
}

impl Parameter {
    /// Whether a campaign of this policy can ever have it.
    fn possible(&self, campaign: &Campaign, offers: &[Offer], signed: bool) -> bool {
        use super::Benefit;
        let offer = campaign.offer.and_then(|place| offers.get(place));
        match self.source {
            Source::GivenName | Source::ShopName | Source::Fact(_) => true,
            Source::Signer => signed,
            Source::OfferCode => offer.is_some(),
            Source::OfferPercent => offer.is_some_and(|offer| matches!(offer.benefit, Benefit::Percent(_))),
            Source::OfferAmount => offer.is_some_and(|offer| matches!(offer.benefit, Benefit::Amount(_))),
            Source::OfferExpires => offer.is_some_and(|offer| offer.valid_for.is_some()),
            Source::Occasion => campaign.kind.occasion.parameters.contains(&self.name.as_str()),
        }
    }
}

pub(crate) fn read_all(
    entries: &[(Cow<'static, str>, Tree)],
    shop_locales: &[String],
    problems: &mut Problems,
) -> Vec<Message> {
    let read = |(id, tree): &(Cow<str>, Tree)| problems.key(id, |problems| Message::read(id, tree, shop_locales, problems));
    entries.iter().map(read).collect()
}

impl Message {
    fn read(id: &str, tree: &Tree, shop_locales: &[String], problems: &mut Problems) -> Message {
        let mut locales = Vec::new();
        if let Tree::Object(entries) = tree {
            for (locale, variants) in entries {
                problems.key(locale, |problems| {
                    if !is_locale(locale) {
                        problems.add("invalid-value", "not a BCP 47 language tag; write it as `es-ES`".into());
                    }
                    if let Tree::List(variants) = variants {
                        if variants.is_empty() {
                            problems.add("missing-field", "no variant; write at least one or leave the locale out".into());
                        }
                        let read = |(index, variant)| problems.index(index, |problems| Variant::read(variant, problems));
                        locales.push((locale.to_string(), variants.iter().enumerate().filter_map(read).collect()));
                    }
                });
            }
            let names = || entries.iter().map(|(locale, _)| &**locale);
            if let Some(first) = shop_locales.first()
                && !shop_locales.iter().any(|locale| lookup(locale, names()).is_some())
            {
                let message = format!("in none of the shop's locales ({})", listed(shop_locales.iter().map(String::as_str)));
                problems.add_at(first, "missing-field", message);
            }
        }
        Message { id: id.to_owned(), locales }
    }
}

impl Variant {
    fn read(tree: &Tree, problems: &mut Problems) -> Option<Variant> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for key in ["title", "body"] {
            let Some(text) = tree.text(key) else { continue };
            problems.key(key, |problems| match template::parameters(text) {
                Ok(found) => {
                    for (name, plural) in found {
                        match (Source::named(&name), parameters.iter_mut().find(|parameter| parameter.name == name)) {
                            (None, _) => {
                                let near = nearest(&name, NAMES.iter().map(|(name, _)| *name));
                                let message = format!("no parameter and no fact is called `{}`{near}", brief(&name));
                                problems.add("unknown-reference", message);
                            }
                            (Some(source), _) if plural && !source.counts() => {
                                problems.add("invalid-value", format!("`{}` is not a number, so it has no plural", brief(&name)));
                            }
                            (Some(_), Some(known)) => known.plural |= plural,
                            (Some(source), None) => parameters.push(Parameter { name, part: key, plural, source }),
                        }
                    }
                }
                Err(message) => problems.add("invalid-value", message),
            });
        }
        Some(Variant { title: tree.text("title").map(str::to_owned), body: tree.text("body")?.to_owned(), parameters })
    }
}

/// Refuses parameters that no campaign with the message can ever have.
pub(crate) fn check_parameters(
    campaigns: &[Campaign],
    messages: &[Message],
    offers: &[Offer],
    signed: bool,
    problems: &mut Problems,
) {
    for (place, message) in messages.iter().enumerate() {
        let speaks = |campaign: &&Campaign| campaign.message == place || campaign.belated() == Some(place);
        for (locale, variants) in &message.locales {
            for (index, variant) in variants.iter().enumerate() {
                for parameter in &variant.parameters {
                    let stranger = campaigns
                        .iter()
                        .filter(speaks)
                        .find(|campaign| !parameter.possible(campaign, offers, signed));
                    if let Some(campaign) = stranger {
                        let name = &parameter.name;
                        let told = format!("the campaign `{}` has no `{}`; leave it out here or give the campaign a message of its own", brief(&campaign.id), brief(name));
                        problems.key("messages", |problems| {
                            problems.key(&[message.id.as_str(), ".", locale].concat(), |problems| {
                                problems.index(index, |problems| problems.add_at(parameter.part, "unknown-reference", told));
                            });
                        });
                    }
                }
            }
        }
    }
}
