//! The TypeScript types of everything that goes in or comes out.

use super::output::{CLAIMS, DECISION, PROBLEM, REFUSAL_NAME, REFUSED_CAMPAIGN_NAME, WARNING};
use super::refusals::{detail_name, each_code};
use super::{Named, named, tagged_name};
use crate::base::problem::CODES;
use crate::honesty::claims::CLAIMS_REQUEST;
use crate::language::facts::{DOCUMENTED, ends};
use crate::ledger::record::RECORDS;
use crate::policy::POLICY;
use crate::policy::parameter;
use crate::reader::shape::Shape;
use crate::request::{MOMENT, REQUEST};
use std::fmt::Write;

const HEAD: &str = "\
// Generated from the fields the engine reads by `cargo xtask generate`. Do not edit.

/** Epoch milliseconds, or an RFC 3339 text as `2026-12-31T09:00:00Z`. From 1970 to 9999. */
export type Instant = number | string;
/** A positive whole number and its unit: `90s`, `30m`, `20h`, `7d` (7 × 24 hours), `2w`. */
export type Duration = `${number}${\"s\" | \"m\" | \"h\" | \"d\" | \"w\"}`;
/** A date of the calendar, as `2026-12-31`. */
export type CivilDate = string;
/** A birthday, as `1990-12-31`, or without year as `--12-31`. */
export type BirthdayDate = string;
/** An amount in minor units of the shop's currency: 24.90 € is `2490`. */
export type Money = number;
/** A BCP 47 language tag, as `es-ES`. */
export type Locale = string;
/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
";

/// The text of `js/types.d.ts`.
pub fn types() -> String {
    let mut text = String::from(HEAD);
    let fact = |name: &str| match ends(name) {
        Some((before, after)) => format!("`{before}${{string}}{after}`"),
        None => format!("\"{name}\""),
    };
    let facts = DOCUMENTED.iter().map(|(name, _)| fact(name)).collect::<Vec<_>>().join(" | ");
    let _ = write!(
        text,
        "\n/** The facts that a condition may name. Below `event`, `consent`, `affinity`, `attributes` and `forms` the names are free, as `attributes.vip`. */\n\
         export type Fact = {facts} | `${{\"event\" | \"consent\" | \"affinity\" | \"attributes\" | \"forms\"}}.${{string}}`;\n\
         /** A condition in MongoDB query syntax, as `{{ \"orders.good\": {{ \"$gte\": 1 }} }}`. */\n\
         export type Condition = {{ [fact in Fact]?: Json }} & {{ $and?: Condition[]; $or?: Condition[]; $nor?: Condition[]; $not?: Condition }};\n"
    );
    let kinds = crate::policy::kinds::KINDS.iter().map(|kind| tagged_name(kind.name)).collect::<Vec<_>>().join(" | ");
    let _ = write!(text, "/** A campaign of any kind. */\nexport type Campaign = {kinds};\n");
    problem_codes(&mut text);
    let mut input = Vec::new();
    [&POLICY, &MOMENT, &REQUEST, &RECORDS, &CLAIMS_REQUEST].into_iter().for_each(|shape| named(shape, &mut input));
    let mut output = Vec::new();
    [&DECISION, &CLAIMS, &PROBLEM, &WARNING].into_iter().for_each(|shape| named(shape, &mut output));
    output.retain(|object| input.iter().all(|known| known.name != object.name));
    text.push_str("/** The reasons for which a message is shown. */\nexport type WhyCode = Reason[\"code\"];\n");
    parameters(&mut text);
    refusals(&mut text);
    input.iter().for_each(|object| interface(object, true, &mut text));
    for object in output.iter().filter(|object| object.name != REFUSAL_NAME) {
        interface(object, false, &mut text);
    }
    text
}

/// What a message may insert in braces, each with its type.
fn parameters(text: &mut String) {
    text.push_str("/** What a message may insert in braces, as `{givenName}`; the facts can be inserted too. */\n");
    text.push_str("export interface MessageParameters {\n");
    for (name, _, value_type, doc) in parameter::DOCUMENTED {
        let _ = write!(text, "  /** {doc} */\n  \"{name}\"?: Param & {{ type: \"{}\" }};\n", value_type.word());
    }
    text.push_str("}\n");
}

/// A union of the codes, and for each the gate and the figures that come with it.
fn refusals(text: &mut String) {
    let (mut rows, mut details, mut inner) = (String::new(), String::new(), Vec::new());
    each_code(&mut |code| {
        let name = detail_name(code);
        let _ = writeln!(
            rows,
            "  /** {} */\n  \"{}\": {{ gate: \"{}\"; detail: {name} }};",
            code.doc, code.name, code.gate
        );
        code.detail.iter().for_each(|field| named(field.shape, &mut inner));
        interface(&Named { name: name.leak(), fields: code.detail.iter().collect(), open: false }, false, &mut details);
    });
    let _ = write!(
        text,
        "\n/** Every code of a refusal, with its gate and its figures. */\nexport interface RefusalCodes {{\n{rows}}}\n\
         /** Why a campaign is held back. */\nexport type RefusalCode = keyof RefusalCodes;\n\
         /** A gate that refuses, or `arbitration`. */\nexport type RefusalGate = RefusalCodes[RefusalCode][\"gate\"];\n\
         /** What a gate says: `code` tells which figures `detail` has. */\n\
         export type Refusal = {{ [code in RefusalCode]: {{ gate: RefusalCodes[code][\"gate\"]; code: code; detail: RefusalCodes[code][\"detail\"] }} }}[RefusalCode];\n\
"
    );
    text.push_str(&details);
    inner.iter().for_each(|object| interface(object, false, text));
}

