//! The customer, as the shop knows them.

use crate::base::problem::Problems;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::place::Destination;
use crate::language::words::{Channel, FORM};
use crate::reader::shape::{COUNT, MONEY, Shape, fields};
use crate::request::conversation::{CONVERSATION, Conversation};
use crate::request::merge::{raise, unite};
use crate::request::order::{ITEM, ORDER, Order, check_currency};
use crate::request::wishes::{WISHES, Wishes};
use std::borrow::Cow;

const MENTION: Shape = Shape::Object(
    "Mention",
    fields! {
        "id" optional Shape::Name, "what they wrote about the shop elsewhere";
        "at" optional Shape::Instant, "when";
        "engagedAt" optional Shape::Instant, "when the shop took part";
    },
);

const RATING: Shape = Shape::Object(
    "Rating",
    fields! {
        "orderId" optional Shape::Name, "the order rated";
        "sku" optional Shape::Name, "the article rated";
        "score" required Shape::Number { min: 0.0, max: 10.0 }, "0 to 10";
        "at" optional Shape::Instant, "when it was given";
    },
);

pub(crate) const DESTINATION: Shape = Shape::Object(
    "Destination",
    fields! {
        "country" optional Shape::Country, "ISO 3166, where the customer's parcels go";
        "postcode" optional Shape::Text, "as the country writes it; what stands before its first digit may be missing or another, as in `es-35001`";
    },
);

const CONSENT: Shape = Shape::Object(
    "Consent",
    fields! {
        "onsite" optional Shape::Flag, "false: never on the site";
        "email" optional Shape::Flag, "true: may be written to; false: never";
        "push" optional Shape::Flag, "true: may be notified; false: never";
        "sms" optional Shape::Flag, "true: may be texted; false: never";
        "phone" optional Shape::Flag, "true: may be called; false: never";
        "post" optional Shape::Flag, "false: never by post";
        "social" optional Shape::Flag, "true: may be messaged on social networks; false: never";
        "cart" optional Shape::Flag, "false: their cart is not read";
        "forms" optional Shape::Flag, "true: what they filled in may be read";
    },
);

const CART: Shape = Shape::Object(
    "Cart",
    fields! {
        "total" optional MONEY, "in minor units; absent: what the items come to";
        "count" optional COUNT, "how many articles; absent: as the items say";
        "families" optional Shape::List(&Shape::Name), "absent: those of the items";
        "items" optional Shape::List(&ITEM), "what is in it";
        "at" optional Shape::Instant, "when it was last changed";
    },
);

const CODE: Shape = Shape::Object(
    "Code",
    fields! {
        "code" required Shape::Text, "what the customer types";
        "contact" optional Shape::Name, "the id of the only contact that may carry it; absent: any that gives the offer";
        "expiresAt" optional Shape::Instant, "the instant from which it is good for nothing; absent: it does not end by itself";
    },
);

pub(crate) const CUSTOMER: Shape = Shape::Object(
    "Customer",
    fields! {
        "id" optional Shape::Name, "absent: a guest";
        "locale" optional Shape::Locale, "BCP 47, the language they read";
        "givenName" optional Shape::Text, "how to address them";
        "form" optional FORM, "how to address them";
        "birthday" optional Shape::Birthday, "`--MM-DD`, or with a year that is not kept";
        "birthdaySince" optional Shape::Instant, "since when the birthday is known unchanged";
        "since" optional Shape::Instant, "since when they are a customer";
        "destination" optional DESTINATION, "where parcels go";
        "orders" optional Shape::List(&ORDER), "their orders, in any order";
        "conversations" optional Shape::List(&CONVERSATION), "what they wrote";
        "mentions" optional Shape::List(&MENTION), "what they wrote about the shop elsewhere";
        "ratings" optional Shape::List(&RATING), "what they answered";
        "consent" optional CONSENT, "by channel, and to reading their cart and forms";
        "wishes" optional WISHES, "what they wish of us; it beats every rule";
        "affinity" optional Shape::Map(&Shape::Number { min: 0.0, max: 100.0 }), "by topic, 0 to 100, from the shop";
        "cart" optional CART, "what is in the basket now";
        "activity" optional Shape::Number { min: 0.0, max: 100.0 }, "how active they are, a percentile, from the shop";
        "forms" optional Shape::Open("Forms", &[]), "what they filled in on the site, read only with `consent.forms`";
        "attributes" optional Shape::Open("Attributes", &[]), "the shop's own facts";
        "codes" optional Shape::Map(&Shape::Shorthand("code", &CODE)), "by offer: the personal code the server has issued";
    },
);

