//! The customer, as the shop knows them.

use crate::calendar::Instant;
use crate::destination::Destination;
use crate::ledger::CHANNELS;
use crate::policy::FORM;
use crate::problem::Problems;
use crate::read::{COUNT, MONEY, SIGNED_MONEY, Shape, fields};
use crate::sorting::{in_order, sort_by};
use crate::tree::Tree;
use crate::wishes::{WISHES, Wishes};
use std::borrow::Cow;

pub(crate) const ITEM: Shape = Shape::Object(
    "Item",
    fields! {
        "sku" may Shape::Name, "the article";
        "family" may Shape::Name, "the product family";
        "quantity" may COUNT, "how many; absent: 1";
        "price" may MONEY, "of one, in minor units";
        "deliveredAt" may Shape::Instant, "when this article arrived, if apart from the order";
        "returnedAt" may Shape::Instant, "when this article came back";
    },
);

const INCIDENT: Shape = Shape::Object(
    "Incident",
    fields! {
        "kind" must Shape::Choice(&["late", "payment", "stock", "not-as-described"]), "what went wrong";
        "at" may Shape::Instant, "since when";
        "resolvedAt" may Shape::Instant, "until when";
    },
);

pub(crate) const ORDER: Shape = Shape::Object(
    "Order",
    fields! {
        "id" may Shape::Name, "the order; one without is thanked for as soon as its event comes, never later";
        "at" may Shape::Instant, "when it was placed";
        "promisedBy" may Shape::Instant, "until when its delivery was promised";
        "shippedAt" may Shape::Instant, "when it left; after `deliveredAt`: when it was sent again";
        "deliveredAt" may Shape::Instant, "when it arrived";
        "cancelledAt" may Shape::Instant, "when it was cancelled";
        "returnedAt" may Shape::Instant, "when it came back";
        "refundedAt" may Shape::Instant, "when it was refunded";
        "total" may MONEY, "in minor units";
        "currency" may Shape::Currency, "ISO 4217; only the shop's: amounts of others are not compared";
        "margin" may SIGNED_MONEY, "contribution margin after returns and shipping, in minor units; may be negative";
        "items" may Shape::List(&ITEM), "what was bought";
        "incidents" may Shape::List(&INCIDENT), "what went wrong with it";
    },
);

const CONVERSATION: Shape = Shape::Object(
    "Conversation",
    fields! {
        "id" may Shape::Name, "the conversation";
        "kind" may Shape::Choice(&["question", "complaint"]), "absent: a question";
        "at" may Shape::Instant, "when the customer wrote";
        "answeredAt" may Shape::Instant, "when a person answered";
        "autoReplyAt" may Shape::Instant, "when a machine did, which answers nobody";
        "callbackAt" may Shape::Instant, "when they asked to be called; done once answered after it";
        "solvedAt" may Shape::Instant, "when it was solved";
        "orderId" may Shape::Name, "the order it is about";
        "family" may Shape::Name, "the product family it is about";
    },
);

const MENTION: Shape = Shape::Object(
    "Mention",
    fields! {
        "id" may Shape::Name, "what they wrote about the shop elsewhere";
        "at" may Shape::Instant, "when";
        "engagedAt" may Shape::Instant, "when the shop took part";
    },
);

const RATING: Shape = Shape::Object(
    "Rating",
    fields! {
        "orderId" may Shape::Name, "the order rated";
        "sku" may Shape::Name, "the article rated";
        "score" must Shape::Number { min: 0.0, max: 10.0 }, "0 to 10";
        "at" may Shape::Instant, "when it was given";
    },
);

pub(crate) const DESTINATION: Shape = Shape::Object(
    "Destination",
    fields! {
        "country" may Shape::Country, "ISO 3166, where the customer's parcels go";
        "postcode" may Shape::Text, "as the country writes it";
    },
);

const CONSENT: Shape = Shape::Object(
    "Consent",
    fields! {
        "onsite" may Shape::Flag, "false: never on the site";
        "email" may Shape::Flag, "true: may be written to; false: never";
        "push" may Shape::Flag, "true: may be notified; false: never";
        "sms" may Shape::Flag, "true: may be texted; false: never";
        "phone" may Shape::Flag, "true: may be called; false: never";
        "post" may Shape::Flag, "false: never by post";
        "social" may Shape::Flag, "true: may be messaged on social networks; false: never";
    },
);

