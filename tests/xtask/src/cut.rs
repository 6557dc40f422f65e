//! A panic traps, and nobody reads what it would say: js/load makes a fresh instance and goes on. So whatever starts or words a
//! panic becomes a trap, and the tools that follow drop what only it needed.

use std::collections::HashSet;
use std::path::Path;

use rustc_demangle::demangle;
use walrus::ir::{Visitor, dfs_in_order};
use walrus::{ElementItems, ExportItem, FunctionBuilder, FunctionId, FunctionKind, Module};

use crate::step::Result;

/// What does not return, by the module it is in.
const MODULES: &[&str] = &["core::panicking::", "std::panicking::", "std::process::", "std::sys::backtrace::"];
/// Others, by the ends of their names.
const ENDS: &[&str] = &[
    "rust_panic",
    "__rust_start_panic",
    "_failed",
    "_fail",
    "panic_already_borrowed",
    "panic_already_mutably_borrowed",
    "handle_error",
    "handle_alloc_error",
    "__rust_alloc_error_handler",
    "capacity_overflow",
    "throw_str",
    "throw_null",
];

/// What they would say.
const TEXTS: &[&str] = &[
    "assertion failed: self.is_char_boundary(new_len)",
    " index out of bounds: the len is ",
    "but the index is ",
    "insertion index (is ",
    "removal index (is ",
    ") should be <= len (is ",
    ") should be < len (is ",
    "mid > len",
    "destination and source slices have different lengths",
    "called `Option::unwrap()` on a `None` value",
    "attempt to divide with overflow",
    "attempt to calculate the remainder with overflow",
    "attempt to divide by zero",
    "attempt to calculate the remainder with a divisor of zero",
    "attempted to take ownership of Rust value while it was borrowed",
    "null pointer passed to rust",
    "recursive use of an object detected which would lead to unsafe aliasing in rust",
];

/// A module whose panics are traps.
pub fn cut(wasm: &Path) -> Result<Module> {
    let mut module = Module::from_file(wasm).map_err(|why| format!("{}: {why:#}", wasm.display()))?;
    let panics = named(&module, |name| {
        let path = name.trim_start_matches('<');
        MODULES.iter().any(|module| path.starts_with(module)) || ENDS.iter().any(|end| name.ends_with(end))
    });
    if panics.is_empty() {
        return Err(format!("{} has no function that panics: are they called otherwise now?", wasm.display()));
    }
    panics.iter().for_each(|id| trap(&mut module, *id));
    let data: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    data.into_iter().for_each(|id| blank(&mut module.data.get_mut(id).value));

    // Of the formatter only the panics' tables may be left, which no code reads any more.
    let formatter = named(&module, |name| name.contains("core::fmt::"));
    if called(&module, &formatter).is_disjoint(&formatter) {
        formatter.iter().for_each(|id| trap(&mut module, *id));
    }
    Ok(module)
}

/// The names of source files and the panics' own texts, which nothing else says; what is all zeros compresses to nothing.
fn blank(data: &mut [u8]) {
    const FILE: &[u8] = b".rs\0";
    let in_a_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-".contains(byte);
    for end in (FILE.len()..=data.len()).rev() {
        let (before, _) = data.split_at_mut(end);
        if before.ends_with(FILE) {
            let start = before.iter().rev().skip(1).take_while(|byte| in_a_path(byte)).count() + 1;
            before.iter_mut().rev().take(start).for_each(|byte| *byte = 0);
        }
    }
    for text in TEXTS {
        while let Some(start) = data.windows(text.len()).position(|window| window == text.as_bytes()) {
            data.iter_mut().skip(start).take(text.len()).for_each(|byte| *byte = 0);
        }
    }
}

fn named(module: &Module, is: impl Fn(&str) -> bool) -> HashSet<FunctionId> {
    let local = module.funcs.iter_local();
    local
        .filter(|(id, _)| {
            module.funcs.get(*id).name.as_deref().is_some_and(|name| is(&format!("{:#}", demangle(name))))
        })
        .map(|(id, _)| id)
        .collect()
}

/// Every function that is called by name, from the exports on and from what the table holds beside `aside`.
fn called(module: &Module, aside: &HashSet<FunctionId>) -> HashSet<FunctionId> {
    let mut open = Calls(Vec::new());
    for element in module.elements.iter() {
        if let ElementItems::Functions(ids) = &element.items {
            open.0.extend(ids.iter().filter(|id| !aside.contains(id)));
        }
    }
    open.0.extend(module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(id) => Some(id),
        _ => None,
    }));
    let mut called = HashSet::new();
    while let Some(id) = open.0.pop() {
        if called.insert(id)
            && let FunctionKind::Local(function) = &module.funcs.get(id).kind
        {
            dfs_in_order(&mut open, function, function.entry_block());
        }
    }
    called
}

struct Calls(Vec<FunctionId>);

impl Visitor<'_> for Calls {
    fn visit_function_id(&mut self, id: &FunctionId) {
        self.0.push(*id);
    }
}

fn trap(module: &mut Module, id: FunctionId) {
    let ty = module.types.get(module.funcs.get(id).ty());
    let (params, results) = (ty.params().to_vec(), ty.results().to_vec());
    let arguments = params.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut body = FunctionBuilder::new(&mut module.types, &params, &results);
    body.func_body().unreachable();
    module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(arguments));
}
