//! The protocol of the ledger as models, and every order of steps of each: `cargo test -p querencia-protocol` checks small ones and that each
//! bug put in on purpose is caught, `querencia-protocol` large ones, and `querencia-protocol traces 500 1` writes what js/ is held against.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a model may fail")]
#![cfg_attr(not(test), allow(dead_code, reason = "only the tests put bugs in"))]
#![allow(clippy::cast_possible_truncation, reason = "all numbers are small")]

mod cases;
mod delivery;
mod devices;
mod offers;
mod page;
mod traces;
mod words;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| arguments.get(index).and_then(|text| text.parse().ok());
    match arguments.first().map(String::as_str) {
        Some("traces") => traces::write(number(1).unwrap_or(500), number(2).unwrap_or(1)),
        Some("huge") => cases::huge(number(1).unwrap_or(3600)),
        only => cases::large(only),
    }
}
