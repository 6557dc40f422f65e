//! Runs the contract's vectors natively. The format is described in tests/vectors/README.md.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

extern crate querencia;

#[path = "vectors/run.rs"]
mod run;
#[path = "vectors/story.rs"]
mod story;

#[test]
fn every_vector_holds() {
    let (mut passed, mut failures) = (0, Vec::new());
    for vector in run::vectors() {
        match run::run(&vector) {
            Ok(()) => passed += 1,
            Err(failure) => failures.push(format!("{} · {}\n    {failure}", vector.stem, vector.name())),
        }
    }
    println!("{passed} vectors passed, {} failed", failures.len());
    assert!(failures.is_empty(), "{} vectors failed:\n{}", failures.len(), failures.join("\n"));
    assert!(passed >= 80, "{passed} vectors are too few to be the contract");
}

#[test]
fn every_vector_has_a_name_of_its_own() {
    let mut names = std::collections::BTreeSet::new();
    for vector in run::vectors() {
        assert!(names.insert(vector.name().to_owned()), "{} stands twice", vector.name());
    }
}
