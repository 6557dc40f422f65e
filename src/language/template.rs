//! The templates of messages: text, `{name}`, and ICU's plural: `{n, plural, =0 {none} one {# order} other {# orders}}`.
//! A backslash takes the meaning from `{`, `}`, `#` and itself. The engine reads them to know what they ask for; `render`
//! writes them, where `Intl` is.

use crate::base::sentence::error_text;
use crate::base::text::parse_digits;

/// How deep plurals may stand in plurals.
const MAX_NESTING: usize = 4;
/// CLDR's plural categories.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The names a template inserts, and whether each is counted.
///
/// # Errors
/// A sentence that says what is wrong with the template.
pub(crate) fn parameters(template: &str) -> Result<Vec<(String, bool)>, &'static str> {
    let mut reader = Reader { rest: template, found: Vec::new() };
    reader.text(0)?;
    match reader.rest {
        "" => Ok(reader.found),
        _ => Err(error_text("a `}` that closes nothing; write `\\}` for the character itself")),
    }
}

struct Reader<'a> {
    rest: &'a str,
    found: Vec<(String, bool)>,
}

impl Reader<'_> {
    /// Reads up to the end or to a `}` that is not ours.
    fn text(&mut self, nesting: usize) -> Result<(), &'static str> {
        while let Some(place) = self.rest.bytes().position(|byte| matches!(byte, b'{' | b'}' | b'\\')) {
            self.skip(place);
            match self.rest.as_bytes() {
                [b'{', ..] => {
                    self.skip(1);
                    self.insert(nesting)?;
                }
                [b'\\', b'{' | b'}' | b'#' | b'\\', ..] => self.skip(2),
                [b'\\', ..] => return Err(error_text("a `\\` stands before `{`, `}`, `#` or another `\\` only")),
                _ => return Ok(()),
            }
        }
        self.rest = "";
        Ok(())
    }

    /// Reads what stands in braces, its opening brace behind us.
    fn insert(&mut self, nesting: usize) -> Result<(), &'static str> {
        let name = self.word()?.to_owned();
        if name.is_empty() {
            return Err(error_text("a `{` without a name; write `{givenName}`, or `\\{` for the character itself"));
        }
        if self.take("}") {
            self.note(name, false);
            return Ok(());
        }
        let plural = self.take(",") && self.word()? == "plural" && self.take(",");
        if !plural {
            return Err(error_text("after a name comes `}` or `, plural, …`"));
        }
        if nesting == MAX_NESTING {
            return Err(error_text("plurals nested too deep"));
        }
        self.note(name, true);
        let mut other = false;
        loop {
            let category = self.word()?.to_owned();
            let exact = category.strip_prefix('=').is_some_and(|digits| parse_digits(digits.as_bytes()).is_some());
            if !(exact || CATEGORIES.contains(&category.as_str())) || !self.take("{") {
                return Err(error_text("a plural is written `{n, plural, one {# order} other {# orders}}`"));
            }
            other |= category == "other";
            self.text(nesting + 1)?;
            if !self.take("}") {
                return Err(error_text("a `{` that nothing closes"));
            }
            if self.take("}") {
                break;
            }
        }
        if other { Ok(()) } else { Err(error_text("a plural needs the category `other`")) }
    }

    fn note(&mut self, name: String, plural: bool) {
        match self.found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, counted)) => *counted |= plural,
            None => self.found.push((name, plural)),
        }
    }

    /// A run of letters up to a sign or a space; spaces around it are passed over.
    fn word(&mut self) -> Result<&str, &'static str> {
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '{' | '}' | ',' | '\\'));
        let (word, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len())).unwrap_or_default();
        self.rest = rest.trim_start();
        if self.rest.is_empty() { Err(error_text("a `{` that nothing closes")) } else { Ok(word) }
    }

    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }
}
