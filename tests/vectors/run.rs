//! Reads the vectors and runs one; for the runner and for the test that turns parts of the engine off.

use super::querencia::{Engine, Problem, Tree};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

const FILE_KEYS: [&str; 5] = ["querencia", "about", "zones", "policies", "cases"];
const CASE_KEYS: [&str; 7] = ["name", "policy", "request", "decision", "problems", "error", "story"];
/// Prose, for people.
const PROSE: [&str; 3] = ["why", "because", "message"];

/// One vector: its file's stem, the file and the case.
#[allow(dead_code, reason = "not every test tells the file")]
pub struct Vector {
    pub stem: String,
    pub file: Value,
    pub case: Value,
}

impl Vector {
    pub fn name(&self) -> &str {
        self.case["name"].as_str().unwrap()
    }
}

/// Every vector of the folder.
pub fn vectors() -> Vec<Vector> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut vectors = Vec::new();
    for path in files {
        let mut file: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{path:?}: {error}"));
        refuse_unknown_keys(&file, &FILE_KEYS, &path);
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let cases = file["cases"].take();
        for case in cases.as_array().unwrap() {
            refuse_unknown_keys(case, &CASE_KEYS, &path);
            vectors.push(Vector { stem: stem.clone(), file: file.clone(), case: case.clone() });
        }
    }
    vectors
}

fn refuse_unknown_keys(value: &Value, known: &[&str], path: &Path) {
    for key in value.as_object().unwrap().keys() {
        assert!(known.contains(&key.as_str()), "{path:?}: no such key `{key}`");
    }
}

/// The engine of a vector's policy, and its request.
pub fn prepared(Vector { file, case, .. }: &Vector) -> (Result<Engine, Vec<Problem>>, Value) {
    let policy = case["policy"].as_str().map_or(&case["policy"], |name| &file["policies"][name]);
    let mut request = case["request"].clone();
    if let (Some(zones), Some(request)) = (file.get("zones"), request.as_object_mut()) {
        request.entry("zones").or_insert_with(|| zones.clone());
    }
    (Engine::new(tree(policy)), request)
}

/// Whether a vector holds, or what it found.
pub fn run(vector: &Vector) -> Result<(), String> {
    let (engine, request) = prepared(vector);
    let case = &vector.case;
    let engine = match (engine, case.get("problems")) {
        (Ok(engine), None) => engine,
        (Err(found), Some(expected)) => return same_problems(&found, expected),
        (Ok(_), Some(expected)) => return Err(format!("the policy was read; expected {expected}")),
        (Err(found), None) => return Err(format!("the policy was refused: {found:?}")),
    };
    if let Some(story) = case.get("story") {
        return super::story::replay(&engine, &request, story);
    }
    match (engine.decide(tree(&request)), case.get("decision"), case.get("error")) {
        (Ok(decision), Some(expected), None) => {
            let decision = serde_json::to_value(&decision).unwrap();
            matches(&decision, expected, "").map_err(|failure| format!("{failure}\n    in {decision}"))
        }
        (Err(found), None, Some(expected)) => same_problems(&found[..1], &json!([expected])),
        (found, ..) => Err(format!("got {found:?}")),
    }
}

pub fn tree(value: &Value) -> Tree {
    serde_json::from_value(value.clone()).unwrap()
}

fn same_problems(found: &[Problem], expected: &Value) -> Result<(), String> {
    let found: Value = found.iter().map(|problem| json!({ "code": problem.code, "path": problem.path })).collect();
    if found == *expected { Ok(()) } else { Err(format!("found {found}, expected {expected}")) }
}

/// Whether a value is at least what is expected: an object may have more keys, a list not more elements.
fn matches(found: &Value, expected: &Value, path: &str) -> Result<(), String> {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => matches_object(found, expected, path),
        (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => {
            let mut pairs = found.iter().zip(expected).enumerate();
            pairs.try_for_each(|(index, (found, expected))| matches(found, expected, &format!("{path}[{index}]")))
        }
        (found, expected) if found == expected => Ok(()),
        (found, expected) => Err(format!("{path}: found {found}, expected {expected}")),
    }
}

fn matches_object(found: &Map<String, Value>, expected: &Map<String, Value>, path: &str) -> Result<(), String> {
    expected.iter().try_for_each(|(key, expected)| {
        assert!(!PROSE.contains(&key.as_str()) || key == "message", "`{key}` is prose");
        let found = found.get(key).ok_or_else(|| format!("{path}: no `{key}`"))?;
        matches(found, expected, &format!("{path}.{key}"))
    })
}
