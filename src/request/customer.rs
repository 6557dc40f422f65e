//! The customer, as the shop knows them.

use crate::base::problem::Problems;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::destination::Destination;
use crate::language::words::{Channel, FORM, Form};
use crate::reader::shape::{MONEY, QUANTITY, Shape, fields};
use crate::reader::value::thousandths;
use crate::request::conversation::{CONVERSATION, Conversation};
use crate::request::item::{ITEM, Item};
use crate::request::merge::{raise, unite};
use crate::request::order::{ORDER, Order, check_currency};
use crate::request::order_names::OrderNames;
use crate::request::wishes::{WISHES, Wishes};
use std::borrow::Cow;

const MENTION: Shape = Shape::Object(
    "Mention",
    fields! {
        "id" optional Shape::Name, "the id of the mention; copies with the same id are merged";
        "at" optional Shape::Instant, "when the customer wrote it";
        "engagedAt" optional Shape::Instant, "when the shop answered it; absent: not yet, so it is a task";
    },
);

const RATING: Shape = Shape::Object(
    "Rating",
    fields! {
        "orderId" optional Shape::Name, "the order that is rated";
        "sku" optional Shape::Name, "the article that is rated";
        "score" optional Shape::Number { min: 0.0, max: 10.0 }, "0 to 10; absent: it is no rating yet";
        "at" optional Shape::Instant, "when the customer gave it";
    },
);

pub(crate) const DESTINATION: Shape = Shape::Object(
    "Destination",
    fields! {
        "country" optional Shape::Country, "ISO 3166 code of the country that parcels go to, as `ES`";
        "postcode" optional Shape::Text, "as the country writes it; spaces do not matter, nor does the country before it, as `es-` in `es-35001`";
    },
);

const CONSENT: Shape = Shape::Object(
    "Consent",
    fields! {
        "onsite" optional Shape::Flag, "false: only transactional contacts; absent: allowed";
        "email" optional Shape::Flag, "true: allowed; false: only transactional contacts; absent: only transactional and service contacts";
        "push" optional Shape::Flag, "true: allowed; false: only transactional contacts; absent: only transactional and service contacts";
        "sms" optional Shape::Flag, "true: allowed; false: only transactional contacts; absent: only transactional and service contacts";
        "phone" optional Shape::Flag, "true: allowed; false: only transactional contacts; absent: only transactional and service contacts";
        "post" optional Shape::Flag, "false: only transactional contacts; absent: allowed";
        "social" optional Shape::Flag, "true: allowed; false: only transactional contacts; absent: only transactional and service contacts";
        "cart" optional Shape::Flag, "false: `cart` is ignored";
        "forms" optional Shape::Flag, "true: `forms` is read; else it is ignored";
    },
);

const CART: Shape = Shape::Object(
    "Cart",
    fields! {
        "total" optional MONEY, "in minor units; absent: the sum of the items, where the price of each is known";
        "count" optional QUANTITY, "how many articles; absent: the sum of the items";
        "families" optional Shape::List(&Shape::Name), "the product families in the cart; absent: those of the items";
        "items" optional Shape::List(&ITEM), "the articles in the cart";
        "at" optional Shape::Instant, "when the customer last changed the cart";
    },
);

const CODE: Shape = Shape::Object(
    "Code",
    fields! {
        "code" optional Shape::Text, "what the customer types; absent: not issued yet";
        "contact" optional Shape::Name, "the id of the only contact that may show the code; absent: any contact with the offer";
        "expiresAt" optional Shape::Instant, "the instant from which the code cannot be used; absent: it does not expire";
    },
);

pub(crate) const CUSTOMER: Shape = Shape::Object(
    "Customer",
    fields! {
        "id" optional Shape::Name, "absent: a guest";
        "locale" optional Shape::Locale, "the language the customer reads, a BCP 47 tag as `es-ES`";
        "givenName" optional Shape::Text, "the name to address the customer by";
        "form" optional FORM, "how to address the customer: `formal` as usted, `informal` as tú";
        "birthday" optional Shape::Birthday, "`--MM-DD`, or `YYYY-MM-DD`, of which the year is not kept";
        "birthdaySince" optional Shape::Instant, "when the birthday was entered or last changed; a birthday entered a short while ago gets no message";
        "since" optional Shape::Instant, "when they became a customer";
        "destination" optional DESTINATION, "where parcels go";
        "orders" optional Shape::List(&ORDER), "the orders, in any order; copies with the same id are merged";
        "conversations" optional Shape::List(&CONVERSATION), "what the customer wrote to the shop; copies with the same id are merged";
        "mentions" optional Shape::List(&MENTION), "what the customer wrote about the shop elsewhere";
        "ratings" optional Shape::List(&RATING), "how the customer rated orders and articles";
        "consent" optional CONSENT, "what the customer allows, by channel, and whether cart and forms may be read";
        "wishes" optional WISHES, "what the customer asked the shop to do less; no rule overrides it";
        "affinity" optional Shape::Map(&Shape::Number { min: 0.0, max: 100.0 }), "by topic: how much the customer cares for it, 0 to 100, computed by the shop";
        "cart" optional CART, "the cart now";
        "activity" optional Shape::Number { min: 0.0, max: 100.0 }, "how active the customer is among all customers, a percentile computed by the shop";
        "forms" optional Shape::Open("Forms", &[]), "what the customer filled in on the site; read only if `consent.forms` is true";
        "attributes" optional Shape::Open("Attributes", &[]), "facts of the shop's own, for conditions";
        "codes" optional Shape::Map(&Shape::Shorthand("code", &CODE)), "by offer: the personal code that the server has issued";
    },
);

