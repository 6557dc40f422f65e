//! A mistake in a policy or a request: a code for programs, a path, and a sentence for people.

use crate::base::output::{Word, object};
use crate::base::sentence::{Sentence, WRITTEN};
use crate::base::sorting::sort_by;
use crate::base::steps::Steps;
use crate::base::text::{decimal, parse_digits, split_once_at};
use crate::base::tree::Tree;
use std::fmt;
use std::rc::Rc;

/// Makes `Code` from one list: a name for Rust, the name in JSON, what is wrong, and an example in Markdown.
macro_rules! codes {
    ($($code:ident $name:literal $doc:literal $example:literal;)*) => {
        /// What is wrong, for programs. A code never changes its meaning and is never removed.
        #[derive(Clone, Copy, Debug)]
        pub(crate) enum ProblemCode {
            $(#[doc = $doc] $code,)*
        }

        impl ProblemCode {
            fn name(self) -> &'static str {
                match self {
                    $(ProblemCode::$code => $name,)*
                }
            }
        }

        /// The codes for the docs and the types: name, what is wrong, an example.
        #[cfg(not(target_family = "wasm"))]
        pub(crate) const CODES: &[(&str, &str, &str)] = &[$(($name, $doc, $example)),*];
    };
}

codes! {
    UnknownField "unknown-field" "there is no such field" "`limits[0].perr`";
    MissingField "missing-field" "a required field is missing" "a limit without `per`";
    WrongType "wrong-type" "a value of another type is expected" "`\"max\": \"3\"`";
    OutOfRange "out-of-range" "the value is too small or too large" "a score of 11; an instant before 1970";
    InvalidValue "invalid-value" "the value has the right type and is not one that this field takes" "`\"per\": \"7x\"`; an amount in another currency";
    DuplicateId "duplicate-id" "two things have the same id, or an object in the text of a policy has a key twice" "two campaigns `news`";
    UnknownReference "unknown-reference" "nothing has this name" "`\"message\": \"helo\"`";
    UnknownOperator "unknown-operator" "no such operator in a condition" "`$atLeast`";
    UnknownFact "unknown-fact" "no such fact in a condition" "`orders.god`";
    NotAllowed "not-allowed" "the value would be right elsewhere, and something forbids it here" "an offer for a `thankYou`";
    TooLarge "too-large" "a text has more than 4,096 characters, a list more than 100,000 elements, a zone more than 10,000 rows, a policy more than 1,000 campaigns or 1 MiB; or the answer takes more than 3,000,000 steps" "[sizes and steps](javascript.md#how-large-may-a-document-be)";
    TooDeep "too-deep" "nested deeper than 32 levels" "";
    ZoneTable "zone-table" "`zones` does not say what the policy asks, or its rows are wrong" "[zones](when.md#where-does-the-engine-get-the-time-zones)";
}

/// One mistake in a policy or a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// what kind of mistake it is, as `unknown-field`; www/docs/javascript.md lists the codes
    pub code: &'static str,
    /// the field with the mistake, as `campaigns[2].lead`; empty for the whole document
    pub path: String,
    /// what is wrong and how to mend it, as "no such field; did you mean `per`?"; empty in a build without the feature `sentences`
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {} ({})", self.path, self.message, self.code)
    }
}

object! { Problem, "Problem" |problem|
    "code" Word(problem.code);
    "path" problem.path;
    "message" problem.message;
}

/// Makes the codes of warnings from one list, as `codes!` those of problems.
macro_rules! warnings {
    ($($code:ident $name:literal $doc:literal $example:literal;)*) => {
        $(
            #[doc = $doc]
            #[cfg(feature = "sentences")]
            pub(crate) const $code: &str = $name;
        )*

        /// The codes for the docs and the types: name, what the warning says, an example.
        #[cfg(not(target_family = "wasm"))]
        pub(crate) const WARNING_CODES: &[(&str, &str, &str)] = &[$(($name, $doc, $example)),*];

        /// Their names.
        #[cfg(not(target_family = "wasm"))]
        pub(crate) const WARNING_NAMES: &[&str] = &[$($name),*];
    };
}

