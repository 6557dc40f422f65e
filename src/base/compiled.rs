//! The compiled form of a policy: its fields one after the other, without names. The build that reads JSON writes it; the builds that a
//! page loads read nothing else.
//!
//! Reading never fails half-way: behind the first wrong byte every number is 0, every list empty, and [`Reader::end`] says that it went
//! wrong. So no field has a branch for errors, which would be most of the code. A list of n elements takes n bytes at least, so what is
//! allocated is a small multiple of what was given.

use crate::base::tree::Tree;
use std::borrow::Cow;
use std::rc::Rc;

/// How deep lists and boxes may stand in each other: a condition as deep as JSON may be takes half of it.
const MAX_DEPTH: u8 = 100;

/// What is written, and which parts of the engine it needs.
#[cfg(feature = "whole")]
#[derive(Default)]
pub(crate) struct Writer {
    pub bytes: Vec<u8>,
    pub needs: Vec<&'static str>,
}

/// What a compiled policy consists of.
pub(crate) trait Compiled {
    /// Whether this build has such a value: see `parts.rs`.
    const EXISTS: bool = true;
    /// Notes that the policy needs this part of the engine.
    #[cfg(feature = "whole")]
    fn need(_: &mut Writer) {}
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer);
    fn read(input: &mut Reader) -> Self;
}

/// What is still to be read.
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    depth: u8,
    failed: bool,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes, depth: 0, failed: false }
    }

    /// From here on nothing is read.
    pub fn fail(&mut self) {
        self.failed = true;
        self.rest = &[];
    }

    /// Whether everything was read, and nothing was wrong.
    pub fn end(&self) -> bool {
        self.rest.is_empty() && !self.failed
    }

    fn byte(&mut self) -> u8 {
        let Some((byte, rest)) = self.rest.split_first() else {
            self.fail();
            return 0;
        };
        self.rest = rest;
        *byte
    }

    /// The number of a variant. One that does not exist is the first.
    pub fn variant(&mut self, count: usize) -> usize {
        let variant = usize::from(self.byte());
        if variant >= count {
            self.fail();
            return 0;
        }
        variant
    }

    /// Seven bits a byte, the lowest first; the highest bit says that there are more.
    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << (shift & 63);
            shift += 7;
            if byte < 0x80 {
                return number;
            }
            if shift > 63 {
                self.fail();
                return 0;
            }
        }
    }

    /// One level deeper.
    fn enter(&mut self) {
        if self.depth >= MAX_DEPTH {
            self.fail();
        }
        self.depth = self.depth.saturating_add(1);
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Begins a list: how many elements it has.
    fn open(&mut self) -> usize {
        self.enter();
        usize::read(self)
    }

    /// Whether another element is to be read, given how many are left. The list ends where reading fails.
    fn goes_on(&mut self, left: usize) -> bool {
        let goes_on = left > 0 && !self.failed;
        if !goes_on {
            self.leave();
        }
        goes_on
    }
}

#[cfg(feature = "whole")]
fn write_number(mut number: u64, out: &mut Writer) {
    #[allow(clippy::cast_possible_truncation, reason = "the lowest seven bits are meant")]
    while number >= 0x80 {
        out.bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    #[allow(clippy::cast_possible_truncation, reason = "less than 0x80")]
    out.bytes.push(number as u8);
}

impl Compiled for u8 {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        out.bytes.push(*self);
    }

    fn read(input: &mut Reader) -> u8 {
        input.byte()
    }
}

impl Compiled for bool {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        out.bytes.push(u8::from(*self));
    }

    fn read(input: &mut Reader) -> bool {
        input.variant(2) == 1
    }
}

impl Compiled for u32 {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        write_number((*self).into(), out);
    }

    fn read(input: &mut Reader) -> u32 {
        u32::try_from(input.number()).unwrap_or_default()
    }
}

impl Compiled for usize {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        write_number(*self as u64, out);
    }

    fn read(input: &mut Reader) -> usize {
        // a number of campaigns may mean that there is no limit
        usize::try_from(input.number()).unwrap_or(usize::MAX)
    }
}

impl Compiled for i64 {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        // the sign is the lowest bit, so that small negative numbers are short
        write_number(self.unsigned_abs().saturating_sub(u64::from(*self < 0)) << 1 | u64::from(*self < 0), out);
    }

    fn read(input: &mut Reader) -> i64 {
        let number = input.number();
        let magnitude = (number >> 1).cast_signed();
        if number & 1 == 1 { !magnitude } else { magnitude }
    }
}

impl Compiled for f64 {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        out.bytes.extend(self.to_le_bytes());
    }

    fn read(input: &mut Reader) -> f64 {
        let Some((bytes, rest)) = input.rest.split_first_chunk() else {
            input.fail();
            return 0.0;
        };
        input.rest = rest;
        f64::from_le_bytes(*bytes)
    }
}

impl Compiled for String {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        self.len().write(out);
        out.bytes.extend(self.bytes());
    }

    fn read(input: &mut Reader) -> String {
        let length = usize::read(input);
        let text = input.rest.split_at_checked(length).and_then(|(text, rest)| {
            input.rest = rest;
            std::str::from_utf8(text).ok()
        });
        if text.is_none() {
            input.fail();
        }
        text.unwrap_or_default().to_owned()
    }
}

