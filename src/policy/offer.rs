//! `offers`: what a campaign may give: a percentage, an amount, free shipping or access.

use super::reward::{BUDGET, Reward};
use crate::base::compiled::compiled;
use crate::base::parts::{Catalogue, Part};
use crate::base::problem::{ProblemCode, Problems};
use crate::base::steps::{Looked, Steps};
use crate::base::tree::Tree;
use crate::calendar::{Instant, Offsets, days_from, parse_date, parse_duration};
use crate::language::destination::check_region;
use crate::reader::shape::{MONEY, Shape, fields};
use chrono::NaiveDate;

pub(crate) const OFFER: Shape = Shape::Object(
    "Offer",
    fields! {
        "percent" optional Shape::Number { min: 0.01, max: 100.0 }, "the percentage off; 10 is 10 %";
        "amount" optional MONEY, "the amount off, in minor units";
        "shipping" optional Shape::Choice(&["free"]), "`free`: shipping is free";
        "access" optional Shape::Name, "the name of what the customer gets access to, for example `preview`";
        "validFor" optional Shape::Duration, "how long the offer is valid, counted from the contact";
        "personal" optional Shape::Flag, "true: each customer needs a code of their own, which the server issues; the code expires, so `validFor` or `until` is required";
        "budget" optional BUDGET, "how often the whole shop may give the offer; absent: without limit";
        "again" optional Shape::Repeat, "the least time between two contacts that give the offer to one customer, for example `90d`; `never`: only once; absent: any time";
        "marginShare" optional Shape::Integer { min: 0, max: 1_000 }, "how many percent of the margin expected of the customer the offer may cost";
        "cost" optional MONEY, "what the offer costs the shop, in minor units, for `marginShare`; absent: `amount`, or `percent` of the average order";
        "stacks" optional Shape::Flag, "true: it may be given in one decision with another offer that says so too; absent: one offer at a time";
        "acquisition" optional Shape::Flag, "true: the offer is for new customers; existing customers must be able to get one that is as good";
        "code" optional Shape::Text, "a code that everybody may use, for example `OTOÑO10`; personal codes come with the customer instead (`customer.codes`)";
        "enforced" optional Shape::Flag, "true: the shop's platform itself holds the code to `again`, so the code may be in a page that everybody can read; the engine ignores it";
        "from" optional Shape::InstantOrDate, "the instant at which the offer begins, or the date in the shop's zone; absent: it has begun";
        "until" optional Shape::InstantOrDate, "the instant at which the offer ends, or its last date in the shop's zone; absent: it does not end";
        "sku" optional Shape::Name, "the only article that the offer is valid for; absent: every article";
        "to" optional Shape::List(&Shape::Text), "the only regions where the offer can be redeemed: a country as `ES`, or a country and the start of a postcode as `ES-35`; absent: everywhere, but free shipping not in a region for which the catalogue has costs of its own";
        "notTo" optional Shape::List(&Shape::Text), "the regions where the offer cannot be redeemed, written as in `to`";
    },
);

/// What an offer can give. An offer has exactly one of these fields.
const BENEFITS: [&str; 4] = ["percent", "amount", "shipping", "access"];

/// What an offer gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Benefit {
    Percent(f64),
    Amount(i64),
    FreeShipping(Catalogue),
    Access,
}

impl Benefit {
    fn read(offer: &Tree) -> Option<Benefit> {
        if let Some(percent) = offer.number("percent") {
            Some(Benefit::Percent(percent))
        } else if let Some(amount) = offer.integer("amount") {
            Some(Benefit::Amount(amount))
        } else if offer.text("shipping").is_some() {
            Some(Benefit::FreeShipping(Catalogue::here()))
        } else {
            offer.text("access").map(|_| Benefit::Access)
        }
    }

    /// Whether it takes something off a price.
    pub fn is_discount(&self) -> bool {
        matches!(self, Benefit::Percent(_) | Benefit::Amount(_))
    }

    /// The field of an offer that holds it.
    pub fn word(&self) -> &'static str {
        match self {
            Benefit::Percent(_) => "percent",
            Benefit::Amount(_) => "amount",
            Benefit::FreeShipping(_) => "shipping",
            Benefit::Access => "access",
        }
    }
}

/// The beginning or the end of an offer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Edge {
    At(Instant),
    /// on a date in the shop's zone
    On(NaiveDate),
}