warnings! {
    DEPRECATED_FIELD "deprecated-field" "the field is called by an old name" "`limits[0].window`, if `per` had once been `window`";
    SMALL_PERCENT "small-percent" "a percentage below 1: 10 % is written as 10, not as 0.1" "`\"percent\": 0.1`";
    SMALL_AMOUNT "small-amount" "an amount below 1.00: money is in the smallest unit, so 5.00 is written as 500" "`\"amount\": 5`";
    MISSING_CODE "missing-code" "a text inserts `{offer.code}`, and the offer has no `code` and is not `personal`" "";
    NEEDS_NAME "needs-name" "every variant of a message inserts `{givenName}`, so a customer whose name is unknown gets none" "`Hello, {givenName}`";
    OVER "over" "it ended before the policy was loaded" "an offer with `until` last year";
    BLOCKS_ALL "blocks-all" "the number is 0, which blocks everything that it applies to" "`\"max\": 0`";
    MARKUP "markup" "a text has HTML, which is shown as it is written: texts are plain" "`<b>New</b>`, `&nbsp;`";
    RELATIVE_ADDRESS "relative-address" "a link or a picture of a message that is not shown on a page needs an address with `https://`" "`\"to\": \"/jugs\"` in an e-mail";
    UNUSED "unused" "no campaign uses it" "an offer that no campaign carries";
    NEVER_SPEAKS "never-speaks" "the campaign can never speak, or the condition never holds: two parts of the policy exclude each other" "an audience of the phase `trust` for a `referral`";
    MISREAD "misread" "it means something else than it seems to say" "`\"class\": \"service\"` beside an offer, `{ \"tier\": { \"$gte\": \"known\" } }`";
}

/// What was accepted with a warning. A build without sentences keeps no warnings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Warnings {
    #[cfg(feature = "sentences")]
    list: Rc<[Warning]>,
}

/// A warning, and the epoch milliseconds from which on it is true.
#[cfg(feature = "sentences")]
#[derive(Clone, Debug)]
struct Warning {
    since: i64,
    problem: Problem,
}

impl Warnings {
    /// The warnings that are true at an instant. Without one, those that are always true.
    pub fn at(&self, now: Option<i64>) -> Vec<Problem> {
        #[cfg(feature = "sentences")]
        {
            let mut list = Vec::new();
            for Warning { since, problem } in self.list.iter() {
                if *since <= now.unwrap_or(i64::MIN) {
                    list.push(problem.clone());
                }
            }
            list
        }
        #[cfg(not(feature = "sentences"))]
        {
            let _ = now;
            Vec::new()
        }
    }
}

/// The number of problems reported at once. A hundred thousand orders with the same wrong field are one mistake.
const MAX_PROBLEMS: usize = 100;

/// Collects problems while a document is read, and knows the path of the field that is being read.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    path: String,
    found: Vec<Problem>,
    /// whether a request is read, in which platforms have their own words for nothing
    pub is_request: bool,
    /// what the reading of a policy has cost
    pub steps: Rc<Steps>,
    #[cfg(feature = "sentences")]
    warnings: Vec<Warning>,
}

impl Problems {
    /// For a request or a part of one.
    pub fn of_request() -> Problems {
        Problems { is_request: true, ..Problems::default() }
    }

