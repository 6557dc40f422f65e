//! The audience language: MongoDB query syntax over the facts of a customer, with the semantics feature-flag SDKs share.
//!
//! A condition also knows until when its answer stands, given that nothing new happens: facts that grow by the day say when
//! they next cross a number the condition names. That is what makes `retryAt` exact.

use super::facts::Facts;
use crate::base::problem::{Code, Problems};
use crate::base::sentence::{did_you_mean, quoted_list, shortened};
use crate::base::text::{concat, split_once_at};
use crate::base::tree::Tree;
use crate::calendar::{DAY, Instant};
use crate::language::facts::{FactPath, Scope, inside};

use std::cmp::Ordering;

/// An answer, and the earliest instant at which it can be another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Truth {
    pub holds: bool,
    pub until: Instant,
}

/// A condition, ready to be asked.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Test(Subject, Matcher),
}

/// What a test is about.
#[derive(Clone, Debug)]
pub(crate) enum Subject {
    Fact(FactPath),
    /// a dotted path into the element that `$elemMatch` looks at
    Path(String),
}

/// All operators on one value, with the numbers they name.
#[derive(Clone, Debug)]
pub(crate) struct Matcher {
    operators: Vec<Operator>,
    thresholds: Vec<f64>,
}

#[derive(Clone, Debug)]
enum Operator {
    Equals(Tree),
    Differs(Tree),
    /// the operand, and which orderings of value to operand pass
    Ordered(Tree, &'static [Ordering]),
    In(Tree),
    NotIn(Tree),
    Contains(Vec<Matcher>),
    Size(Matcher),
    Element(Matcher),
    ElementObject(Condition),
    Exists(bool),
    Type(String),
    Not(Matcher),
    /// an operand of the wrong type
    False,
}

pub(crate) const OPERATORS: [&str; 13] =
    ["$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$all", "$size", "$elemMatch", "$exists", "$type"];
pub(crate) const LOGIC: [&str; 4] = ["$and", "$or", "$nor", "$not"];

impl Condition {
    /// Reads a condition; what cannot be read becomes one that always holds beside its problem.
    pub fn read(tree: &Tree, scope: Scope, problems: &mut Problems) -> Condition {
        let Tree::Object(entries) = tree else {
            // what is marked was reported when its shape was checked
            if !tree.is_marked() {
                problems.add(Code::WrongType, "expected a condition as `{ \"orders.count\": { \"$gte\": 1 } }`");
            }
            return Condition::All(Vec::new());
        };
        let mut tests = Vec::new();
        for (key, operand) in entries {
            let test = problems.key(key, |problems| match &**key {
                "$and" => Some(Condition::read_list(operand, scope, problems, Condition::All)),
                "$or" => Some(Condition::read_list(operand, scope, problems, |list| {
                    // an empty `$or` asks for nothing
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
                    let subject = match scope {
                        Scope::Element => Some(Subject::Path(path.to_owned())),
                        _ => FactPath::read(path, scope, problems).map(Subject::Fact),
                    };
                    let matcher = Matcher::read(operand, problems);
                    Some(Condition::Test(subject?, matcher))
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
        join: fn(Vec<Condition>) -> Condition,
    ) -> Condition {
        let Tree::List(elements) = tree else {
            // a wrong operand type is false
            return Condition::Any(Vec::new());
        };
        let mut list = Vec::new();
        for (index, element) in elements.iter().enumerate() {
            list.push(problems.index(index, |problems| Condition::read(element, scope, problems)));
        }
        join(list)
    }

    /// Asks the condition of the facts about a customer.
    pub fn ask(&self, facts: &dyn Facts) -> Truth {
        let truth = self.truth(&Ground::Facts(facts));
        if facts.is_frozen() { Truth { until: Instant::NEVER, ..truth } } else { truth }
    }

    fn truth(&self, ground: &Ground) -> Truth {
        match self {
            Condition::All(list) => settle(list, ground, false),
            Condition::Any(list) => settle(list, ground, true),
            Condition::Not(condition) => {
                let truth = condition.truth(ground);
                Truth { holds: !truth.holds, ..truth }
            }
            Condition::Test(subject, matcher) => match (subject, ground) {
                (Subject::Fact(path), Ground::Facts(facts)) => {
                    let value = facts.fact(path);
                    let grows = value.since.map_or(Instant::NEVER, |since| matcher.next_crossing(since, facts.at()));
                    Truth { holds: matcher.matches(&value.tree), until: value.until.min(grows) }
                }
                (Subject::Path(path), Ground::Element(element)) => {
                    Truth { holds: matcher.matches(inside(element, path)), until: Instant::NEVER }
                }
                _ => Truth { holds: false, until: Instant::NEVER },
            },
        }
    }

    /// Whether nobody who has ordered can meet it, as far as what it asks of `orders.count` says so.
    pub fn is_for_strangers(&self) -> bool {
        match self {
            Condition::All(list) => list.iter().any(Condition::is_for_strangers),
            Condition::Any(list) => list.iter().all(Condition::is_for_strangers),
            Condition::Test(Subject::Fact(path), matcher) if path.is_order_count() => {
                // between two numbers it names all counts are alike
                let mut counts = vec![1.0];
                matcher.thresholds.iter().for_each(|number| counts.extend([number.floor(), number.floor() + 1.0]));
                !counts.iter().any(|count| *count >= 1.0 && matcher.matches(&Tree::Number(*count)))
            }
            _ => false,
        }
    }

    /// Whether it chooses by the ratings they gave; `scored`: cases may be ratings.
    pub fn expects(&self, scored: bool) -> bool {
        let mut expects = false;
        self.each_fact(&mut |fact| expects |= fact.is_rating(scored));
        expects
    }

    /// Every fact the condition asks for.
    pub fn each_fact(&self, tell: &mut dyn FnMut(&FactPath)) {
        match self {
            Condition::All(list) | Condition::Any(list) => list.iter().for_each(|condition| condition.each_fact(tell)),
            Condition::Not(condition) => condition.each_fact(tell),
            Condition::Test(Subject::Fact(path), _) => tell(path),
            Condition::Test(Subject::Path(_), _) => {}
        }
    }
}

enum Ground<'a> {
    Facts(&'a dyn Facts),
    Element(&'a Tree),
}

/// Joins answers. One that equals `deciding` settles the whole, and until the last of those changes the whole cannot;
/// without one, the first change of any may change it.
fn settle(list: &[Condition], ground: &Ground, deciding: bool) -> Truth {
    let (mut settled, mut open) = (None::<Instant>, Instant::NEVER);
    for condition in list {
        let truth = condition.truth(ground);
        if truth.holds == deciding {
            settled = settled.max(Some(truth.until));
        } else {
            open = open.min(truth.until);
        }
    }
    match settled {
        Some(until) => Truth { holds: deciding, until },
        None => Truth { holds: !deciding, until: open },
    }
}

impl Matcher {
    fn read(operand: &Tree, problems: &mut Problems) -> Matcher {
        let mut matcher = Matcher { operators: Vec::new(), thresholds: Vec::new() };
        numbers_in(operand, &mut matcher.thresholds);
        match operand {
            Tree::Object(entries) if entries.iter().any(|(key, _)| key.starts_with('$')) => {
                for (key, operand) in entries {
                    matcher.operators.push(problems.key(key, |problems| Operator::read(key, operand, problems)));
                }
            }
            value => matcher.operators.push(Operator::Equals(value.clone())),
        }
        matcher
    }

    fn matches(&self, value: &Tree) -> bool {
        self.operators.iter().all(|operator| operator.matches(value))
    }

    /// When a count of whole days since `since` next meets a number named here.
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
    fn read(name: &str, operand: &Tree, problems: &mut Problems) -> Operator {
        use Ordering::{Equal, Greater, Less};
        match (name, operand) {
            ("$eq", value) => Operator::Equals(value.clone()),
            ("$ne", value) => Operator::Differs(value.clone()),
            ("$gt", value) => Operator::Ordered(value.clone(), &[Greater]),
            ("$gte", value) => Operator::Ordered(value.clone(), &[Greater, Equal]),
            ("$lt", value) => Operator::Ordered(value.clone(), &[Less]),
            ("$lte", value) => Operator::Ordered(value.clone(), &[Less, Equal]),
            ("$in", Tree::List(_)) => Operator::In(operand.clone()),
            ("$nin", Tree::List(_)) => Operator::NotIn(operand.clone()),
            ("$all", Tree::List(values)) => {
                let mut matchers = Vec::new();
                for (index, value) in values.iter().enumerate() {
                    matchers.push(problems.index(index, |problems| Matcher::read(value, problems)));
                }
                Operator::Contains(matchers)
            }
            ("$size", value) => Operator::Size(Matcher::read(value, problems)),
            ("$elemMatch", Tree::Object(entries)) => {
                // `$not` among operators is one of them; beside fields, or what joins conditions, it turns a condition round
                let operator = |key: &str| key.starts_with('$') && !["$and", "$or", "$nor"].contains(&key);
                if !entries.is_empty() && entries.iter().all(|(key, _)| operator(key)) {
                    Operator::Element(Matcher::read(operand, problems))
                } else {
                    Operator::ElementObject(Condition::read(operand, Scope::Element, problems))
                }
            }
            ("$exists", Tree::Bool(exists)) => Operator::Exists(*exists),
            ("$type", Tree::Text(name)) => Operator::Type(name.to_string()),
            ("$not", value) => Operator::Not(Matcher::read(value, problems)),
            (known, _) if OPERATORS.contains(&known) => Operator::False,
            (name, _) => {
                let mut names = OPERATORS.to_vec();
                names.push("$not");
                unknown_operator(name, &names, problems);
                Operator::False
            }
        }
    }

    fn matches(&self, value: &Tree) -> bool {
        match (self, value) {
            (Operator::Equals(operand), _) => value.equals(operand),
            (Operator::Differs(operand), _) => !value.equals(operand),
            (Operator::Ordered(operand, pass), _) => compare(value, operand).is_some_and(|order| pass.contains(&order)),
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
                elements.iter().any(|element| condition.truth(&Ground::Element(element)).holds)
            }
            (Operator::Exists(exists), _) => *exists != value.is_null(),
            (Operator::Type(name), _) => name == type_name(value),
            (Operator::Not(matcher), _) => !matcher.matches(value),
            _ => false,
        }
    }
}

fn unknown_operator(name: &str, known: &[&str], problems: &mut Problems) {
    problems.add(Code::UnknownOperator, || {
        concat(&[
            "`",
            &shortened(name),
            "` is no operator here",
            &did_you_mean(name, known),
            "; expected ",
            &quoted_list(known),
        ])
    });
}

fn is_in(value: &Tree, operands: &Tree) -> bool {
    let listed =
        |value: &Tree| matches!(operands, Tree::List(list) if list.iter().any(|operand| value.equals(operand)));
    match value {
        Tree::List(elements) => elements.iter().any(listed),
        value => listed(value),
    }
}

/// Two strings by code point, else numbers, numeric strings and null as 0; anything else has no order.
fn compare(value: &Tree, operand: &Tree) -> Option<Ordering> {
    match (value, operand) {
        (Tree::Text(value), Tree::Text(operand)) => Some(value.cmp(operand)),
        _ => as_number(value)?.partial_cmp(&as_number(operand)?),
    }
}

fn as_number(value: &Tree) -> Option<f64> {
    match value {
        Tree::Null => Some(0.0),
        Tree::Number(number) => Some(*number),
        Tree::Text(text) => parse_decimal(text),
        _ => None,
    }
}

/// A decimal of at most fifteen digits; the standard parser's tables would cost every shopper more than all of this file.
fn parse_decimal(text: &str) -> Option<f64> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    let (whole, fraction) = split_once_at(unsigned, b'.').unwrap_or((unsigned, ""));
    let written = !whole.is_empty() && (unsigned.len() == whole.len() || !fraction.is_empty());
    if !written || whole.len() + fraction.len() > 15 {
        return None;
    }
    // fifteen digits are exact, and so are the powers of ten they are divided by
    let (mut number, mut power) = (0.0, 1.0);
    for digits in [whole, fraction] {
        power = 1.0;
        for byte in digits.bytes() {
            number = number * 10.0 + f64::from(char::from(byte).to_digit(10)?);
            power *= 10.0;
        }
    }
    Some(sign * number / power)
}

fn numbers_in(tree: &Tree, into: &mut Vec<f64>) {
    match tree {
        Tree::List(elements) => elements.iter().for_each(|element| numbers_in(element, into)),
        Tree::Object(entries) => entries.iter().for_each(|(_, value)| numbers_in(value, into)),
        value => {
            if let Some(number) = as_number(value) {
                into.push(number);
            }
        }
    }
}

fn type_name(value: &Tree) -> &'static str {
    match value {
        Tree::Bool(_) => "boolean",
        Tree::Number(_) => "number",
        Tree::Text(_) => "string",
        Tree::List(_) => "array",
        Tree::Object(_) => "object",
        Tree::Null | Tree::Foreign | Tree::TooDeep | Tree::TooLarge => "null",
    }
}
