//! What platforms write where they have nothing, and where the contract has another word for it: an empty field of a form, a zero
//! date of MySQL, PHP's empty object, `es_ES`. Requests are read this way in every host; a policy is read strictly.

use super::shape::Shape;
use crate::base::tree::Tree;

/// Reads one value of a request as its platform means it; null: it has nothing. What the contract has no shape for is left alone.
pub(crate) fn read(tree: &mut Tree, shape: &Shape) {
    let object =
        matches!(shape, Shape::Object(..) | Shape::Open(..) | Shape::Map(_) | Shape::Tagged(_) | Shape::Shorthand(..));
    match (&mut *tree, shape) {
        (_, Shape::Any | Shape::Condition) => {}
        (_, Shape::Renamed(_, shape)) => read(tree, shape),
        (told, _) if is_nothing(told) => *tree = Tree::Null,
        (Tree::Text(text), Shape::Currency | Shape::Country) => *tree = text.to_ascii_uppercase().into(),
        (Tree::Text(text), Shape::Locale) => *tree = replaced(text, '_', '-').into(),
        // PHP writes both so: of a map that names nothing it says more than that nothing is known
        (Tree::List(elements), Shape::Map(_)) if elements.is_empty() => *tree = Tree::Object(Vec::new()),
        (Tree::List(elements), _) if object && elements.is_empty() => *tree = Tree::Null,
        // a row of a form that nobody has filled in: refused for its required fields it would silence the page
        (Tree::Object(entries), Shape::Object(_, fields))
            if entries.iter().all(|(_, value)| is_nothing(value)) && fields.iter().any(|field| field.required) =>
        {
            *tree = Tree::Null;
        }
        (Tree::Number(stock), Shape::Stock) if *stock < 0.0 => *stock = 0.0,
        _ => {}
    }
}

/// Whether a value says that there is nothing: null, spaces alone, or a date of zeros with or without a time and an offset.
fn is_nothing(told: &Tree) -> bool {
    let Tree::Text(text) = told else { return told.is_null() };
    let rest = text.trim_start();
    let Some(time) = rest.strip_prefix("0000-00-00") else { return rest.is_empty() };
    let mut has_offset = false;
    time.bytes().all(|byte| {
        has_offset |= byte == b'+' || byte == b'-';
        b" 0:.TZ+-".contains(&byte) || has_offset && byte.is_ascii_digit()
    })
}

fn replaced(text: &str, from: char, to: char) -> String {
    text.chars().map(|letter| if letter == from { to } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use super::*;

    #[test]
    fn nothing_is_nothing_in_every_shape_but_free_data() {
        let list = |text: &str| serde_json::from_str::<Tree>(text).unwrap();
        for nothing in [
            "\"\"",
            "\" \\u00a0\\n\"",
            "\"0000-00-00\"",
            "\"0000-00-00 00:00:00\"",
            "\"0000-00-00T00:00:00.000-05:30\"",
        ] {
            let (mut told, mut free) = (list(nothing), list(nothing));
            read(&mut told, &Shape::Map(&Shape::Any));
            read(&mut free, &Shape::Any);
            assert!(told.is_null(), "{nothing}");
            assert_eq!(free, list(nothing));
        }
        let (mut map, mut object) = (list("[]"), list("[]"));
        read(&mut map, &Shape::Map(&Shape::Any));
        read(&mut object, &Shape::Object("", &[]));
        assert_eq!((map, object), (list("{}"), Tree::Null));
        for something in ["\"0000-05-03\"", "\"0000-00-00+x\"", "\"0\"", "false", "0", "{}", "[0]"] {
            let mut told = list(something);
            read(&mut told, &Shape::Map(&Shape::Any));
            assert_eq!(told, list(something));
        }
    }
}
