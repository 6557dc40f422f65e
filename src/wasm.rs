//! The border between JavaScript and Rust: the only file that names a `JsValue`. An argument becomes a [`Tree`], and a result is
//! written from one.

use crate::base::border::{FALSE, FOREIGN, LATER, LIST, NULL, NUMBER, OBJECT, TEXT, TOO_DEEP, TOO_LARGE, TRUE};
use crate::base::problem::Problem;
use crate::base::tree::Tree;
#[cfg(feature = "sentences")]
use crate::base::tree::whole;
#[cfg(feature = "sentences")]
use crate::calendar::Instant;
use crate::decision::Decision;
use crate::engine;
use crate::handle::Handle;
#[cfg(feature = "sentences")]
use serde::Serialize;
use std::borrow::Cow;
use wasm_bindgen::prelude::*;

/// A policy that was read and can decide.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine(engine::Engine);

#[wasm_bindgen]
impl Engine {
    /// Reads a policy.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: JsValue) -> Result<Engine, JsValue> {
        engine::Engine::new(read(&policy)).map(Engine).map_err(thrown)
    }

    /// Sets the SHA-256 of the policy's RFC 8785 form, which the host computes. Decisions and records carry it.
    #[wasm_bindgen(js_name = setPolicyHash)]
    pub fn set_policy_hash(&mut self, hash: &str) {
        self.0 = self.0.clone().with_fingerprint(hash);
    }

    /// Decides one request.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn decide(&self, request: JsValue) -> Result<JsValue, JsValue> {
        result(self.0.decide(read(&request)))
    }

    /// Lists the claims about an article that may be shown.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn claims(&self, request: JsValue) -> Result<JsValue, JsValue> {
        self.0.claims(read(&request)).map(|claims| write(&claims)).map_err(thrown)
    }

    /// Keeps a customer and a ledger inside the engine.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn customer(&self, customer: JsValue, ledger: JsValue) -> Result<Customer, JsValue> {
        self.0.customer(read(&customer), read(&ledger)).map(Customer).map_err(thrown)
    }
}

#[cfg(feature = "sentences")]
#[wasm_bindgen]
impl Engine {
    /// What the policy should change although it was accepted: a list of `{ code, path, message }`. The options are `{ now }`, in epoch
    /// milliseconds: without it nothing is said of what is over.
    ///
    /// # Errors
    /// None. But Node 20 can abort when a function that calls Wasm for one bare reference is compiled again during the call (V8 11.3).
    pub fn warnings(&self, options: JsValue) -> Result<JsValue, JsValue> {
        let options: Tree = serde_wasm_bindgen::from_value(options).unwrap_or_default();
        let now = options.number("now").and_then(|now| whole(now.trunc())).map(Instant);
        Ok(write(&self.0.warnings(now).iter().collect()))
    }
}

/// A customer and a ledger inside the engine: a page that decides again passes the moment alone.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Customer(Handle);

#[wasm_bindgen]
impl Customer {
    /// Decides at a moment.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn decide(&mut self, moment: JsValue) -> Result<JsValue, JsValue> {
        result(self.0.decide(read(&moment)))
    }

    /// Merges one record into the ledger.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn record(&mut self, record: JsValue) -> Result<(), JsValue> {
        self.0.record(read(&record)).map_err(thrown)
    }

    /// Replaces the customer.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn update(&mut self, customer: JsValue) -> Result<(), JsValue> {
        self.0.update(read(&customer)).map_err(thrown)
    }

    /// Replaces the ledger.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn ledger(&mut self, records: JsValue) -> Result<(), JsValue> {
        self.0.replace_ledger(read(&records)).map_err(thrown)
    }
}

