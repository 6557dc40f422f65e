#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use super::check::check;
use super::shape::{MAX_TEXT, Shape, Tagged, fields};
use crate::base::problem::{Problem, Problems};
use crate::base::tree::{MAX_DEPTH, MAX_LIST, Tree};

const ROW: Shape = Shape::Object(
    "Row",
    fields! {
        "max" required Shape::Integer { min: 0, max: 9 }, "how many";
        "per" required Shape::Duration, "in how long", was "window";
        "on" optional Shape::Date, "when", was "day";
    },
);
const TABLE: Shape = Shape::Object("Table", fields! { "rows" optional Shape::List(&ROW), "its rows", was "lines"; });
const OPEN: Shape = Shape::Open("Open", fields! { "name" optional Shape::Name, "its name", was "title"; });
static TAGGED: Tagged = Tagged {
    name: "Tagged",
    tag: "kind",
    common: fields! { "kind" required Shape::Name, "which", was "sort"; "id" optional Shape::Name, "its id", was "key"; },
    rows: || vec![("a", fields! { "from" optional Shape::Name, "of a", was "since"; }), ("b", fields! {})],
};

fn tree(json: &str) -> Tree {
    serde_json::from_str(json).unwrap()
}

/// What a document becomes, its problems and its warnings, each as `code path`.
fn read(json: &str, shape: &Shape) -> (Tree, Vec<String>, Vec<Problem>) {
    let mut tree = tree(json);
    let mut problems = Problems::default();
    check(&mut tree, shape, &mut problems);
    let mut again = Problems::default();
    check(&mut self::tree(json), shape, &mut again);
    let found =
        problems.in_order_of(&tree).iter().map(|problem| format!("{} {}", problem.code, problem.path)).collect();
    let warnings = again.warnings(&tree).at(None);
    (tree, found, warnings)
}

fn warned(warnings: &[Problem]) -> Vec<String> {
    warnings.iter().map(|warning| format!("{} {}", warning.code, warning.path)).collect()
}

