//! Every vector is played on the whole policy, asked about pages alone, and on its published part: the answers are equal, and where one
//! speaks, a row of the table fits. So are the cases of the properties, and those of the model in `tests/model/tests/all/published.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "the generator makes only small numbers"
)]

extern crate querencia;

#[path = "../properties/cases/mod.rs"]
mod cases;
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

/// The variable `CASES` gives another number of cases.
#[test]
fn generated_cases_are_decided_alike_by_the_whole_and_by_its_part() {
    let cases = std::env::var("CASES").map_or(2_500, |cases| cases.parse().unwrap());
    let (mut all, mut failures) = (Compared::default(), Vec::new());
    for seed in 0..cases {
        let cases::Case { policy, request } = cases::case(seed);
        match compare(&policy, &request) {
            Ok(compared) => all.add(compared),
            Err(difference) => failures.push(format!("seed {seed}\n{difference}")),
        }
    }
    println!("{all:?}");
    let shown = failures.iter().take(5).cloned().collect::<Vec<_>>().join("\n");
    assert!(failures.is_empty(), "{} of {cases} differ:\n{shown}", failures.len());
    assert!(all.spoken > cases / 20 && all.entitled > 0, "too few to prove it: {all:?}");
}
