//! What a campaign may give.

use super::reward::{BUDGET, Reward};
use crate::base::problem::{Code, Problems};
use crate::base::tree::Tree;
use crate::calendar::{Instant, Offsets, days_from, parse_date, parse_duration};
use crate::language::place::check_region;
use crate::reader::shape::{MONEY, Shape, fields};
use chrono::NaiveDate;

pub(crate) const OFFER: Shape = Shape::Object(
    "Offer",
    fields! {
        "percent" optional Shape::Number { min: 0.01, max: 100.0 }, "off, 10 is 10 %";
        "amount" optional MONEY, "off, in minor units";
        "shipping" optional Shape::Choice(&["free"]), "what shipping costs";
        "access" optional Shape::Name, "what it opens";
        "validFor" optional Shape::Duration, "from the contact on";
        "personal" optional Shape::Flag, "true: each customer needs a code of their own, which the server issues; it expires, so it takes `validFor` or `until`";
        "budget" optional BUDGET, "how many in the whole shop; absent: any number";
        "again" optional Shape::Repeat, "the least time until one customer is given it again, or `never`; absent: any";
        "marginShare" optional Shape::Integer { min: 0, max: 1_000 }, "percent of the margin expected of the customer that it may cost";
        "cost" optional MONEY, "what it costs, for `marginShare`; absent: the amount, or the percentage of the average order";
        "stacks" optional Shape::Flag, "false: never given beside another offer";
        "acquisition" optional Shape::Flag, "true: for those who are no customers yet; must not be better than the others";
        "code" optional Shape::Text, "one that everybody may know; a personal one is issued by the server and comes with the customer";
        "from" optional Shape::InstantOrDate, "the instant or shop's date on which it begins; absent: it has begun";
        "until" optional Shape::InstantOrDate, "the instant at which it is over, or the shop's last date; absent: it does not end";
        "sku" optional Shape::Name, "the article it is for; absent: any";
        "to" optional Shape::List(&Shape::Text), "places where it can be redeemed, nowhere else; absent: anywhere, but free shipping not where the catalogue speaks of a place apart";
        "notTo" optional Shape::List(&Shape::Text), "places where it cannot be redeemed: a country, or country-postcode as `ES-35`";
    },
);

/// The ways to give; an offer is exactly one.
const BENEFITS: [&str; 4] = ["percent", "amount", "shipping", "access"];

/// What is given.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Benefit {
    Percent(f64),
    Amount(i64),
    FreeShipping,
    Access,
}

impl Benefit {
    /// The field of an offer that says it.
    pub fn word(&self) -> &'static str {
        match self {
            Benefit::Percent(_) => "percent",
            Benefit::Amount(_) => "amount",
            Benefit::FreeShipping => "shipping",
            Benefit::Access => "access",
        }
    }
}

/// An end of the time in which an offer is live.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Edge {
    At(Instant),
    /// on the shop's date
    On(NaiveDate),
}

impl Edge {
    fn read(tree: &Tree, key: &str) -> Option<Edge> {
        match tree.text(key) {
            Some(date) => parse_date(date).map(Edge::On),
            None => tree.instant(key).map(Edge::At),
        }
    }

    /// Whether it is not after another; of an instant and a date nobody knows.
    fn up_to(self, other: Edge) -> bool {
        match (self, other) {
            (Edge::At(one), Edge::At(other)) => one <= other,
            (Edge::On(one), Edge::On(other)) => one <= other,
            _ => false,
        }
    }

    /// The instant, so many days on where it is a date.
    fn instant(self, zone: Option<&Offsets>, days: i64) -> Instant {
        match self {
            Edge::At(at) => at,
            Edge::On(date) => zone.map_or(Instant::NEVER, |zone| zone.first(days_from(date, days), 0)),
        }
    }
}

/// Something a campaign may give.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub id: String,
    pub benefit: Benefit,
    /// milliseconds from the contact on
    pub valid_for: Option<i64>,
    pub code: Option<String>,
    /// what giving it takes
    pub reward: Reward,
    from: Option<Edge>,
    until: Option<Edge>,
    pub sku: Option<String>,
    /// where it can be redeemed, if not anywhere
    pub to: Option<Vec<String>>,
    /// where it cannot
    pub not_to: Vec<String>,
}

