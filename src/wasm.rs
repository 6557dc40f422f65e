//! The border between JavaScript and Rust: the only file that names a `JsValue`. An argument becomes a [`Tree`], or at
//! once what is read from it; a result is written as numbers and one text.

use crate::base::encoder::Encoder;
use crate::base::problem::Problem;
use crate::base::tree::Tree;
#[cfg(feature = "sentences")]
use crate::base::tree::whole;
#[cfg(feature = "sentences")]
use crate::calendar::Instant;
use crate::decision::Decision;
use crate::engine;
use crate::handle::Handle;
use crate::ledger::Ledger;
use crate::ledger::record::{RECORD, RECORDS, Record};
use crate::reader::encoded::Encoded;
use crate::reader::shape::Shape;
use crate::request::MOMENT;
use crate::request::customer::CUSTOMER;
#[cfg(feature = "whole")]
use crate::{honesty::claims::CLAIMS_REQUEST, policy::POLICY, request::REQUEST};
use serde::ser::Serialize;
use wasm_bindgen::prelude::*;

/// A policy that was read and can decide.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine(engine::Engine);

#[cfg(feature = "whole")]
#[wasm_bindgen]
impl Engine {
    /// Reads a policy.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: JsValue) -> Result<Engine, JsValue> {
        engine::Engine::new(read(&policy, &POLICY)).map(Engine).map_err(thrown)
    }

    /// Decides one request.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn decide(&self, request: JsValue) -> Result<JsValue, JsValue> {
        let given = Given::of(&request);
        let mut records = None;
        let request = given.open().tree_without(&REQUEST, &mut |key, input| {
            records = if key == "ledger" { Record::read_all(input) } else { return false };
            records.is_some()
        });
        result(self.0.decide_with(request, records.map(Ledger::from_records)))
    }

    /// Lists the claims about an article that may be shown.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn claims(&self, request: JsValue) -> Result<JsValue, JsValue> {
        self.0.claims(read(&request, &CLAIMS_REQUEST)).map(|claims| write(&claims)).map_err(thrown)
    }
}

#[cfg(not(feature = "whole"))]
#[wasm_bindgen]
impl Engine {
    /// Reads a policy that the full build compiled.
    ///
    /// # Errors
    /// Null: the bytes are not those of a policy, or it needs what this build has not.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: &[u8]) -> Result<Engine, JsValue> {
        engine::Engine::from_compiled(policy).map(Engine).ok_or(JsValue::NULL)
    }
}

#[wasm_bindgen]
impl Engine {
    /// Sets the SHA-256 of the policy's RFC 8785 form, which the host computes. Decisions and records carry it.
    #[wasm_bindgen(js_name = setPolicyHash)]
    pub fn set_policy_hash(&mut self, hash: &str) {
        self.0 = self.0.clone().with_fingerprint(hash);
    }

    /// Keeps a customer and a ledger inside the engine.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn customer(&self, customer: JsValue, ledger: JsValue) -> Result<Customer, JsValue> {
        let mut kept = self.0.customer(read(&customer, &CUSTOMER), Tree::Null).map(Customer).map_err(thrown)?;
        kept.ledger(ledger)?;
        Ok(kept)
    }
}

#[cfg(feature = "sentences")]
#[wasm_bindgen]
impl Engine {
    /// The policy as the builds for pages read it.
    pub fn compiled(&self) -> Vec<u8> {
        self.0.compiled()
    }

    /// The features that the policy needs of a build for pages.
    pub fn features(&self) -> Vec<String> {
        self.0.features().into_iter().map(str::to_owned).collect()
    }

    /// What the policy should change although it was accepted: a list of `{ code, path, message }`. The options are `{ now }`, in epoch
    /// milliseconds: without it nothing is said of what is over.
    ///
    /// # Errors
    /// None. But Node 20 can abort when a function that calls Wasm for one bare reference is compiled again during the call (V8 11.3).
    pub fn warnings(&self, options: JsValue) -> Result<JsValue, JsValue> {
        let options: Tree = serde_wasm_bindgen::from_value(options).unwrap_or_default();
        let now = options.number("now").and_then(|now| whole(now.trunc())).map(Instant);
        Ok(write(&self.0.warnings(now)))
    }
}

/// What a page may read of a policy: `{ policy, rows, leftOut: [{ path, why }], shown: [path] }`. The options are `{ locale }`: without it
/// the texts of all locales are published.
///
/// # Errors
/// A list of `{ code, path, message }`.
#[cfg(feature = "sentences")]
#[wasm_bindgen]
pub fn publish(policy: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
    let options: Tree = serde_wasm_bindgen::from_value(options).unwrap_or_default();
    let published = crate::publish::publish(read(&policy, &POLICY), options.text("locale")).map_err(thrown)?;
    Ok(write(&Tree::from(published)))
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
        result(self.0.decide(read(&moment, &MOMENT)))
    }

    /// Merges one record into the ledger.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn record(&mut self, record: JsValue) -> Result<(), JsValue> {
        self.0.record(read(&record, &RECORD)).map_err(thrown)
    }

    /// Replaces the customer.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn update(&mut self, customer: JsValue) -> Result<(), JsValue> {
        self.0.update(read(&customer, &CUSTOMER)).map_err(thrown)
    }

    /// Replaces the ledger.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn ledger(&mut self, records: JsValue) -> Result<(), JsValue> {
        let given = Given::of(&records);
        let mut input = given.open();
        match Record::read_all(&mut input) {
            Some(records) => self.0.keep(Some(Ledger::from_records(records))),
            None => self.0.replace_ledger(input.tree(&RECORDS)),
        }
        .map_err(thrown)
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
        self.0.retry_at(read(&moment, &MOMENT), campaign).map(|at| at.map(|at| at.0 as f64)).map_err(thrown)
    }
}

fn result(decision: Result<Decision, Vec<Problem>>) -> Result<JsValue, JsValue> {
    decision.map(|decision| write_often(&decision)).map_err(thrown)
}

fn thrown(problems: Vec<Problem>) -> JsValue {
    write(&problems)
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

/// A value in the form that js/load/border.js encodes.
struct Given {
    numbers: Vec<f64>,
    texts: String,
}

impl Given {
    fn of(value: &JsValue) -> Given {
        Given { numbers: encode(value), texts: encoded_texts() }
    }

    fn open(&self) -> Encoded<'_> {
        Encoded::new(&self.numbers, &self.texts)
    }
}

fn read(value: &JsValue, shape: &Shape) -> Tree {
    Given::of(value).open().tree(shape)
}

/// What is asked seldom, or refused: plain objects, and null for an absent value.
#[cfg(feature = "sentences")]
fn write(value: &impl Serialize) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or_default()
}

/// The same where each kilobyte is a shopper's: as decisions.
#[cfg(not(feature = "sentences"))]
use write_often as write;

/// A decision: plain objects, and null for an absent value.
fn write_often(value: &impl Serialize) -> JsValue {
    let encoder = Encoder::of(value);
    decode(&encoder.words, &encoder.numbers, &encoder.texts)
}

/// 7 KB smaller than the standard library's allocator.
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
