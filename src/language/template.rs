//! The templates of messages: text, `{name}`, and ICU's plural: `{n, plural, =0 {none} one {# order} other {# orders}}`.
//! `\{`, `\}`, `\#` and `\\` write the character itself. The engine reads templates only to find their parameters. `render` in
//! JavaScript writes the text, because numbers and plurals need `Intl`.

use crate::base::sentence::error_text;
use crate::base::text::parse_digits;

/// Of plurals inside plurals.
const MAX_NESTING: usize = 4;
/// CLDR's plural categories.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The parameters of a template, and whether each has a plural: of `{a}, {n, plural, …}`, `a` without and `n` with.
///
/// # Errors
/// A sentence about the first mistake in the template.
pub(crate) fn parameters(template: &str) -> Result<Vec<(String, bool)>, &'static str> {
    let mut reader = Reader { rest: template, found: Vec::new() };
    reader.text(0)?;
    match reader.rest {
        "" => Ok(reader.found),
        _ => Err(error_text("a `}` without a `{` before it; write `\\}` for the character itself")),
    }
}

struct Reader<'a> {
    rest: &'a str,
    found: Vec<(String, bool)>,
}

impl Reader<'_> {
    /// Reads up to the end, or to the `}` that ends the surrounding plural.
    fn text(&mut self, nesting: usize) -> Result<(), &'static str> {
        while let Some(index) = self.rest.bytes().position(|byte| matches!(byte, b'{' | b'}' | b'\\')) {
            self.skip(index);
            match self.rest.as_bytes() {
                [b'{', ..] => {
                    self.skip(1);
                    self.insert(nesting)?;
                }
                [b'\\', b'{' | b'}' | b'#' | b'\\', ..] => self.skip(2),
                [b'\\', ..] => {
                    return Err(error_text(
                        "a `\\` must be followed by `{`, `}`, `#` or `\\`; write `\\\\` for the character itself",
                    ));
                }
                _ => return Ok(()),
            }
        }
        self.rest = "";
        Ok(())
    }

    /// Reads what follows a `{`, up to its `}`.
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
            return Err(error_text("expected `}` or `, plural, …` after the name"));
        }
        if nesting == MAX_NESTING {
            return Err(error_text("plurals are nested more than four deep; split the text"));
        }
        self.note(name, true);
        let mut other = false;
        loop {
            let category = self.word()?.to_owned();
            let exact = category.strip_prefix('=').is_some_and(|digits| parse_digits(digits.as_bytes()).is_some());
            if !(exact || CATEGORIES.contains(&category.as_str())) || !self.take("{") {
                return Err(error_text("expected a plural, such as `{n, plural, one {# order} other {# orders}}`"));
            }
            other |= category == "other";
            self.text(nesting + 1)?;
            if !self.take("}") {
                return Err(error_text("a `{` without a `}` after it; write `\\{` for the character itself"));
            }
            if self.take("}") {
                break;
            }
        }
        if other { Ok(()) } else { Err(error_text("the plural lacks `other {…}`; add it")) }
    }

    fn note(&mut self, name: String, plural: bool) {
        match self.found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, counted)) => *counted |= plural,
            None => self.found.push((name, plural)),
        }
    }

    /// The text up to a space, brace, comma or backslash. Spaces around it are skipped.
    fn word(&mut self) -> Result<&str, &'static str> {
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '{' | '}' | ',' | '\\'));
        let (word, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len())).unwrap_or_default();
        self.rest = rest.trim_start();
        if self.rest.is_empty() {
            Err(error_text("a `{` without a `}` after it; write `\\{` for the character itself"))
        } else {
            Ok(word)
        }
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

/// Whether a text has a tag as `<b>`, or a character reference as `&nbsp;` or `&#8364;`.
#[cfg(feature = "sentences")]
pub(crate) fn has_markup(text: &str) -> bool {
    let is_tag = |rest: &str| {
        rest.bytes().next().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, b'/' | b'!'))
            && rest.contains('>')
    };
    let is_reference = |rest: &str| {
        let name = rest.split(';').next().unwrap_or_default();
        rest.len() > name.len()
            && (2..=31).contains(&name.len())
            && name.bytes().enumerate().all(|(index, byte)| byte.is_ascii_alphanumeric() || index == 0 && byte == b'#')
    };
    text.split('<').skip(1).any(is_tag) || text.split('&').skip(1).any(is_reference)
}
