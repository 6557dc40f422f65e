//! Steps: what a decision, or the reading of a policy, may cost. They count what the contract speaks of, so they are the same in every
//! build and on every machine, as a time would not be.
//!
//! What is read in a loop takes its steps first. Once they are spent nothing more is read, so the rest ends at once with an answer that
//! nobody gets: whoever began the count refuses what was asked (`too-large`).

#[cfg(feature = "sentences")]
use crate::base::text::concat;
use std::cell::Cell;

/// How many steps a decision may take, and how many the reading of a policy.
const MOST: usize = 3_000_000;

/// What a step looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Looked {
    /// a gate, a limit, quiet hours or a condition, asked about one campaign at one instant
    Rule,
    /// a record of the ledger
    Record,
    /// an order or one of its articles, a conversation, a rating, or an article of the catalogue
    Order,
    /// an element that a condition compares, or an entry of a list in which a name is looked up
    Element,
}

/// In the order of `Looked`: what it is called, and what to do if the steps were spent on it.
#[cfg(feature = "sentences")]
const TOLD: [(&str, &str); 4] = [
    ("rules asked", "ask about fewer campaigns (`channels`), or give the policy fewer limits, quiet hours and tests"),
    ("records", "leave old records out, and correct those that are dated ahead"),
    ("orders, conversations, ratings and articles", "leave old ones out, and articles that no campaign speaks of"),
    ("elements compared", "shorten the lists that conditions compare"),
];

/// The steps that are left.
#[derive(Debug)]
pub(crate) struct Steps {
    left: Cell<usize>,
    /// on what the last were spent
    spent: Cell<Option<Looked>>,
}

impl Default for Steps {
    fn default() -> Steps {
        Steps { left: Cell::new(MOST), spent: Cell::new(None) }
    }
}

impl Steps {
    /// Takes steps before so many things are looked at. False: there are too few, so they are not to be looked at.
    #[cfg_attr(feature = "sentences", inline)]
    #[cfg_attr(not(feature = "sentences"), inline(never))]
    pub fn take(&self, looked: Looked, count: usize) -> bool {
        let left = self.left.get().checked_sub(count);
        match left {
            Some(left) => self.left.set(left),
            None => self.spend(looked),
        }
        left.is_some()
    }

    #[cold]
    fn spend(&self, looked: Looked) {
        self.left.set(0);
        self.spent.set(self.spent.get().or(Some(looked)));
    }

    pub fn are_spent(&self) -> bool {
        self.spent.get().is_some()
    }

    /// What was spent, and how to mend it.
    pub fn sentence(&self) -> String {
        #[cfg(feature = "sentences")]
        {
            let told = self.spent.get().and_then(|looked| TOLD.get(looked as usize)).copied();
            let (what, mend) = told.unwrap_or_default();
            concat(&["more than 3000000 steps, the last of them ", what, "; ", mend])
        }
        #[cfg(not(feature = "sentences"))]
        String::new()
    }
}
