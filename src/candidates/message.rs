//! Which words: the locale, the variant, and what its template inserts. `render` writes them, where `Intl` is.

use crate::base::locale::{language, lookup};
use crate::base::sorting::distinct;
use crate::base::tree::Tree;
use crate::calendar::{Instant, format_date};
use crate::candidates::candidate::{Candidate, next_id};
use crate::candidates::occasions::found::About;
use crate::candidates::offer::{code, offer_ends};
use crate::candidates::suggest::claims_wanted;
use crate::decision::RefusalCode;
use crate::honesty::codes::PARAMETER_MISSING;
use crate::honesty::proof::{Facts, percent_of};
use crate::language::facts::FactPath;
use crate::policy::{Benefit, Message, Parameter, Source, Variant};
use std::borrow::Cow;

/// The words that were chosen.
#[derive(Debug)]
pub(crate) struct Choice<'a> {
    pub locale: &'a str,
    /// the variant's place in its list
    pub index: usize,
    pub variant: &'a Variant,
    /// the variants that could not be said, and why
    pub stripped: Vec<Tree>,
    /// it stays the choice until then at least
    pub until: Instant,
}

/// Why no words can be said.
#[derive(Debug)]
pub(crate) struct Unsaid {
    pub code: &'static RefusalCode,
    pub detail: Tree,
    /// it stays the reason until then at least
    pub until: Instant,
}

/// Chooses the message for a candidate, or says why none can be said: the first claim that does not hold, else the parameters no
/// variant can do without.
pub(crate) fn choose<'a>(candidate: &Candidate<'a>) -> Result<Choice<'a>, Unsaid> {
    let policy = candidate.context.policy;
    let day_is_over = candidate
        .occurrence
        .as_ref()
        .is_some_and(|occurrence| matches!(occurrence.about, About::Day(_, over) if over <= candidate.at));
    let place = candidate.campaign.belated().filter(|_| day_is_over).unwrap_or(candidate.campaign.message);
    let reader = candidate.context.customer.locale.as_deref();
    let found = policy.messages.get(place).and_then(|message| in_locale(message, reader, &policy.shop.locales));
    let Some((locale, variants)) = found else {
        return Err(Unsaid { code: &PARAMETER_MISSING, detail: Tree::from([]), until: Instant::NEVER });
    };
    let form = candidate.context.customer.form.as_ref().or(policy.shop.form.as_ref());
    let facts = Facts::of(candidate);
    // what is missing may be known of another occurrence, or be asked for by another message
    let mut until = candidate.standing.until.min(candidate.next_proposal());
    if let Some(occurrence) = &candidate.occurrence {
        until = until.min(occurrence.next_change(candidate.at));
    }
    // a code that is still to be issued is the gate `budget`'s
    let offer =
        candidate.campaign.offer.and_then(|place| policy.offers.get(place)).filter(|offer| offer.reward.personal);
    let awaited = offer.is_some_and(|offer| code(candidate, offer).is_none());
    let of_code = |source: &Source| matches!(source, Source::OfferCode | Source::OfferExpires);
    let (mut choice, mut least, mut missing, mut unproven) = (None, (true, i64::MAX), Vec::new(), None);
    let mut stripped = Vec::new();
    for (index, variant) in variants.iter().enumerate() {
        let mut complete = true;
        for parameter in &variant.parameters {
            if value(parameter, variant, &facts, candidate).is_none() && !(awaited && of_code(&parameter.source)) {
                complete = false;
                missing.push(parameter.name.clone());
                if of_code(&parameter.source) {
                    until = until.min(next_id(candidate));
                }
            }
            if let Source::Fact(path) = &parameter.source {
                until = until.min(candidate.standing.fact(path).until);
            }
        }
        until = until.min(facts.next_change(variant));
        if let Err((code, detail)) = facts.honest(variant).and_then(|()| claims_wanted(candidate, variant)) {
            complete = false;
            stripped.push(Tree::from([
                ("variant", index.into()),
                ("code", code.name.into()),
                ("detail", detail.clone()),
            ]));
            unproven.get_or_insert((code, detail));
        }
        let jars = variant.humour && candidate.standing.open_cases + candidate.standing.orders.incidents > 0;
        let other_form = variant.form.is_some() && form.is_some() && variant.form.as_ref() != form;
        let rank = (other_form, candidate.history.used(i64::try_from(index).unwrap_or(i64::MAX)));
        if complete && !jars && (choice.is_none() || rank < least) {
            least = rank;
            choice = Some((index, variant));
        }
    }
    match choice {
        Some((index, variant)) => Ok(Choice { locale, index, variant, stripped, until }),
        None => {
            let missing = || (&PARAMETER_MISSING, Tree::from([("parameters", distinct(missing).into())]));
            let (code, detail) = unproven.unwrap_or_else(missing);
            Err(Unsaid { code, detail, until })
        }
    }
}

