//! How what goes out is written: one description for JSON and for JavaScript.

use serde::ser::{Serialize, Serializer};

/// A word of the source. It is written as serde writes the names of variants: they are known for ever.
pub(crate) struct Word(pub &'static str);

impl Serialize for Word {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit_variant("", 0, self.0)
    }
}

/// What a browser builds when it is read. In JSON it is the value.
pub(crate) struct Later<T>(pub T);

impl<T: Serialize> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct("", &self.0)
    }
}

/// Writes a type as an object with these keys, in this order: those of the shape with that name in `describe/output.rs`.
macro_rules! object {
    ($type:ty, $name:literal |$it:ident| $($key:literal $value:expr;)*) => {
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let $it = self;
                let mut object = serializer.serialize_struct($name, [$($key),*].len())?;
                $(::serde::ser::SerializeStruct::serialize_field(&mut object, $key, &$value)?;)*
                ::serde::ser::SerializeStruct::end(object)
            }
        }
    };
}
pub(crate) use object;
