//! JSON values with limits on depth, size and list length. All input and output of the engine is such a tree, in every host.
//!
//! The limits are checked while the tree is built. A value beyond a limit is not kept: a mark, such as `Tree::TooDeep`, takes its place, and
//! the reader reports it with its path.

use crate::base::output::Word;
use crate::base::steps::{Looked, Steps};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;

/// How many objects and lists may be nested in each other.
pub const MAX_DEPTH: usize = 32;
/// How many elements a list, or keys an object, may have.
pub const MAX_LIST: usize = 100_000;
/// Bytes of JSON in one document, each value counted as 16 at least. A customer with 100,000 orders fits.
pub(crate) const MAX_BYTES: usize = 1 << 26;
/// What a value such as `1` counts at least, since it takes memory too.
pub(crate) const MIN_VALUE_BYTES: usize = 16;

/// A JSON value. The last four variants mark a value that could not be kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Tree {
    /// `null`, and JavaScript's `undefined`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// a number; `NaN` and infinities are possible here, and refused by the reader
    Number(f64),
    /// text
    Text(Cow<'static, str>),
    /// a list
    List(Vec<Tree>),
    /// an object; its keys keep their order
    Object(Vec<(Cow<'static, str>, Tree)>),
    /// a JavaScript value that JSON cannot have: a function, a symbol, a set
    Foreign,
    /// a value nested deeper than [`MAX_DEPTH`]
    TooDeep,
    /// a value beyond the size of a document or of a list
    TooLarge,
    /// beside a key that its object has before: a text may say it twice, and the earlier place keeps the last value
    Twice,
}

impl Tree {
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Tree::Null)
    }

    /// Whether it marks a value that could not be kept.
    pub(crate) fn is_marked(&self) -> bool {
        matches!(self, Tree::Foreign | Tree::TooDeep | Tree::TooLarge | Tree::Twice)
    }

    /// Its approximate size as JSON.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Tree::Text(text) => text.len() + 2,
            Tree::List(elements) => 2 + elements.iter().map(|element| element.bytes() + 1).sum::<usize>(),
            Tree::Object(entries) => {
                2 + entries.iter().map(|(key, value)| key.len() + 4 + value.bytes()).sum::<usize>()
            }
            _ => 4,
        }
    }

    /// The value of a key. None if it is absent or null.
    pub fn get(&self, key: &str) -> Option<&Tree> {
        match self.find(key) {
            None | Some(Tree::Null) => None,
            found => found,
        }
    }

    /// The value of a key, even null. None only if it is absent.
    pub(crate) fn find(&self, key: &str) -> Option<&Tree> {
        match self {
            Tree::Object(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_text()
    }

    /// The text of a key, unless it is spaces only. An empty text is returned: where it is not allowed, the reader has refused it.
    pub(crate) fn non_blank(&self, key: &str) -> Option<String> {
        self.owned(key).filter(|text| text.is_empty() || !text.trim_start().is_empty())
    }

    /// A copy of the text of a key.
    pub(crate) fn owned(&self, key: &str) -> Option<String> {
        self.text(key).map(str::to_owned)
    }

    /// Copies of the texts in a key's list.
    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.list(key) {
            if let Some(text) = element.as_text() {
                texts.push(text.to_owned());
            }
        }
        texts
    }

    /// The number of a key.
    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        match self.get(key)? {
            Tree::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The boolean of a key.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Tree::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The whole number of a key.
    pub fn integer(&self, key: &str) -> Option<i64> {
        self.get(key)?.as_integer()
    }

    /// The elements of a key's list; empty if the key is absent.
    pub fn list(&self, key: &str) -> &[Tree] {
        match self.get(key) {
            Some(Tree::List(elements)) => elements,
            _ => &[],
        }
    }

    /// The entries of a key's object; empty if the key is absent.
    pub fn entries(&self, key: &str) -> &[(Cow<'static, str>, Tree)] {
        match self.get(key) {
            Some(Tree::Object(entries)) => entries,
            _ => &[],
        }
    }

    /// Its text. None if it is not a text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Tree::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its whole number. None for 1.5 and beyond 2^53 − 1, where floats skip integers.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Tree::Number(number) => whole(*number),
            _ => None,
        }
    }

    /// Equality in conditions: deep, without conversion (`"1"` is not 1), and regardless of the order of keys.
    pub(crate) fn equals(&self, other: &Tree, steps: &Steps) -> bool {
        let may_look = |size| steps.take(Looked::Element, size);
        match (self, other) {
            (Tree::List(a), Tree::List(b)) => {
                a.len() == b.len() && may_look(a.len()) && a.iter().zip(b).all(|(a, b)| a.equals(b, steps))
            }
            // eight keys are compared in a step
            (Tree::Object(a), Tree::Object(b)) => {
                a.len() == b.len()
                    && may_look(a.len().saturating_mul(a.len()) / 8)
                    && a.iter().all(|(key, value)| other.find(key).is_some_and(|twin| value.equals(twin, steps)))
            }
            (Tree::Text(a), Tree::Text(b)) => a == b,
            (Tree::Number(a), Tree::Number(b)) => a == b,
            (Tree::Bool(a), Tree::Bool(b)) => a == b,
            (a, b) => a.is_null() && b.is_null(),
        }
    }
}

