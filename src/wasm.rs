//! The border: the only file that names a `JsValue`. What comes in becomes a tree; what goes out was one.

use crate::base::border::{FALSE, FOREIGN, LIST, NULL, NUMBER, OBJECT, TEXT, TOO_DEEP, TOO_LARGE, TRUE};
use crate::base::problem::Problem;
use crate::base::tree::Tree;
use crate::decision::Decision;
use crate::engine;
use wasm_bindgen::prelude::*;

/// A policy, ready to decide.
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

    /// Gives the SHA-256 of the policy's RFC 8785 form, which the host computes.
    pub fn seal(&mut self, hash: &str) {
        self.0 = self.0.clone().with_fingerprint(hash);
    }

    /// What the policy should change although it was accepted: a list of `{ code, path, message }`.
    pub fn warnings(&self) -> JsValue {
        write(&self.0.warnings().iter().collect())
    }

    /// Decides about a request.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn decide(&self, request: JsValue) -> Result<JsValue, JsValue> {
        told(self.0.decide(read(&request)))
    }

    /// Says which claims about an article hold.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn claims(&self, request: JsValue) -> Result<JsValue, JsValue> {
        self.0.claims(read(&request)).map(|told| write(&told)).map_err(thrown)
    }

    /// Keeps a customer and a ledger.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn customer(&self, customer: JsValue, ledger: JsValue) -> Result<Customer, JsValue> {
        self.0.customer(read(&customer), read(&ledger)).map(Customer).map_err(thrown)
    }
}

/// A customer the engine keeps, so that a moment is all that must cross.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Customer(engine::Handle);

#[wasm_bindgen]
impl Customer {
    /// Decides at a moment.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn decide(&mut self, moment: JsValue) -> Result<JsValue, JsValue> {
        told(self.0.decide(read(&moment)))
    }

    /// Merges one record into the ledger.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn record(&mut self, record: JsValue) -> Result<(), JsValue> {
        self.0.record(read(&record)).map_err(thrown)
    }

    /// Puts another customer in the place of this one.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn update(&mut self, customer: JsValue) -> Result<(), JsValue> {
        self.0.update(read(&customer)).map_err(thrown)
    }

    /// Puts another ledger in the place of this one.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn ledger(&mut self, records: JsValue) -> Result<(), JsValue> {
        self.0.replace_ledger(read(&records)).map_err(thrown)
    }
}

fn told(decision: Result<Decision, Vec<Problem>>) -> Result<JsValue, JsValue> {
    match decision {
        Ok(decision) => Ok(write(&Tree::from(&decision))),
        Err(problems) => Err(thrown(problems)),
    }
}

fn thrown(problems: Vec<Problem>) -> JsValue {
    write(&problems.iter().collect())
}

#[wasm_bindgen(module = "/js/load/border.js")]
extern "C" {
    #[wasm_bindgen(js_name = shapeOf)]
    fn shape_of(value: &JsValue) -> Vec<f64>;
    #[wasm_bindgen(js_name = textsOf)]
    fn texts_of() -> String;
    fn made(shape: &[f64], texts: &str) -> JsValue;
}

fn read(value: &JsValue) -> Tree {
    let (shape, texts) = (shape_of(value), texts_of());
    Parts { shape: shape.into_iter(), texts: &texts }.tree()
}

/// What is left of a value that js/load/border.js took apart.
struct Parts<'a> {
    shape: std::vec::IntoIter<f64>,
    texts: &'a str,
}

impl Parts<'_> {
    fn number(&mut self) -> f64 {
        self.shape.next().unwrap_or_default()
    }

    fn count(&mut self) -> usize {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "JavaScript's lengths are below 2^32"
        )]
        {
            self.number() as usize
        }
    }

    /// JavaScript counts in UTF-16; each text has an end of one byte.
    fn text(&mut self) -> String {
        let (mut units, mut end) = (self.count(), 0);
        for letter in self.texts.chars() {
            if units == 0 {
                break;
            }
            units -= letter.len_utf16();
            end += letter.len_utf8();
        }
        let text = self.texts.get(..end).unwrap_or_default().to_owned();
        self.texts = self.texts.get(end + 1..).unwrap_or_default();
        text
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
                    object.push((self.text().into(), self.tree()));
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

/// Plain objects, and null for what is absent.
fn write(tree: &Tree) -> JsValue {
    let mut told = Told::default();
    told.tree(tree);
    made(&told.shape, &told.texts)
}

/// A tree taken apart for js/load/border.js.
#[derive(Default)]
struct Told {
    shape: Vec<f64>,
    texts: String,
}

impl Told {
    fn count(&mut self, count: usize) {
        #[allow(clippy::cast_precision_loss, reason = "as many as fit in a memory of 2^32 bytes")]
        self.shape.push(count as f64);
    }

    fn text(&mut self, text: &str) {
        let mut units = 0;
        text.chars().for_each(|letter| units += letter.len_utf16());
        self.count(units);
        self.texts.push_str(text);
    }

    fn tree(&mut self, tree: &Tree) {
        match tree {
            Tree::Bool(value) => self.count(if *value { TRUE } else { FALSE }),
            Tree::Number(value) => {
                self.count(NUMBER);
                self.shape.push(*value);
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
            Tree::Object(entries) => {
                self.count(OBJECT);
                self.count(entries.len());
                for (key, value) in entries {
                    self.text(key);
                    self.tree(value);
                }
            }
            _ => self.count(NULL),
        }
    }
}

/// The standard library's allocator would be 7 KB more.
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
