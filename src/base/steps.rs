//! Steps: what a decision, or the reading of a policy, may cost. They count what the contract speaks of, so they are the same in every
//! build and on every machine, as a time would not be.
//!
//! What is read in a loop takes its steps first. Once they are spent nothing more is read, so the rest ends at once with an answer that
//! nobody gets: whoever began the count refuses what was asked (`too-large`).

#[cfg(feature = "sentences")]
use crate::base::sorting::sort_by;
#[cfg(feature = "sentences")]
use crate::base::text::decimal;
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

/// A kind that took no more is not told.
#[cfg(feature = "sentences")]
const FEW: usize = MOST / 100;

/// The steps that are left.
#[derive(Debug)]
pub(crate) struct Steps {
    left: Cell<usize>,
    are_spent: Cell<bool>,
    /// how many were asked for, in the order of `Looked`
    #[cfg(feature = "sentences")]
    asked: [Cell<usize>; 4],
}

impl Default for Steps {
    fn default() -> Steps {
        Steps {
            left: Cell::new(MOST),
            are_spent: Cell::new(false),
            #[cfg(feature = "sentences")]
            asked: Default::default(),
        }
    }
}

impl Steps {
    /// Takes steps before so many things are looked at. False: there are too few, so they are not to be looked at.
    #[cfg_attr(feature = "sentences", inline)]
    #[cfg_attr(not(feature = "sentences"), inline(never))]
    pub fn take(&self, looked: Looked, count: usize) -> bool {
        #[cfg(feature = "sentences")]
        if let Some(asked) = self.asked.get(looked as usize).filter(|_| !self.are_spent()) {
            asked.set(asked.get().saturating_add(count));
        }
        #[cfg(not(feature = "sentences"))]
        let _ = looked;
        let left = self.left.get().checked_sub(count);
        match left {
            Some(left) => self.left.set(left),
            None => self.spend(),
        }
        left.is_some()
    }

    #[cold]
    fn spend(&self) {
        self.left.set(0);
        self.are_spent.set(true);
    }

    pub fn are_spent(&self) -> bool {
        self.are_spent.get()
    }

    /// On what most were spent, and how to mend it.
    pub fn sentence(&self) -> String {
        #[cfg(feature = "sentences")]
        {
            let mut kinds = Vec::new();
            for (asked, (what, mend)) in self.asked.iter().zip(TOLD) {
                kinds.push((asked.get(), what, mend));
            }
            sort_by(&mut kinds, |a, b| b.0.cmp(&a.0));
            let mut sentence = "more than 3000000 steps".to_owned();
            for ((asked, what, _), sign) in kinds.iter().zip([": ", ", "]).filter(|((asked, ..), _)| *asked > FEW) {
                sentence.extend([sign, &decimal(i64::try_from(*asked).unwrap_or(i64::MAX)), " ", what]);
            }
            kinds.iter().take(1).for_each(|(.., mend)| sentence.extend(["; ", mend]));
            sentence
        }
        #[cfg(not(feature = "sentences"))]
        String::new()
    }
}