const CART: Shape = Shape::Object(
    "Cart",
    fields! {
        "total" may MONEY, "in minor units; absent: what the items come to";
        "count" may COUNT, "how many articles; absent: as the items say";
        "families" may Shape::List(&Shape::Name), "absent: those of the items";
        "items" may Shape::List(&ITEM), "what is in it";
        "at" may Shape::Instant, "when it was last changed";
    },
);

pub(crate) const CUSTOMER: Shape = Shape::Object(
    "Customer",
    fields! {
        "id" may Shape::Name, "absent: a guest";
        "locale" may Shape::Locale, "BCP 47, the language they read";
        "givenName" may Shape::Text, "how to address them";
        "form" may FORM, "how to address them";
        "birthday" may Shape::Birthday, "`--MM-DD`, or with a year that is not kept";
        "birthdaySince" may Shape::Instant, "since when the birthday is known unchanged";
        "since" may Shape::Instant, "since when they are a customer";
        "destination" may DESTINATION, "where parcels go";
        "orders" may Shape::List(&ORDER), "their orders, in any order";
        "conversations" may Shape::List(&CONVERSATION), "what they wrote";
        "mentions" may Shape::List(&MENTION), "what they wrote about the shop elsewhere";
        "ratings" may Shape::List(&RATING), "what they answered";
        "consent" may CONSENT, "by channel";
        "wishes" may WISHES, "what they wish of us; it beats every rule";
        "affinity" may Shape::Map(&Shape::Number { min: 0.0, max: 100.0 }), "by topic, 0 to 100, from the shop";
        "cart" may CART, "what is in the basket now";
        "activity" may Shape::Number { min: 0.0, max: 100.0 }, "how active they are, a percentile, from the shop";
        "attributes" may Shape::Open("Attributes", &[]), "the shop's own facts";
        "codes" may Shape::Map(&Shape::Text), "by offer: the personal code the server has issued";
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
    /// the rest as it came: `consent`, `affinity`, `cart`, `activity`, `attributes`, `codes`
    pub rest: Tree,
}

#[derive(Clone, Debug, Default, PartialEq, PartialOrd)]
pub(crate) struct Item {
    pub sku: Option<String>,
    pub family: Option<String>,
    pub quantity: Option<i64>,
    pub price: Option<i64>,
    pub delivered_at: Option<Instant>,
    pub returned_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Incident {
    pub kind: String,
    pub at: Option<Instant>,
    pub resolved_at: Option<Instant>,
}

/// An order. What is dated after now has not happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Order {
    pub id: Option<String>,
    pub at: Option<Instant>,
    pub promised_by: Option<Instant>,
    pub shipped_at: Option<Instant>,
    pub delivered_at: Option<Instant>,
    pub cancelled_at: Option<Instant>,
    pub returned_at: Option<Instant>,
    pub refunded_at: Option<Instant>,
    pub total: Option<i64>,
    /// of the total, if it was told
    pub currency: Option<String>,
    pub margin: Option<i64>,
    pub items: Vec<Item>,
    /// in the order of their kinds
    pub incidents: Vec<Incident>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Conversation {
    pub id: Option<String>,
    pub complaint: bool,
    pub at: Option<Instant>,
    pub answered_at: Option<Instant>,
    pub solved_at: Option<Instant>,
    pub callback_at: Option<Instant>,
    pub order_id: Option<String>,
    pub family: Option<String>,
}

/// What a customer wrote elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mention {
    pub at: Option<Instant>,
    pub id: Option<String>,
    pub engaged_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub(crate) struct Rating {
    pub at: Option<Instant>,
    pub score: f64,
    pub order_id: Option<String>,
    pub sku: Option<String>,
}

impl Order {
    pub fn read(tree: &Tree) -> Order {
        let mut items = Vec::new();
        tree.list("items").iter().for_each(|item| items.push(Item::read(item)));
        let mut incidents = Vec::new();
        for incident in tree.list("incidents") {
            incidents.extend(incident.owned("kind").map(|kind| Incident {
                kind,
                at: incident.instant("at"),
                resolved_at: incident.instant("resolvedAt"),
            }));
        }
        Order {
            id: tree.owned("id"),
            at: tree.instant("at"),
            promised_by: tree.instant("promisedBy"),
            shipped_at: tree.instant("shippedAt"),
            delivered_at: tree.instant("deliveredAt"),
            cancelled_at: tree.instant("cancelledAt"),
            returned_at: tree.instant("returnedAt"),
            refunded_at: tree.instant("refundedAt"),
            total: tree.integer("total"),
            currency: tree.owned("currency"),
            margin: tree.integer("margin"),
            items,
            incidents: merged(incidents),
        }
    }

    /// What two tellings of one order know together: the later instant, the greater figure, the longer list.
    pub fn merge(&mut self, other: Order) {
        raise(&mut self.at, other.at);
        raise(&mut self.promised_by, other.promised_by);
        raise(&mut self.shipped_at, other.shipped_at);
        raise(&mut self.delivered_at, other.delivered_at);
        raise(&mut self.cancelled_at, other.cancelled_at);
        raise(&mut self.returned_at, other.returned_at);
        raise(&mut self.refunded_at, other.refunded_at);
        raise(&mut self.total, other.total);
        self.currency = self.currency.take().max(other.currency.clone());
        raise(&mut self.margin, other.margin);
        let size = |order: &Order| order.items.len();
        if (size(&other), &other.items) > (size(self), &self.items) {
            self.items = other.items;
        }
        self.incidents.extend(other.incidents);
        self.incidents = merged(std::mem::take(&mut self.incidents));
    }

    /// The instants that are dated, of what may still be to come.
    pub fn each_instant(&self, tell: &mut dyn FnMut(Instant)) {
        let own = [self.at, self.promised_by, self.shipped_at, self.delivered_at];
        own.iter().flatten().for_each(|at| tell(*at));
        [self.cancelled_at, self.returned_at, self.refunded_at].iter().flatten().for_each(|at| tell(*at));
        for item in &self.items {
            [item.delivered_at, item.returned_at].iter().flatten().for_each(|at| tell(*at));
        }
        for incident in &self.incidents {
            [incident.at, incident.resolved_at].iter().flatten().for_each(|at| tell(*at));
        }
    }

    /// When it was placed, if it was and was not cancelled.
    pub fn stands(&self, now: Instant) -> Option<Instant> {
        self.at.filter(|at| *at <= now && !happened(self.cancelled_at, now))
    }

    /// When it was placed, if it was and was not cancelled, returned or refunded.
    pub fn kept(&self, now: Instant) -> Option<Instant> {
        self.stands(now).filter(|_| !happened(self.returned_at, now) && !happened(self.refunded_at, now))
    }

    /// When it was delivered: as a whole, or the last of its articles if each says.
    pub fn delivered(&self, now: Instant) -> Option<Instant> {
        let mut last = None;
        for item in &self.items {
            match item.delivered_at.filter(|at| *at <= now) {
                Some(at) => last = last.max(Some(at)),
                None => {
                    last = None;
                    break;
                }
            }
        }
        self.delivered_at.filter(|at| *at <= now).or(last)
    }

    /// Whether something went wrong with it and is not mended.
    pub fn has_open_incident(&self, now: Instant) -> bool {
        self.incidents.iter().any(|incident| {
            // resolved before it began: it came back
            let resolved = incident.resolved_at.filter(|resolved| Some(*resolved) >= incident.at);
            incident.at.is_none_or(|at| at <= now) && !happened(resolved, now)
        })
    }

    /// Whether an article of it was said not to be what was promised.
    pub fn was_not_as_described(&self, now: Instant) -> bool {
        self.incidents
            .iter()
            .any(|incident| incident.kind == "not-as-described" && incident.at.is_none_or(|at| at <= now))
    }

    /// Whether its delivery was promised for earlier.
    pub fn is_late(&self, now: Instant) -> bool {
        happened(self.promised_by, now) && self.kept(now).is_some() && self.delivered(now).is_none()
    }
}

fn happened(instant: Option<Instant>, now: Instant) -> bool {
    instant.is_some_and(|instant| instant <= now)
}

/// Of several tellings of one kind of incident, the later instants.
fn merged(mut incidents: Vec<Incident>) -> Vec<Incident> {
    sort_by(&mut incidents, Ord::cmp);
    incidents.dedup_by(|next, known| {
        let same = next.kind == known.kind;
        if same {
            raise(&mut known.at, next.at);
            raise(&mut known.resolved_at, next.resolved_at);
        }
        same
    });
    incidents
}

/// Of two tellings the greater is believed.
fn raise<T: Ord + Copy>(known: &mut T, told: T) {
    *known = told.max(*known);
}

impl Item {
    fn read(tree: &Tree) -> Item {
        Item {
            sku: tree.owned("sku"),
            family: tree.owned("family"),
            quantity: tree.integer("quantity"),
            price: tree.integer("price"),
            delivered_at: tree.instant("deliveredAt"),
            returned_at: tree.instant("returnedAt"),
        }
    }
}

impl Conversation {
    fn read(tree: &Tree) -> Conversation {
        Conversation {
            id: tree.owned("id"),
            complaint: tree.text("kind") == Some("complaint"),
            at: tree.instant("at"),
            answered_at: tree.instant("answeredAt"),
            solved_at: tree.instant("solvedAt"),
            callback_at: tree.instant("callbackAt"),
            order_id: tree.owned("orderId"),
            family: tree.owned("family"),
        }
    }

    /// Whether the customer has written it.
    pub fn has_begun(&self, now: Instant) -> bool {
        self.at.is_none_or(|at| at <= now)
    }

    /// Whether it is not solved.
    pub fn is_open(&self, now: Instant) -> bool {
        self.has_begun(now) && self.solved_at.is_none_or(|solved| solved > now)
    }

    /// Whether it is neither solved nor answered.
    pub fn waits(&self, now: Instant) -> bool {
        self.is_open(now) && self.answered_at.is_none_or(|answered| answered > now)
    }

    /// When they wait for a call: nobody has answered since.
    pub fn waits_for_call(&self, now: Instant) -> Option<Instant> {
        let done = |call: &Instant| self.answered_at.is_some_and(|answered| *call <= answered && answered <= now);
        self.callback_at.filter(|_| self.is_open(now)).filter(|call| !done(call))
    }

    /// What two tellings of one conversation know together.
    fn merge(&mut self, other: &Conversation) {
        self.complaint |= other.complaint;
        raise(&mut self.at, other.at);
        raise(&mut self.answered_at, other.answered_at);
        raise(&mut self.solved_at, other.solved_at);
        raise(&mut self.callback_at, other.callback_at);
        for (known, told) in [(&mut self.order_id, &other.order_id), (&mut self.family, &other.family)] {
            if told > known {
                known.clone_from(told);
            }
        }
    }
}

impl Customer {
    /// Reads a customer whose shape was checked; a guest when it is absent.
    pub fn read(tree: Option<&Tree>, problems: &mut Problems) -> Customer {
        let tree = tree.unwrap_or(&Tree::Null);
        let birthday = tree.integer("birthday").and_then(|day| u32::try_from(day).ok());
        let destination = tree.get("destination").unwrap_or(&Tree::Null);
        let (mut orders, mut conversations, mut ratings) =
            (Vec::<Order>::new(), Vec::<Conversation>::new(), Vec::new());
        for order in in_order(tree.list("orders")) {
            let order = Order::read(order);
            match orders.last_mut() {
                Some(known) if order.id.is_some() && known.id == order.id => known.merge(order),
                Some(known) if *known == order => {}
                _ => orders.push(order),
            }
        }
        for conversation in in_order(tree.list("conversations")) {
            let conversation = Conversation::read(conversation);
            match conversations.last_mut() {
                Some(known) if conversation.id.is_some() && known.id == conversation.id => known.merge(&conversation),
                Some(known) if *known == conversation => {}
                _ => conversations.push(conversation),
            }
        }
        for rating in tree.list("ratings") {
            if let Some(rating) = Rating::read(rating) {
                ratings.push(rating);
            }
        }
        sort_by(&mut ratings, |a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        ratings.dedup();
        let mut mentions = Vec::<Mention>::new();
        for mention in in_order(tree.list("mentions")) {
            let mention = Mention {
                at: mention.instant("at"),
                id: mention.owned("id"),
                engaged_at: mention.instant("engagedAt"),
            };
            match mentions.last_mut() {
                Some(known) if mention.id.is_some() && known.id == mention.id => {
                    raise(&mut known.at, mention.at);
                    raise(&mut known.engaged_at, mention.engaged_at);
                }
                _ => mentions.push(mention),
            }
        }
        let mut rest = Vec::new();
        for key in ["consent", "affinity", "cart", "activity", "attributes", "codes"] {
            if let Some(value) = tree.get(key) {
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
    pub fn consent(&self, channel: &str) -> Option<bool> {
        debug_assert!(CHANNELS.contains(&channel));
        self.rest.get("consent")?.flag(channel)
    }

    /// How near a topic is to them, 0 to 100.
    pub fn affinity(&self, topic: &str) -> Option<f64> {
        self.rest.get("affinity")?.number(topic)
    }

    /// The personal code the server has issued for an offer.
    pub fn code(&self, offer: &str) -> Option<&str> {
        self.rest.get("codes")?.text(offer)
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
