//! Conditions such as `{ "orders.count": { "$gte": 2 } }`: MongoDB's query syntax over the facts of a customer. Operators
//! give the same results as in the SDKs of GrowthBook; `tests/js/conditions.test.js` has the differences and their reasons.
//! `condition_reader.rs` reads them.
//!
//! The answer says until when it stays the same if nothing happens. For example, `{ "daysSince.order": { "$gt": 30 } }` is false on day 20
//! and becomes true on day 31. `retryAt` is computed from these instants.

use super::comparison::{compare, is_in, type_name};
use super::facts::Facts;
use crate::base::compiled::compiled;
use crate::base::steps::{Looked, Steps};
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::language::facts::{FactPath, inside};
use std::cmp::Ordering;

/// An answer. It does not change before `until` if nothing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Truth {
    pub holds: bool,
    pub until: Instant,
}

#[derive(Clone, Debug)]
pub(crate) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Test(Subject, Matcher),
}

/// The value that a test compares.
#[derive(Clone, Debug)]
pub(crate) enum Subject {
    Fact(FactPath),
    /// inside `$elemMatch`: a dotted path into the element
    Path(String),
}

/// All operators on one value, as `{ "$gte": 2, "$lt": 5 }`.
#[derive(Clone, Debug)]
pub(crate) struct Matcher {
    pub(super) operators: Vec<Operator>,
    /// the numbers that pass, if the operators say no more of a number: here from 2 to below 5
    pub(super) range: Option<Range>,
    /// the whole numbers at which the answer may change, in order: here 2, 3, 5 and 6
    pub(super) edges: Vec<i64>,
}

/// The numbers between two, each of which passes too or does not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub least: (f64, bool),
    pub most: (f64, bool),
}

impl Range {
    fn contains(&self, number: f64) -> bool {
        let Range { least, most } = self;
        (least.0 < number || least.1 && least.0 == number) && (number < most.0 || most.1 && number == most.0)
    }
}

#[derive(Clone, Debug)]
pub(super) enum Operator {
    Equals(Tree),
    Differs(Tree),
    Ordered {
        operand: Tree,
        pass: Pass,
        /// what is missing counts as 0
        zero: bool,
    },
    In(Tree),
    NotIn(Tree),
    Contains(Vec<Matcher>),
    Size(Matcher),
    Element(Matcher),
    ElementObject(Condition),
    Exists(bool),
    Type(String),
    Not(Matcher),
    /// an operand of the wrong type, as `{ "$in": 5 }`: never matches
    False,
}

/// The orderings of value to operand that pass: `$gte` has `Greater` and `Equal`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Pass {
    pub fn has(self, order: Ordering) -> bool {
        match order {
            Ordering::Less => matches!(self, Pass::Less | Pass::AtMost),
            Ordering::Equal => matches!(self, Pass::AtMost | Pass::AtLeast),
            Ordering::Greater => matches!(self, Pass::Greater | Pass::AtLeast),
        }
    }
}

impl Condition {
    pub fn ask(&self, facts: &dyn Facts) -> Truth {
        let truth = self.truth(&Source::Facts(facts), facts.steps());
        if facts.is_frozen() { Truth { until: Instant::NEVER, ..truth } } else { truth }
    }

    fn truth(&self, source: &Source, steps: &Steps) -> Truth {
        match self {
            Condition::All(list) => join(list, source, false, steps),
            Condition::Any(list) => join(list, source, true, steps),
            Condition::Not(condition) => {
                let truth = condition.truth(source, steps);
                Truth { holds: !truth.holds, ..truth }
            }
            Condition::Test(subject, matcher) => match (subject, source) {
                (Subject::Fact(path), Source::Facts(facts)) => {
                    let value = facts.fact(path);
                    let grows = value.since.map_or(Instant::NEVER, |since| matcher.next_crossing(since, facts.at()));
                    Truth { holds: matcher.matches(&value.tree, steps), until: value.until.min(grows) }
                }
                (Subject::Path(path), Source::Element(element)) => {
                    Truth { holds: matcher.matches(inside(element, path, steps), steps), until: Instant::NEVER }
                }
                _ => Truth { holds: false, until: Instant::NEVER },
            },
        }
    }

    /// Whether it chooses customers by their ratings. With `scored`, open cases can be low ratings (`care.lowScore`).
    pub fn expects(&self, scored: bool) -> bool {
        let mut found = false;
        self.each_fact(&mut |fact| found |= fact.is_rating(scored));
        found
    }

