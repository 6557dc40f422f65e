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
        (Tree::Text(text), _) if is_nothing(text) => *tree = Tree::Null,
        (Tree::Text(text), Shape::Currency | Shape::Country) => *tree = text.to_ascii_uppercase().into(),
        (Tree::Text(text), Shape::Locale) => *tree = replaced(text, '_', '-').into(),
        // PHP writes both so: of a map that names nothing it says more than that nothing is known
        (Tree::List(elements), Shape::Map(_)) if elements.is_empty() => *tree = Tree::Object(Vec::new()),
        (Tree::List(elements), _) if object && elements.is_empty() => *tree = Tree::Null,
        (Tree::Number(stock), Shape::Stock) if *stock < 0.0 => *stock = 0.0,
        _ => {}
    }
}

/// Whether a text says that there is nothing: spaces alone, or a date of zeros with or without a time and an offset.
fn is_nothing(text: &str) -> bool {
    let rest = text.trim_start();
    rest.is_empty()
        || rest.strip_prefix("0000-00-00").is_some_and(|time| time.bytes().all(|byte| b" 0:.TZ+-".contains(&byte)))
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
        for nothing in ["\"\"", "\" \\u00a0\\n\"", "\"0000-00-00\"", "\"0000-00-00 00:00:00\""] {
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
        for something in ["\"0000-05-03\"", "\"0\"", "false", "0", "{}", "[0]"] {
            let mut told = list(something);
            read(&mut told, &Shape::Map(&Shape::Any));
            assert_eq!(told, list(something));
        }
    }
}
