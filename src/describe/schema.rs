//! The JSON Schema of a policy, draft 2020-12.

use super::{Named, named, tagged_name};
use crate::base::tree::Tree;
use crate::language::condition_reader::{LOGIC, OPERATORS};
use crate::language::facts::{DOCUMENTED, ends};
use crate::policy::POLICY;
use crate::reader::shape::{Field, MAX_TEXT, Shape};
use std::borrow::Cow;
use std::fmt::Write;

/// The schema of a policy, as JSON text.
pub fn schema() -> String {
    let mut objects = Vec::new();
    named(&POLICY, &mut objects);
    let mut definitions: Vec<(Cow<'static, str>, Tree)> =
        objects.iter().map(|object| (object.name.into(), definition(object))).collect();
    definitions.push(("Condition".into(), condition()));
    let schema = Tree::from([
        ("$schema", "https://json-schema.org/draft/2020-12/schema".into()),
        ("title", "A Querencia policy, version 1".into()),
        ("$ref", "#/$defs/Policy".into()),
        ("$defs", Tree::Object(definitions)),
    ]);
    let mut text = String::new();
    write(&schema, 0, &mut text);
    text.push('\n');
    text
}

pub(super) fn definition(object: &Named) -> Tree {
    let property = |field: &&Field| {
        let mut schema = of(field.shape);
        if let Tree::Object(entries) = &mut schema {
            entries.push(("description".into(), field.doc.into()));
            if field.name == "kind" {
                let kind = crate::policy::kinds::KINDS.iter().find(|kind| tagged_name(kind.name) == object.name);
                entries.retain(|(key, _)| key == "description");
                entries.push(("const".into(), kind.map(|kind| kind.name).into()));
            }
        }
        (field.name.into(), schema)
    };
    // an old name is accepted, so an editor must not mark it as an unknown field
    let old_property = |field: &&Field| {
        let entries =
            [("deprecated", true.into()), ("description", format!("the earlier name of `{}`", field.name).into())];
        let mut schema = of(field.shape);
        if let Tree::Object(shape) = &mut schema {
            shape.extend(entries.map(|(key, value)| (key.into(), value)));
        }
        Some((field.old_name()?.into(), schema))
    };
    let properties = object.fields.iter().map(property).chain(object.fields.iter().filter_map(old_property));
    // a document may give a renamed field by either name: the reader, not the schema, notices when it gives neither
    let required = object.fields.iter().filter(|field| field.required && field.old_name().is_none());
    let required = required.map(|field| field.name);
    Tree::from([
        ("type", "object".into()),
        ("properties", Tree::Object(properties.collect())),
        ("required", required.collect()),
        ("additionalProperties", object.open.into()),
    ])
}

fn of(shape: &'static Shape) -> Tree {
    let text = |pattern: &'static str| Tree::from([("type", "string".into()), ("pattern", pattern.into())]);
    let reference = |name: &str| Tree::from([("$ref", format!("#/$defs/{name}").into())]);
    let typed = |name: &'static str| Tree::from([("type", name.into())]);
    match shape {
        Shape::Any => Tree::from([]),
        Shape::Flag => typed("boolean"),
        Shape::Text | Shape::Name => {
            Tree::from([("type", "string".into()), ("minLength", 1_usize.into()), ("maxLength", MAX_TEXT.into())])
        }
        Shape::Number { min, max } => {
            Tree::from([("type", "number".into()), ("minimum", Tree::Number(*min)), ("maximum", Tree::Number(*max))])
        }
        Shape::Integer { min, max } => {
            Tree::from([("type", "integer".into()), ("minimum", (*min).into()), ("maximum", (*max).into())])
        }
        Shape::Stock => Tree::from([("type", "number".into()), ("minimum", 0_usize.into())]),
        Shape::Percent => {
            Tree::from([("type", "number".into()), ("minimum", 0_usize.into()), ("maximum", 100_usize.into())])
        }
        Shape::Instant | Shape::Now | Shape::InstantOrDate => {
            Tree::from([("type", ["integer", "string"].into_iter().collect())])
        }
        Shape::Date => text("^\\d{4}-\\d{2}-\\d{2}$"),
        Shape::Holiday => text("^(\\d{4}|-)-\\d{2}-\\d{2}$"),
        Shape::Birthday => text("^(\\d{4}|-)-\\d{2}-\\d{2}$"),
        Shape::Duration => text("^[0-9]*[1-9][0-9]*[smhdw]$"),
        Shape::Days => text("^(0d|[0-9]*[1-9][0-9]*[smhdw])$"),
        Shape::Repeat => text("^(never|[0-9]*[1-9][0-9]*[smhdw])$"),
        Shape::Per => text("^(day|week|month|year|[0-9]*[1-9][0-9]*[smhdw])$"),
        Shape::Clock => text("^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$"),
        Shape::Currency => text("^[A-Z]{3}$"),
        Shape::Country => text("^[A-Z]{2}$"),
        Shape::Locale => text("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"),
        Shape::Choice(words) => Tree::from([("enum", words.iter().copied().collect())]),
        Shape::List(element) => Tree::from([("type", "array".into()), ("items", of(element))]),
        Shape::OneOrMore(element) => {
            let list = Tree::from([("type", "array".into()), ("items", of(element))]);
            Tree::from([("anyOf", [of(element), list].into_iter().collect())])
        }
        Shape::Map(value) => Tree::from([("type", "object".into()), ("additionalProperties", of(value))]),
        Shape::Object(name, _) | Shape::Open(name, _) => reference(name),
        Shape::Tagged(tagged) => {
            let rows = (tagged.rows)();
            Tree::from([("oneOf", rows.iter().map(|(row, _)| reference(tagged_name(row))).collect())])
        }
        Shape::Condition => reference("Condition"),
        Shape::Renamed(_, inner) => of(inner),
        Shape::Shorthand(_, whole) => Tree::from([("anyOf", [of(&Shape::Text), of(whole)].into_iter().collect())]),
    }
}

/// The schema of a condition: MongoDB query syntax over the facts. An operand may be any JSON.
fn condition() -> Tree {
    let described = |text: &'static str| Tree::from([("description", text.into())]);
    let list = || {
        let inner = Tree::from([("$ref", "#/$defs/Condition".into())]);
        Tree::from([("type", "array".into()), ("items", inner)])
    };
    let facts =
        DOCUMENTED.iter().filter(|(name, _)| ends(name).is_none()).map(|(name, doc)| ((*name).into(), described(doc)));
    // `contacts.<campaign>.count` is a fact of each campaign
    let patterns = DOCUMENTED.iter().filter_map(|(name, doc)| {
        let (before, after) = ends(name)?;
        Some((format!("^{}.+{}$", before.replace('.', "\\."), after.replace('.', "\\.")).into(), described(doc)))
    });
    let logic = LOGIC.iter().map(|name| {
        let inner = if *name == "$not" { Tree::from([("$ref", "#/$defs/Condition".into())]) } else { list() };
        ((*name).into(), inner)
    });
    let own = "^(event|consent|affinity|attributes|forms)\\.";
    Tree::from([
        ("type", "object".into()),
        (
            "description",
            format!("facts, and for each the value that it must have, or operators ({})", OPERATORS.join(" ")).into(),
        ),
        ("properties", Tree::Object(facts.chain(logic).collect())),
        ("patternProperties", Tree::Object(patterns.chain([(own.into(), Tree::from([]))]).collect())),
        ("additionalProperties", false.into()),
    ])
}

/// Writes indented JSON. What fits in 120 characters stays on one line.
pub(super) fn write(tree: &Tree, indent: usize, into: &mut String) {
    let flat = flat(tree);
    match tree {
        _ if flat.len() + indent <= 120 => into.push_str(&flat),
        Tree::Object(entries) => {
            block(entries.len(), indent, ['{', '}'], into, |index, into| {
                if let Some((key, value)) = entries.get(index) {
                    let _ = write!(into, "{}: ", quoted(key));
                    write(value, indent + 2, into);
                }
            });
        }
        Tree::List(elements) => block(elements.len(), indent, ['[', ']'], into, |index, into| {
            if let Some(element) = elements.get(index) {
                write(element, indent + 2, into);
            }
        }),
        _ => into.push_str(&flat),
    }
}

fn block(count: usize, indent: usize, [open, close]: [char; 2], into: &mut String, each: impl Fn(usize, &mut String)) {
    into.push(open);
    for index in 0..count {
        into.push_str(if index > 0 { ",\n" } else { "\n" });
        into.push_str(&" ".repeat(indent + 2));
        each(index, into);
    }
    into.push('\n');
    into.push_str(&" ".repeat(indent));
    into.push(close);
}

fn flat(tree: &Tree) -> String {
    match tree {
        Tree::Bool(value) => value.to_string(),
        Tree::Number(value) => value.to_string(),
        Tree::Text(value) => quoted(value),
        Tree::List(elements) => format!("[{}]", elements.iter().map(flat).collect::<Vec<_>>().join(", ")),
        Tree::Object(entries) if entries.is_empty() => "{}".into(),
        Tree::Object(entries) => {
            let entry = |(key, value): &(Cow<str>, Tree)| format!("{}: {}", quoted(key), flat(value));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        _ => "null".into(),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::shape::fields;

    #[test]
    fn an_old_name_is_deprecated_and_neither_name_is_required() {
        let fields: &'static [Field] = fields! {
            "id" required Shape::Name, "its id";
            "per" required Shape::Flag, "how long", was "window";
        };
        let object = Named { name: "Row", fields: fields.iter().collect(), open: false };
        let mut text = String::new();
        write(&definition(&object), 0, &mut text);
        let expected = r#"{
  "type": "object",
  "properties": {
    "id": { "type": "string", "minLength": 1, "maxLength": 4096, "description": "its id" },
    "per": { "type": "boolean", "description": "how long" },
    "window": { "type": "boolean", "deprecated": true, "description": "the earlier name of `per`" }
  },
  "required": ["id"],
  "additionalProperties": false
}"#;
        assert_eq!(text, expected);
    }
}
