//! What a document may candidate like: tables of fields, from which the reader checks and the schema and the types are made.

/// How many characters a text may have.
pub(crate) const MAX_TEXT: usize = 4_096;

/// One field of an object.
#[derive(Debug)]
pub(crate) struct Field {
    pub name: &'static str,
    pub required: bool,
    pub shape: &'static Shape,
    /// for the schema and the types; shoppers do not pay for it
    #[cfg(not(target_family = "wasm"))]
    pub doc: &'static str,
}

/// Writes a table of fields: `name need shape, doc;` with need `required` or `optional`.
macro_rules! fields {
    ($($name:literal $need:ident $shape:expr, $doc:literal;)*) => {
        &[$($crate::reader::shape::Field {
            name: $name,
            required: fields!(@ $need),
            shape: &$shape,
            #[cfg(not(target_family = "wasm"))]
            doc: $doc,
        }),*]
    };
    (@ required) => { true };
    (@ optional) => { false };
}
pub(crate) use fields;

/// What a value may candidate like. Names of objects are for the schema and the types.
#[derive(Debug)]
#[cfg_attr(target_family = "wasm", allow(dead_code, reason = "browsers do not describe"))]
pub(crate) enum Shape {
    /// any JSON value, null included
    Any,
    Flag,
    /// text that is not empty
    Text,
    /// text of the shop's own choosing that names something
    Name,
    Number {
        min: f64,
        max: f64,
    },
    Integer {
        min: i64,
        max: i64,
    },
    /// 0 to 100 with two decimals at most; becomes hundredths
    Percent,
    /// epoch milliseconds or RFC 3339; becomes milliseconds
    Instant,
    /// `YYYY-MM-DD`; becomes the days since 1970
    Date,
    /// an instant, which becomes milliseconds, or a date, which stays
    InstantOrDate,
    /// `YYYY-MM-DD` or `--MM-DD`; becomes month × 100 + day
    Birthday,
    /// `"7d"`
    Duration,
    /// a duration of whole days; `"0d"` is none
    Days,
    /// a duration or `"never"`
    Repeat,
    /// a duration or a calendar unit
    Per,
    /// `"22:00"`, up to `"24:00"`
    Clock,
    Currency,
    Country,
    Locale,
    Choice(&'static [&'static str]),
    List(&'static Shape),
    Map(&'static Shape),
    Object(&'static str, &'static [Field]),
    /// an object whose further fields depend on what it says at a key
    Tagged(&'static Tagged),
    /// MongoDB query syntax; read by `condition.rs`
    Condition,
    /// an object with fields of its own whose other fields are anything
    Open(&'static str, &'static [Field]),
    /// an object, or the text of one of its fields alone, which becomes an object
    Shorthand(&'static str, &'static Shape),
}

/// The fields of an object that depend on the text at `tag`.
#[derive(Debug)]
pub(crate) struct Tagged {
    #[cfg(not(target_family = "wasm"))]
    pub name: &'static str,
    pub tag: &'static str,
    pub common: &'static [Field],
    pub rows: fn() -> Vec<(&'static str, &'static [Field])>,
}

/// A count of money: minor units of the shop's currency.
pub(crate) const MONEY: Shape = Shape::Integer { min: 0, max: 9_007_199_254_740_991 };
/// Money that may be owed.
pub(crate) const SIGNED_MONEY: Shape = Shape::Integer { min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 };
/// How often, how many.
pub(crate) const COUNT: Shape = Shape::Integer { min: 0, max: 9_007_199_254_740_991 };
/// A price an article may have: small enough that percents of it are whole numbers too.
pub(crate) const PRICE: Shape = Shape::Integer { min: 0, max: 999_999_999_999 };
/// From 0 to 100, as an affinity.
#[cfg(not(target_family = "wasm"))]
pub(crate) const PERCENTAGE: Shape = Shape::Number { min: 0.0, max: 100.0 };
/// Epoch milliseconds that go out.
#[cfg(not(target_family = "wasm"))]
pub(crate) const MILLISECONDS: Shape = COUNT;
