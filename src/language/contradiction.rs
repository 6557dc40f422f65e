//! Finds conditions that can never hold, such as `{ "orders.count": { "$gt": 3, "$lt": 2 } }`. Only warnings use it: it looks at one fact
//! after the other, and what it does not find may still hold for nobody.

use super::condition::Matcher;
use crate::base::problem::Problems;
use crate::base::steps::Steps;
use crate::base::tree::Tree;
use crate::language::domain::Domain;
use crate::language::facts::FactPath;
use crate::language::scope::Scope;
use crate::language::words::{Phase, Tier};
use std::collections::HashSet;

/// Facts that may be a list, or anything: two tests of one of them do not exclude each other.
const OPEN: [&str; 8] =
    ["attributes.", "event.", "forms.", "segments", "families", "skus", "searches", "cart.families"];

/// Facts that are always a whole number.
const COUNTS: [&str; 4] = ["orders.count", "orders.good", "orders.returned", "cases.open"];

/// Facts that are a list: none equals a text. `{ "segments": { "$in": ["vip"] } }` is meant where `"vip"` alone is written.
pub(super) const LISTS: [&str; 5] = ["segments", "families", "skus", "searches", "cart.families"];

/// So many values of one fact are tried against each other at most, and so many tests are read: a condition with more is not searched.
const MOST: (usize, usize) = (100, 1_000);

/// The first fact that can have no value that a condition asks of it. `known` are the only values that some facts may have, for example
/// the phases of a referral.
pub(crate) fn contradiction<'a>(condition: &'a Tree, known: &[(&'a str, &[Tree])]) -> Option<&'a str> {
    let (mut tests, steps) = (Vec::new(), Steps::default());
    collect(condition, &mut tests);
    let mut seen = HashSet::new();
    tests.truncate(MOST.1);
    for (path, _) in tests.iter().filter(|(path, _)| seen.insert(*path)) {
        let own = known.iter().find(|(name, _)| name == path).map(|(_, values)| *values);
        let is_text = |operand: &Tree| {
            let bare = matches!(operand, Tree::Text(_));
            bare || operand.find("$eq").is_some_and(|operand| matches!(operand, Tree::Text(_)))
        };
        if LISTS.contains(path) && tests.iter().any(|(name, operand)| name == path && is_text(operand)) {
            return Some(path);
        }
        if own.is_none() && *path != "event.name" && OPEN.iter().any(|open| path.starts_with(open)) {
            continue;
        }
        let (mut matchers, mut literals) = (Vec::new(), Vec::new());
        let domain = FactPath::named(path).map_or(Domain::Free, |fact| fact.domain(Scope::Element));
        for (_, operand) in tests.iter().filter(|(name, _)| name == path) {
            matchers.push(Matcher::read(operand, domain, &mut Problems::default()));
            each_literal(operand, &mut |literal| literals.push(domain.as_compared(literal)));
        }
        if literals.len() > MOST.0 {
            continue;
        }
        let words = |words: &[&'static str]| words.iter().map(|word| Tree::from(*word)).collect();
        let candidates = match (own, *path) {
            (Some(own), _) => own.to_vec(),
            (_, "tier") => words(Tier::WORDS),
            (_, "phase") => words(Phase::WORDS),
            _ => candidates(path, literals),
        };
        let is_possible = |value: &&Tree| !COUNTS.contains(path) || value.as_integer().is_some();
        let mut candidates = candidates.iter().filter(is_possible);
        if !candidates.any(|value| matchers.iter().all(|matcher| matcher.matches(value, &steps))) {
            return Some(path);
        }
    }
    None
}

/// Whether it asks anywhere which tier or phase is greater. They are texts, and `known` comes after `advocate`.
pub(crate) fn compares_words(condition: &Tree) -> bool {
    let is_order = |tree: &Tree| ["$gt", "$gte", "$lt", "$lte"].iter().any(|order| tree.get(order).is_some());
    let Tree::Object(entries) = condition else { return false };
    entries.iter().any(|(key, operand)| match operand {
        Tree::List(list) => list.iter().any(compares_words),
        _ if matches!(&**key, "tier" | "phase") => is_order(operand) || operand.get("$not").is_some_and(is_order),
        _ => key == "$not" && compares_words(operand),
    })
}

/// The tests that must hold together: those of a condition and of the conditions in its `$and`.
fn collect<'a>(condition: &'a Tree, tests: &mut Vec<(&'a str, &'a Tree)>) {
    let Tree::Object(entries) = condition else { return };
    for (key, operand) in entries {
        match operand {
            Tree::List(list) if key == "$and" => list.iter().for_each(|condition| collect(condition, tests)),
            _ if key.starts_with('$') => {}
            _ => tests.push((key, operand)),
        }
    }
}

fn each_literal(operand: &Tree, each: &mut dyn FnMut(&Tree)) {
    match operand {
        Tree::List(list) => list.iter().for_each(|literal| each_literal(literal, each)),
        Tree::Object(entries) => entries.iter().for_each(|(_, literal)| each_literal(literal, each)),
        literal => each(literal),
    }
}

/// Values of a fact, at least one of each sort that its tests tell apart.
fn candidates(path: &str, literals: Vec<Tree>) -> Vec<Tree> {
    let least = if path == "orders.margin" { f64::NEG_INFINITY } else { 0.0 };
    let most = match path {
        "ratings.last" | "ratings.average" => 10.0,
        _ if path.starts_with("affinity.") => 100.0,
        _ => f64::INFINITY,
    };
    let mut numbers: Vec<f64> = literals
        .iter()
        .filter_map(|literal| if let Tree::Number(number) = literal { Some(*number) } else { None })
        .collect();
    numbers.sort_by(f64::total_cmp);
    let between: Vec<f64> = numbers.iter().zip(numbers.iter().skip(1)).map(|(a, b)| (a + b) / 2.0).collect();
    let outside = [numbers.first().map(|first| first - 1.0), numbers.last().map(|last| last + 1.0)];
    let numbers = between.into_iter().chain(outside.into_iter().flatten()).chain(numbers.iter().copied());
    let mut candidates: Vec<Tree> =
        numbers.filter(|number| least <= *number && *number <= most).map(Tree::Number).collect();
    candidates.extend(literals.into_iter().filter(|literal| !matches!(literal, Tree::Number(_))));
    // no literal is any of these, unless it is meant
    candidates.extend([Tree::Null, Tree::Bool(true), Tree::Bool(false), Tree::from("\0")]);
    candidates
}
