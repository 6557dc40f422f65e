//! What a document may look like: tables of fields. The reader checks documents against them; the schema, the TypeScript types and
//! the docs are made from them.

/// How many characters a text may have.
pub(crate) const MAX_TEXT: usize = 4_096;

/// Whether a field of the contract has an old name (`was`). A test compares this with the tables: while no field has one, the
/// Wasm needs no code for it.
pub(crate) const HAS_OLD_NAMES: bool = false;
/// Whether this build accepts old names. The native build always does, so that its tests cover it.
pub(crate) const ACCEPTS_OLD_NAMES: bool = HAS_OLD_NAMES || cfg!(not(target_family = "wasm"));

/// One field of an object.
#[derive(Debug)]
pub(crate) struct Field {
    pub name: &'static str,
    pub required: bool,
    pub shape: &'static Shape,
    /// for the schema and the types; the Wasm has none of it
    #[cfg(not(target_family = "wasm"))]
    pub doc: &'static str,
}

impl Field {
    /// What the field was called before, if documents may still use that name.
    pub fn old_name(&self) -> Option<&'static str> {
        match self.shape {
            Shape::Renamed(old, _) if ACCEPTS_OLD_NAMES => Some(old),
            _ => None,
        }
    }
}

/// Writes a table of fields, one a line: `"name" required Shape::Name, "doc";` or `"name" optional Shape::Name, "doc";`.
///
/// A field that was renamed says its old name: `"versionAt" optional Shape::Instant, "doc", was "toldAt";`. The reader accepts the
/// old name, with a warning, and calls the field by the new one.
macro_rules! fields {
    ($($name:literal $need:ident $shape:expr, $doc:literal $(, was $old:literal)?;)*) => {
        &[$($crate::reader::shape::Field {
            name: $name,
            required: fields!(@ $need),
            shape: fields!(@ shape $shape $(, $old)?),
            #[cfg(not(target_family = "wasm"))]
            doc: $doc,
        }),*]
    };
    (@ required) => { true };
    (@ optional) => { false };
    (@ shape $shape:expr) => { &$shape };
    (@ shape $shape:expr, $old:literal) => { &$crate::reader::shape::Shape::Renamed($old, &$shape) };
}
pub(crate) use fields;

/// What a value may look like. The names of objects are for the schema and the types.
#[derive(Debug)]
#[cfg_attr(target_family = "wasm", allow(dead_code, reason = "only the native build makes schema and types"))]
pub(crate) enum Shape {
    /// any JSON value, null included
    Any,
    Flag,
    /// text that is not empty
    Text,
    /// text that the shop chose as a name, as a campaign's `id`
    Name,
    Number {
        min: f64,
        max: f64,
    },
    Integer {
        min: i64,
        max: i64,
    },
    /// 0 to 100 with at most two decimals; the reader turns it into hundredths: `12.5` into 1250
    Percent,
    /// epoch milliseconds or RFC 3339; the reader turns it into milliseconds, and in requests refuses what must be seconds
    Instant,
    /// an instant that may be of any year, as that of the request
    Now,
    /// `YYYY-MM-DD`; the reader turns it into the days since 1970
    Date,
    /// `YYYY-MM-DD`, which the reader turns into the days since 1970, or every year `--MM-DD`, which it leaves as text
    Holiday,
    /// an instant, which the reader turns into milliseconds, or a date, which it leaves as text
    InstantOrDate,
    /// `YYYY-MM-DD` or `--MM-DD`; the reader turns it into month × 100 + day: `--12-31` into 1231
    Birthday,
    /// a positive whole number with its unit: `"7d"`
    Duration,
    /// a duration of whole days; `"0d"` is allowed
    Days,
    /// a duration or `"never"`
    Repeat,
    /// a duration or a calendar unit: `"7d"`, `"week"`
    Per,
    /// a time of day: `"22:00"`, at most `"24:00"`
    Clock,
    /// a number from 0; in requests a negative one is 0
    Stock,
    Currency,
    Country,
    Locale,
    Choice(&'static [&'static str]),
    List(&'static Shape),
    /// one, or a list of at least one
    OneOrMore(&'static Shape),
    Map(&'static Shape),
    Object(&'static str, &'static [Field]),
    /// an object whose fields depend on one of them, as a campaign's on its `kind`
    Tagged(&'static Tagged),
    /// MongoDB query syntax; `language/condition.rs` reads it
    Condition,
    /// an object that may have other fields too, with any JSON in them, as `event`
    Open(&'static str, &'static [Field]),
    /// an object, or only the text of the field named here; the reader turns the text into the object
    Shorthand(&'static str, &'static Shape),
    /// the value of a field that was called by this name before; `fields!` writes it
    #[allow(dead_code, reason = "no field has an old name today")]
    Renamed(&'static str, &'static Shape),
}

/// An object whose fields depend on the text of its field `tag`: the common ones and those of the row with that name.
#[derive(Debug)]
pub(crate) struct Tagged {
    #[cfg(not(target_family = "wasm"))]
    pub name: &'static str,
    pub tag: &'static str,
    pub common: &'static [Field],
    pub rows: fn() -> Vec<(&'static str, &'static [Field])>,
}

/// An amount in minor units of the shop's currency: 24.90 € is 2490.
pub(crate) const MONEY: Shape = Shape::Integer { min: 0, max: 9_007_199_254_740_991 };
/// An amount that may be negative, as a margin.
pub(crate) const SIGNED_MONEY: Shape = Shape::Integer { min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 };
/// A whole number from 0.
pub(crate) const COUNT: Shape = Shape::Integer { min: 0, max: 9_007_199_254_740_991 };
/// So many that their thousandths are still exact.
pub(crate) const QUANTITY_MAX: f64 = 9_007_199_254_740.0;
/// A number of pieces, or a weight or a length: from 0. It is kept in thousandths.
pub(crate) const QUANTITY: Shape = Shape::Number { min: 0.0, max: QUANTITY_MAX };
/// The price of an article: small enough that 100 times as much is still exact.
pub(crate) const PRICE: Shape = Shape::Integer { min: 0, max: 999_999_999_999 };
/// From 0 to 100, as an affinity.
#[cfg(not(target_family = "wasm"))]
pub(crate) const PERCENTAGE: Shape = Shape::Number { min: 0.0, max: 100.0 };
/// How many of 1,000.
pub(crate) const PER_THOUSAND: Shape = Shape::Number { min: 0.0, max: 1_000.0 };
/// Epoch milliseconds that go out.
#[cfg(not(target_family = "wasm"))]
pub(crate) const MILLISECONDS: Shape = COUNT;