impl Edge {
    fn read(tree: &Tree, key: &str) -> Option<Edge> {
        match tree.text(key) {
            Some(date) => parse_date(date).map(Edge::On),
            None => tree.instant(key).map(Edge::At),
        }
    }

    /// Whether it is not later than another. An instant and a date cannot be compared: false.
    fn up_to(self, other: Edge) -> bool {
        match (self, other) {
            (Edge::At(one), Edge::At(other)) => one <= other,
            (Edge::On(one), Edge::On(other)) => one <= other,
            _ => false,
        }
    }

    /// Whether what begins here has begun when what ends there is over: a date ends with its day.
    fn begins_by_end_of(self, end: Edge) -> bool {
        match (self, end) {
            (Edge::On(begins), Edge::On(ends)) => begins <= days_from(ends, 1),
            _ => self.up_to(end),
        }
    }

    /// The instant, or the first instant of the date, some days later.
    fn instant(self, zone: Option<&Offsets>, days: i64) -> Instant {
        match self {
            Edge::At(at) => at,
            Edge::On(date) => zone.map_or(Instant::NEVER, |zone| zone.first(days_from(date, days), 0)),
        }
    }
}

/// A time that begins with the latest of some edges and ends with the earliest of others; none is no edge.
#[derive(Debug)]
pub(crate) struct Life {
    from: Vec<Option<Edge>>,
    until: Vec<Option<Edge>>,
}

impl Life {
    /// The part of it in which an announcement is made, too.
    pub fn within(mut self, from: Option<NaiveDate>, until: Option<NaiveDate>) -> Life {
        self.from.push(from.map(Edge::On));
        self.until.push(until.map(Edge::On));
        self
    }

    /// Whether one of several lasts at each instant of it, as far as that can be compared. From the one that lasts at its beginning on,
    /// each must have begun when the one before ends.
    pub fn is_covered(&self, mut others: Vec<Life>, steps: &Steps) -> bool {
        let mut reached = Vec::<Life>::new();
        while steps.take(Looked::Element, others.len() * (1 + reached.len())) {
            let begins = |own: &Edge| self.from.iter().flatten().any(|from| own.up_to(*from));
            let follows = |one: &Life, own: &Edge| one.until.iter().flatten().all(|until| own.begins_by_end_of(*until));
            let is_next = |other: &Life| {
                let from = other.from.iter().flatten();
                from.clone().all(begins) || reached.iter().any(|one| from.clone().all(|own| follows(one, own)))
            };
            let Some(next) = others.iter().position(is_next) else { return false };
            let next = others.swap_remove(next);
            let ends = |own: &Edge| self.until.iter().flatten().any(|until| until.up_to(*own));
            if next.until.iter().flatten().all(ends) {
                return true;
            }
            reached.push(next);
        }
        false
    }
}

/// An offer.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub id: String,
    pub benefit: Benefit,
    /// how many milliseconds from the contact on
    pub valid_for: Option<i64>,
    pub code: Option<String>,
    /// the conditions under which it is given
    pub reward: Reward,
    from: Option<Edge>,
    until: Option<Edge>,
    pub sku: Part<String, Catalogue>,
    /// the only regions where it can be redeemed; none: everywhere
    pub to: Option<Vec<String>>,
    /// the regions where it cannot be redeemed
    pub not_to: Vec<String>,
}

/// Requires exactly one field that says what the offer gives.
fn check_benefits(offer: &Tree, problems: &mut Problems) {
    let mut given = BENEFITS.iter().filter(|benefit| offer.get(benefit).is_some());
    match (given.next(), given.next()) {
        (None, _) if matches!(offer, Tree::Object(_)) => {
            let sentence = "an offer needs one of the fields `percent`, `amount`, `shipping`, `access`";
            problems.add(ProblemCode::MissingField, sentence);
        }
        (_, Some(second)) => {
            problems.add_at(
                second,
                ProblemCode::NotAllowed,
                "an offer gives one thing; write a second offer for this field",
            );
        }
        _ => {}
    }
}