/// A word of the source that only the build which reads JSON needs. Nothing is written.
impl Compiled for &'static str {
    #[cfg(feature = "whole")]
    fn write(&self, _: &mut Writer) {}

    fn read(_: &mut Reader) -> &'static str {
        ""
    }
}

impl Compiled for Cow<'static, str> {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        self.to_string().write(out);
    }

    fn read(input: &mut Reader) -> Cow<'static, str> {
        Cow::Owned(String::read(input))
    }
}

impl<T: Compiled> Compiled for Option<T> {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        self.is_some().write(out);
        self.iter().for_each(|value| value.write(out));
    }

    fn read(input: &mut Reader) -> Option<T> {
        // only in tests of hostile bytes can there be a part that this build lacks
        let is_there = bool::read(input);
        if is_there && !T::EXISTS {
            input.fail();
        }
        (is_there && T::EXISTS).then(|| T::read(input))
    }
}

impl<T: Compiled> Compiled for Vec<T> {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        self.len().write(out);
        self.iter().for_each(|element| element.write(out));
    }

    fn read(input: &mut Reader) -> Vec<T> {
        let (mut left, mut list) = (input.open(), Vec::new());
        while input.goes_on(left) {
            list.push(T::read(input));
            left -= 1;
        }
        list
    }
}

impl<T: Compiled> Compiled for Box<T> {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        (**self).write(out);
    }

    fn read(input: &mut Reader) -> Box<T> {
        input.enter();
        let inner = T::read(input);
        input.leave();
        Box::new(inner)
    }
}

impl<T: Compiled> Compiled for Rc<T> {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        (**self).write(out);
    }

    fn read(input: &mut Reader) -> Rc<T> {
        Rc::new(T::read(input))
    }
}

impl<A: Compiled, B: Compiled> Compiled for (A, B) {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(input: &mut Reader) -> (A, B) {
        (A::read(input), B::read(input))
    }
}

/// What is written as something else: `compiled_as!(NaiveDate as i64, |date| day_number(*date), date_of)`.
macro_rules! compiled_as {
    ($type:ty as $other:ty, $to:expr, $from:expr) => {
        impl $crate::base::compiled::Compiled for $type {
            #[cfg(feature = "whole")]
            fn write(&self, out: &mut $crate::base::compiled::Writer) {
                let to: fn(&$type) -> $other = $to;
                <$other as $crate::base::compiled::Compiled>::write(&to(self), out);
            }

            fn read(input: &mut $crate::base::compiled::Reader) -> Self {
                let from: fn($other) -> $type = $from;
                from(<$other as $crate::base::compiled::Compiled>::read(input))
            }
        }
    };
}

/// Names the fields of a type in the order in which they are written: `compiled! { struct Budget { max, per } }`,
/// `compiled! { enum Edge { At(at), On(date) } }`. The compiler says which field is missing. A variant that not every build has names its
/// part: `Event [Kinds] (part)`; the first variant is one that all have.
macro_rules! compiled {
    ($(struct $type:ty { $($field:ident),* })*) => {$(
        impl $crate::base::compiled::Compiled for $type {
            #[cfg(feature = "whole")]
            fn write(&self, out: &mut $crate::base::compiled::Writer) {
                $($crate::base::compiled::Compiled::write(&self.$field, out);)*
            }

            fn read(input: &mut $crate::base::compiled::Reader) -> Self {
                Self { $($field: $crate::base::compiled::Compiled::read(input)),* }
            }
        }
    )*};
    ($(enum $type:ty { $($variant:ident $([$part:ty])? $(($($place:ident),*))? $({ $($field:ident),* })?),* })*) => {$(
        impl $crate::base::compiled::Compiled for $type {
            #[cfg(feature = "whole")]
            fn write(&self, out: &mut $crate::base::compiled::Writer) {
                #[allow(clippy::enum_variant_names, reason = "those of the type")]
                enum Number { $($variant),* }
                match self {
                    $(Self::$variant $(($($place),*))? $({ $($field),* })? => {
                        out.bytes.push(Number::$variant as u8);
                        $($($crate::base::compiled::Compiled::write($place, out);)*)?
                        $($($crate::base::compiled::Compiled::write($field, out);)*)?
                    })*
                }
            }

            fn read(input: &mut $crate::base::compiled::Reader) -> Self {
                let mut left = input.variant([$(stringify!($variant)),*].len());
                loop {
                    $(
                        if left == 0 {
                            $(if !<$part as $crate::base::compiled::Compiled>::EXISTS {
                                input.fail();
                                left = 0;
                                continue;
                            })?
                            return Self::$variant
                                $(($({ let $place = $crate::base::compiled::Compiled::read(input); $place }),*))?
                                $({ $($field: $crate::base::compiled::Compiled::read(input)),* })?;
                        }
                        left -= 1;
                    )*
                }
            }
        }
    )*};
}

pub(crate) use {compiled, compiled_as};

compiled! {
    enum Tree { Null, Bool(value), Number(value), Text(value), List(value), Object(value), Foreign, TooDeep, TooLarge, Twice }
}
