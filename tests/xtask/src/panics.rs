//! Removes the code and the texts of panics from the Wasm. After a panic js/load makes a new instance, and nobody reads
//! the message. Every function that starts or words a panic becomes a trap; wasm-bindgen and wasm-opt then drop what
//! only those functions used.

use std::collections::HashSet;
use std::path::Path;

use rustc_demangle::demangle;
use walrus::ir::{Visitor, dfs_in_order};
use walrus::{ElementItems, ExportItem, FunctionBuilder, FunctionId, FunctionKind, Module};

use crate::step::Result;

/// Modules whose functions never return.
const MODULES: &[&str] = &["core::panicking::", "std::panicking::", "std::process::", "std::sys::backtrace::"];
/// How the names of other functions that never return end.
const SUFFIXES: &[&str] = &[
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

/// The messages of panics.
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

/// The module with traps in place of panics.
pub fn without_panics(wasm: &Path) -> Result<Module> {
    let mut module = Module::from_file(wasm).map_err(|why| format!("{}: {why:#}", wasm.display()))?;
    let panics = functions_named(&module, |name| {
        let path = name.trim_start_matches('<');
        MODULES.iter().any(|module| path.starts_with(module)) || SUFFIXES.iter().any(|end| name.ends_with(end))
    });
    if panics.is_empty() {
        return Err(format!(
            "{} has no function that panics; if the compiler renamed them, change MODULES and SUFFIXES in tests/xtask/src/panics.rs",
            wasm.display()
        ));
    }
    panics.iter().for_each(|id| make_trap(&mut module, *id));
    let data: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    data.into_iter().for_each(|id| erase_texts(&mut module.data.get_mut(id).value));

    // If nothing but tables of the panics refers to the formatter, it is not needed.
    let formatter = functions_named(&module, |name| name.contains("core::fmt::"));
    if reachable(&module, &formatter).is_disjoint(&formatter) {
        formatter.iter().for_each(|id| make_trap(&mut module, *id));
    }
    Ok(module)
}

/// Overwrites with zeros the paths of source files and the messages of panics, which nothing else uses. Zeros compress to nothing.
fn erase_texts(data: &mut [u8]) {
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

fn functions_named(module: &Module, matches: impl Fn(&str) -> bool) -> HashSet<FunctionId> {
    let local = module.funcs.iter_local();
    local
        .filter(|(id, _)| {
            module.funcs.get(*id).name.as_deref().is_some_and(|name| matches(&format!("{:#}", demangle(name))))
        })
        .map(|(id, _)| id)
        .collect()
}

/// Every function that is reached from the exports, and from the function table except its entries in `except`.
fn reachable(module: &Module, except: &HashSet<FunctionId>) -> HashSet<FunctionId> {
    let mut open = Calls(Vec::new());
    for element in module.elements.iter() {
        if let ElementItems::Functions(ids) = &element.items {
            open.0.extend(ids.iter().filter(|id| !except.contains(id)));
        }
    }
    open.0.extend(module.exports.iter().filter_map(|export| match export.item {
        ExportItem::Function(id) => Some(id),
        _ => None,
    }));
    let mut reached = HashSet::new();
    while let Some(id) = open.0.pop() {
        if reached.insert(id)
            && let FunctionKind::Local(function) = &module.funcs.get(id).kind
        {
            dfs_in_order(&mut open, function, function.entry_block());
        }
    }
    reached
}

struct Calls(Vec<FunctionId>);

impl Visitor<'_> for Calls {
    fn visit_function_id(&mut self, id: &FunctionId) {
        self.0.push(*id);
    }
}

fn make_trap(module: &mut Module, id: FunctionId) {
    let ty = module.types.get(module.funcs.get(id).ty());
    let (params, results) = (ty.params().to_vec(), ty.results().to_vec());
    let arguments = params.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut body = FunctionBuilder::new(&mut module.types, &params, &results);
    body.func_body().unreachable();
    module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(arguments));
}
