//! Conditions such as `{ "orders.count": { "$gte": 2 } }`: MongoDB's query syntax over the facts of a customer. Operators
//! give the same results as in the SDKs of GrowthBook; `tests/js/conditions.test.js` has the differences and their reasons.
//!
//! The answer says until when it stays the same if nothing happens. For example, `{ "daysSince.order": { "$gt": 30 } }` is false on day 20
//! and becomes true on day 31. `retryAt` is computed from these instants.

use super::comparison::{compare, is_in, numbers_in, type_name};
use super::facts::Facts;
use crate::base::problem::{ProblemCode, Problems};
use crate::base::sentence::{did_you_mean, quoted_list, shortened};
use crate::base::text::concat;
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::language::domain::Domain;
use crate::language::facts::{FactPath, Scope, inside};

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

/// All operators on one value, as `{ "$gte": 2, "$lt": 5 }`, and the numbers in them, here 2 and 5.
#[derive(Clone, Debug)]
pub(crate) struct Matcher {
    operators: Vec<Operator>,
    thresholds: Vec<f64>,
}

#[derive(Clone, Debug)]
enum Operator {
    Equals(Tree),
    Differs(Tree),
    Ordered {
        operand: Tree,
        /// the orderings of value to operand that pass: `$gte` has `Greater` and `Equal`
        pass: &'static [Ordering],
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

pub(crate) const OPERATORS: [&str; 13] =
    ["$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$all", "$size", "$elemMatch", "$exists", "$type"];
pub(crate) const LOGIC: [&str; 4] = ["$and", "$or", "$nor", "$not"];

impl Condition {
    /// Reads a condition. A part with a problem is left out, so that the rest is still checked.
    pub fn read(tree: &Tree, scope: Scope, problems: &mut Problems) -> Condition {
        let Tree::Object(entries) = tree else {
            // the reader has already reported a marked tree
            if !tree.is_marked() {
                problems.add(
                    ProblemCode::WrongType,
                    "expected a condition, such as `{ \"orders.count\": { \"$gte\": 1 } }`",
                );
            }
            return Condition::All(Vec::new());
        };
        let mut tests = Vec::new();
        for (key, operand) in entries {
            let test = problems.key(key, |problems| match &**key {
                "$and" => Some(Condition::read_list(operand, scope, problems, Condition::All)),
                "$or" => Some(Condition::read_list(operand, scope, problems, |list| {
                    // as in GrowthBook, an empty `$or` is true
                    if list.is_empty() { Condition::All(list) } else { Condition::Any(list) }
                })),
                "$nor" => Some(Condition::read_list(operand, scope, problems, |list| {
                    Condition::Not(Box::new(Condition::Any(list)))
                })),
                "$not" => Some(Condition::Not(Box::new(Condition::read(operand, scope, problems)))),
                operator if operator.starts_with('$') => {
                    unknown_operator(operator, &LOGIC, problems);
                    None
                }
                path => {
                    let fact = match scope {
                        Scope::Element => None,
                        _ => Some(FactPath::read(path, scope, problems)),
                    };
                    let known = fact.as_ref().and_then(Option::as_ref);
                    let domain = known.map_or(Domain::Free, |fact| fact.domain(scope));
                    let matcher = Matcher::read(operand, domain, problems);
                    let subject = match fact {
                        None => Subject::Path(path.to_owned()),
                        Some(fact) => Subject::Fact(fact?),
                    };
                    Some(Condition::Test(subject, matcher))
                }
            });
            if let Some(test) = test {
                tests.push(test);
            }
        }
        Condition::All(tests)
    }

    fn read_list(
        tree: &Tree,
        scope: Scope,
        problems: &mut Problems,
        build: fn(Vec<Condition>) -> Condition,
    ) -> Condition {
        let Tree::List(elements) = tree else {
            // as in GrowthBook, `{ "$or": 5 }` is false
            return Condition::Any(Vec::new());
        };
        let mut list = Vec::new();
        for (index, element) in elements.iter().enumerate() {
            list.push(problems.index(index, |problems| Condition::read(element, scope, problems)));
        }
        build(list)
    }

    pub fn ask(&self, facts: &dyn Facts) -> Truth {
        let truth = self.truth(&Source::Facts(facts));
        if facts.is_frozen() { Truth { until: Instant::NEVER, ..truth } } else { truth }
    }

    fn truth(&self, source: &Source) -> Truth {
        match self {
            Condition::All(list) => join(list, source, false),
            Condition::Any(list) => join(list, source, true),
            Condition::Not(condition) => {
                let truth = condition.truth(source);
                Truth { holds: !truth.holds, ..truth }
            }
            Condition::Test(subject, matcher) => match (subject, source) {
                (Subject::Fact(path), Source::Facts(facts)) => {
                    let value = facts.fact(path);
                    let grows = value.since.map_or(Instant::NEVER, |since| matcher.next_crossing(since, facts.at()));
                    Truth { holds: matcher.matches(&value.tree), until: value.until.min(grows) }
                }
                (Subject::Path(path), Source::Element(element)) => {
                    Truth { holds: matcher.matches(inside(element, path)), until: Instant::NEVER }
                }
                _ => Truth { holds: false, until: Instant::NEVER },
            },
        }
    }

    /// Whether it excludes everybody who has ordered and was served well: it asks `orders.count` or `orders.good` to be 0, or
    /// `daysSince.order` not to be there.
    pub fn is_for_strangers(&self) -> bool {
        self.after_order() == Some(false)
    }

    /// Its answer for everybody who has ordered and was served well, where it is the same for all of them.
    fn after_order(&self) -> Option<bool> {
        let joined = |list: &[Condition], deciding: bool| {
            let mut answer = Some(!deciding);
            for condition in list {
                match condition.after_order() {
                    Some(found) if found == deciding => return Some(deciding),
                    Some(_) => {}
                    None => answer = None,
                }
            }
            answer
        };
        match self {
            Condition::All(list) => joined(list, false),
            Condition::Any(list) => joined(list, true),
            Condition::Not(condition) => condition.after_order().map(|answer| !answer),
            Condition::Test(Subject::Fact(path), matcher) => {
                let least = path.least_after_order()?;
                // between two numbers of the condition every value gives the same answer, so a few are enough
                let mut values = vec![least];
                matcher.thresholds.iter().for_each(|number| values.extend([number.floor(), number.floor() + 1.0]));
                values.retain(|value| *value >= least);
                let answer = matcher.matches(&Tree::Number(least));
                values.iter().all(|value| matcher.matches(&Tree::Number(*value)) == answer).then_some(answer)
            }
            Condition::Test(..) => None,
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
fn join(list: &[Condition], source: &Source, deciding: bool) -> Truth {
    let (mut decided_until, mut open_until) = (None::<Instant>, Instant::NEVER);
    for condition in list {
        let truth = condition.truth(source);
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
    pub(super) fn read(operand: &Tree, domain: Domain, problems: &mut Problems) -> Matcher {
        let mut matcher = Matcher { operators: Vec::new(), thresholds: Vec::new() };
        numbers_in(operand, &mut matcher.thresholds);
        match operand {
            Tree::Object(entries) if entries.iter().any(|(key, _)| key.starts_with('$')) => {
                for (key, operand) in entries {
                    matcher
                        .operators
                        .push(problems.key(key, |problems| Operator::read(key, operand, domain, problems)));
                }
            }
            Tree::Object(entries) if !domain.is_open() && !entries.is_empty() => {
                // no built-in fact is an object, so these were meant as operators: `gte`
                entries.iter().for_each(|(key, _)| problems.key(key, |problems| no_operator(key, problems)));
            }
            value => {
                for key in SIGNS.iter().filter(|_| matches!(domain, Domain::Free)).flat_map(|(signs, _)| *signs) {
                    if matches!(value, Tree::Object(_)) && value.find(key).is_some() {
                        problems.key(key, |problems| no_operator(key, problems));
                    }
                }
                matcher.operators.push(Operator::Equals(domain.read(value, problems)));
            }
        }
        matcher
    }

    pub(super) fn matches(&self, value: &Tree) -> bool {
        self.operators.iter().all(|operator| operator.matches(value))
    }

    /// When the number of whole days since `since` next reaches or passes a number of the condition.
    fn next_crossing(&self, since: Instant, at: Instant) -> Instant {
        let days = (at - since).div_euclid(DAY);
        let mut next = Instant::NEVER;
        for number in &self.thresholds {
            for edge in [number.ceil(), number.floor() + 1.0] {
                if let Some(day) = crate::base::tree::whole(edge)
                    && day > days
                {
                    next = next.min(since + day.saturating_mul(DAY));
                }
            }
        }
        next
    }
}

impl Operator {
    fn read(name: &str, operand: &Tree, domain: Domain, problems: &mut Problems) -> Operator {
        use Ordering::{Equal, Greater, Less};
        let mut ordered = |pass| {
            domain.check_ordered(operand, problems);
            let zero = matches!(domain, Domain::Free);
            Operator::Ordered { operand: domain.as_compared(operand), pass, zero }
        };
        match (name, operand) {
            ("$gt", _) => ordered(&[Greater]),
            ("$gte", _) => ordered(&[Greater, Equal]),
            ("$lt", _) => ordered(&[Less]),
            ("$lte", _) => ordered(&[Less, Equal]),
            ("$eq", value) => Operator::Equals(domain.read(value, problems)),
            ("$ne", value) => Operator::Differs(domain.read(value, problems)),
            ("$in", Tree::List(_)) => Operator::In(domain.read_each(operand, problems)),
            ("$nin", Tree::List(_)) => Operator::NotIn(domain.read_each(operand, problems)),
            ("$all", Tree::List(values)) => {
                let mut matchers = Vec::new();
                for (index, value) in values.iter().enumerate() {
                    matchers.push(problems.index(index, |problems| Matcher::read(value, domain, problems)));
                }
                Operator::Contains(matchers)
            }
            ("$size", value) => Operator::Size(Matcher::read(value, Domain::Free, problems)),
            ("$elemMatch", Tree::Object(entries)) => {
                // `{ "$not": { "$gt": 5 } }` is about the element itself; with fields or `$and` beside it, `$not` negates a condition
                let operator = |key: &str| key.starts_with('$') && !["$and", "$or", "$nor"].contains(&key);
                if !entries.is_empty() && entries.iter().all(|(key, _)| operator(key)) {
                    Operator::Element(Matcher::read(operand, domain, problems))
                } else {
                    // the elements of a built-in fact are texts and have no fields
                    for (key, _) in entries.iter().filter(|(key, _)| !domain.is_open() && !key.starts_with('$')) {
                        problems.key(key, |problems| no_operator(key, problems));
                    }
                    Operator::ElementObject(Condition::read(operand, Scope::Element, problems))
                }
            }
            ("$exists", Tree::Bool(exists)) => Operator::Exists(*exists),
            ("$type", Tree::Text(name)) => Operator::Type(name.to_string()),
            ("$not", value) => Operator::Not(Matcher::read(value, domain, problems)),
            (known, _) if OPERATORS.contains(&known) => Operator::False,
            (name, _) => {
                no_operator(name, problems);
                Operator::False
            }
        }
    }

    fn matches(&self, value: &Tree) -> bool {
        match (self, value) {
            (Operator::Equals(operand), _) => value.equals(operand),
            (Operator::Differs(operand), _) => !value.equals(operand),
            // a fact that is not known is neither less nor more than anything
            (Operator::Ordered { zero: false, .. }, Tree::Null) => false,
            (Operator::Ordered { operand, pass, .. }, _) => {
                compare(value, operand).is_some_and(|order| pass.contains(&order))
            }
            (Operator::In(operands), _) => is_in(value, operands),
            (Operator::NotIn(operands), _) => !is_in(value, operands),
            (Operator::Contains(matchers), Tree::List(elements)) => {
                matchers.iter().all(|matcher| elements.iter().any(|element| matcher.matches(element)))
            }
            (Operator::Size(matcher), Tree::List(elements)) => matcher.matches(&elements.len().into()),
            (Operator::Element(matcher), Tree::List(elements)) => {
                elements.iter().any(|element| matcher.matches(element))
            }
            (Operator::ElementObject(condition), Tree::List(elements)) => {
                elements.iter().any(|element| condition.truth(&Source::Element(element)).holds)
            }
            (Operator::Exists(exists), _) => *exists != value.is_null(),
            (Operator::Type(name), _) => name == type_name(value),
            (Operator::Not(matcher), _) => !matcher.matches(value),
            _ => false,
        }
    }
}

/// What people write for operators.
const SIGNS: &[(&[&str], &str)] = &[
    (&[">"], "$gt"),
    (&[">=", "=>"], "$gte"),
    (&["<"], "$lt"),
    (&["<=", "=<"], "$lte"),
    (&["=", "==", "==="], "$eq"),
    (&["!=", "!==", "<>"], "$ne"),
];

/// Refuses a key that stands where an operator was meant.
fn no_operator(name: &str, problems: &mut Problems) {
    match SIGNS.iter().find(|(signs, _)| signs.contains(&name)) {
        Some((_, operator)) => problems
            .add(ProblemCode::UnknownOperator, || concat(&["`", name, "` is not an operator; write `", operator, "`"])),
        None => {
            let mut names = OPERATORS.to_vec();
            names.push("$not");
            unknown_operator(name, &names, problems);
        }
    }
}

fn unknown_operator(name: &str, known: &[&str], problems: &mut Problems) {
    problems.add(ProblemCode::UnknownOperator, || {
        concat(&[
            "`",
            &shortened(name),
            "` is not an operator here",
            &did_you_mean(name, known),
            "; expected ",
            &quoted_list(known),
        ])
    });
}
