//! Messages: for each locale, variants of a title and a body, with parameters in braces.

use crate::base::compiled::compiled;
use crate::base::locale::{is_locale, lookup};
use crate::base::parts::{Catalogue, Part};
use crate::base::problem::{ProblemCode, Problems};
use crate::base::sentence::quoted_list;
use crate::base::steps::Looked;
use crate::base::text::{concat, split_once_at};
use crate::base::tree::Tree;
use crate::language::address::is_address;
use crate::language::template;
use crate::language::words::{FORM, Form};
use crate::policy::claim::{CLAIM, Claim};
use crate::policy::parameter::{Key, Parameter, inserts};
use crate::reader::shape::{Shape, fields};

pub(crate) const MESSAGE: Shape = Shape::Map(&Shape::List(&VARIANT));

pub(crate) const ACTION: Shape = Shape::Object(
    "Action",
    fields! {
        "label" required Shape::Text, "what the link says, a template as the body";
        "to" required Shape::Text, "where it leads: an `https://` address, or one relative to the page as `/cesta`; a template whose parameters are percent-encoded";
    },
);

pub(crate) const IMAGE: Shape = Shape::Object(
    "Image",
    fields! {
        "src" required Shape::Text, "where the picture is, an address as `action.to`";
        "alt" required Shape::Text, "what the picture shows, for readers who do not see it; a template as the body";
    },
);

const VARIANT: Shape = Shape::Object(
    "Variant",
    fields! {
        "title" optional Shape::Text, "one line";
        "body" required Shape::Text, "plain text; `{name}` inserts a parameter, `{n, plural, one {# order} other {# orders}}` counts";
        "share" optional Shape::Text, "an invitation to share the message, a template as the body; left out while a case or an incident is open, and for 30 days after a complaint";
        "action" optional ACTION, "a link below the text";
        "image" optional IMAGE, "a picture above the text";
        "form" optional FORM, "how it addresses the reader, formal as `usted` or informal as `tú`; absent: the wording suits both";
        "humour" optional Shape::Flag, "true: it is a joke, which is not used while the customer has an open case or an order an open incident";
        "benefit" optional Shape::Text, "why the message is useful to the reader, plain text; shown to readers who ask why they see the message";
        "claims" optional Shape::List(&CLAIM), "what the text claims; the variant is used only while every claim holds for this customer";
        "statesSurcharge" optional Shape::Flag, "true: the text names what is due beside the price, and dearer shipping, without a parameter";
    },
);

/// The fields of a variant that are templates, and whether each is an address.
const TEMPLATES: [(&str, bool); 7] = [
    ("title", false),
    ("body", false),
    ("share", false),
    ("action.label", false),
    ("action.to", true),
    ("image.src", true),
    ("image.alt", false),
];

/// A message in every locale it has.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub id: String,
    /// which of the policy's lists of locales it has
    pub locales: usize,
    pub translations: Vec<Translation>,
}

/// The variants of a message in one locale.
#[derive(Clone, Debug)]
pub(crate) struct Translation {
    pub locale: String,
    pub variants: Vec<Variant>,
}

/// One wording of a message.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub title: Option<String>,
    pub body: String,
    /// an invitation to share the message with others
    pub share: Option<String>,
    /// the link with its `label` and `to`; null: none
    pub action: Tree,
    /// the picture with its `src` and `alt`; null: none
    pub image: Tree,
    pub form: Option<Form>,
    /// whether it is a joke
    pub humour: bool,
    /// why the message is useful to the reader
    pub benefit: Option<String>,
    pub parameters: Vec<Parameter>,
    claims: Part<Vec<Claim>, Catalogue>,
    /// whether the text names what is due beside the price
    pub states_surcharge: bool,
}

impl Message {
    /// Whether any variant shows a price.
    pub fn shows_price(&self) -> bool {
        self.translations.iter().any(|translation| translation.variants.iter().any(Variant::shows_price))
    }

    /// Reads a message. Its locales are added to the `lists` if no message before has the same.
    pub fn read(
        id: &str,
        tree: &Tree,
        shop_locales: &[String],
        lists: &mut Vec<Vec<String>>,
        problems: &mut Problems,
    ) -> Message {
        let (mut translations, mut names) = (Vec::new(), Vec::new());
        if let Tree::Object(entries) = tree {
            for (locale, variants) in entries {
                names.push(&**locale);
                if let Some(variants) = problems.key(locale, |problems| read_variants(locale, variants, problems)) {
                    translations.push(Translation { locale: locale.to_string(), variants });
                }
            }
            if let Some(first) = shop_locales.first()
                && !shop_locales.iter().any(|locale| lookup(locale, &names).is_some())
            {
                problems.add_at(first, ProblemCode::MissingField, || {
                    let mut shop = Vec::new();
                    shop_locales.iter().for_each(|locale| shop.push(locale.as_str()));
                    concat(&[
                        "the message is in none of the shop's locales (",
                        &quoted_list(&shop),
                        "); write it in one of them",
                    ])
                });
            }
        }
        let mut list = Vec::new();
        translations.iter().for_each(|translation| list.push(translation.locale.clone()));
        problems.steps.take(Looked::Element, lists.len() / 8);
        let locales = lists.iter().position(|known| *known == list).unwrap_or(lists.len());
        if locales == lists.len() {
            lists.push(list);
        }
        Message { id: id.to_owned(), locales, translations }
    }
}