impl Offer {
    pub fn read(id: &str, tree: &Tree, problems: &mut Problems) -> Option<Offer> {
        check_benefits(tree, problems);
        for key in ["to", "notTo"] {
            problems.key(key, |problems| {
                for (index, region) in tree.texts(key).iter().enumerate() {
                    problems.index(index, |problems| check_region(region, problems));
                }
            });
        }
        if tree.flag("personal") == Some(true) && tree.get("validFor").or(tree.get("until")).is_none() {
            let sentence = "a personal code must expire; add `validFor` or `until`";
            problems.add_at("validFor", ProblemCode::MissingField, sentence);
        }
        let (from, until) = (Edge::read(tree, "from"), Edge::read(tree, "until"));
        if let (Some(from), Some(until)) = (from, until)
            && until.up_to(from)
            && (matches!(from, Edge::At(_)) || !from.up_to(until))
        {
            problems.add_at("until", ProblemCode::InvalidValue, "not after `from`, so the offer would never be valid");
        }
        Some(Offer {
            id: id.to_owned(),
            benefit: Benefit::read(tree)?,
            valid_for: tree.text("validFor").and_then(parse_duration),
            code: tree.non_blank("code"),
            reward: Reward::read(tree),
            from,
            until,
            sku: tree.owned("sku").into(),
            to: tree.get("to").map(|_| tree.texts("to")),
            not_to: tree.texts("notTo"),
        })
    }

    /// How many steps it is to compare its regions with those of another offer: four are compared in a step.
    pub fn size_beside(&self, other: &Offer) -> usize {
        let regions = |offer: &Offer| offer.to.as_ref().map_or(0, Vec::len) + offer.not_to.len();
        regions(self).saturating_mul(regions(other)) / 4
    }

    /// Whether it is valid for every article and region that another offer is valid for. Free shipping without `to` is not valid for
    /// regions with costs of their own, so it covers only another offer without `to` that is free shipping too.
    pub fn covers(&self, other: &Offer) -> bool {
        let within = |region: &str, whole: &str| whole == "*" || region.starts_with(whole);
        let among = |region: &str, list: &[String]| list.iter().any(|whole| within(region, whole));
        let apart = |region: &str, of: &str| !within(region, of) && !within(of, region);
        self.sku().is_none_or(|sku| other.sku() == Some(sku))
            && match (&self.to, &other.to) {
                (None, to) => to.is_none() || !matches!(self.benefit, Benefit::FreeShipping(_)),
                (Some(own), None) => among("*", own),
                (Some(own), Some(to)) => to.iter().all(|region| among(region, own)),
            }
            && self.not_to.iter().all(|region| {
                let unneeded = other.to.as_ref().is_some_and(|to| to.iter().all(|of| apart(region, of)));
                unneeded || among(region, &other.not_to)
            })
    }

    /// The only article that it is valid for.
    #[inline(always)]
    pub fn sku(&self) -> Option<&String> {
        self.sku.get()
    }

    /// When it is valid.
    pub fn life(&self) -> Life {
        Life { from: vec![self.from], until: vec![self.until] }
    }

    /// When it begins, if `from` is set.
    pub fn begins(&self, zone: Option<&Offsets>) -> Option<Instant> {
        self.from.map(|from| from.instant(zone, 0))
    }

    /// The first instant at which it is no longer valid.
    pub fn ends(&self, zone: Option<&Offsets>) -> Instant {
        self.until.map_or(Instant::NEVER, |until| until.instant(zone, 1))
    }

    /// How long what is told of it can last at most, beside the end of its occasion.
    pub fn lasts(&self) -> i64 {
        self.valid_for.unwrap_or(if self.until.is_some() { i64::MAX } else { 0 })
    }

    /// Whether its end is a date, which is the last day on which it is valid.
    pub fn ends_with_a_day(&self) -> bool {
        matches!(self.until, Some(Edge::On(_)))
    }

    /// Whether it ends at some time, so that a message can say when.
    pub fn expires(&self) -> bool {
        self.valid_for.is_some() || self.until.is_some() || self.reward.personal
    }

    /// Whether it begins or ends on a date in the shop's zone.
    pub fn is_dated(&self) -> bool {
        [self.from, self.until].iter().any(|edge| matches!(edge, Some(Edge::On(_))))
    }
}

compiled! {
    enum Benefit { Percent(percent), Amount(amount), FreeShipping [Catalogue] (part), Access }
    enum Edge { At(at), On(date) }
}
compiled! { struct Offer { id, benefit, valid_for, code, reward, from, until, sku, to, not_to } }
