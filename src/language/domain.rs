//! What a fact can be. A condition that compares it with something else could never hold, so the policy is refused.

use crate::base::locale::{comparable, is_locale, present};
use crate::base::problem::{ProblemCode, Problems};
use crate::base::sentence::{did_you_mean, not_one_of, shortened};
use crate::base::steps::Looked;
use crate::base::text::{concat, small_letters};
use crate::base::tree::Tree;
use crate::language::destination::postcode;
use crate::language::words::{Phase, Reaction, Tier};
use crate::reader::value::in_capitals;

/// What a fact can be, besides null: not known.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Domain<'a> {
    /// whatever the shop gives, as `attributes.club`; what is missing counts as 0 beside `$gt` and the like
    Free,
    /// an object, as `consent`
    Object,
    Number,
    Flag,
    Text,
    Tier,
    Phase,
    Country,
    Language,
    Locale,
    Postcode,
    /// what the customer did with a contact
    Reaction,
    /// a list of words in small letters
    Word,
    /// a list of names of the policy's segments
    Segments(&'a [&'a str]),
}

impl Domain<'_> {
    /// Whether it may have fields of its own.
    pub fn is_open(self) -> bool {
        matches!(self, Domain::Free | Domain::Object)
    }

    /// Refuses an operand that is none of its values.
    fn check(self, operand: &Tree, problems: &mut Problems) {
        match (self, operand) {
            (Domain::Free | Domain::Object, _) => {}
            (_, operand) if operand.is_null() || operand.is_marked() => {}
            (Domain::Text | Domain::Word | Domain::Segments(_), Tree::List(_)) => self.check_each(operand, problems),
            (Domain::Number, Tree::Number(_)) | (Domain::Flag, Tree::Bool(_)) => {}
            (Domain::Number, _) => problems.add(ProblemCode::WrongType, "the fact is a number; write one, as `3`"),
            (Domain::Flag, _) => problems.add(ProblemCode::WrongType, "the fact is true or false; write one of them"),
            (_, Tree::Text(text)) => self.check_text(text, problems),
            _ => problems.add(ProblemCode::WrongType, "the fact is a text; write one, in quotes"),
        }
    }

    fn check_each(self, operands: &Tree, problems: &mut Problems) {
        if let Tree::List(operands) = operands {
            for (index, operand) in operands.iter().enumerate() {
                problems.index(index, |problems| self.check(operand, problems));
            }
        }
    }

    /// Reads a list of operands, as those of `$in`.
    pub fn read_each(self, operands: &Tree, problems: &mut Problems) -> Tree {
        self.check_each(operands, problems);
        self.as_compared(operands)
    }

    /// Reads an operand of equality, as it is compared.
    pub fn read(self, operand: &Tree, problems: &mut Problems) -> Tree {
        self.check(operand, problems);
        self.as_compared(operand)
    }

    /// The operand, as the fact is compared.
    pub fn as_compared(self, operand: &Tree) -> Tree {
        match (self, operand) {
            (Domain::Postcode, Tree::Text(text)) => postcode(text).into(),
            (Domain::Language, Tree::Text(text)) => present(text).to_owned().into(),
            (Domain::Locale, Tree::Text(text)) => comparable(text).into(),
            (Domain::Word, Tree::Text(text)) => small_letters(text).into(),
            (Domain::Postcode | Domain::Language | Domain::Locale | Domain::Word, Tree::List(texts)) => {
                Tree::List(texts.iter().map(|text| self.as_compared(text)).collect())
            }
            (_, operand) => operand.clone(),
        }
    }

    fn check_text(self, text: &str, problems: &mut Problems) {
        let all = |is: fn(&u8) -> bool| text.bytes().all(|byte| is(&byte));
        let (is_possible, what) = match self {
            Domain::Tier => return check_word(text, Tier::WORDS, problems),
            Domain::Phase => return check_word(text, Phase::WORDS, problems),
            Domain::Reaction => return check_word(text, Reaction::WORDS, problems),
            Domain::Segments(names) => {
                if problems.steps.take(Looked::Element, names.len()) && !names.contains(&text) {
                    problems.add(ProblemCode::UnknownReference, || {
                        concat(&["the policy has no segment `", &shortened(text), "`", &did_you_mean(text, names)])
                    });
                }
                return;
            }
            Domain::Country if text.len() == 2 && all(u8::is_ascii_uppercase) => return,
            Domain::Country => {
                return problems.add(ProblemCode::InvalidValue, || {
                    concat(&["not an ISO 3166 code as `ES`", &in_capitals(text, 2)])
                });
            }
            Domain::Language => (
                (2..=8).contains(&text.len()) && all(u8::is_ascii_lowercase),
                "not a language in small letters as `es`",
            ),
            Domain::Locale => (is_locale(text), "not a BCP 47 language tag; write it as `es-ES`"),
            _ => return,
        };
        if !is_possible {
            problems.add(ProblemCode::InvalidValue, what);
        }
    }

    /// Refuses an operand of `$gt` and the like. Texts have an order, so beside one any text will do: `"35"` for a postcode.
    pub fn check_ordered(self, operand: &Tree, problems: &mut Problems) {
        if matches!(self, Domain::Number | Domain::Flag | Domain::Tier | Domain::Phase | Domain::Reaction) {
            self.check(operand, problems);
        }
    }
}

fn check_word(word: &str, words: &[&str], problems: &mut Problems) {
    if !words.contains(&word) {
        problems.add(ProblemCode::InvalidValue, || not_one_of(word, words));
    }
}
