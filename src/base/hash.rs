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
    let mut text = String::with_capacity(32);
    for byte in number.to_be_bytes() {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from(digit + if digit < 10 { b'0' } else { b'a' - 10 }));
        }
    }
    text.split_off(32 - digits)
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
