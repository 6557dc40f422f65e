//! FNV-1a (Fowler, Noll, Vo), for the holdout and for contact ids.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The hash of 32 bits.
pub fn fnv1a32(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The hash of 128 bits.
pub fn fnv1a128(text: &str) -> u128 {
    let offset = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    text.bytes().fold(offset, |hash: u128, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}

/// A number from 0 to 1 for each customer. The holdout takes the customers whose number is under its share.
pub fn bucket(salt: &str, id: &str) -> f64 {
    let once = fnv1a32(&format!("{salt}{id}"));
    f64::from(fnv1a32(&once.to_string()) % 10_000) / 10_000.0
}

/// A map for what is asked often: its hash only multiplies.
pub type Quick<K, V> = HashMap<K, V, BuildHasherDefault<Multiply>>;

/// What was found out once.
pub type Known<K, V> = RefCell<Quick<K, V>>;

/// The hash of a `Quick` map.
#[derive(Default)]
pub struct Multiply(u64);

impl Hasher for Multiply {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_i64(&mut self, word: i64) {
        self.write_u64(word as u64);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }
}
