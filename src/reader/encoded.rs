//! A document as js/load/border.js encodes it: numbers (tags, lengths, numbers) and one text that holds all texts.

use super::check::find_next;
use super::row::Scalar;
use super::shape::{Field, MAX_TEXT, Shape};
use super::value::may_be_seconds;
use crate::base::border::{FALSE, FOREIGN, LIST, NULL, NUMBER, OBJECT, TEXT, TOO_DEEP, TOO_LARGE, TRUE};
use crate::base::text::units_of;
use crate::base::tree::{Tree, whole};
use crate::calendar::{Instant, parse_instant};
use std::borrow::Cow;

/// The rest of a document that is still to be read.
#[derive(Debug)]
pub(crate) struct Encoded<'a> {
    numbers: &'a [f64],
    texts: &'a str,
    /// whether each letter of the texts is one byte
    is_ascii: bool,
    /// the keys that were read
    keys: Vec<&'a str>,
}

impl<'a> Encoded<'a> {
    pub fn new(numbers: &'a [f64], texts: &'a str) -> Encoded<'a> {
        Encoded { numbers, texts, is_ascii: texts.is_ascii(), keys: Vec::new() }
    }

    /// What `read` makes of what comes next. If it makes nothing, it has read nothing.
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let (numbers, texts, keys) = (self.numbers, self.texts, self.keys.len());
        let made = read(self);
        if made.is_none() {
            (self.numbers, self.texts) = (numbers, texts);
            self.keys.truncate(keys);
        }
        made
    }

    pub fn number(&mut self) -> f64 {
        let Some((number, rest)) = self.numbers.split_first() else { return 0.0 };
        self.numbers = rest;
        *number
    }

    pub fn count(&mut self) -> usize {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a length in JavaScript is below 2^32"
        )]
        {
            self.number() as usize
        }
    }

    /// How many elements or keys follow, if a value with this tag does.
    pub fn opens(&mut self, tag: usize) -> Option<usize> {
        (self.count() == tag).then(|| self.count())
    }

    /// A length counts UTF-16 code units, as JavaScript does. One byte ends each text.
    pub fn text(&mut self) -> &'a str {
        let mut end = self.count();
        if !self.is_ascii {
            let mut units = end + 1;
            let ends = |byte| {
                units = units.saturating_sub(units_of(byte));
                units == 0
            };
            end = self.texts.bytes().position(ends).unwrap_or_default();
        }
        let text = self.texts.get(..end).unwrap_or_default();
        self.texts = self.texts.get(end + 1..).unwrap_or_default();
        text
    }

    /// A key: its text, or -1 for the first that was read, -2 for the second, …
    pub fn key(&mut self) -> &'a str {
        match self.numbers.first() {
            Some(index) if *index < 0.0 => {
                let index = -1.0 - self.number();
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below the number of keys")]
                self.keys.get(index as usize).copied().unwrap_or_default()
            }
            _ => {
                let key = self.text();
                self.keys.push(key);
                key
            }
        }
    }

    /// A value. The shape names the keys that the contract has; that it fits is checked later.
    pub fn tree(&mut self, shape: &Shape) -> Tree {
        self.tree_without(shape, &mut |_, _| false)
    }

    /// The same without the values of keys that `reads` has read itself, which become null.
    pub fn tree_without(&mut self, shape: &Shape, reads: &mut dyn FnMut(&str, &mut Self) -> bool) -> Tree {
        match self.count() {
            FALSE => Tree::Bool(false),
            TRUE => Tree::Bool(true),
            NUMBER => Tree::Number(self.number()),
            TEXT => self.text().to_owned().into(),
            LIST => {
                let element = if let Shape::List(element) = shape { element } else { &Shape::Any };
                let count = self.count();
                let mut list = Vec::with_capacity(count);
                for _ in 0..count {
                    list.push(self.tree(element));
                }
                Tree::List(list)
            }
            OBJECT => self.object(shape, reads),
            FOREIGN => Tree::Foreign,
            TOO_DEEP => Tree::TooDeep,
            TOO_LARGE => Tree::TooLarge,
            _ => Tree::Null,
        }
    }

    fn object(&mut self, shape: &Shape, reads: &mut dyn FnMut(&str, &mut Self) -> bool) -> Tree {
        let (fields, others) = match shape {
            Shape::Object(_, fields) | Shape::Open(_, fields) => (*fields, &Shape::Any),
            Shape::Map(value) => (&[][..], *value),
            _ => (&[][..], &Shape::Any),
        };
        let count = self.count();
        let (mut object, mut next) = (Vec::with_capacity(count), 0);
        for _ in 0..count {
            let key = self.key();
            let field = find_next(key, fields, &mut next);
            let (name, shape) = match field {
                Some(field) if field.name == key => (Cow::Borrowed(field.name), field.shape),
                _ => (Cow::Owned(key.to_owned()), others),
            };
            let value = if reads(key, self) { Tree::Null } else { self.tree(shape) };
            object.push((name, value));
        }
        Tree::Object(object)
    }

    /// The values of an object that has no lists and objects, in the order of its table. None if one of them is unusual: of another
    /// type, empty, a date of zeros. Then the reader says what is wrong with it, or what it means.
    pub fn row<const N: usize>(&mut self, fields: &[Field]) -> Option<[Scalar<'a>; N]> {
        let (mut row, mut next) = ([Scalar::Nothing; N], 0);
        for _ in 0..self.opens(OBJECT)? {
            let field = find_next(self.key(), fields, &mut next)?;
            *row.get_mut(next - 1)? = self.scalar(field.shape)?;
        }
        let is_whole =
            fields.iter().zip(&row).all(|(field, value)| !field.required || !matches!(value, Scalar::Nothing));
        is_whole.then_some(row)
    }

    fn scalar(&mut self, shape: &Shape) -> Option<Scalar<'a>> {
        let value = match (self.count(), shape) {
            (NULL, _) => Scalar::Nothing,
            (TRUE, Shape::Flag) => Scalar::Flag(true),
            (FALSE, Shape::Flag) => Scalar::Flag(false),
            (NUMBER, Shape::Instant) => {
                let number = Tree::Number(self.number());
                Scalar::Whole(number.as_integer().filter(|at| is_instant(*at) && !may_be_seconds(&number))?)
            }
            (NUMBER, Shape::Integer { min, max }) => {
                Scalar::Whole(whole(self.number()).filter(|number| min <= number && number <= max)?)
            }
            (TEXT, Shape::Instant) => Scalar::Whole(parse_instant(self.text()).filter(|at| is_instant(*at))?),
            (TEXT, Shape::Choice(words)) => Scalar::Text(Some(self.text()).filter(|text| words.contains(text))?),
            (TEXT, Shape::Name | Shape::Text) => Scalar::Text(Some(self.text()).filter(|text| is_usual(text))?),
            _ => return None,
        };
        Some(value)
    }
}