impl Choice<'_> {
    /// What the template inserts, typed.
    pub fn params(&self, candidate: &Candidate) -> Tree {
        let (mut params, facts) = (Vec::new(), Facts::of(candidate));
        for parameter in &self.variant.parameters {
            if let Some(value) = value(parameter, self.variant, &facts, candidate) {
                params.push((Cow::Owned(parameter.name.clone()), value));
            }
        }
        Tree::Object(params)
    }
}

/// A message's variants for a reader: RFC 4647 lookup, then a shop locale of the same language, then the shop's order.
fn in_locale<'a>(message: &'a Message, reader: Option<&str>, shop: &[String]) -> Option<&'a (String, Vec<Variant>)> {
    let mut tags = Vec::new();
    message.locales.iter().for_each(|(locale, _)| tags.push(locale.as_str()));
    let mut found = reader.and_then(|reader| lookup(reader, &tags));
    let siblings = reader.map(language);
    for sibling in [true, false] {
        for locale in shop {
            if found.is_none()
                && (!sibling || siblings.is_some_and(|reader| language(locale).eq_ignore_ascii_case(reader)))
            {
                found = lookup(locale, &tags);
            }
        }
    }
    message.locales.get(found?)
}

/// A parameter's typed value, if it is known.
fn value(parameter: &Parameter, variant: &Variant, facts: &Facts, candidate: &Candidate) -> Option<Tree> {
    let context = candidate.context;
    let offer = candidate.campaign.offer.and_then(|place| context.policy.offers.get(place));
    let benefit = offer.map(|offer| &offer.benefit);
    let text = |kind: &'static str, text: &str| typed(kind, text.to_owned().into());
    match &parameter.source {
        Source::Catalog => figure(&parameter.name, variant, facts, candidate),
        Source::GivenName => context.customer.given_name.as_deref().map(|name| text("name", name)),
        Source::ShopName => Some(text("text", &context.policy.shop.name)),
        Source::Signer => context.policy.shop.signer.as_deref().map(|signer| text("name", signer)),
        Source::OfferCode => {
            let personal = code(candidate, offer?).map(|code| code.code.as_str());
            personal.or(offer?.code.as_deref()).map(|code| text("code", code))
        }
        Source::OfferPercent => match benefit? {
            Benefit::Percent(percent) => Some(typed("percent", Tree::Number(*percent))),
            _ => None,
        },
        Source::OfferAmount => match benefit? {
            Benefit::Amount(amount) => Some(money(candidate, (*amount).into())),
            _ => None,
        },
        Source::OfferExpires => {
            let offer = offer?;
            let expires = offer_ends(candidate, offer);
            // the first instant of the next day would be read as that day
            let last = i64::from(offer.ends_with_a_day() && expires == offer.ends(context.shop_zone));
            (expires < Instant::NEVER).then(|| date(candidate, expires + -last))
        }
        Source::Occasion => match (&candidate.occurrence.as_ref()?.about, parameter.name.as_str()) {
            (About::Order(order) | About::Article(order, _), "order.id") => {
                order.id.as_deref().map(|id| text("code", id))
            }
            (About::Order(order) | About::Article(order, _), "order.total") => {
                order.total.map(|total| money(candidate, total.into()))
            }
            (About::Order(order) | About::Article(order, _), "order.at") => order.at.map(|at| date(candidate, at)),
            (About::Article(_, item), "item.sku") => item.sku.as_deref().map(|sku| text("code", sku)),
            (About::Article(_, item), "item.family") => item.family.as_deref().map(|family| text("text", family)),
            (About::Day(on, _), "birthday") => Some(text("date", &format_date(*on))),
            _ => None,
        },
        Source::Fact(path) => {
            let fact = candidate.standing.fact(path).tree.into_owned();
            match fact {
                Tree::Number(_) if path.is_money() => Some(money(candidate, fact)),
                Tree::Number(_) => Some(typed("number", fact)),
                Tree::Text(_) if !parameter.plural => Some(typed("text", fact)),
                Tree::List(elements) if !parameter.plural => {
                    let mut texts = Vec::new();
                    for element in elements {
                        if element.as_text().is_some() {
                            texts.push(element);
                        }
                    }
                    (!texts.is_empty()).then(|| typed("list", Tree::List(texts)))
                }
                _ => None,
            }
        }
    }
}

