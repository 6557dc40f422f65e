//! Turns a part of the engine off, so that a test can see which vectors notice. Only in tests.

use std::cell::Cell;

thread_local! {
    static OFF: Cell<&'static str> = const { Cell::new("") };
}

/// Whether a kind, a gate or another part is turned off.
pub(crate) fn is_off(name: &str) -> bool {
    OFF.get() == name
}

/// Runs something while a part is turned off.
pub(crate) fn without<T>(part: &str, run: impl FnOnce() -> T) -> T {
    OFF.set(part.to_owned().leak());
    let result = run();
    OFF.set("");
    result
}
