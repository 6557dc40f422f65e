//! How it is said: variants by locale, each a title and a body with parameters in braces.

use super::{Campaign, Offer};
use crate::base::locale::{is_locale, lookup};
use crate::base::problem::{Code, Problems};
use crate::base::sentence::{did_you_mean, quoted_list, shortened};
use crate::base::text::{before_first, concat};
use crate::base::tree::Tree;
use crate::language::facts::FactPath;
use crate::language::template;
use crate::language::words::FORM;
use crate::policy::claim::CLAIM;
use crate::reader::shape::{Shape, fields};
use std::borrow::Cow;

pub(crate) const MESSAGE: Shape = Shape::Map(&Shape::List(&VARIANT));

const VARIANT: Shape = Shape::Object(
    "Variant",
    fields! {
        "title" optional Shape::Text, "one line";
        "body" required Shape::Text, "plain text; `{name}` inserts a parameter, `{n, plural, one {# order} other {# orders}}` counts";
        "share" optional Shape::Text, "a call to share it, like the body; left out while a case or an incident is open, and for 30 days after a complaint";
        "form" optional FORM, "how it addresses the reader; absent: so that it suits either";
        "humour" optional Shape::Flag, "true: a joke, left out while the customer has an open case or an order an open incident";
        "benefit" optional Shape::Text, "what the reader has of it, in plain words, for those who ask why they see it";
        "claims" optional Shape::List(&CLAIM), "what it claims; said only while all of it holds for this customer";
        "statesSurcharge" optional Shape::Flag, "true: what is due beside the price stands in the text, without a parameter";
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
    /// the call to share it
    pub share: Option<String>,
    /// the form of address, if it has one
    pub form: Option<String>,
    pub humour: bool,
    /// what the reader has of it
    pub benefit: Option<String>,
    pub parameters: Vec<Parameter>,
    /// one by one
    pub claims: Vec<(Cow<'static, str>, Tree)>,
    pub states_surcharge: bool,
}

/// What a template inserts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    pub name: String,
    /// where it was first found, `title`, `body` or `share`
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
    /// what the catalogue says of an article or a place
    Catalog,
    /// what the occasion brings, as `order.total`
    Occasion,
    Fact(FactPath),
}

/// How many of them are the catalogue's.
const FIGURES: usize = 12;

/// The parameters that are not facts.
const NAMES: [&str; 25] = [
    "product.name",
    "product.price",
    "product.sku",
    "reduction.percent",
    "reduction.from",
    "reduction.to",
    "surcharge.amount",
    "surcharge.total",
    "surcharge.what",
    "shipping.amount",
    "shipping.freeFrom",
    "shipping.missing",
    "givenName",
    "shop.name",
    "signer",
    "offer.code",
    "offer.percent",
    "offer.amount",
    "offer.expires",
    "item.family",
    "item.sku",
    "order.id",
    "order.total",
    "order.at",
    "birthday",
];

impl Source {
    fn named(name: &str) -> Option<Source> {
        Some(match name {
            "givenName" => Source::GivenName,
            "shop.name" => Source::ShopName,
            "signer" => Source::Signer,
            "offer.code" => Source::OfferCode,
            "offer.percent" => Source::OfferPercent,
            "offer.amount" => Source::OfferAmount,
            "offer.expires" => Source::OfferExpires,
            name => match NAMES.iter().position(|known| *known == name) {
                Some(place) if place < FIGURES => Source::Catalog,
                Some(_) => Source::Occasion,
                None => Source::Fact(FactPath::named(name)?),
            },
        })
    }

    /// Whether it can be counted.
    fn counts(&self) -> bool {
        matches!(self, Source::Fact(_) | Source::OfferPercent)
    }
}

impl Parameter {
    /// Whether it is a price: what something costs, costs less or costs beside.
    fn is_price(&self) -> bool {
        self.source == Source::Catalog && !["product.name", "product.sku", "surcharge.what"].contains(&&*self.name)
    }

    /// Whether a campaign of this policy can ever have it.
    fn possible(&self, campaign: &Campaign, variant: &Variant, offers: &[Offer], signed: bool) -> bool {
        use super::Benefit;
        let offer = campaign.offer.and_then(|place| offers.get(place));
        match self.source {
            Source::GivenName | Source::ShopName | Source::Fact(_) => true,
            Source::Signer => signed,
            Source::Catalog => match before_first(&self.name, b'.') {
                "shipping" => true,
                "reduction" => variant.claims.iter().any(|(what, _)| what == "reduction"),
                _ => campaign.suggest.is_some() || variant.claims.iter().any(|(_, said)| said.get("sku").is_some()),
            },
            Source::OfferCode => offer.is_some(),
            Source::OfferPercent => offer.is_some_and(|offer| matches!(offer.benefit, Benefit::Percent(_))),
            Source::OfferAmount => offer.is_some_and(|offer| matches!(offer.benefit, Benefit::Amount(_))),
            Source::OfferExpires => {
                offer.is_some_and(|offer| offer.valid_for.is_some() || offer.has_end() || offer.reward.personal)
            }
            Source::Occasion => campaign.kind.occasion.parameters().contains(&self.name.as_str()),
        }
    }
}

impl Message {
    /// Whether any variant tells a price.
    pub fn tells_price(&self) -> bool {
        self.locales.iter().any(|(_, variants)| variants.iter().any(Variant::tells_price))
    }

    pub fn read(id: &str, tree: &Tree, shop_locales: &[String], problems: &mut Problems) -> Message {
        let (mut locales, mut names) = (Vec::new(), Vec::new());
        if let Tree::Object(entries) = tree {
            for (locale, variants) in entries {
                names.push(&**locale);
                problems.key(locale, |problems| {
                    if !is_locale(locale) {
                        problems.add(Code::InvalidValue, "not a BCP 47 language tag; write it as `es-ES`");
                    }
                    if let Tree::List(list) = variants {
                        if list.is_empty() {
                            problems.add(Code::MissingField, "no variant; write at least one or leave the locale out");
                        }
                        let mut variants = Vec::new();
                        for (index, tree) in list.iter().enumerate() {
                            if let Some(variant) = problems.index(index, |problems| Variant::read(tree, problems)) {
                                variants.push(variant);
                            }
                        }
                        locales.push((locale.to_string(), variants));
                    }
                });
            }
            if let Some(first) = shop_locales.first()
                && !shop_locales.iter().any(|locale| lookup(locale, &names).is_some())
            {
                problems.add_at(first, Code::MissingField, || {
                    let mut shop = Vec::new();
                    shop_locales.iter().for_each(|locale| shop.push(locale.as_str()));
                    concat(&["in none of the shop's locales (", &quoted_list(&shop), ")"])
                });
            }
        }
        Message { id: id.to_owned(), locales }
    }
}

impl Variant {
    /// Whether it tells a price, so that whoever says it advertises.
    fn tells_price(&self) -> bool {
        let claims = |what: &str| ["reduction", "price", "freeShippingFrom"].contains(&what);
        self.claims.iter().any(|(what, _)| claims(what)) || self.parameters.iter().any(Parameter::is_price)
    }

    /// Whether its text inserts a parameter.
    pub fn inserts(&self, name: &str) -> bool {
        self.parameters.iter().any(|parameter| parameter.name == name)
    }

    fn read(tree: &Tree, problems: &mut Problems) -> Option<Variant> {
        let mut parameters = Vec::new();
        for key in ["title", "body", "share"] {
            let Some(text) = tree.text(key) else { continue };
            problems.key(key, |problems| match template::parameters(text) {
                Ok(found) => {
                    for (name, plural) in found {
                        read_parameter(name, plural, key, &mut parameters, problems);
                    }
                }
                Err(message) => problems.add(Code::InvalidValue, message),
            });
        }
        if tree.text("benefit").is_some_and(|text| text.bytes().any(|byte| byte == b'{')) {
            problems.add_at("benefit", Code::InvalidValue, "inserts nothing; write it in plain words, without braces");
        }
        let mut claims = Vec::new();
        for claim in tree.list("claims") {
            if let Tree::Object(said) = claim {
                claims.extend_from_slice(said);
            }
        }
        Some(Variant {
            title: tree.owned("title"),
            body: tree.owned("body")?,
            share: tree.owned("share"),
            form: tree.owned("form"),
            humour: tree.flag("humour") == Some(true),
            benefit: tree.non_blank("benefit"),
            parameters,
            claims,
            states_surcharge: tree.flag("statesSurcharge") == Some(true),
        })
    }
}

fn read_parameter(name: String, plural: bool, part: &'static str, known: &mut Vec<Parameter>, problems: &mut Problems) {
    let Some(source) = Source::named(&name) else {
        return problems.add(Code::UnknownReference, || {
            concat(&["no parameter and no fact is called `", &shortened(&name), "`", &did_you_mean(&name, &NAMES)])
        });
    };
    if plural && !source.counts() {
        return problems
            .add(Code::InvalidValue, || concat(&["`", &shortened(&name), "` is not a number, so it has no plural"]));
    }
    match known.iter_mut().find(|parameter| parameter.name == name) {
        Some(known) => known.plural |= plural,
        None => known.push(Parameter { name, part, plural, source }),
    }
}

/// Refuses messages that do not say what the reader has of them. Practice D3.
pub(super) fn check_benefits(messages: &[Message], problems: &mut Problems) {
    for message in messages {
        for (locale, variants) in &message.locales {
            problems.key(&concat(&["messages.", &message.id, ".", locale]), |problems| {
                for (index, variant) in variants.iter().enumerate() {
                    if variant.benefit.is_none() {
                        let told = "`honesty` asks of each message what the reader has of it";
                        problems.index(index, |problems| problems.add_at("benefit", Code::MissingField, told));
                    }
                }
            });
        }
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
        let speaks = |campaign: &Campaign| campaign.message == place || campaign.belated() == Some(place);
        for (locale, variants) in &message.locales {
            for (index, variant) in variants.iter().enumerate() {
                let about_none = |said: &Tree| matches!(said, Tree::Object(_)) && said.get("sku").is_none();
                if variant.claims.iter().any(|(_, said)| about_none(said))
                    && campaigns.iter().any(|campaign| speaks(campaign) && campaign.suggest.is_none())
                {
                    problems.key(&concat(&["messages.", &message.id, ".", locale]), |problems| {
                        let told = "a claim without `sku` is about the article suggested, and a campaign suggests none";
                        problems.index(index, |problems| problems.add_at("claims", Code::MissingField, told));
                    });
                }
                for parameter in &variant.parameters {
                    let impossible = |campaign: &&Campaign| {
                        speaks(campaign) && !parameter.possible(campaign, variant, offers, signed)
                    };
                    if let Some(campaign) = campaigns.iter().find(impossible) {
                        let told = || {
                            let (id, name) = (shortened(&campaign.id), shortened(&parameter.name));
                            let mend = "`; leave it out here or give the campaign a message of its own";
                            concat(&["the campaign `", &id, "` has no `", &name, mend])
                        };
                        problems.key(&concat(&["messages.", &message.id, ".", locale]), |problems| {
                            problems
                                .index(index, |problems| problems.add_at(parameter.part, Code::UnknownReference, told));
                        });
                    }
                }
            }
        }
    }
}