#[test]
fn an_old_name_is_accepted_and_becomes_the_new_one() {
    let (read_tree, problems, warnings) =
        read(r#"{ "lines": [{ "max": 1, "window": "7d" }, { "max": 2, "per": "1d", "day": "1970-01-02" }] }"#, &TABLE);
    assert_eq!(problems, [] as [&str; 0]);
    assert_eq!(read_tree, tree(r#"{ "rows": [{ "max": 1, "per": "7d" }, { "max": 2, "per": "1d", "on": 1 }] }"#));
    if cfg!(feature = "sentences") {
        assert_eq!(
            warned(&warnings),
            ["deprecated-field lines", "deprecated-field rows[0].window", "deprecated-field rows[1].day"]
        );
        assert_eq!(warnings[0].message, "`lines` is now called `rows`; rename it");
    } else {
        assert!(warnings.is_empty());
    }
}

#[test]
fn the_new_name_has_no_warning() {
    let (_, problems, warnings) = read(r#"{ "rows": [{ "max": 1, "per": "7d" }] }"#, &TABLE);
    assert!(problems.is_empty() && warnings.is_empty(), "{problems:?} {warnings:?}");
}

#[test]
fn both_names_at_once_are_a_problem_that_says_which_to_leave_out() {
    let json = r#"{ "rows": [{ "window": "7d", "max": 1, "per": "1d" }] }"#;
    assert_eq!(read(json, &TABLE).1, ["not-allowed rows[0].window"]);
    let mut problems = Problems::default();
    check(&mut tree(json), &TABLE, &mut problems);
    if cfg!(feature = "sentences") {
        let message = &problems.in_order_of(&tree(json))[0].message;
        assert_eq!(message, "the earlier name of `per`, which is given too; leave `window` out");
    }
    // a field that is null is not given
    assert_eq!(read(r#"{ "rows": [{ "window": null, "max": 1, "per": "1d" }] }"#, &TABLE).1, [] as [&str; 0]);
    assert_eq!(read(r#"{ "rows": [{ "window": "1d", "max": 1, "per": null }] }"#, &TABLE).1, [] as [&str; 0]);
}

#[test]
fn an_old_name_is_checked_like_the_new_one() {
    assert_eq!(read(r#"{ "rows": [{ "max": 1, "window": 7 }] }"#, &TABLE).1, ["wrong-type rows[0].per"]);
    assert_eq!(read(r#"{ "rows": [{ "max": 1 }] }"#, &TABLE).1, ["missing-field rows[0].per"]);
    assert_eq!(
        read(r#"{ "rows": [{ "max": 1, "windows": "7d", "per": "7d" }] }"#, &TABLE).1,
        ["unknown-field rows[0].windows"]
    );
}

#[test]
fn open_and_tagged_objects_accept_old_names_too() {
    let (read_tree, problems, warnings) = read(r#"{ "title": "x", "other": null }"#, &OPEN);
    assert_eq!((read_tree, problems), (tree(r#"{ "name": "x", "other": null }"#), vec![]));
    assert_eq!(warnings.len(), usize::from(cfg!(feature = "sentences")));
    assert_eq!(read(r#"{ "title": null }"#, &OPEN).0, tree("{}"));

    let shape = Shape::Tagged(&TAGGED);
    let (read_tree, problems, _) = read(r#"{ "kind": "a", "key": "x", "since": "y" }"#, &shape);
    assert_eq!((read_tree, problems), (tree(r#"{ "kind": "a", "id": "x", "from": "y" }"#), vec![]));
    let (read_tree, problems, _) = read(r#"{ "sort": "a", "since": "y" }"#, &shape);
    assert_eq!((read_tree, problems), (tree(r#"{ "kind": "a", "from": "y" }"#), vec![]));
    // when the row is unknown, an old name of any row is no unknown field
    assert_eq!(
        read(r#"{ "kind": "c", "key": "x", "since": "y", "until": 1 }"#, &shape).1,
        ["invalid-value kind", "unknown-field until"]
    );
}

/// Figures are written out in the sentences, because the formatter costs bytes. They must be those of the bounds.
#[test]
#[cfg(feature = "sentences")]
fn sentences_name_the_bounds() {
    let sentence = |mut tree: Tree| {
        let mut problems = Problems::default();
        check(&mut tree, &Shape::Any, &mut problems);
        problems.in_order_of(&tree).remove(0).message
    };
    assert!(sentence(Tree::TooDeep).contains(&MAX_DEPTH.to_string()));
    assert!(sentence(Tree::TooLarge).contains(&MAX_LIST.to_string()));
    assert!(sentence("x".repeat(MAX_TEXT + 1).into()).contains(&MAX_TEXT.to_string()));
}

#[test]
fn a_key_that_an_object_has_twice_is_named_with_its_path() {
    let twice = |json: &str, shape: &Shape| {
        let (tree, found, _) = read(json, shape);
        (tree, found)
    };
    let (last, found) = twice(r#"{ "rows": [{ "max": 1, "per": "7d", "per": "1d" }] }"#, &TABLE);
    assert_eq!(found, ["duplicate-id rows[0].per"]);
    assert_eq!(last.list("rows")[0].text("per"), Some("1d"));
    let free = r#"{ "name": "a", "x": { "y": [0, { "z": 1, "z": 2, "z": 3 }] } }"#;
    assert_eq!(twice(free, &OPEN).1, ["duplicate-id x.y[1].z", "duplicate-id x.y[1].z"]);
    assert_eq!(twice(r#"{ "rows": [], "line": 1, "line": 2 }"#, &TABLE).1, ["unknown-field line", "duplicate-id line"]);
    let many: Vec<String> = (0..40).chain(7..9).map(|index| format!("\"k{index}\": {{ \"k1\": 1 }}")).collect();
    let many = format!("{{ \"name\": \"a\", {} }}", many.join(", "));
    assert_eq!(twice(&many, &OPEN).1, ["duplicate-id k7", "duplicate-id k8"]);
    let mut problems = Problems::default();
    check(&mut Tree::Twice, &Shape::Any, &mut problems);
    let sentence = problems.in_order_of(&Tree::Null)[0].message.clone();
    assert!(include_str!("../../js/load/duplicates.js").contains(&sentence), "{sentence}");
}
