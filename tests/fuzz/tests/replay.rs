//! Replays the corpus: the inputs that reach most of the engine, and each that once broke something.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use querencia_fuzz::TARGETS;
use std::fs;

#[test]
fn what_must_hold_for_any_bytes_holds_for_the_corpus() {
    for (name, check) in TARGETS {
        let folder = format!("{}/corpus/{name}", env!("CARGO_MANIFEST_DIR"));
        let files = fs::read_dir(&folder).unwrap_or_else(|why| panic!("{folder}: {why}"));
        let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        paths.sort();
        assert!(paths.len() >= 10, "{name}: {} inputs", paths.len());
        for path in paths {
            println!("{}", path.display());
            let bytes = fs::read(&path).unwrap();
            check(&bytes);
            // an input that is cut off is an input, too
            for part in 1..8 {
                check(bytes.get(..bytes.len() * part / 8).unwrap());
            }
        }
    }
}