/// Reads the variants of one locale.
fn read_variants(locale: &str, tree: &Tree, problems: &mut Problems) -> Option<Vec<Variant>> {
    if !is_locale(locale) {
        problems.add(ProblemCode::InvalidValue, "not a BCP 47 language tag; write it as `es-ES`");
    }
    let Tree::List(list) = tree else { return None };
    if list.is_empty() {
        problems
            .add(ProblemCode::MissingField, "this locale has no variant; write at least one, or leave the locale out");
    }
    let mut variants = Vec::new();
    for (index, tree) in list.iter().enumerate() {
        if let Some(variant) = problems.index(index, |problems| Variant::read(tree, problems)) {
            variants.push(variant);
        }
    }
    Some(variants)
}

impl Variant {
    /// What it claims.
    #[inline(always)]
    pub fn claims(&self) -> &[Claim] {
        self.claims.get().map_or(&[], Vec::as_slice)
    }

    /// Whether it can always be said.
    pub fn is_plain(&self) -> bool {
        self.parameters.is_empty() && self.claims().is_empty() && !self.humour
    }

    /// Whether the variant shows a price, so that a campaign with it is promotional.
    fn shows_price(&self) -> bool {
        self.claims().iter().any(Claim::shows_price) || self.parameters.iter().any(Parameter::shows_price)
    }

    /// Whether the text inserts a parameter.
    pub fn inserts(&self, key: Key) -> bool {
        inserts(&self.parameters, key)
    }

    /// Whether it names the article that the campaign suggests or speaks of, or claims something of it.
    pub fn names_article(&self) -> bool {
        self.claims().iter().any(Claim::is_about_suggestion) || self.parameters.iter().any(Parameter::is_of_article)
    }

    /// Whether the text names what is due beside the price.
    pub fn names_surcharge(&self) -> bool {
        self.states_surcharge || self.inserts(Key::SurchargeAmount) || self.inserts(Key::SurchargeTotal)
    }

    /// Whether the text names what shipping costs.
    pub fn names_shipping(&self) -> bool {
        self.states_surcharge || self.inserts(Key::ShippingAmount)
    }

    fn read(tree: &Tree, problems: &mut Problems) -> Option<Variant> {
        let mut parameters = Vec::new();
        for (key, is_link) in TEMPLATES {
            let text = match split_once_at(key, b'.') {
                Some((object, key)) => tree.get(object).and_then(|object| object.text(key)),
                None => tree.text(key),
            };
            let Some(text) = text else { continue };
            problems.key(key, |problems| match template::parameters(text) {
                Err(message) => problems.add(ProblemCode::InvalidValue, message),
                Ok(found) if is_link && (!is_address(text) || found.iter().any(|(_, plural)| *plural)) => {
                    problems.add(
                        ProblemCode::InvalidValue,
                        "not an address that a message may have; write `https://…`, or one relative to the page as `/cesta?sku={product.sku}`, without spaces, backslashes and plurals",
                    );
                }
                Ok(found) => {
                    for (name, plural) in found {
                        Parameter::read(name, plural, (key, is_link), &mut parameters, problems);
                    }
                }
            });
        }
        if tree.text("benefit").is_some_and(|text| text.bytes().any(|byte| byte == b'{')) {
            problems.add_at(
                "benefit",
                ProblemCode::InvalidValue,
                "`benefit` inserts no parameters; write it without braces",
            );
        }
        let mut claims = Vec::new();
        tree.list("claims").iter().for_each(|tree| Claim::read(tree, &mut claims));
        Some(Variant {
            title: tree.owned("title"),
            body: tree.owned("body")?,
            share: tree.owned("share"),
            action: tree.get("action").cloned().unwrap_or_default(),
            image: tree.get("image").cloned().unwrap_or_default(),
            form: tree.text("form").and_then(Form::named),
            humour: tree.flag("humour") == Some(true),
            benefit: tree.non_blank("benefit"),
            parameters,
            claims: Some(claims).filter(|claims| !claims.is_empty()).into(),
            states_surcharge: tree.flag("statesSurcharge") == Some(true),
        })
    }
}

compiled! {
    struct Message { id, locales, translations }
    struct Translation { locale, variants }
    struct Variant {
        title,
        body,
        share,
        action,
        image,
        form,
        humour,
        benefit,
        parameters,
        claims,
        states_surcharge
    }
}
