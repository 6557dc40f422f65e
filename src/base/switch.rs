//! For tests only: turns a part of the engine off, so that a test can see which vectors fail without it.

use std::cell::Cell;

thread_local! {
    static OFF: Cell<&'static str> = const { Cell::new("") };
}

pub(crate) fn is_off(name: &str) -> bool {
    OFF.get() == name
}

/// `without("quiet-hours", || run_vectors())`
pub(crate) fn without<T>(part: &str, run: impl FnOnce() -> T) -> T {
    OFF.set(part.to_owned().leak());
    let result = run();
    OFF.set("");
    result
}