/// The integer of a number. None for 1.5 and beyond 2^53 − 1, where floats skip integers.
pub(crate) fn whole(number: f64) -> Option<i64> {
    const MAX: f64 = 9_007_199_254_740_991.0;
    #[allow(clippy::cast_possible_truncation, reason = "whole and within 2^53, checked in the same expression")]
    (number.abs() <= MAX && number.trunc() == number).then_some(number as i64)
}

impl From<i64> for Tree {
    fn from(value: i64) -> Tree {
        #[allow(clippy::cast_precision_loss, reason = "integers of the contract are at most 2^53 - 1")]
        Tree::Number(value as f64)
    }
}

impl From<bool> for Tree {
    fn from(value: bool) -> Tree {
        Tree::Bool(value)
    }
}

impl From<usize> for Tree {
    fn from(value: usize) -> Tree {
        i64::try_from(value).unwrap_or(i64::MAX).into()
    }
}

impl From<&'static str> for Tree {
    fn from(value: &'static str) -> Tree {
        Tree::Text(Cow::Borrowed(value))
    }
}

impl From<String> for Tree {
    fn from(value: String) -> Tree {
        Tree::Text(Cow::Owned(value))
    }
}

impl From<&String> for Tree {
    fn from(value: &String) -> Tree {
        value.clone().into()
    }
}

impl From<Vec<String>> for Tree {
    fn from(texts: Vec<String>) -> Tree {
        let mut list = Vec::new();
        texts.into_iter().for_each(|text| list.push(text.into()));
        Tree::List(list)
    }
}

impl<T: Into<Tree>> From<Option<T>> for Tree {
    fn from(value: Option<T>) -> Tree {
        value.map_or(Tree::Null, Into::into)
    }
}

impl<T: Into<Tree>> FromIterator<T> for Tree {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Tree {
        let mut list = Vec::new();
        values.into_iter().for_each(|value| list.push(value.into()));
        Tree::List(list)
    }
}

impl<const N: usize> From<[(&'static str, Tree); N]> for Tree {
    fn from(entries: [(&'static str, Tree); N]) -> Tree {
        object(Box::new(entries))
    }
}

/// Not generic, so that it is compiled once and not for each number of entries.
fn object(entries: Box<[(&'static str, Tree)]>) -> Tree {
    let mut object = Vec::with_capacity(entries.len());
    entries.into_iter().for_each(|(key, value)| object.push((Cow::Borrowed(key), value)));
    Tree::Object(object)
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Tree::Bool(value) => serializer.serialize_bool(*value),
            // so that 7 is written `7`, not `7.0`
            Tree::Number(value) => match whole(*value) {
                Some(value) => serializer.serialize_i64(value),
                None => serializer.serialize_f64(*value),
            },
            Tree::Text(value) => Text(value).serialize(serializer),
            Tree::List(elements) => {
                let mut list = serializer.serialize_seq(Some(elements.len()))?;
                for element in elements {
                    list.serialize_element(element)?;
                }
                list.end()
            }
            Tree::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(&Text(key), value)?;
                }
                map.end()
            }
            Tree::Null | Tree::Foreign | Tree::TooDeep | Tree::TooLarge | Tree::Twice => serializer.serialize_unit(),
        }
    }
}

/// A text. What is borrowed for ever is a word of the source.
struct Text<'a>(&'a Cow<'static, str>);

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cow::Borrowed(word) => Word(word).serialize(serializer),
            Cow::Owned(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Tree, D::Error> {
        let left = Cell::new(MAX_BYTES);
        deserializer.deserialize_any(Seed { left: &left, depth: 0 })
    }
}

/// How many bytes the document may still use, and how deep the value to be read is nested.
#[derive(Clone, Copy)]
struct Seed<'a> {
    left: &'a Cell<usize>,
    depth: usize,
}