/// A customer. Without an id, a guest.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub id: Option<String>,
    pub locale: Option<String>,
    pub given_name: Option<String>,
    /// how to address the customer
    pub form: Option<Form>,
    pub birthday: Option<Birthday>,
    pub birthday_since: Option<Instant>,
    pub since: Option<Instant>,
    pub country: Option<String>,
    pub postcode: Option<String>,
    /// sorted by id
    pub orders: Vec<Order>,
    order_names: OrderNames,
    pub conversations: Vec<Conversation>,
    /// oldest first
    pub ratings: Vec<Rating>,
    pub mentions: Vec<Mention>,
    pub wishes: Wishes,
    pub consent: Option<Consent>,
    /// none if there is none, or if it may not be read
    pub cart: Option<Cart>,
    pub activity: Option<f64>,
    pub codes: Vec<PersonalCode>,
    /// numbers by topic
    pub affinity: Tree,
    /// facts of the shop's own
    pub attributes: Tree,
    /// what the customer filled in; null if it may not be read
    pub forms: Tree,
}

/// The day of the year on which a customer was born.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Birthday {
    pub month: u32,
    pub day: u32,
}

/// What a customer wrote about the shop elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mention {
    pub id: Option<String>,
    pub at: Option<Instant>,
    pub engaged_at: Option<Instant>,
}

/// A rating of an order or an article.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub(crate) struct Rating {
    pub at: Option<Instant>,
    pub score: f64,
    pub order_id: Option<String>,
    pub sku: Option<String>,
}

/// What a customer allows; none: they have not said.
#[derive(Clone, Debug)]
pub(crate) struct Consent {
    /// in the order of the enum [`Channel`]
    channels: [Option<bool>; Channel::WORDS.len()],
    cart: Option<bool>,
    forms: Option<bool>,
}

/// The cart of a customer.
#[derive(Clone, Debug)]
pub(crate) struct Cart {
    /// as the shop gives it; else it is computed from the items
    pub total: Option<i64>,
    /// in thousandths
    pub count: Option<i64>,
    pub families: Option<Vec<String>>,
    pub items: Option<Vec<Item>>,
    pub at: Option<Instant>,
}

/// A code that only this customer can use.
#[derive(Clone, Debug)]
pub(crate) struct PersonalCode {
    pub offer: String,
    pub code: String,
    /// the id of the only contact that may show it
    pub contact: Option<String>,
    pub expires_at: Option<Instant>,
}

impl Customer {
    /// Reads a customer whose shape was checked; a guest when it is absent.
    pub fn read(tree: Option<&Tree>, currency: &str, problems: &mut Problems) -> Customer {
        let tree = tree.unwrap_or(&Tree::Null);
        let birthday = tree.integer("birthday").and_then(|day| u32::try_from(day).ok());
        let destination = tree.get("destination").unwrap_or(&Tree::Null);
        problems.key("orders", |problems| {
            for (index, order) in tree.list("orders").iter().enumerate() {
                problems.index(index, |problems| check_currency(order, currency, problems));
            }
        });
        let consent = tree.get("consent").map(Consent::read);
        let (mut reads_cart, mut reads_forms) = (true, false);
        if let Some(consent) = &consent {
            (reads_cart, reads_forms) = (consent.cart != Some(false), consent.forms == Some(true));
        }
        let free = |key: &str| tree.get(key).cloned().unwrap_or_default();
        let mut orders = Vec::new();
        tree.list("orders").iter().for_each(|order| orders.push(Order::read(order)));
        let order_names = OrderNames::unite(&mut orders);
        Customer {
            id: tree.owned("id"),
            locale: tree.owned("locale"),
            given_name: tree.owned("givenName"),
            form: tree.text("form").and_then(Form::named),
            birthday: birthday.map(|day| Birthday { month: day / 100, day: day % 100 }),
            birthday_since: tree.instant("birthdaySince"),
            since: tree.instant("since"),
            country: destination.owned("country"),
            postcode: destination.owned("postcode"),
            conversations: read_conversations(tree, &order_names),
            ratings: read_ratings(tree, &order_names),
            orders,
            order_names,
            mentions: read_mentions(tree),
            wishes: Wishes::read(tree, problems),
            consent,
            cart: tree.get("cart").filter(|_| reads_cart).map(Cart::read),
            activity: tree.number("activity"),
            codes: read_codes(tree),
            affinity: free("affinity"),
            attributes: free("attributes"),
            forms: if reads_forms { free("forms") } else { Tree::Null },
        }
    }