impl Offer {
    pub fn read(id: &str, tree: &Tree, problems: &mut Problems) -> Option<Offer> {
        let mut said = BENEFITS.iter().filter(|benefit| tree.get(benefit).is_some());
        match (said.next(), said.next()) {
            (None, _) if matches!(tree, Tree::Object(_)) => {
                problems.add(Code::MissingField, "an offer gives one of `percent`, `amount`, `shipping`, `access`");
            }
            (_, Some(second)) => {
                problems.add_at(second, Code::NotAllowed, "an offer gives one thing; make a second offer of this");
            }
            _ => {}
        }
        for key in ["to", "notTo"] {
            problems.key(key, |problems| {
                for (index, place) in tree.texts(key).iter().enumerate() {
                    problems.index(index, |problems| check_region(place, problems));
                }
            });
        }
        if tree.flag("personal") == Some(true) && tree.get("validFor").or(tree.get("until")).is_none() {
            problems.add_at(
                "validFor",
                Code::MissingField,
                "a personal code expires; say for how long, or `until` when",
            );
        }
        if let (Some(from), Some(until)) = (Edge::read(tree, "from"), Edge::read(tree, "until"))
            && until.up_to(from)
            && (matches!(from, Edge::At(_)) || !from.up_to(until))
        {
            problems.add_at("until", Code::InvalidValue, "not after `from`, so it would never be live");
        }
        let benefit = if let Some(percent) = tree.number("percent") {
            Benefit::Percent(percent)
        } else if let Some(amount) = tree.integer("amount") {
            Benefit::Amount(amount)
        } else if tree.text("shipping").is_some() {
            Benefit::FreeShipping
        } else {
            tree.text("access").map(|_| Benefit::Access)?
        };
        Some(Offer {
            id: id.to_owned(),
            benefit,
            valid_for: tree.text("validFor").and_then(parse_duration),
            code: tree.said("code"),
            reward: Reward::read(tree),
            from: Edge::read(tree, "from"),
            until: Edge::read(tree, "until"),
            sku: tree.owned("sku"),
            to: tree.get("to").map(|_| tree.texts("to")),
            not_to: tree.texts("notTo"),
        })
    }

    /// Whether it is for every article and every place another is for. Free shipping without `to` leaves out what is apart.
    pub fn covers(&self, other: &Offer) -> bool {
        let within = |place: &str, whole: &str| whole == "*" || place.starts_with(whole);
        let among = |place: &str, list: &[String]| list.iter().any(|whole| within(place, whole));
        let apart = |place: &str, of: &str| !within(place, of) && !within(of, place);
        self.sku.as_ref().is_none_or(|sku| other.sku.as_ref() == Some(sku))
            && match (&self.to, &other.to) {
                (None, to) => to.is_none() || self.benefit != Benefit::FreeShipping,
                (Some(own), None) => among("*", own),
                (Some(own), Some(to)) => to.iter().all(|place| among(place, own)),
            }
            && self.not_to.iter().all(|place| {
                let unasked = other.to.as_ref().is_some_and(|to| to.iter().all(|of| apart(place, of)));
                unasked || among(place, &other.not_to)
            })
    }

    /// Whether it is live whenever another is.
    pub fn outlasts(&self, other: &Offer) -> bool {
        other.lives_within(self.from, self.until)
    }

    /// Whether it begins no sooner, and is over no later.
    pub fn lives_within(&self, from: Option<Edge>, until: Option<Edge>) -> bool {
        let begins = |from: Edge| self.from.is_some_and(|own| from.up_to(own));
        let ends = |until: Edge| self.until.is_some_and(|own| own.up_to(until));
        from.is_none_or(begins) && until.is_none_or(ends)
    }

    /// When it begins, if it says so.
    pub fn begins(&self, zone: Option<&Offsets>) -> Option<Instant> {
        self.from.map(|from| from.instant(zone, 0))
    }

    /// The first instant at which it is over.
    pub fn ends(&self, zone: Option<&Offsets>) -> Instant {
        self.until.map_or(Instant::NEVER, |until| until.instant(zone, 1))
    }

    /// Whether it is over with a day: that day is its last.
    pub fn ends_with_a_day(&self) -> bool {
        matches!(self.until, Some(Edge::On(_)))
    }

    pub fn has_end(&self) -> bool {
        self.until.is_some()
    }

    /// Whether it asks for the shop's date.
    pub fn is_dated(&self) -> bool {
        [self.from, self.until].iter().any(|edge| matches!(edge, Some(Edge::On(_))))
    }
}