/// Somebody, with an id or without.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub id: Option<String>,
    pub locale: Option<String>,
    pub given_name: Option<String>,
    /// how to address them
    pub form: Option<String>,
    /// month and day
    pub birthday: Option<(u32, u32)>,
    pub birthday_since: Option<Instant>,
    pub since: Option<Instant>,
    pub country: Option<String>,
    pub postcode: Option<String>,
    pub orders: Vec<Order>,
    pub conversations: Vec<Conversation>,
    pub ratings: Vec<Rating>,
    pub mentions: Vec<Mention>,
    pub wishes: Wishes,
    /// the rest as it came: `consent`, `affinity`, `cart`, `activity`, `forms`, `attributes`, `codes`; of cart and forms what may be read
    pub rest: Tree,
}

/// What a customer wrote elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mention {
    pub id: Option<String>,
    pub at: Option<Instant>,
    pub engaged_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub(crate) struct Rating {
    pub at: Option<Instant>,
    pub score: f64,
    pub order_id: Option<String>,
    pub sku: Option<String>,
}

impl Customer {
    /// Reads a customer whose shape was checked; a guest when it is absent.
    pub fn read(tree: Option<&Tree>, currency: &str, problems: &mut Problems) -> Customer {
        let tree = tree.unwrap_or(&Tree::Null);
        let birthday = tree.integer("birthday").and_then(|day| u32::try_from(day).ok());
        let destination = tree.get("destination").unwrap_or(&Tree::Null);
        let (mut orders, mut conversations) = (Vec::<Order>::new(), Vec::<Conversation>::new());
        let (mut ratings, mut mentions) = (Vec::<Rating>::new(), Vec::<Mention>::new());
        problems.key("orders", |problems| {
            for (index, order) in tree.list("orders").iter().enumerate() {
                problems.index(index, |problems| check_currency(order, currency, problems));
            }
        });
        tree.list("orders").iter().for_each(|order| orders.push(Order::read(order)));
        unite(&mut orders, |order| order.id.as_ref(), Order::merge);
        tree.list("conversations").iter().for_each(|told| conversations.push(Conversation::read(told)));
        unite(&mut conversations, |conversation| conversation.id.as_ref(), Conversation::merge);
        tree.list("ratings").iter().for_each(|told| ratings.extend(Rating::read(told)));
        unite(&mut ratings, |_| None, |_, _| {});
        for mention in tree.list("mentions") {
            mentions.push(Mention {
                id: mention.owned("id"),
                at: mention.instant("at"),
                engaged_at: mention.instant("engagedAt"),
            });
        }
        let merge = |known: &mut Mention, told: &Mention| {
            raise(&mut known.at, told.at);
            raise(&mut known.engaged_at, told.engaged_at);
        };
        unite(&mut mentions, |mention| mention.id.as_ref(), merge);
        let mut rest = Vec::new();
        let consents = |key| tree.get("consent").and_then(|consent| consent.flag(key));
        for key in ["consent", "affinity", "cart", "activity", "attributes", "codes", "forms"] {
            let unread = match key {
                "cart" => consents(key) == Some(false),
                "forms" => consents(key) != Some(true),
                _ => false,
            };
            if let Some(value) = tree.get(key).filter(|_| !unread) {
                rest.push((Cow::Borrowed(key), value.clone()));
            }
        }
        Customer {
            id: tree.owned("id"),
            locale: tree.owned("locale"),
            given_name: tree.owned("givenName"),
            form: tree.owned("form"),
            birthday: birthday.map(|day| (day / 100, day % 100)),
            birthday_since: tree.instant("birthdaySince"),
            since: tree.instant("since"),
            country: destination.owned("country"),
            postcode: destination.owned("postcode"),
            orders,
            conversations,
            ratings,
            mentions,
            wishes: Wishes::read(tree, problems),
            rest: Tree::Object(rest),
        }
    }

    /// Where their parcels go.
    pub fn destination(&self) -> Destination<'_> {
        Destination { country: self.country.as_deref(), postcode: self.postcode.as_deref() }
    }

    /// What was said about a channel: yes, no or nothing.
    pub fn consent(&self, channel: Channel) -> Option<bool> {
        self.rest.get("consent")?.flag(channel.word())
    }

    /// How near a topic is to them, 0 to 100.
    pub fn affinity(&self, topic: &str) -> Option<f64> {
        self.rest.get("affinity")?.number(topic)
    }

    /// The personal code the server has issued for an offer.
    pub fn code(&self, offer: &str) -> Option<&Tree> {
        self.rest.get("codes")?.get(offer)
    }
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