#[cfg(feature = "sentences")]
#[wasm_bindgen]
impl Customer {
    /// When a campaign that is silent at a moment may speak, in epoch milliseconds; undefined: nothing is known.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    #[wasm_bindgen(js_name = retryAt)]
    pub fn retry_at(&mut self, moment: JsValue, campaign: &str) -> Result<Option<f64>, JsValue> {
        #[allow(clippy::cast_precision_loss, reason = "instants of the contract are at most 2^53 - 1")]
        self.0.retry_at(read(&moment), campaign).map(|at| at.map(|at| at.0 as f64)).map_err(thrown)
    }
}

fn result(decision: Result<Decision, Vec<Problem>>) -> Result<JsValue, JsValue> {
    match decision {
        Ok(decision) => {
            let mut encoder = Encoder::default();
            match Tree::from(decision) {
                // most pages never read why a message is silent
                Tree::Object(entries) => encoder.object(&entries, "refused"),
                tree => encoder.tree(&tree),
            }
            Ok(encoder.decoded())
        }
        Err(problems) => Err(thrown(problems)),
    }
}

fn thrown(problems: Vec<Problem>) -> JsValue {
    write(&problems.iter().collect())
}

#[wasm_bindgen(module = "/js/load/border.js")]
extern "C" {
    fn encode(value: &JsValue) -> Vec<f64>;
    #[wasm_bindgen(js_name = encodedTexts)]
    fn encoded_texts() -> String;
    fn decode(words: &[f64], numbers: &[f64], texts: &str) -> JsValue;
}

/// Not read here: wasm-bindgen copies a file that is named, and border.js imports this one.
#[wasm_bindgen(module = "/js/constants.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = MAX_DEPTH)]
    #[allow(dead_code, reason = "naming the file is enough")]
    static IN_JAVASCRIPT: f64;
}

fn read(value: &JsValue) -> Tree {
    let (numbers, texts) = (encode(value), encoded_texts());
    Decoder { numbers: numbers.into_iter(), texts: &texts, is_ascii: texts.is_ascii(), keys: Vec::new() }.tree()
}

/// The rest, still to be read, of a value that js/load/border.js encoded.
struct Decoder<'a> {
    numbers: std::vec::IntoIter<f64>,
    texts: &'a str,
    /// whether each letter of the texts is one byte
    is_ascii: bool,
    /// the keys that were read
    keys: Vec<Cow<'static, str>>,
}

impl Decoder<'_> {
    fn number(&mut self) -> f64 {
        self.numbers.next().unwrap_or_default()
    }

    fn count(&mut self) -> usize {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a length in JavaScript is below 2^32"
        )]
        {
            self.number() as usize
        }
    }

    /// A length counts UTF-16 code units, as JavaScript does. One byte ends each text.
    fn text(&mut self) -> String {
        let (mut units, mut end) = (self.count(), 0);
        if self.is_ascii {
            end = units;
        } else {
            for letter in self.texts.chars() {
                if units == 0 {
                    break;
                }
                units -= letter.len_utf16();
                end += letter.len_utf8();
            }
        }
        let text = self.texts.get(..end).unwrap_or_default().to_owned();
        self.texts = self.texts.get(end + 1..).unwrap_or_default();
        text
    }

    /// A key: its text, or -1 for the first that was read, -2 for the second, …
    fn key(&mut self) -> Cow<'static, str> {
        let next = self.numbers.as_slice().first().copied().unwrap_or_default();
        if next < 0.0 {
            self.numbers.next();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below the number of keys")]
            return self.keys.get((-1.0 - next) as usize).cloned().unwrap_or_default();
        }
        let key: Cow<str> = self.text().into();
        self.keys.push(key.clone());
        key
    }

    fn tree(&mut self) -> Tree {
        match self.count() {
            FALSE => Tree::Bool(false),
            TRUE => Tree::Bool(true),
            NUMBER => Tree::Number(self.number()),
            TEXT => self.text().into(),
            LIST => {
                let count = self.count();
                let mut list = Vec::with_capacity(count);
                for _ in 0..count {
                    list.push(self.tree());
                }
                Tree::List(list)
            }
            OBJECT => {
                let count = self.count();
                let mut object = Vec::with_capacity(count);
                for _ in 0..count {
                    object.push((self.key(), self.tree()));
                }
                Tree::Object(object)
            }
            FOREIGN => Tree::Foreign,
            TOO_DEEP => Tree::TooDeep,
            TOO_LARGE => Tree::TooLarge,
            _ => Tree::Null,
        }
    }
}

