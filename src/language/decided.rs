//! What a condition says while only some facts are known.

use crate::language::condition::{Condition, Subject};
use crate::language::facts::{FactPath, Facts};

impl Condition {
    /// Whether it holds whatever the other facts are; none: it depends on them.
    pub fn decided(&self, facts: &dyn Facts, is_known: &dyn Fn(&FactPath) -> bool) -> Option<bool> {
        let one_of = |list: &[Condition], deciding: bool| {
            let mut is_open = false;
            for condition in list {
                match condition.decided(facts, is_known) {
                    Some(holds) if holds == deciding => return Some(deciding),
                    Some(_) => {}
                    None => is_open = true,
                }
            }
            (!is_open).then_some(!deciding)
        };
        match self {
            Condition::All(list) => one_of(list, false),
            Condition::Any(list) => one_of(list, true),
            Condition::Not(condition) => condition.decided(facts, is_known).map(|holds| !holds),
            Condition::Test(Subject::Fact(path), _) if is_known(path) => Some(self.ask(facts).holds),
            Condition::Test(..) => None,
        }
    }
}