impl Seed<'_> {
    /// Uses up `bytes`. False if fewer are left.
    fn take(self, bytes: usize) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(bytes));
        bytes <= left
    }

    fn deeper(self) -> Self {
        Seed { depth: self.depth + 1, ..self }
    }

    fn spent(self) -> bool {
        self.left.get() == 0
    }

    fn text(self, text: Cow<'static, str>) -> Tree {
        if self.take(text.len() + MIN_VALUE_BYTES) { Tree::Text(text) } else { Tree::TooLarge }
    }

    fn number(self, number: f64) -> Tree {
        self.take(MIN_VALUE_BYTES);
        Tree::Number(number)
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Tree;

    /// A function in a policy would make the host's deserializer fail without a path. As a mark in the tree it is reported with one.
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Ok(deserializer.deserialize_any(self).unwrap_or(Tree::Foreign))
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Tree;

    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        self.take(MIN_VALUE_BYTES);
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        self.take(MIN_VALUE_BYTES);
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        #[allow(clippy::cast_precision_loss, reason = "beyond 2^53 it is refused when read")]
        Ok(self.number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        #[allow(clippy::cast_precision_loss, reason = "beyond 2^53 it is refused when read")]
        Ok(self.number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(self.number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(self.text(Cow::Owned(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Tree, E> {
        Ok(self.text(Cow::Owned(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Tree, A::Error> {
        self.take(MIN_VALUE_BYTES);
        let mut list = Vec::new();
        let deep = self.depth >= MAX_DEPTH;
        while !deep && list.len() < MAX_LIST && !self.spent() {
            match elements.next_element_seed(self.deeper())? {
                Some(element) => list.push(element),
                None => return Ok(Tree::List(list)),
            }
        }
        // An empty list is not too deep. The remaining elements are read and dropped, because a JSON parser expects to reach the `]`.
        let mut more = false;
        while elements.next_element::<IgnoredAny>()?.is_some() {
            more = true;
        }
        Ok(match (more, deep) {
            (true, true) => Tree::TooDeep,
            (true, false) => Tree::TooLarge,
            (false, _) if self.spent() => Tree::TooLarge,
            (false, _) => Tree::List(list),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        self.take(MIN_VALUE_BYTES);
        let (mut object, mut places) = (Vec::new(), Places::default());
        let deep = self.depth >= MAX_DEPTH;
        while !deep && object.len() < MAX_LIST && !self.spent() {
            let Some(key) = entries.next_key::<String>()? else {
                return Ok(Tree::Object(object));
            };
            self.take(key.len() + 4);
            let mut value = entries.next_value_seed(self.deeper())?;
            let earlier = places.find(&key, &object).and_then(|index| object.get_mut(index));
            if let Some((_, known)) = earlier {
                *known = std::mem::replace(&mut value, Tree::Twice);
            }
            object.push((Cow::Owned(key), value));
        }
        let mut more = false;
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            more = true;
        }
        Ok(match (more, deep) {
            (true, true) => Tree::TooDeep,
            (true, false) => Tree::TooLarge,
            (false, _) if self.spent() => Tree::TooLarge,
            (false, _) => Tree::Object(object),
        })
    }
}

/// Where an object has its keys. Few are looked through one by one.
#[derive(Default)]
struct Places {
    first: HashMap<String, usize>,
    noted: usize,
}

impl Places {
    fn find(&mut self, key: &str, object: &[(Cow<'static, str>, Tree)]) -> Option<usize> {
        if object.len() <= 8 {
            return object.iter().position(|(known, _)| known == key);
        }
        for (index, (known, _)) in object.iter().enumerate().skip(self.noted) {
            self.first.entry(known.to_string()).or_insert(index);
        }
        self.noted = object.len();
        self.first.get(key).copied()
    }
}
