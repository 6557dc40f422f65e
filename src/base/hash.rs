//! FNV-1a (Fowler, Noll, Vo): a short, fast hash. It is not cryptographic: do not use it to hide anything.

use super::text::{concat, decimal};

pub(crate) fn fnv1a32(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

pub(crate) fn fnv1a128(bytes: &[u8]) -> u128 {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = (1 << 88) + 0x13b;
    bytes.iter().fold(BASIS, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME))
}

/// The lowest `digits` hex digits of a number: `hex(0x2bc, 2)` is `bc`.
pub(crate) fn hex(number: u128, digits: usize) -> String {
    let (bytes, mut text) = (number.to_be_bytes(), String::with_capacity(digits));
    for index in 32 - digits..32 {
        let byte = bytes.get(index / 2).copied().unwrap_or_default();
        text.extend(char::from_digit(u32::from(if index % 2 == 0 { byte >> 4 } else { byte & 15 }), 16));
    }
    text
}

/// A number from 0 to 0.9999 for a salt and an id, always the same for both. `bucket(salt, id) < 0.1` picks a tenth of all ids. It is
/// hash version 2 of the GrowthBook SDKs, over UTF-8.
pub(crate) fn bucket(salt: &str, id: &str) -> f64 {
    let inner = fnv1a32(concat(&[salt, id]).as_bytes());
    let bucket = fnv1a32(decimal(i64::from(inner)).as_bytes()) % 10_000;
    f64::from(bucket) / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_published_vectors() {
        // http://www.isthe.com/chongo/tech/comp/fnv/: the hashes of "" and "a"
        assert_eq!(fnv1a32(b""), 0x811c_9dc5);
        assert_eq!(fnv1a32(b"a"), 0xe40c_292c);
        assert_eq!(fnv1a128(b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }
}