    /// Adds `.key` to the path while `read` runs.
    pub fn key<T>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.path.len();
        self.enter(if mark > 0 { "." } else { "" }, key, "");
        let value = read(self);
        self.leave(mark);
        value
    }

    /// Adds `[index]` to the path while `read` runs.
    pub fn index<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.path.len();
        self.enter("[", &decimal(i64::try_from(index).unwrap_or(i64::MAX)), "]");
        let value = read(self);
        self.leave(mark);
        value
    }

    fn enter(&mut self, before: &str, step: &str, after: &str) {
        self.path.extend([before, step, after]);
    }

    fn leave(&mut self, mark: usize) {
        self.path.truncate(mark);
    }

    /// Adds a problem with the field that is being read.
    pub fn add(&mut self, code: ProblemCode, sentence: impl Sentence) {
        let noted = self.note(code);
        if WRITTEN && let Some(problem) = noted {
            problem.message = sentence.write();
        }
    }

    /// Adds a problem with a field of the object that is being read.
    pub fn add_at(&mut self, key: &str, code: ProblemCode, sentence: impl Sentence) {
        self.key(key, |problems| problems.add(code, sentence));
    }

    /// Notes that the field at a key is called by its old name. Only builds with sentences keep warnings.
    pub fn warn_at(&mut self, key: &str, sentence: impl Sentence) {
        #[cfg(feature = "sentences")]
        self.key(key, |problems| problems.warn(DEPRECATED_FIELD, i64::MIN, sentence));
        #[cfg(not(feature = "sentences"))]
        let _ = (key, sentence);
    }

    /// Adds a warning about the field that is being read, which is true from an instant on.
    #[cfg(feature = "sentences")]
    pub fn warn(&mut self, code: &'static str, since: i64, sentence: impl Sentence) {
        if self.warnings.len() < MAX_PROBLEMS {
            let problem = Problem { code, path: self.path.clone(), message: sentence.write() };
            self.warnings.push(Warning { since, problem });
        }
    }

    /// Adds a warning about a field, which is true at any time.
    #[cfg(feature = "sentences")]
    pub fn warn_always(&mut self, key: &str, code: &'static str, sentence: &str) {
        self.key(key, |problems| problems.warn(code, i64::MIN, sentence));
    }

    /// The warnings so far, in the order of the document; before them the old names, which the document has no more.
    pub fn warnings(self, document: &Tree) -> Warnings {
        #[cfg(feature = "sentences")]
        {
            let order = |Warning { problem, .. }: &Warning| match problem.code {
                DEPRECATED_FIELD => Vec::new(),
                _ => position(document, &problem.path),
            };
            let mut list: Vec<_> = self.warnings.into_iter().map(|warning| (order(&warning), warning)).collect();
            sort_by(&mut list, |a, b| a.0.cmp(&b.0));
            Warnings { list: list.into_iter().map(|(_, warning)| warning).collect() }
        }
        #[cfg(not(feature = "sentences"))]
        {
            let _ = document;
            Warnings {}
        }
    }

    /// None if `MAX_PROBLEMS` are already noted.
    fn note(&mut self, code: ProblemCode) -> Option<&mut Problem> {
        if self.found.len() < MAX_PROBLEMS {
            self.found.push(Problem { code: code.name(), path: self.path.clone(), message: String::new() });
            self.found.last_mut()
        } else {
            None
        }
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All problems, in the order of the document. They are found in another order, since references are checked last.
    pub fn in_order_of(mut self, document: &Tree) -> Vec<Problem> {
        sort_by(&mut self.found, |a, b| position(document, &a.path).cmp(&position(document, &b.path)));
        self.found
    }
}

/// Where a path is in a document: for each of its steps the index among its siblings. A missing field comes last.
fn position(document: &Tree, path: &str) -> Vec<usize> {
    let mut position = Vec::new();
    let (mut current, mut rest) = (document, path);
    while !rest.is_empty() {
        let step = match current {
            Tree::List(elements) => {
                let index = split_once_at(rest, b']')
                    .and_then(|(index, rest)| Some((parse_digits(index.as_bytes().get(1..)?)?, rest)));
                index.and_then(|(index, rest)| {
                    let index = usize::try_from(index).ok()?;
                    Some((index, elements.get(index)?, rest))
                })
            }
            Tree::Object(entries) => entries.iter().enumerate().find_map(|(index, (key, next))| {
                let rest = rest.strip_prefix('.').unwrap_or(rest).strip_prefix(&**key)?;
                let whole = matches!(rest.as_bytes().first(), None | Some(b'.' | b'['));
                whole.then_some((index, next, rest))
            }),
            _ => None,
        };
        let Some((index, next, remaining)) = step else {
            position.push(usize::MAX);
            break;
        };
        position.push(index);
        (current, rest) = (next, remaining);
    }
    position
}
