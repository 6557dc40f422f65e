//! What goes out to JavaScript: numbers and one text, which js/load/border.js decodes. What is serialized goes straight into them.

use super::border::{FALSE, LATER, LIST, NULL, NUMBER, OBJECT, STRUCT, STRUCTS, TEXT, TRUE};
use super::text::units_of;
use serde::ser::{Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use std::fmt::Display;

/// A value as JavaScript gets it.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    /// the words of the source that it uses: where each is in the memory, and its length times 2^32
    pub words: Vec<f64>,
    pub numbers: Vec<f64>,
    pub texts: String,
    /// the length of the texts in JavaScript
    units: usize,
}

impl Encoder {
    pub fn of(value: &impl Serialize) -> Encoder {
        let mut encoder = Encoder::default();
        let Ok(()) = value.serialize(&mut encoder);
        encoder
    }

    fn count(&mut self, count: usize) {
        #[allow(clippy::cast_precision_loss, reason = "a memory of 2^32 bytes holds no more")]
        self.numbers.push(count as f64);
    }

    fn tag(&mut self, tag: usize) -> Result<(), Never> {
        self.count(tag);
        Ok(())
    }

    /// A text: its length, or -1 for the first of the words, -2 for the second, …
    fn text(&mut self, text: &str) {
        self.count(TEXT);
        let mut units = 0;
        text.bytes().for_each(|byte| units += units_of(byte));
        self.count(units);
        self.units += units;
        self.texts.push_str(text);
    }

    fn word(&mut self, word: &'static str) {
        if word.is_empty() {
            return self.text(word);
        }
        self.count(TEXT);
        #[allow(clippy::cast_precision_loss, reason = "an address is below 2^32, and no word has 2^20 bytes")]
        let place = word.as_ptr() as usize as f64 + word.len() as f64 * 4_294_967_296.0;
        let index = self.words.iter().position(|known| known.to_bits() == place.to_bits());
        let index = index.unwrap_or_else(|| {
            self.words.push(place);
            self.words.len() - 1
        });
        #[allow(clippy::cast_precision_loss, reason = "there are a few hundred words")]
        self.numbers.push(-1.0 - index as f64);
    }

    /// A value that is built when it is read; null at once.
    #[allow(clippy::cast_precision_loss, reason = "a memory of 2^32 bytes holds no more")]
    fn later(&mut self, value: &(impl Serialize + ?Sized)) {
        let (start, units) = (self.numbers.len(), self.units);
        [LATER, 0, 0].iter().for_each(|count| self.count(*count));
        let Ok(()) = value.serialize(&mut *self);
        let length = self.numbers.len() - start - 3;
        if length == 1 {
            self.numbers.truncate(start);
            self.count(NULL);
        } else if let Some([_, its_length, its_units, ..]) = self.numbers.get_mut(start..) {
            (*its_length, *its_units) = (length as f64, (self.units - units) as f64);
        }
    }
}

/// The error of an encoder, which has none.
#[derive(Debug)]
pub(crate) enum Never {}

impl Display for Never {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl Error for Never {
    fn custom<T: Display>(_: T) -> Never {
        std::process::abort()
    }
}

type Done = Result<(), Never>;

/// Numbers of every type, and what the engine never gives out.
macro_rules! methods {
    (numbers $($name:ident $type:ty),*; never $($never:ident($($argument:ty),*) $made:ty),*) => {
        $(
            #[allow(clippy::cast_lossless, clippy::cast_precision_loss, reason = "integers of the contract are at most 2^53 - 1")]
            fn $name(self, value: $type) -> Done {
                self.serialize_f64(value as f64)
            }
        )*
        $(fn $never(self, $(_: $argument),*) -> Result<$made, Never> {
            std::process::abort()
        })*
    };
}

type None = Impossible<(), Never>;

impl Serializer for &mut Encoder {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeTuple = None;
    type SerializeTupleStruct = None;
    type SerializeTupleVariant = None;
    type SerializeStructVariant = None;

    methods! {
        numbers serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
            serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_f32 f32;
        never serialize_char(char) (), serialize_bytes(&[u8]) (), serialize_unit_struct(&'static str) (),
            serialize_tuple(usize) None, serialize_tuple_struct(&'static str, usize) None,
            serialize_tuple_variant(&'static str, u32, &'static str, usize) None,
            serialize_struct_variant(&'static str, u32, &'static str, usize) None
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, _: &'static str, _: &T) -> Done {
        std::process::abort()
    }

    fn serialize_bool(self, value: bool) -> Done {
        self.tag(if value { TRUE } else { FALSE })
    }

    fn serialize_f64(self, value: f64) -> Done {
        self.count(NUMBER);
        self.numbers.push(value);
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Done {
        self.text(text);
        Ok(())
    }

    /// A word of the source.
    fn serialize_unit_variant(self, _: &'static str, _: u32, word: &'static str) -> Done {
        self.word(word);
        Ok(())
    }

    fn serialize_unit(self) -> Done {
        self.tag(NULL)
    }

    fn serialize_none(self) -> Done {
        self.tag(NULL)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    /// What is wrapped is built when it is read.
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        self.later(value);
        Ok(())
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self, Never> {
        self.count(LIST);
        self.count(length.unwrap_or_default());
        Ok(self)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self, Never> {
        self.count(OBJECT);
        self.count(length.unwrap_or_default());
        Ok(self)
    }

    /// An object of a known shape. JavaScript knows its keys and their order.
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Self, Never> {
        self.count(STRUCT);
        self.count(STRUCTS.iter().position(|known| *known == name).unwrap_or_default());
        Ok(self)
    }
}

impl SerializeSeq for &mut Encoder {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut **self)
    }

    fn end(self) -> Done {
        Ok(())
    }
}

impl SerializeMap for &mut Encoder {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut **self)
    }

    fn end(self) -> Done {
        Ok(())
    }
}

impl SerializeStruct for &mut Encoder {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Done {
        value.serialize(&mut **self)
    }

    fn end(self) -> Done {
        Ok(())
    }
}