/// What is asked seldom, or refused: plain objects, and null for an absent value.
#[cfg(feature = "sentences")]
fn write(tree: &Tree) -> JsValue {
    tree.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or_default()
}

/// The same where each kilobyte is a shopper's: by the encoder of decisions.
#[cfg(not(feature = "sentences"))]
fn write(tree: &Tree) -> JsValue {
    let mut encoder = Encoder::default();
    encoder.tree(tree);
    encoder.decoded()
}

/// A tree in the form that js/load/border.js decodes.
#[derive(Default)]
struct Encoder {
    /// the words of the source that it uses: where each is in the memory, and its length times 2^32
    words: Vec<f64>,
    numbers: Vec<f64>,
    texts: String,
    /// the length of the texts in JavaScript
    units: usize,
}

impl Encoder {
    fn decoded(&self) -> JsValue {
        decode(&self.words, &self.numbers, &self.texts)
    }

    fn count(&mut self, count: usize) {
        #[allow(clippy::cast_precision_loss, reason = "a memory of 2^32 bytes holds no more")]
        self.numbers.push(count as f64);
    }

    /// A text: its length, or -1 for the first of the words, -2 for the second, …
    #[allow(clippy::ptr_arg, reason = "what is borrowed for ever is a word")]
    fn text(&mut self, text: &Cow<'static, str>) {
        match text {
            Cow::Borrowed(word) if !word.is_empty() => {
                #[allow(clippy::cast_precision_loss, reason = "an address is below 2^32, and no word has 2^20 bytes")]
                let place = word.as_ptr() as usize as f64 + word.len() as f64 * 4_294_967_296.0;
                let index = self.words.iter().position(|known| known.to_bits() == place.to_bits());
                let index = index.unwrap_or_else(|| {
                    self.words.push(place);
                    self.words.len() - 1
                });
                #[allow(clippy::cast_precision_loss, reason = "there are a few hundred words")]
                self.numbers.push(-1.0 - index as f64);
            }
            text => {
                let mut units = 0;
                text.chars().for_each(|letter| units += letter.len_utf16());
                self.count(units);
                self.units += units;
                self.texts.push_str(text);
            }
        }
    }

    /// An object. The value of the key `later` is built when it is read.
    fn object(&mut self, entries: &[(Cow<'static, str>, Tree)], later: &str) {
        self.count(OBJECT);
        self.count(entries.len());
        for (key, value) in entries {
            self.text(key);
            if key == later {
                let mut inner = Encoder { words: std::mem::take(&mut self.words), ..Encoder::default() };
                inner.tree(value);
                [LATER, inner.numbers.len(), inner.units].iter().for_each(|count| self.count(*count));
                self.numbers.append(&mut inner.numbers);
                self.units += inner.units;
                self.texts.push_str(&inner.texts);
                self.words = inner.words;
            } else {
                self.tree(value);
            }
        }
    }

    fn tree(&mut self, tree: &Tree) {
        match tree {
            Tree::Bool(value) => self.count(if *value { TRUE } else { FALSE }),
            Tree::Number(value) => {
                self.count(NUMBER);
                self.numbers.push(*value);
            }
            Tree::Text(text) => {
                self.count(TEXT);
                self.text(text);
            }
            Tree::List(elements) => {
                self.count(LIST);
                self.count(elements.len());
                elements.iter().for_each(|element| self.tree(element));
            }
            Tree::Object(entries) => self.object(entries, ""),
            _ => self.count(NULL),
        }
    }
}

/// 7 KB smaller than the standard library's allocator.
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
