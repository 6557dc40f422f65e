//! Every vector is played on the whole policy, asked about pages alone, and on its published part: the answers are equal, and where one
//! speaks, a row of the table fits. `tests/model/tests/published.rs` does the same with generated cases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

extern crate querencia;

mod compare;
mod parts;
#[path = "../vectors/read.rs"]
mod read;

use compare::{Compared, compare};

#[test]
fn every_vector_is_decided_alike_by_the_whole_and_by_its_part() {
    let text = std::env::var("VECTORS").unwrap_or_default();
    let (mut all, mut failures) = (Compared::default(), Vec::new());
    for vector in read::matching(read::vectors(), &text) {
        match compare(&vector.case["policy"], &vector.case["request"]) {
            Ok(compared) => all.add(compared),
            Err(difference) => failures.push(format!("{} · {}\n{difference}", vector.stem, vector.name())),
        }
    }
    println!("{all:?}");
    assert!(failures.is_empty(), "{} vectors differ:\n{}", failures.len(), failures.join("\n"));
    assert!(
        all.spoken > 500 && all.entitled > 20 && all.spared > 500 || !text.is_empty(),
        "too few to prove it: {all:?}"
    );
}
