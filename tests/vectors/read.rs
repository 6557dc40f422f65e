//! Reads the vector files. README.md in this folder describes the format; `casesOf` in match.js reads the same in JavaScript, and
//! tests/vector-files.json holds what both must make of a file.

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const FILE_KEYS: [&str; 5] = ["querencia", "about", "defaults", "policies", "cases"];
const CASE_KEYS: [&str; 3] = ["name", "policy", "request"];
const OUTCOMES: [&str; 4] = ["decision", "problems", "error", "story"];

/// One vector: the stem of its file, and the case with its policy and its request whole.
#[allow(dead_code, reason = "not every test names the file")]
pub struct Vector {
    pub stem: String,
    pub case: Value,
}

impl Vector {
    pub fn name(&self) -> &str {
        self.case["name"].as_str().unwrap()
    }
}

/// Every vector of the folder, by file and in the order of the file.
pub fn vectors() -> Vec<Vector> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    files.iter().flat_map(|path| read(path).unwrap_or_else(|why| panic!("{path:?}: {why}"))).collect()
}

/// The folder of the vectors; the model's tests are built from another folder than the engine's.
fn folder() -> PathBuf {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above.map(|folder| folder.join("tests/vectors")).find(|folder| folder.is_dir()).unwrap()
}

fn read(path: &Path) -> Result<Vec<Vector>, String> {
    let file = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).map_err(|why| why.to_string())?;
    let stem = path.file_stem().unwrap().to_string_lossy();
    Ok(cases_of(&file)?.into_iter().map(|case| Vector { stem: stem.clone().into_owned(), case }).collect())
}

/// The cases of a file, each with its policy and its request whole, or what is wrong with the file.
pub fn cases_of(file: &Value) -> Result<Vec<Value>, String> {
    only(file, &FILE_KEYS, "the file")?;
    if file["querencia"] != 1 {
        return Err("the file must say `\"querencia\": 1`".to_owned());
    }
    let mut defaults = Defaults::read(&file["defaults"])?;
    let mut names = BTreeSet::new();
    let mut cases = Vec::new();
    for case in file["cases"].as_array().ok_or("the file has no list of cases")? {
        let name = case["name"].as_str().ok_or("a case has no name")?;
        if !names.insert(name) {
            return Err(format!("two cases are called `{name}`"));
        }
        only(case, &[&CASE_KEYS[..], &OUTCOMES].concat(), &format!("case `{name}`"))?;
        if OUTCOMES.iter().filter(|key| case.get(key).is_some()).count() != 1 {
            return Err(format!("case `{name}` needs one of {}", OUTCOMES.join(", ")));
        }
        let policy = match case["policy"].as_str() {
            Some(policy) => file["policies"].get(policy).ok_or(format!("the file has no policy `{policy}`"))?,
            None => &case["policy"],
        };
        let mut whole = case.clone();
        whole["policy"] = defaults.policy.complete(policy);
        if let Some(request) = case.get("request") {
            whole["request"] = defaults.request.complete(request);
        }
        cases.push(whole);
    }
    defaults.policy.must_be_used()?;
    defaults.request.must_be_used()?;
    Ok(cases)
}

struct Defaults {
    policy: Fields,
    request: Fields,
}

impl Defaults {
    fn read(defaults: &Value) -> Result<Self, String> {
        if !defaults.is_null() {
            only(defaults, &["policy", "request"], "`defaults`")?;
        }
        let fields = |of: &'static str| Fields {
            of,
            fields: defaults[of].as_object().cloned().unwrap_or_default(),
            used: BTreeSet::new(),
        };
        Ok(Self { policy: fields("policy"), request: fields("request") })
    }
}

/// The default fields of policies or of requests, and which of them some case has used.
struct Fields {
    of: &'static str,
    fields: Map<String, Value>,
    used: BTreeSet<String>,
}

impl Fields {
    /// The object's own fields in their order, then the default fields it lacks. An own `null` takes the default away.
    fn complete(&mut self, own: &Value) -> Value {
        let Some(own) = own.as_object() else { return own.clone() };
        let kept = own.iter().filter(|(field, value)| !value.is_null() || !self.fields.contains_key(*field));
        let lacking = self.fields.iter().filter(|(field, _)| !own.contains_key(*field));
        let whole = kept.chain(lacking.clone()).map(|(field, value)| (field.clone(), value.clone())).collect();
        self.used.extend(lacking.map(|(field, _)| field.clone()));
        Value::Object(whole)
    }

    fn must_be_used(&self) -> Result<(), String> {
        match self.fields.keys().find(|field| !self.used.contains(*field)) {
            Some(field) => Err(format!("no case uses the default `{}.{field}`", self.of)),
            None => Ok(()),
        }
    }
}

fn only(value: &Value, known: &[&str], what: &str) -> Result<(), String> {
    let object = value.as_object().ok_or(format!("{what} is not an object"))?;
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(format!("{what} has an unknown key: `{key}`")),
        None => Ok(()),
    }
}

/// The vectors whose file or name contains a text; there must be one at least.
#[allow(dead_code, reason = "the model's tests run all vectors")]
pub fn matching(vectors: Vec<Vector>, text: &str) -> Vec<Vector> {
    let matching: Vec<Vector> =
        vectors.into_iter().filter(|vector| vector.stem.contains(text) || vector.name().contains(text)).collect();
    assert!(!matching.is_empty(), "no vector has `{text}` in its file's name or in its own");
    matching
}
