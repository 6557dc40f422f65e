//! Reads conditions, and refuses what can only be a mistake: an operator that is none, a value that the fact cannot have.

use super::comparison::numbers_in;
use super::condition::{Condition, Matcher, Operator, Pass, Range, Subject};
use crate::base::problem::{ProblemCode, Problems};
use crate::base::sentence::{did_you_mean, quoted_list, shortened};
use crate::base::sorting::sort_by;
use crate::base::text::concat;
use crate::base::tree::{Tree, whole};
use crate::language::domain::Domain;
use crate::language::facts::FactPath;
use crate::language::scope::Scope;
use std::cmp::Ordering;

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
                        Some(fact) => {
                            let mut fact = fact?;
                            if let Domain::Segments(names) = domain {
                                fact.only = matcher.places_in(names);
                            }
                            Subject::Fact(fact)
                        }
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
}

impl Matcher {
    pub(super) fn read(operand: &Tree, domain: Domain, problems: &mut Problems) -> Matcher {
        let mut matcher = Matcher { operators: Vec::new(), range: None, edges: edges(operand) };
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
        matcher.range = range(&matcher.operators);
        matcher
    }

    /// The places of the names that it compares, if only these matter to its answer about a list of names; else none.
    fn places_in(&self, names: &[&str]) -> Vec<usize> {
        let mut places = Vec::new();
        let mut note = |name: &Tree| places.extend(names.iter().position(|known| name.as_text() == Some(known)));
        for operator in &self.operators {
            match operator {
                Operator::In(Tree::List(list)) | Operator::NotIn(Tree::List(list)) => list.iter().for_each(&mut note),
                Operator::Contains(matchers) => {
                    for matcher in matchers {
                        match matcher.operators.as_slice() {
                            [Operator::Equals(name)] => note(name),
                            _ => return Vec::new(),
                        }
                    }
                }
                _ => return Vec::new(),
            }
        }
        places
    }
}

impl Operator {
    fn read(name: &str, operand: &Tree, domain: Domain, problems: &mut Problems) -> Operator {
        let mut ordered = |pass| {
            domain.check_ordered(operand, problems);
            let zero = matches!(domain, Domain::Free);
            Operator::Ordered { operand: domain.as_compared(operand), pass, zero }
        };
        match (name, operand) {
            ("$gt", _) => ordered(Pass::Greater),
            ("$gte", _) => ordered(Pass::AtLeast),
            ("$lt", _) => ordered(Pass::Less),
            ("$lte", _) => ordered(Pass::AtMost),
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
}

/// The numbers that pass all of some operators, if these say no more of a number.
fn range(operators: &[Operator]) -> Option<Range> {
    let mut range = Range { least: (f64::NEG_INFINITY, true), most: (f64::INFINITY, true) };
    for operator in operators {
        let (number, pass) = match operator {
            Operator::Equals(Tree::Number(number)) => (*number, None),
            Operator::Ordered { operand: Tree::Number(number), pass, .. } => (*number, Some(pass)),
            _ => return None,
        };
        let passes = |order| pass.map_or(order == Ordering::Equal, |pass| pass.has(order));
        let end = (number, passes(Ordering::Equal));
        // of two ends at one number that which leaves it out
        if !passes(Ordering::Less) && (number > range.least.0 || number == range.least.0 && range.least.1) {
            range.least = end;
        }
        if !passes(Ordering::Greater) && (number < range.most.0 || number == range.most.0 && range.most.1) {
            range.most = end;
        }
    }
    Some(range)
}

/// The whole numbers at which the answer of a test may change, in order: those that reach or pass a number in it.
fn edges(operand: &Tree) -> Vec<i64> {
    let (mut numbers, mut edges) = (Vec::new(), Vec::new());
    numbers_in(operand, &mut numbers);
    for number in numbers {
        edges.extend([number.ceil(), number.floor() + 1.0].into_iter().filter_map(whole));
    }
    sort_by(&mut edges, Ord::cmp);
    edges
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

/// The operator that a sign stands for: `$gt` for `>`.
pub(super) fn sign(name: &str) -> Option<&'static str> {
    SIGNS.iter().find(|(signs, _)| signs.contains(&name)).map(|(_, operator)| *operator)
}

/// Refuses a key that stands where an operator was meant.
fn no_operator(name: &str, problems: &mut Problems) {
    match sign(name) {
        Some(operator) => problems
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::steps::Steps;

    /// A range says of each number what the operators say one after the other.
    #[test]
    fn a_range_is_its_operators() {
        let (steps, numbers) = (Steps::default(), [-1.0, 0.0, 1.0, 1.5, 2.0, 3.0]);
        let operators = ["$eq", "$gt", "$gte", "$lt", "$lte", "$ne", "$in", "$exists"];
        let mut ranges = 0;
        for (one, other) in operators.iter().flat_map(|one| operators.map(|other| (*one, other))) {
            for (first, second) in numbers.iter().flat_map(|first| numbers.map(|second| (*first, second))) {
                let operand = Tree::from([(one, Tree::Number(first)), (other, Tree::Number(second))]);
                let matcher = Matcher::read(&operand, Domain::Number, &mut Problems::default());
                ranges += usize::from(matcher.range.is_some());
                for number in numbers.map(Tree::Number) {
                    let expected = matcher.operators.iter().all(|operator| operator.matches(&number, &steps));
                    assert_eq!(matcher.matches(&number, &steps), expected, "{operand:?} of {number:?}");
                }
            }
        }
        assert_eq!(ranges, 5 * 5 * 36);
    }
}
