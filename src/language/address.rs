//! Addresses: where the link of a message leads, and where its picture is.

use crate::base::text::before_first;

/// The only parameter that may be the beginning of an address, because it is an address itself.
const ADDRESS: &str = "{product.url}";

/// Whether an address begins with `https://` or is relative to the page, whatever its parameters insert. A parameter is percent-encoded
/// and never empty, so it cannot make another scheme or another host.
pub(crate) fn is_address(text: &str) -> bool {
    let is_readable = |letter: char| !letter.is_whitespace() && !letter.is_control() && letter != '\\';
    let rest = text.strip_prefix(ADDRESS);
    // elsewhere its `?` and `&` would be those of the address around it
    let mut later = text.as_bytes().windows(ADDRESS.len()).skip(1);
    text.chars().all(is_readable)
        && !later.any(|part| part == ADDRESS.as_bytes())
        && match (rest, text.get(..8)) {
            (Some(rest), _) => matches!(rest.as_bytes().first(), None | Some(b'?' | b'#' | b'&')),
            (_, Some(scheme)) if scheme.eq_ignore_ascii_case("https://") => is_host(text.get(8..).unwrap_or_default()),
            // a browser reads `//host` as another host, and what stands before a `:` as a scheme
            _ => !text.starts_with("//") && !first_step(text).bytes().any(|byte| byte == b':'),
        }
}

/// Whether an address without its scheme begins with a host: without a parameter, a name or a password.
fn is_host(text: &str) -> bool {
    let host = first_step(text);
    !matches!(host.as_bytes().first(), None | Some(b'.' | b':'))
        && !host.bytes().any(|byte| matches!(byte, b'{' | b'@'))
}

/// The part of an address before its first `/`, `?` or `#`.
fn first_step(text: &str) -> &str {
    before_first(before_first(before_first(text, b'/'), b'?'), b'#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_https_or_relative() {
        let good = [
            "https://casalola.example",
            "HTTPS://casalola.example:8443/cesta?x={product.sku}#top",
            "https://españa.example/ñ",
            "/cesta",
            "/{product.sku}/resena",
            "{product.sku}.html",
            "{product.url}",
            "{product.url}?utm=carta",
            "producto?id=3:4",
            "./a:b",
            "../cesta",
            "#precio",
            "?pagina=2",
        ];
        let bad = [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java{givenName}script:alert(1)",
            "{event.scheme}:alert(1)",
            "{product.url}:alert(1)",
            "{product.url}/evil.example",
            "/go?to={product.url}",
            "{product.url}?again={product.url}",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "blob:x",
            "mailto:ana@casalola.example",
            "http://casalola.example",
            "https:casalola.example",
            "https:/casalola.example",
            "https:///casalola.example",
            "https://",
            "https://?x",
            "https://.example",
            "https://:80",
            "https://{event.host}/x",
            "https://casalola.example@evil.example/",
            "https://casalola.example{event.x}/",
            "https:\\\\casalola.example",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/a b",
            "/a\u{a0}b",
            "/a\tb",
            "/a\u{7f}",
            "uno:dos",
        ];
        for address in good {
            assert!(is_address(address), "{address}");
        }
        for address in bad {
            assert!(!is_address(address), "{address:?}");
        }
    }
}
