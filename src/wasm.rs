//! The border: the only file that names a `JsValue`. What comes in becomes a tree; what goes out was one.

use crate::decision::Decision;
use crate::engine;
use crate::problem::Problem;
use crate::tree::Tree;
use js_sys::{Array, Object, Reflect};
use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, forward_to_deserialize_any};
use serde_wasm_bindgen::Serializer;
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
        engine::Engine::new(read(policy)).map(Engine).map_err(thrown)
    }

    /// Gives the SHA-256 of the policy's RFC 8785 form, which the host computes.
    pub fn seal(&mut self, hash: &str) {
        self.0 = self.0.clone().sealed(hash);
    }

    /// Decides about a request.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn decide(&self, request: JsValue) -> Result<JsValue, JsValue> {
        told(self.0.decide(read(request)))
    }

    /// Keeps a customer and a ledger.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn customer(&self, customer: JsValue, ledger: JsValue) -> Result<Customer, JsValue> {
        self.0.customer(read(customer), read(ledger)).map(Customer).map_err(thrown)
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
        told(self.0.decide(read(moment)))
    }

    /// Merges one record into the ledger.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn record(&mut self, record: JsValue) -> Result<(), JsValue> {
        self.0.record(read(record)).map_err(thrown)
    }

    /// Puts another customer in the place of this one.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn update(&mut self, customer: JsValue) -> Result<(), JsValue> {
        self.0.update(read(customer)).map_err(thrown)
    }

    /// Puts another ledger in the place of this one.
    ///
    /// # Errors
    /// A list of `{ code, path, message }`.
    pub fn ledger(&mut self, records: JsValue) -> Result<(), JsValue> {
        self.0.replace_ledger(read(records)).map_err(thrown)
    }
}

fn read(value: JsValue) -> Tree {
    Tree::deserialize(Js(value)).unwrap_or(Tree::Foreign)
}

/// Plain objects, and null for what is absent.
fn write(tree: &Tree) -> JsValue {
    tree.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
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

/// A JavaScript value on its way into a tree. Unlike the deserializer of `serde-wasm-bindgen` it knows one target and formats no
/// errors, which spares every shopper 10 KB, and a getter that throws makes a value foreign instead of unwinding through Wasm.
struct Js(JsValue);

/// Not a value that JSON has. The tree marks it where it stands.
#[derive(Debug)]
struct Unreadable;

impl std::fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("not a value that JSON has")
    }
}

impl std::error::Error for Unreadable {}

impl de::Error for Unreadable {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Unreadable
    }
}

impl<'de> de::Deserializer<'de> for Js {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let value = self.0;
        if value.is_null() || value.is_undefined() {
            visitor.visit_unit()
        } else if let Some(number) = value.as_f64() {
            visitor.visit_f64(number)
        } else if let Some(text) = value.as_string() {
            visitor.visit_string(text)
        } else if let Some(truth) = value.as_bool() {
            visitor.visit_bool(truth)
        } else if Array::is_array(&value) {
            visitor.visit_seq(Elements { list: value.unchecked_into(), next: 0 })
        } else if value.is_object() && is_plain(&value) {
            let keys = Object::keys(value.unchecked_ref::<Object>());
            visitor.visit_map(Entries { object: value, keys, next: 0 })
        } else {
            Err(Unreadable)
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier
    }

    /// What is passed over is not looked into, however deep it goes.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }
}

/// Objects made by braces or `JSON.parse`, in this window or another: not dates, maps, sets or views.
fn is_plain(value: &JsValue) -> bool {
    match Reflect::get_prototype_of(value) {
        Ok(prototype) => {
            let root = prototype.unchecked_ref::<JsValue>();
            root.is_null()
                || Reflect::get_prototype_of(root).is_ok_and(|above| above.unchecked_ref::<JsValue>().is_null())
        }
        Err(_) => false,
    }
}

struct Elements {
    list: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Elements {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        if self.next >= self.list.length() {
            return Ok(None);
        }
        let value = Reflect::get_u32(&self.list, self.next).unwrap_or_else(foreign);
        self.next += 1;
        seed.deserialize(Js(value)).map(Some)
    }
}

struct Entries {
    object: JsValue,
    keys: Array,
    next: u32,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        if self.next >= self.keys.length() {
            return Ok(None);
        }
        let key = self.keys.get(self.next).as_string().unwrap_or_default();
        self.next += 1;
        seed.deserialize(key.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unreadable> {
        let value = Reflect::get(&self.object, &self.keys.get(self.next - 1)).unwrap_or_else(foreign);
        seed.deserialize(Js(value))
    }
}

/// Stands where a getter threw.
fn foreign(_: JsValue) -> JsValue {
    JsValue::symbol(None)
}

/// The standard library's allocator would be 7 KB more.
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
