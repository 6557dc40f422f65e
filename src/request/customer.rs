//! The customer, as the shop knows them.

use crate::base::parts::{ForPage, ForWhole, Part};
use crate::base::problem::Problems;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::destination::Destination;
use crate::language::words::{Channel, FORM, Form};
use crate::reader::shape::{Shape, fields};
use crate::request::cart::{CART, Cart};
use crate::request::consent::{CONSENT, Consent};
use crate::request::conversation::{CONVERSATION, Conversation, read_conversations};
use crate::request::mention::{MENTION, Mention, read_mentions};
use crate::request::order::{ORDER, Order, check_currency};
use crate::request::order_names::OrderNames;
use crate::request::personal_code::{CODE, PersonalCode, read_codes};
use crate::request::rating::{RATING, Rating, read_ratings};
use crate::request::search::{SEARCH, Search, read_searches};
use crate::request::wishes::{WISHES, Wishes};

pub(crate) const DESTINATION: Shape = Shape::Object(
    "Destination",
    fields! {
        "country" optional Shape::Country, "ISO 3166 code of the country that parcels go to, as `ES`";
        "postcode" optional Shape::Text, "as the country writes it; spaces do not matter, nor does the country before it, as `es-` in `es-35001`";
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
        "dates" optional Shape::Map(&Shape::Birthday), "other days of theirs by name, as `pet`: `--MM-DD` or `YYYY-MM-DD`; no rule asks for them yet";
        "searches" optional Shape::List(&SEARCH), "what the customer searched for on the site; read only if `consent.forms` is true";
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
    /// by the policy's lists of locales: which of them the customer reads; the engine finds it
    pub translations: Vec<Option<usize>>,
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
    pub ratings: Part<Vec<Rating>, ForPage>,
    pub mentions: Part<Vec<Mention>, ForWhole>,
    pub wishes: Wishes,
    pub consent: Option<Consent>,
    /// none if there is none, or if it may not be read
    pub cart: Part<Cart, ForPage>,
    pub activity: Option<f64>,
    pub codes: Vec<PersonalCode>,
    /// numbers by topic
    pub affinity: Part<Tree, ForPage>,
    /// facts of the shop's own
    pub attributes: Part<Tree, ForPage>,
    /// what the customer filled in; null if it may not be read
    pub forms: Part<Tree, ForPage>,
    /// none if nobody told, or if they may not be read
    pub searches: Part<Vec<Search>, ForPage>,
}

/// The day of the year on which a customer was born.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Birthday {
    pub month: u32,
    pub day: u32,
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
        let mut orders = Vec::new();
        tree.list("orders").iter().for_each(|order| orders.push(Order::read(order)));
        let order_names = OrderNames::unite(&mut orders);
        Customer {
            id: tree.owned("id"),
            locale: tree.owned("locale"),
            translations: Vec::new(),
            given_name: tree.owned("givenName"),
            form: tree.text("form").and_then(Form::named),
            birthday: birthday.map(|day| Birthday { month: day / 100, day: day % 100 }),
            birthday_since: tree.instant("birthdaySince"),
            since: tree.instant("since"),
            country: destination.owned("country"),
            postcode: destination.owned("postcode"),
            conversations: read_conversations(tree, &order_names),
            ratings: Part::read(|| Some(read_ratings(tree, &order_names))),
            orders,
            order_names,
            mentions: Part::read(|| Some(read_mentions(tree))),
            wishes: Wishes::read(tree, problems),
            consent,
            cart: Part::read(|| tree.get("cart").filter(|_| reads_cart).map(Cart::read)),
            activity: tree.number("activity"),
            codes: read_codes(tree),
            affinity: Part::read(|| tree.get("affinity").cloned()),
            attributes: Part::read(|| tree.get("attributes").cloned()),
            forms: Part::read(|| tree.get("forms").filter(|_| reads_forms).cloned()),
            searches: Part::read(|| tree.get("searches").filter(|_| reads_forms).map(|_| read_searches(tree))),
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
        self.affinity.tree().number(topic)
    }

    /// How many entries its lists have in which something is looked up one by one.
    pub fn size_of_lists(&self) -> usize {
        let affinity = if let Tree::Object(entries) = self.affinity.tree() { entries.len() } else { 0 };
        self.codes.len() + affinity + self.wishes.topics.as_ref().map_or(0, Vec::len)
    }

    /// The personal code that the server has issued for an offer.
    pub fn code_for(&self, offer: &str) -> Option<&PersonalCode> {
        self.codes.iter().find(|code| code.offer == offer)
    }
}