fn problem_codes(text: &mut String) {
    text.push_str("/**\n * What is wrong with a policy or a request.\n");
    for (name, doc, _) in CODES {
        let _ = writeln!(text, " * - `{name}`: {doc}");
    }
    let names = CODES.iter().map(|(name, ..)| format!("\"{name}\"")).collect::<Vec<_>>().join(" | ");
    let _ = write!(text, " */\nexport type ProblemCode = {names};\n");
}

fn interface(object: &Named, comes_in: bool, text: &mut String) {
    // which figures a refusal has depends on its code, so these three fields come from the union
    let is_refused = object.name == REFUSED_CAMPAIGN_NAME;
    let _ = match is_refused {
        true => writeln!(text, "\nexport type {} = {REFUSAL_NAME} & {{", object.name),
        false => writeln!(text, "\nexport interface {} {{", object.name),
    };
    for field in object.fields.iter().filter(|field| !is_refused || !["gate", "code", "detail"].contains(&field.name)) {
        let mut of = of(field.shape);
        if field.name == "kind"
            && let Some(kind) = crate::policy::kinds::KINDS.iter().find(|kind| tagged_name(kind.name) == object.name)
        {
            of = format!("\"{}\"", kind.name);
        }
        if object.name == "Problem" && field.name == "code" {
            of = "ProblemCode".into();
        }
        let name = if field.name.starts_with('$') { format!("\"{}\"", field.name) } else { field.name.to_owned() };
        let optional = if comes_in && (!field.required || field.old_name().is_some()) { "?" } else { "" };
        let null = if field.required { "" } else { " | null" };
        let _ = writeln!(text, "  /** {} */\n  {name}{optional}: {of}{null};", field.doc);
        if let Some(old) = field.old_name() {
            let _ = writeln!(text, "  /** @deprecated now called `{}` */\n  {old}?: {of} | null;", field.name);
        }
    }
    if object.open {
        let _ = writeln!(text, "  [key: string]: any;");
    }
    text.push_str("}\n");
}

fn of(shape: &'static Shape) -> String {
    match shape {
        Shape::Any => "any".into(),
        Shape::Flag => "boolean".into(),
        Shape::Text | Shape::Name | Shape::Clock | Shape::Currency | Shape::Country => "string".into(),
        Shape::Number { .. } | Shape::Percent | Shape::Stock => "number".into(),
        Shape::Integer { min: 1, max: 1 } => "1".into(),
        Shape::Integer { .. } => "number".into(),
        Shape::Instant | Shape::Now => "Instant".into(),
        Shape::Date => "CivilDate".into(),
        Shape::InstantOrDate => "Instant | CivilDate".into(),
        Shape::Holiday => "CivilDate | BirthdayDate".into(),
        Shape::Birthday => "BirthdayDate".into(),
        Shape::Duration | Shape::Days => "Duration".into(),
        Shape::Repeat => "Duration | \"never\"".into(),
        Shape::Per => "Duration | \"day\" | \"week\" | \"month\" | \"year\"".into(),
        Shape::Locale => "Locale".into(),
        Shape::Choice(words) => words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" | "),
        Shape::List(element) => match of(element) {
            simple if simple.chars().all(char::is_alphanumeric) => format!("{simple}[]"),
            joined => format!("({joined})[]"),
        },
        Shape::OneOrMore(element) => format!("{0} | {0}[]", of(element)),
        Shape::Map(value) => format!("{{ [name: string]: {} }}", of(value)),
        Shape::Object(name, _) | Shape::Open(name, _) => (*name).into(),
        Shape::Tagged(tagged) => tagged.name.into(),
        Shape::Condition => "Condition".into(),
        Shape::Renamed(_, inner) => of(inner),
        Shape::Shorthand(_, whole) => format!("string | {}", of(whole)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::shape::{Field, fields};

    #[test]
    fn an_old_name_is_deprecated_and_neither_name_is_required() {
        let fields: &'static [Field] = fields! {
            "id" required Shape::Name, "its id";
            "per" required Shape::Flag, "how long", was "window";
        };
        let mut text = String::new();
        interface(&Named { name: "Row", fields: fields.iter().collect(), open: false }, true, &mut text);
        let expected = "
export interface Row {
  /** its id */
  id: string;
  /** how long */
  per?: boolean;
  /** @deprecated now called `per` */
  window?: boolean | null;
}
";
        assert_eq!(text, expected);
    }
}