/// What the catalogue says of the article a variant is about, or of the customer's place.
fn figure(name: &str, variant: &Variant, facts: &Facts, candidate: &Candidate) -> Option<Tree> {
    let text = |kind: &'static str, text: &str| Some(typed(kind, text.to_owned().into()));
    let reduction = || facts.reduction(variant);
    let shipping = || facts.catalog.shipping(facts.destination);
    let product = facts.product(variant);
    let price = product.and_then(|product| product.price(facts.at));
    let due = || facts.catalog.surcharge(facts.destination, price)?;
    let amount = match name {
        "product.name" => return text("text", product?.name.as_ref()?),
        "product.sku" => return text("code", &product?.sku),
        "surcharge.what" => return text("text", due()?.what),
        "reduction.percent" => return Some(typed("percent", percent_of(reduction()?.hundredths))),
        "reduction.from" => reduction()?.from,
        "reduction.to" => reduction()?.to,
        "surcharge.amount" => due()?.amount,
        "surcharge.total" => due()?.amount + price?,
        "shipping.amount" => shipping()?.amount,
        "shipping.freeFrom" => facts.free_from()?,
        "shipping.missing" => {
            let cart = candidate.context.customer.cart.as_ref()?;
            // an item of which nobody says what it costs may be all that was missing
            let priced = cart.total.is_some() || cart.items().iter().all(|item| item.price.is_some());
            let total =
                candidate.standing.fact(&FactPath::named("cart.total")?).tree.as_integer().filter(|_| priced)?;
            Some(facts.free_from()? - total).filter(|missing| *missing > 0)?
        }
        _ => price?,
    };
    Some(money(candidate, amount.into()))
}

fn typed(kind: &'static str, value: Tree) -> Tree {
    Tree::from([("type", kind.into()), ("value", value)])
}

fn money(candidate: &Candidate, value: Tree) -> Tree {
    Tree::from([
        ("type", "money".into()),
        ("value", value),
        ("currency", (&candidate.context.policy.shop.currency).into()),
    ])
}

/// An instant, to be written as a date where the customer is; if that is not known, where the shop is.
fn date(candidate: &Candidate, at: Instant) -> Tree {
    let context = candidate.context;
    let zone = context.local_zones.name.unwrap_or(&context.policy.shop.zone).to_owned();
    Tree::from([("type", "date".into()), ("value", at.into()), ("zone", zone.into())])
}
