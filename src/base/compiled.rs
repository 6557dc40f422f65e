//! The compiled form of a policy: its fields one after the other, without names. The build that reads JSON writes it; the builds that a
//! page loads read nothing else.
//!
//! Reading never fails half-way: behind the first wrong byte every number is 0, every list empty, and [`Reader::end`] says that it went
//! wrong. So no field has a branch for errors, which would be most of the code. A list of n elements takes n bytes at least, so what is
//! allocated is a small multiple of what was given.

use crate::base::tree::Tree;

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
    pub(super) rest: &'a [u8],
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

    pub(super) fn byte(&mut self) -> u8 {
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
    pub(super) fn number(&mut self) -> u64 {
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
    pub(super) fn enter(&mut self) {
        if self.depth >= MAX_DEPTH {
            self.fail();
        }
        self.depth = self.depth.saturating_add(1);
    }

    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Begins a list: how many elements it has.
    pub(super) fn open(&mut self) -> usize {
        self.enter();
        usize::read(self)
    }

    /// Whether another element is to be read, given how many are left. The list ends where reading fails.
    pub(super) fn goes_on(&mut self, left: usize) -> bool {
        let goes_on = left > 0 && !self.failed;
        if !goes_on {
            self.leave();
        }
        goes_on
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