fn is_instant(at: i64) -> bool {
    Instant::RANGE.contains(&at)
}

/// Whether nobody can doubt a name or a text. `0000-00-00` and `__proto__` have their own meaning; 0xEF is the first byte of U+FFFD,
/// which half a surrogate pair becomes.
fn is_usual(text: &str) -> bool {
    let begins = text.as_bytes().first().is_some_and(u8::is_ascii_graphic);
    begins
        && text.len() <= MAX_TEXT
        && text.bytes().all(|byte| byte != 0 && byte != 0xef)
        && !text.starts_with("0000-00-00")
        && text != "__proto__"
}

/// A tree as js/load/border.js would encode it.
#[cfg(test)]
pub(crate) fn encode(tree: &Tree) -> (Vec<f64>, String) {
    fn put(tree: &Tree, keys: &mut Vec<String>, numbers: &mut Vec<f64>, texts: &mut String) {
        let count = |count: usize| f64::from(u32::try_from(count).unwrap_or_default());
        let text = |text: &str, numbers: &mut Vec<f64>, texts: &mut String| {
            numbers.push(count(text.encode_utf16().count()));
            texts.extend([text, "\0"]);
        };
        match tree {
            Tree::Bool(flag) => numbers.push(count(if *flag { TRUE } else { FALSE })),
            Tree::Number(number) => numbers.extend([count(NUMBER), *number]),
            Tree::Text(value) => {
                numbers.push(count(TEXT));
                text(value, numbers, texts);
            }
            Tree::List(elements) => {
                numbers.extend([count(LIST), count(elements.len())]);
                elements.iter().for_each(|element| put(element, keys, numbers, texts));
            }
            Tree::Object(entries) => {
                numbers.extend([count(OBJECT), count(entries.len())]);
                for (key, value) in entries {
                    match keys.iter().position(|known| known == key) {
                        Some(index) => numbers.push(-1.0 - count(index)),
                        None => {
                            keys.push(key.to_string());
                            text(key, numbers, texts);
                        }
                    }
                    put(value, keys, numbers, texts);
                }
            }
            Tree::Null => numbers.push(count(NULL)),
            Tree::Foreign => numbers.push(count(FOREIGN)),
            Tree::TooDeep => numbers.push(count(TOO_DEEP)),
            Tree::TooLarge | Tree::Twice => numbers.push(count(TOO_LARGE)),
        }
    }
    let (mut numbers, mut texts) = (Vec::new(), String::new());
    put(tree, &mut Vec::new(), &mut numbers, &mut texts);
    (numbers, texts)
}
