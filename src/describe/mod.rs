//! What people and editors read about the contract: the JSON Schema of a policy, the TypeScript types, the tables of the docs. They are
//! made from the tables that the engine itself uses. `cargo xtask generate` writes them; the Wasm has nothing of this.

mod components;
mod constants;
mod features;
mod output;
mod refusals;
mod schema;
mod tables;
mod types;
mod verdicts;

pub use components::components;
pub use constants::constants;
pub use features::features;
pub use output::misfits;
pub use refusals::{code_sentences, refusal_codes};
pub use schema::schema;
pub use tables::tables;
pub use types::types;
pub use verdicts::{Verdict, gates, verdicts};

use crate::reader::shape::{Field, Shape};

/// An object that has a name in the schema and the types, such as `Offer`.
pub(crate) struct Named {
    pub name: &'static str,
    pub fields: Vec<&'static Field>,
    /// whether it may have other fields too
    pub open: bool,
}

/// Adds every named object inside a shape, the outer ones first, each once.
pub(crate) fn named(shape: &'static Shape, into: &mut Vec<Named>) {
    let mut add = |name: &'static str, fields: Vec<&'static Field>, open| {
        if into.iter().all(|known| known.name != name) {
            into.push(Named { name, fields: fields.clone(), open });
            fields.iter().for_each(|field| named(field.shape, into));
        }
    };
    match shape {
        Shape::List(inner)
        | Shape::OneOrMore(inner)
        | Shape::Map(inner)
        | Shape::Shorthand(_, inner)
        | Shape::Renamed(_, inner) => named(inner, into),
        Shape::Object(name, fields) => add(name, fields.iter().collect(), false),
        Shape::Open(name, fields) => add(name, fields.iter().collect(), true),
        Shape::Tagged(tagged) => {
            for (row, more) in (tagged.rows)() {
                add(tagged_name(row), tagged.common.iter().chain(more).collect(), false);
            }
        }
        _ => {}
    }
}

/// `thankYou` becomes `ThankYou`.
pub(crate) fn tagged_name(row: &'static str) -> &'static str {
    let mut letters = row.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    // never freed: a tool makes these few names once and ends
    Box::leak(first.into_iter().chain(letters).collect::<String>().into_boxed_str())
}

/// The keys that an object of this shape always has when the engine returns it.
fn output_keys(shape: &Shape) -> impl Iterator<Item = &'static str> {
    let fields: &'static [Field] = match shape {
        Shape::Object(_, fields) => fields,
        _ => &[],
    };
    fields.iter().map(|field| field.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::honesty::claims::CLAIMS_REQUEST;
    use crate::ledger::record::RECORDS;
    use crate::policy::POLICY;
    use crate::reader::shape::HAS_OLD_NAMES;
    use crate::request::{MOMENT, REQUEST};

    #[test]
    fn has_old_names_says_what_the_tables_say() {
        let mut objects = Vec::new();
        for shape in [&POLICY, &MOMENT, &REQUEST, &RECORDS, &CLAIMS_REQUEST] {
            named(shape, &mut objects);
        }
        assert!(objects.len() > 60, "{} objects", objects.len());
        let any = objects.iter().any(|object| object.fields.iter().any(|field| field.old_name().is_some()));
        assert_eq!(HAS_OLD_NAMES, any, "set `HAS_OLD_NAMES` in src/reader/shape.rs to {any}");
    }
}