    /// Where parcels go.
    pub fn destination(&self) -> Destination<'_> {
        Destination { country: self.country.as_deref(), postcode: self.postcode.as_deref() }
    }

    /// The order that a name means: the one with that id, else the only one with that number.
    pub fn order(&self, name: &str) -> Option<&Order> {
        let find = |id: &str| self.orders.binary_search_by(|order| order.id.as_deref().cmp(&Some(id))).ok();
        self.orders.get(find(name).or_else(|| find(self.order_names.id_of(name)?))?)
    }

    /// Whether a number means the order with an id.
    pub fn calls(&self, id: &str, number: &str) -> bool {
        match self.order_names.find(number) {
            Some(known) => known.as_deref() == Some(id),
            None => self.order(number).is_none(),
        }
    }

    /// What the customer said about a channel: true, false, or none if they have not said.
    pub fn consent_for(&self, channel: Channel) -> Option<bool> {
        *self.consent.as_ref()?.channels.get(channel as usize)?
    }

    /// How much the customer cares for a topic, 0 to 100.
    pub fn affinity_for(&self, topic: &str) -> Option<f64> {
        self.affinity.number(topic)
    }

    /// The personal code that the server has issued for an offer.
    pub fn code_for(&self, offer: &str) -> Option<&PersonalCode> {
        self.codes.iter().find(|code| code.offer == offer)
    }
}

fn read_conversations(customer: &Tree, orders: &OrderNames) -> Vec<Conversation> {
    let mut conversations = Vec::new();
    for tree in customer.list("conversations") {
        let mut conversation = Conversation::read(tree);
        orders.resolve(&mut conversation.order_id);
        conversations.push(conversation);
    }
    unite(&mut conversations, |conversation| conversation.id.as_ref(), Conversation::merge);
    conversations
}

fn read_ratings(customer: &Tree, orders: &OrderNames) -> Vec<Rating> {
    let mut ratings = Vec::new();
    for mut rating in customer.list("ratings").iter().filter_map(Rating::read) {
        orders.resolve(&mut rating.order_id);
        ratings.push(rating);
    }
    unite(&mut ratings, |_| None, |_, _| {});
    ratings
}

fn read_mentions(customer: &Tree) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for mention in customer.list("mentions") {
        mentions.push(Mention {
            id: mention.owned("id"),
            at: mention.instant("at"),
            engaged_at: mention.instant("engagedAt"),
        });
    }
    unite(
        &mut mentions,
        |mention| mention.id.as_ref(),
        |known, copy| {
            raise(&mut known.at, copy.at);
            raise(&mut known.engaged_at, copy.engaged_at);
        },
    );
    mentions
}

fn read_codes(customer: &Tree) -> Vec<PersonalCode> {
    let mut codes = Vec::new();
    for (offer, code) in customer.entries("codes") {
        let Some(text) = code.owned("code") else { continue };
        codes.push(PersonalCode {
            offer: offer.to_string(),
            code: text,
            contact: code.owned("contact"),
            expires_at: code.instant("expiresAt"),
        });
    }
    codes
}

impl Rating {
    fn read(tree: &Tree) -> Option<Rating> {
        Some(Rating {
            at: tree.instant("at"),
            score: tree.number("score")?,
            order_id: tree.owned("orderId"),
            sku: tree.owned("sku"),
        })
    }
}

impl Consent {
    fn read(tree: &Tree) -> Consent {
        let mut consent = Consent { channels: Default::default(), cart: tree.flag("cart"), forms: tree.flag("forms") };
        for (said, word) in consent.channels.iter_mut().zip(Channel::WORDS) {
            *said = tree.flag(word);
        }
        consent
    }
}

impl From<&Consent> for Tree {
    /// The consent as conditions see it: `consent.email`, `consent.cart`, …
    fn from(consent: &Consent) -> Tree {
        let mut entries = Vec::new();
        let mut add = |key, said: Option<bool>| {
            if let Some(said) = said {
                entries.push((Cow::Borrowed(key), Tree::Bool(said)));
            }
        };
        for (word, said) in Channel::WORDS.iter().zip(&consent.channels) {
            add(*word, *said);
        }
        add("cart", consent.cart);
        add("forms", consent.forms);
        Tree::Object(entries)
    }
}

impl Cart {
    fn read(tree: &Tree) -> Cart {
        Cart {
            total: tree.integer("total"),
            count: tree.number("count").map(thousandths),
            families: tree.get("families").map(|_| tree.texts("families")),
            items: tree.get("items").map(|_| Item::read_list(tree)),
            at: tree.instant("at"),
        }
    }

    /// The items; none if the shop does not give them.
    pub fn items(&self) -> &[Item] {
        self.items.as_deref().unwrap_or_default()
    }
}
