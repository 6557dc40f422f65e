//! The listing of `src/` is its diagram: every folder and every file at the root needs only what stands below it in `ROOMS`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::spanned::Spanned;
use syn::visit::{Visit, visit_path};
use syn::{ItemUse, UseTree};

/// The folders and root files of `src/`, from the top down. A line may import from the lines below it, never from those above.
const ROOMS: [&str; 21] = [
    "lib",
    "practices",
    "wasm",
    "describe",
    "publish",
    "handle",
    "engine",
    "decide",
    "entitled",
    "arbitration",
    "gates",
    "candidates",
    "standing",
    "honesty",
    "request",
    "ledger",
    "policy",
    "decision",
    "language",
    "reader",
    "calendar",
];
/// What everything may import.
const GROUND: &str = "base";

/// One import: the file it stands in, its line, and the path it names, from the crate's root on.
#[derive(Debug)]
struct Import {
    file: PathBuf,
    line: usize,
    path: Vec<String>,
    /// whether it only passes a name on: `pub use`
    passes_on: bool,
}

/// The modules of a file, as `["policy", "kinds", "access"]`; those of a `mod.rs` are its folder's.
fn module(file: &Path) -> Vec<String> {
    let stem = file.with_extension("");
    let mut steps: Vec<String> = stem.iter().map(|step| step.to_string_lossy().into_owned()).collect();
    if steps.last().is_some_and(|last| last == "mod") {
        steps.pop();
    }
    steps
}

/// Collects the paths of a file that begin with `crate` or `super`, in `use` and in code.
struct Imports<'a> {
    file: &'a Path,
    found: Vec<Import>,
    /// how many modules deep inside the file
    depth: usize,
    /// the modules that the file declares
    parts: Vec<String>,
    /// whether what is read passes a name on, which is no import of the file's own
    passes_on: bool,
}

impl Imports<'_> {
    fn note(&mut self, line: usize, steps: &[String]) {
        let own_part = steps.len() > 1 && steps.first().is_some_and(|first| self.parts.contains(first));
        let mut path = match steps.first().map(String::as_str) {
            Some("crate") => Vec::new(),
            Some("super") => module(self.file),
            _ if own_part && self.depth == 0 => module(self.file),
            _ => return,
        };
        let up = steps.iter().take_while(|step| *step == "super").count();
        if up > 0 && up <= self.depth {
            return;
        }
        path.truncate(path.len() - up.saturating_sub(self.depth).min(path.len()));
        path.extend(steps.iter().skip(if own_part { 0 } else { up.max(1) }).cloned());
        self.found.push(Import { file: self.file.to_path_buf(), line, path, passes_on: self.passes_on });
    }

    fn follow(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: String| before.iter().cloned().chain([name]).collect::<Vec<_>>();
        match tree {
            UseTree::Path(path) => self.follow(&path.tree, &with(path.ident.to_string())),
            UseTree::Name(name) if name.ident == "self" => self.note(name.span().start().line, before),
            UseTree::Name(name) => self.note(name.span().start().line, &with(name.ident.to_string())),
            UseTree::Rename(name) => self.note(name.span().start().line, &with(name.ident.to_string())),
            UseTree::Glob(glob) => self.note(glob.span().start().line, before),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.follow(item, before)),
        }
    }
}

impl<'ast> Visit<'ast> for Imports<'_> {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.passes_on = !matches!(item.vis, syn::Visibility::Inherited);
        self.follow(&item.tree, &[]);
        self.passes_on = false;
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        // a module of tests needs what the tests need
        let is_for_tests = |attribute: &syn::Attribute| {
            attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "test")
        };
        if item.content.is_some() && item.attrs.iter().any(is_for_tests) {
            return;
        }
        self.depth += 1;
        syn::visit::visit_item_mod(self, item);
        self.depth -= 1;
    }

    /// `pub(super)` imports nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let steps: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.note(path.span().start().line, &steps);
        visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        // a macro's tokens are no paths yet: `crate :: a :: b` is read as three words and signs
        let text = called.tokens.to_string();
        for (start, _) in text.match_indices("crate :: ").chain(text.match_indices("super :: ")) {
            // of `super :: super :: a` the first is enough
            if text.get(..start).is_some_and(|before| before.ends_with("super :: ")) {
                continue;
            }
            let (root, part) = text.get(start..).unwrap_or_default().split_once(" :: ").unwrap_or_default();
            let mut steps = vec![root.to_owned()];
            for step in part.split(" :: ") {
                let word: String =
                    step.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
                let ends = word.len() < step.len();
                steps.push(word);
                if ends {
                    break;
                }
            }
            self.note(called.span().start().line, &steps);
        }
    }
}

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// Every import of a source folder, its files named from there.
fn imports(root: &Path) -> Vec<Import> {
    let mut paths = Vec::new();
    files(root, &mut paths);
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let file = path.strip_prefix(root).unwrap();
        let is_test = file.iter().any(|step| step == "tests" || step == "tests.rs");
        if is_test {
            continue;
        }
        let parsed = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
        let parts = parsed.items.iter().filter_map(|item| match item {
            syn::Item::Mod(part) if part.content.is_none() => Some(part.ident.to_string()),
            _ => None,
        });
        let mut found = Imports { file, found: Vec::new(), depth: 0, parts: parts.collect(), passes_on: false };
        found.visit_file(&parsed);
        all.extend(found.found);
    }
    all
}

