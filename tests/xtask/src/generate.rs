//! The files that come from the field descriptions in src/: written, or compared with what is there.

use std::fs;

use querencia::describe;

use crate::step::Result;

fn files() -> [(&'static str, String); 2] {
    [("www/policy.schema.json", describe::schema()), ("js/types.d.ts", describe::types())]
}

/// Writes the generated files.
pub fn write() -> Result {
    for (path, text) in files() {
        fs::write(path, text).map_err(|why| format!("{path}: {why}"))?;
        println!("wrote {path}");
    }
    Ok(())
}

/// Compares the generated files with what they should hold.
pub fn check() -> Result {
    for (path, text) in files() {
        // A checkout on Windows may have changed the line ends.
        let there = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        if there != text {
            return Err(format!("{path} is not what src/ describes: run `cargo xtask generate`"));
        }
        println!("{path} is what src/ describes");
    }
    Ok(())
}
