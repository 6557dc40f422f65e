//! A panic traps, and nobody reads what it would say: js/load makes a fresh instance and goes on. So whatever starts or words a
//! panic becomes a trap, and the tools that follow drop what only it needed.

use std::path::Path;

use rustc_demangle::demangle;
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

use crate::step::Result;

/// Functions that do not return: by their crates' names, whatever they are called inside.
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

/// A module whose panics are traps.
pub fn cut(wasm: &Path) -> Result<Module> {
    let mut module = Module::from_file(wasm).map_err(|why| format!("{}: {why:#}", wasm.display()))?;
    let panics: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .map(|(id, _)| id)
        .filter(|id| module.funcs.get(*id).name.as_deref().is_some_and(panics))
        .collect();
    if panics.is_empty() {
        return Err(format!("{} has no function that panics: are they called otherwise now?", wasm.display()));
    }
    for id in panics {
        trap(&mut module, id);
    }
    Ok(module)
}

fn panics(name: &str) -> bool {
    let name = format!("{:#}", demangle(name));
    let path = name.trim_start_matches('<');
    MODULES.iter().any(|module| path.starts_with(module)) || ENDS.iter().any(|end| name.ends_with(end))
}

fn trap(module: &mut Module, id: FunctionId) {
    let ty = module.types.get(module.funcs.get(id).ty());
    let (params, results) = (ty.params().to_vec(), ty.results().to_vec());
    let arguments = params.iter().map(|kind| module.locals.add(*kind)).collect();
    let mut body = FunctionBuilder::new(&mut module.types, &params, &results);
    body.func_body().unreachable();
    module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(arguments));
}