/// How far down a room stands; none: it is not in the list.
fn floor(room: &str) -> Option<usize> {
    ROOMS.iter().chain([&GROUND]).position(|known| *known == room)
}

/// Each import that runs up, as `file:line: …`.
fn upward(imports: &[Import]) -> Vec<String> {
    let mut wrong = Vec::new();
    for Import { file, line, path, .. } in imports {
        let own = module(file).first().cloned().unwrap_or_default();
        // the test of practices is included by files that call the crate by its name
        if path.is_empty() && file.as_path() != Path::new("practices.rs") {
            wrong.push(format!("src/{}:{line}: the whole crate is imported; name what is needed", file.display()));
        }
        let Some(other) = path.first().filter(|other| **other != own) else { continue };
        // what `lib.rs` makes public may be named from the crate's root by its own name only
        let here = format!("src/{}:{line}", file.display());
        match (floor(&own), floor(other)) {
            (Some(from), Some(to)) if from < to => {}
            (None, _) => wrong.push(format!("{here}: `{own}` is not in the list of rooms; add it at its height")),
            (_, None) => wrong.push(format!("{here}: `crate::{}` names no room of the list", path.join("::"))),
            _ => wrong.push(format!("{here}: `{own}` imports `crate::{}`, which stands above it", path.join("::"))),
        }
    }
    wrong
}

/// The file that a path inside a folder names: the longest of its modules that is a file.
fn target(path: &[String], modules: &BTreeMap<Vec<String>, PathBuf>) -> Option<PathBuf> {
    (1..=path.len()).rev().find_map(|length| modules.get(path.get(..length)?).cloned())
}

/// Whether an import is a line of a `mod.rs` that passes a name of one of its parts on.
fn only_lists(import: &Import) -> bool {
    import.passes_on && import.file.ends_with("mod.rs")
}

/// The circles between files of one folder. That a `mod.rs` passes its parts' names on is no import.
fn circles(root: &Path, imports: &[Import]) -> Vec<String> {
    let mut paths = Vec::new();
    files(root, &mut paths);
    let all = paths.iter().map(|path| path.strip_prefix(root).unwrap().to_path_buf());
    let modules: BTreeMap<Vec<String>, PathBuf> = all.map(|file| (module(&file), file)).collect();
    let mut arrows: BTreeMap<PathBuf, BTreeSet<PathBuf>> = BTreeMap::new();
    // what a `mod.rs` passes on is its part's
    let mut passed_on: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    for Import { file, path, .. } in imports.iter().filter(|import| only_lists(import)) {
        let mut name = module(file);
        name.extend(path.last().cloned());
        passed_on.insert(name, path.clone());
    }
    for Import { file, path, .. } in imports.iter().filter(|import| !only_lists(import)) {
        let path = (1..=path.len()).rev().find_map(|length| passed_on.get(path.get(..length)?)).unwrap_or(path);
        let Some(target) = target(path, &modules) else { continue };
        if target != *file {
            arrows.entry(file.clone()).or_default().insert(target);
        }
    }
    let mut found = Vec::new();
    for start in arrows.keys() {
        let (mut open, mut seen) = (vec![start.clone()], BTreeSet::new());
        while let Some(file) = open.pop() {
            for next in arrows.get(&file).into_iter().flatten() {
                if next == start {
                    found.push(format!("src/{} imports itself by way of src/{}", start.display(), file.display()));
                }
                if seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
    }
    found
}

#[test]
fn every_room_imports_only_from_below() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let imports = imports(&root);
    let rooms: BTreeSet<String> = imports.iter().filter_map(|import| module(&import.file).first().cloned()).collect();
    assert!(rooms.len() > 10 && imports.len() > 400, "{} imports of {} rooms were read", imports.len(), rooms.len());
    let wrong = upward(&imports);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_files_of_a_folder_import_each_other_in_a_circle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let found = circles(&root, &imports(&root));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The test itself notices what it is for.
#[test]
fn an_import_that_runs_up_and_a_circle_are_noticed() {
    let root = std::env::temp_dir().join(format!("querencia-layout-{}", std::process::id()));
    let write = |file: &str, text: &str| {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("policy/mod.rs", "mod offer;\nmod shop;\npub use offer::Offer;\n");
    write("policy/offer.rs", "use super::shop::Shop;\nuse crate::{\n    base::tree,\n    gates::judge,\n};\n");
    write(
        "policy/shop.rs",
        "use super::Offer;\nfn f() -> Offer { crate::engine::decide() }\nfn g() { print!(crate::decide::go); }\n",
    );
    let imports = imports(&root);
    let (wrong, found) = (upward(&imports), circles(&root, &imports));
    fs::remove_dir_all(&root).unwrap();
    let at = |place: &str| wrong.iter().any(|line| line.starts_with(place));
    assert!(at("src/policy/offer.rs:4: ") && at("src/policy/shop.rs:2: ") && at("src/policy/shop.rs:3: "), "{wrong:?}");
    assert_eq!(wrong.len(), 3, "{wrong:?}");
    assert!(found.iter().any(|line| line.contains("src/policy/shop.rs imports itself")), "{found:?}");
}
