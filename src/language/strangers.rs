//! Whether an audience excludes everybody who has ordered and was served well. Practice L4.

use super::comparison::is_in;
use super::condition::{Condition, Matcher, Operator, Subject};
use crate::base::steps::{Looked, Steps};
use crate::base::tree::Tree;
use crate::language::facts::{Fact, FactPath};

/// Everybody who has ordered and was served well: what is the same for all of them.
#[derive(Debug)]
pub(crate) struct Customers<'s> {
    steps: &'s Steps,
    /// the segments to which all of them belong
    least: Tree,
    /// the segments to which one of them may belong
    most: Tree,
}

impl<'s> Customers<'s> {
    /// Those of a policy with these segments.
    pub fn of(segments: &[(String, Condition)], steps: &'s Steps) -> Customers<'s> {
        // a segment may not ask for segments
        let none = Customers { steps, least: Tree::Null, most: Tree::Null };
        let (mut least, mut most) = (Vec::new(), Vec::new());
        for (name, condition) in segments {
            let answer = none.answer(condition);
            if answer == Some(true) {
                least.push(name.clone());
            }
            if answer != Some(false) {
                most.push(name.clone());
            }
        }
        Customers { steps, least: least.into(), most: most.into() }
    }

    /// Whether none of them is in an audience, because it asks `orders.count` or `orders.good` to be 0, or one of the facts
    /// `daysSince.order`, `daysSince.firstOrder` and `daysSince.delivery` not to be there. It may do so by a segment.
    pub fn are_excluded_by(&self, audience: &Condition) -> bool {
        self.answer(audience) == Some(false)
    }

    /// The answer of a condition, where it is the same for all of them.
    fn answer(&self, condition: &Condition) -> Option<bool> {
        match condition {
            Condition::All(list) => join(&mut list.iter().map(|condition| self.answer(condition)), false),
            Condition::Any(list) => join(&mut list.iter().map(|condition| self.answer(condition)), true),
            Condition::Not(condition) => self.answer(condition).map(|answer| !answer),
            Condition::Test(Subject::Fact(path), matcher) if path.fact == Fact::Segments => self.in_segments(matcher),
            Condition::Test(Subject::Fact(path), matcher) => in_numbers(path, matcher, self.steps),
            Condition::Test(..) => None,
        }
    }

    /// The answer of a test of `segments`.
    fn in_segments(&self, matcher: &Matcher) -> Option<bool> {
        let mut answers = matcher.operators.iter().map(|operator| match operator {
            Operator::Not(matcher) => self.in_segments(matcher).map(|answer| !answer),
            // exactly these segments
            Operator::Equals(Tree::List(names)) => {
                names.iter().any(|name| !is_in(name, &self.most, self.steps)).then_some(false)
            }
            // one more segment can turn the answer once, so the fewest and the most decide
            Operator::In(_) | Operator::NotIn(_) | Operator::Contains(_) | Operator::Element(_) => {
                let answer = operator.matches(&self.least, self.steps);
                (operator.matches(&self.most, self.steps) == answer).then_some(answer)
            }
            _ => None,
        });
        join(&mut answers, false)
    }
}

/// The answer of a test of a number that tells who has ordered from who has not.
fn in_numbers(path: &FactPath, matcher: &Matcher, steps: &Steps) -> Option<bool> {
    let least = path.least_after_order()?;
    // between two numbers of the condition every value gives the same answer, so a few are enough
    let mut values = vec![least];
    values.extend(matcher.edges.iter().filter(|edge| **edge > least));
    if !steps.take(Looked::Rule, values.len().saturating_mul(matcher.operators.len())) {
        return None;
    }
    let answer = matcher.matches(&least.into(), steps);
    values.iter().all(|value| matcher.matches(&(*value).into(), steps) == answer).then_some(answer)
}

/// The answer of `$and` (`deciding` is false) or `$or` (`deciding` is true).
fn join(answers: &mut dyn Iterator<Item = Option<bool>>, deciding: bool) -> Option<bool> {
    let mut joined = Some(!deciding);
    for answer in answers {
        if answer == Some(deciding) {
            return answer;
        }
        joined = joined.and(answer);
    }
    joined
}