    /// Calls `visit` with every fact in the condition.
    pub fn each_fact(&self, visit: &mut dyn FnMut(&FactPath)) {
        match self {
            Condition::All(list) | Condition::Any(list) => list.iter().for_each(|condition| condition.each_fact(visit)),
            Condition::Not(condition) => condition.each_fact(visit),
            Condition::Test(Subject::Fact(path), _) => visit(path),
            Condition::Test(Subject::Path(_), _) => {}
        }
    }
}

enum Source<'a> {
    Facts(&'a dyn Facts),
    Element(&'a Tree),
}

/// Joins the answers of `$and` (`deciding` is false) or `$or` (`deciding` is true). One deciding answer is enough for the result, so
/// the result stays until the last deciding answer may change. Without one, it may change as soon as any answer does.
fn join(list: &[Condition], source: &Source, deciding: bool, steps: &Steps) -> Truth {
    let (mut decided_until, mut open_until) = (None::<Instant>, Instant::NEVER);
    let looked = if matches!(source, Source::Facts(_)) { Looked::Rule } else { Looked::Element };
    let list = if steps.take(looked, list.len()) { list } else { &[] };
    for condition in list {
        let truth = condition.truth(source, steps);
        if truth.holds == deciding && truth.until == Instant::NEVER {
            return truth;
        }
        if truth.holds == deciding {
            decided_until = decided_until.max(Some(truth.until));
        } else {
            open_until = open_until.min(truth.until);
        }
    }
    match decided_until {
        Some(until) => Truth { holds: deciding, until },
        None => Truth { holds: !deciding, until: open_until },
    }
}

impl Matcher {
    pub(super) fn matches(&self, value: &Tree, steps: &Steps) -> bool {
        match (self.range, value) {
            (Some(range), Tree::Number(number)) => range.contains(*number),
            _ => self.operators.iter().all(|operator| operator.matches(value, steps)),
        }
    }

    /// When the number of whole days since `since` next reaches or passes a number of the condition.
    fn next_crossing(&self, since: Instant, at: Instant) -> Instant {
        let days = (at - since).div_euclid(DAY);
        let day = self.edges.get(self.edges.partition_point(|edge| *edge <= days));
        day.map_or(Instant::NEVER, |day| since + day.saturating_mul(DAY))
    }
}

impl Operator {
    pub(super) fn matches(&self, value: &Tree, steps: &Steps) -> bool {
        match (self, value) {
            (Operator::Equals(operand), _) => value.equals(operand, steps),
            (Operator::Differs(operand), _) => !value.equals(operand, steps),
            // a fact that is not known is neither less nor more than anything
            (Operator::Ordered { zero: false, .. }, Tree::Null) => false,
            (Operator::Ordered { operand, pass, .. }, _) => {
                compare(value, operand).is_some_and(|order| pass.has(order))
            }
            (Operator::In(operands), _) => is_in(value, operands, steps),
            (Operator::NotIn(operands), _) => !is_in(value, operands, steps),
            (Operator::Contains(matchers), Tree::List(elements)) => {
                let size = elements.len().saturating_mul(matchers.len());
                steps.take(Looked::Element, size)
                    && matchers.iter().all(|matcher| elements.iter().any(|element| matcher.matches(element, steps)))
            }
            (Operator::Size(matcher), Tree::List(elements)) => matcher.matches(&elements.len().into(), steps),
            (Operator::Element(matcher), Tree::List(elements)) => {
                let size = elements.len().saturating_mul(matcher.operators.len());
                steps.take(Looked::Element, size) && elements.iter().any(|element| matcher.matches(element, steps))
            }
            (Operator::ElementObject(condition), Tree::List(elements)) => {
                elements.iter().any(|element| condition.truth(&Source::Element(element), steps).holds)
            }
            (Operator::Exists(exists), _) => *exists != value.is_null(),
            (Operator::Type(name), _) => name == type_name(value),
            (Operator::Not(matcher), _) => !matcher.matches(value, steps),
            _ => false,
        }
    }
}

compiled! {
    enum Condition { All(list), Any(list), Not(condition), Test(subject, matcher) }
    enum Subject { Fact(path), Path(path) }
    enum Operator {
        Equals(operand),
        Differs(operand),
        Ordered { operand, pass, zero },
        In(operands),
        NotIn(operands),
        Contains(matchers),
        Size(matcher),
        Element(matcher),
        ElementObject(condition),
        Exists(exists),
        Type(name),
        Not(matcher),
        False
    }
    enum Pass { Less, AtMost, Greater, AtLeast }
}
compiled! {
    struct Matcher { operators, range, edges }
    struct Range { least, most }
}
