//! The codes of refusals: as a table for the docs, as types for TypeScript, and as a check for tests.

use crate::arbitration::refusals;
use crate::base::problem::{ProblemCode, Problems};
use crate::base::tree::Tree;
use crate::decision::RefusalCode;
use crate::gates::GATES;
use crate::reader::check::check;
use crate::reader::shape::Shape;
use std::fmt::Write;

/// Every code, gate by gate in the order of the contract, arbitration last.
fn codes() -> Vec<&'static RefusalCode> {
    let mut codes = Vec::new();
    for gate in GATES {
        for code in gate.codes {
            assert_eq!(code.gate, gate.name(), "`{}` is listed by another gate", code.name);
            codes.push(*code);
        }
    }
    codes.extend(refusals::CODES);
    codes
}

/// A Markdown table of the codes: gate, code, what it means, its figures.
pub fn refusal_codes() -> String {
    let mut table = String::from("| gate | code | what it means, and when it ends | `detail` |\n|---|---|---|---|\n");
    for code in codes() {
        let mut figures = Vec::new();
        for field in code.detail {
            let null = if field.required { "" } else { " (or null)" };
            figures.push(format!("`{}`{null}: {}", field.name, field.doc.replace('|', "\\|")));
        }
        let _ = writeln!(table, "| `{}` | `{}` | {} | {} |", code.gate, code.name, code.doc, figures.join("<br>"));
    }
    table
}

/// The name of a code's figures in TypeScript: `LimitFullDetail`. Two gates may use one word, so that theirs begins with the gate.
pub(super) fn detail_name(code: &RefusalCode) -> String {
    let mut name = String::new();
    for word in code.name.split('-') {
        let mut letters = word.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name + "Detail"
}

/// Every code with its figures, for the types.
pub(super) fn each_code(visit: &mut dyn FnMut(&'static RefusalCode)) {
    codes().into_iter().for_each(visit);
}

/// Notes where a refusal's code is none of its gate's, or its figures are not those of the code.
pub(super) fn check_refusal(refusal: &Tree, problems: &mut Problems) {
    let is_it =
        |code: &&&RefusalCode| Some(code.gate) == refusal.text("gate") && Some(code.name) == refusal.text("code");
    let all = codes();
    let Some(code) = all.iter().find(is_it) else {
        return problems.add_at("code", ProblemCode::InvalidValue, "no code of this gate");
    };
    let mut detail = refusal.get("detail").cloned().unwrap_or(Tree::Null);
    problems.key("detail", |problems| check(&mut detail, &Shape::Object("Detail", code.detail), problems));
}
