//! The JSON Schema of what the shop's server takes and answers, for its OpenAPI document: moments, customers, records, decisions.

use super::output::DECISION;
use super::schema::{definition, write};
use super::{Named, named};
use crate::base::tree::Tree;
use crate::ledger::record::RECORDS;
use crate::request::{MOMENT, REQUEST};
use std::borrow::Cow;

const HEAD: &str = "\
// Generated from the fields the engine reads by `cargo xtask generate`. Do not edit.

/** What the server takes and answers, by name, as JSON Schema. @type {Record<string, any>} */
export const SCHEMAS = ";

/// The text of `js/server/http/schemas.js`.
pub fn components() -> String {
    let mut objects = Vec::new();
    [&MOMENT, &REQUEST, &RECORDS, &DECISION].into_iter().for_each(|shape| named(shape, &mut objects));
    let schemas = objects.iter().map(|object| (object.name.into(), component(object))).collect();
    let mut text = String::new();
    write(&Tree::Object(schemas), 0, &mut text);
    let version = env!("CARGO_PKG_VERSION");
    format!("{HEAD}{};\n\nexport const VERSION = \"{version}\";\n", text.replace("#/$defs/", "#/components/schemas/"))
}

/// An object that may say null where it says nothing, as JSON that comes from a program does.
fn component(object: &Named) -> Tree {
    let mut schema = definition(object);
    let optional = |name: &str| object.fields.iter().any(|field| field.name == name && !field.required);
    if let Tree::Object(entries) = &mut schema
        && let Some((_, Tree::Object(properties))) = entries.iter_mut().find(|(key, _)| key == "properties")
    {
        properties.iter_mut().filter(|(name, _)| optional(name)).for_each(|(_, property)| nullable(property));
    }
    schema
}

fn nullable(property: &mut Tree) {
    let Tree::Object(entries) = property else { return };
    let at = entries.iter().position(|(key, _)| key == "description").unwrap_or(entries.len());
    let description = entries.split_off(at);
    if entries.is_empty() {
        entries.extend(description); // anything, null included
        return;
    }
    let inner = Tree::Object(std::mem::take(entries));
    let either: Tree = [inner, Tree::from([("type", "null".into())])].into_iter().collect();
    entries.push((Cow::Borrowed("anyOf"), either));
    entries.extend(description);
}
