//! How numbers, texts and lists are compiled.

#[cfg(feature = "whole")]
use crate::base::compiled::Writer;
use crate::base::compiled::{Compiled, Reader};
use std::borrow::Cow;
use std::rc::Rc;

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
