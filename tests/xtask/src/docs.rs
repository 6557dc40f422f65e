//! The tables in www/docs/ that come from the source. A page names one between two markers:
//! `<!-- generated: kinds -->` and `<!-- end generated -->`.

use std::fs;
use std::path::Path;

use querencia::describe;

use crate::step::Result;

const START: &str = "<!-- generated: ";
const START_END: &str = " -->\n";
const END: &str = "<!-- end generated -->";

/// Each page of www/docs/ with a marker: its path, and its text with the tables of today.
pub fn pages() -> Result<Vec<(String, String)>> {
    let folder = Path::new("www/docs");
    let entries = fs::read_dir(folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    let tables = describe::tables();
    let mut pages: Vec<(String, String)> = Vec::new();
    for path in paths.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(&path).map_err(|why| format!("{}: {why}", path.display()))?.replace("\r\n", "\n");
        if text.contains(START) {
            let text = fill(&text, &tables).map_err(|why| format!("{}: {why}", path.display()))?;
            pages.push((path.display().to_string(), text));
        }
    }
    for (name, _) in tables {
        if !pages.iter().any(|(_, text)| text.contains(&format!("{START}{name}{START_END}"))) {
            return Err(format!("no page of www/docs/ has the table `{name}`: write `{START}{name} -->` and `{END}`"));
        }
    }
    Ok(pages)
}

/// A page whose tables are replaced by those of today.
fn fill(page: &str, tables: &[(&str, String)]) -> Result<String> {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, marked)) = rest.split_once(START) {
        let (name, old) = marked.split_once(START_END).ok_or_else(|| format!("`{START}` has no `-->` on its line"))?;
        let (old, after) = old.split_once(END).ok_or_else(|| format!("`{START}{name} -->` has no `{END}`"))?;
        if old.contains(START) {
            return Err(format!("`{START}{name} -->` has no `{END}` before the next marker"));
        }
        let (_, table) = tables.iter().find(|(known, _)| *known == name).ok_or_else(|| {
            let names: Vec<&str> = tables.iter().map(|(name, _)| *name).collect();
            format!("there is no table `{name}`; there are {}", names.join(", "))
        })?;
        text.extend([before, START, name, START_END, table, END]);
        rest = after;
    }
    Ok(text + rest)
}

#[cfg(test)]
mod tests {
    use super::fill;

    const PAGE: &str = "# Kinds\n\n<!-- generated: kinds -->\nold\n<!-- end generated -->\n\ntext\n";

    #[test]
    fn a_table_takes_the_place_of_the_old_one_and_the_rest_stays() {
        let tables = [("tasks", "| no |\n".to_owned()), ("kinds", "| new |\n".to_owned())];
        let filled = fill(PAGE, &tables).unwrap_or_default();
        assert_eq!(filled, "# Kinds\n\n<!-- generated: kinds -->\n| new |\n<!-- end generated -->\n\ntext\n");
        assert_eq!(fill(&filled, &tables).as_ref(), Ok(&filled));
        let twice = format!("{PAGE}{PAGE}");
        assert_eq!(fill(&twice, &tables), Ok(format!("{filled}{filled}")));
    }

    #[test]
    fn an_unknown_table_and_a_marker_without_end_are_errors() {
        let tables = [("kinds", String::new())];
        assert!(
            fill("<!-- generated: kind -->\n<!-- end generated -->", &tables).is_err_and(|why| why.contains("`kind`"))
        );
        assert!(fill("<!-- generated: kinds -->\n| old |\n", &tables).is_err());
        assert!(fill("<!-- generated: kinds -->\n<!-- generated: kinds -->\n<!-- end generated -->", &tables).is_err());
    }
}
